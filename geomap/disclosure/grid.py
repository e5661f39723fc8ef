"""A table of counts by place and group with all its sums: places in larger places, groups in all groups."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, eye_array, kron, vstack

from geomap.errors import DisclosureError

ALL = "all"


@dataclass(frozen=True)
class Grid:
    """counts: (rows, columns); the last column is the sum of the others.

    families: for each larger place the row of it and the rows it is the sum of. rows, columns: their names; leaves: how many rows are smallest places.
    """

    counts: np.ndarray
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    families: tuple[tuple[int, np.ndarray], ...]
    leaves: int

    @cached_property
    def sums(self) -> csr_array:
        """Every relation of the table as sums that are 0, sparse (relations, rows × columns)."""
        height, width = self.counts.shape
        across = np.append(np.ones(width - 1), -1.0)[None, :]
        down = np.zeros((len(self.families), height))
        for number, (whole, parts) in enumerate(self.families):
            down[number, parts] = 1
            down[number, whole] = -1
        sums = csr_array(vstack([kron(eye_array(height), across), kron(csr_array(down), eye_array(width))]))
        sums.eliminate_zeros()  # kron stores the zeros of a small dense block, and a stored zero is read as a relation
        return sums


def grid_of(counts: pd.DataFrame, *parents: pd.Series) -> Grid:
    """The grid of *counts* (index the places, columns the groups; whole numbers), with a row for each larger place and one for all.

    parents: for each place the larger place it lies in, from the smallest kind of larger place to the largest; each must lie wholly in the next.
    """
    values = counts.to_numpy(dtype=float)
    if np.isnan(values).any() or (values < 0).any() or (values != np.round(values)).any():
        raise DisclosureError("A table of counts needs a whole number, 0 or more, in every cell.")
    rows, families, members = list(map(str, counts.index)), [], np.eye(len(counts))
    level, leaf = np.arange(len(counts)), np.arange(len(counts))
    for owner in [*(parent.reindex(counts.index).astype(str).to_numpy() for parent in parents), np.full(len(counts), ALL)]:
        names, into = np.unique(owner, return_inverse=True)
        inside = pd.Series(into).groupby(leaf).agg(["min", "max"])
        if (inside["min"] != inside["max"]).any():
            raise DisclosureError("The larger places do not each lie in one of the next; give levels that are nested.")
        first = len(rows)
        families += [(first + number, level[inside["min"].to_numpy() == number]) for number in range(len(names))]
        rows += list(names)
        members = np.vstack([members, np.eye(len(names))[into].T])
        level, leaf = first + np.arange(len(names)), into
    table = members @ values
    return Grid(np.column_stack([table, table.sum(axis=1)]), tuple(rows), (*map(str, counts.columns), ALL), tuple(families), len(counts))
