"""The replicate weights of a survey, from the columns that its card names."""

from fnmatch import fnmatchcase

import numpy as np

from geomap.errors import LayerError
from geomap.layers.card import ReplicateWeights
from geomap.layers.layer import Layer
from geomap.statistics.replicates import Replicates

FEWEST = 2


def replicates_of(layer: Layer, named: ReplicateWeights) -> Replicates:
    """The replicate weights of *layer*; LayerError, all faults at once, for columns that are missing and weights that cannot be."""
    found = {name: fitting(layer, name) for name in named.columns}
    columns = list(dict.fromkeys(column for some in found.values() for column in some))
    faults = [f"the table has no column '{name}'; correct the name, or take it out" for name, some in found.items() if not some]
    if not faults and len(columns) < FEWEST:
        faults.append(f"{columns} is a single set of weights, whose spread is none; name all of them, such as rep_*")
    if named.counts and len(named.counts) != len(columns) and not faults:
        faults.append(f"counts has {len(named.counts)} numbers for {len(columns)} columns; write one a column, in their order")
    faults += [fault for column in columns if (fault := _amiss(layer, column))]
    if faults:
        raise LayerError(f"The replicate weights in the card of '{layer.name}' (geomap:survey, replicates) cannot be used:", tuple(faults))
    weights = np.column_stack([layer.numbers(column).to_numpy() for column in columns])
    return Replicates.supplied(weights, named.method, rho=named.rho, counts=named.counts)


def fitting(layer: Layer, name: str) -> list[str]:
    """The columns called *name*, or that its pattern fits, in the order of the table."""
    return [str(column) for column in layer.table.columns if column == name or fnmatchcase(str(column), name)]


def _amiss(layer: Layer, column: str) -> str:
    weights = layer.numbers(column).to_numpy()
    if len(rows := np.flatnonzero(np.isnan(weights))):
        return f"column '{column}' is blank in {len(rows)} row(s), the first number {rows[0] + 1}; give every respondent a weight"
    if len(rows := np.flatnonzero(weights < 0)):
        return f"column '{column}' holds {weights[rows[0]]:g} in row {rows[0] + 1}; a weight is never negative ({len(rows)} row(s))"
    return "" if weights.sum() > 0 or not len(weights) else f"column '{column}' is nothing but zeros"
