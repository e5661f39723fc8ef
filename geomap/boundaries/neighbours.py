"""Which places are neighbours of which, as one checked noun that travels as a small table or as libpysal's weights."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geomap.errors import BoundaryError
from geomap.worded import worded

COLUMNS = ("place", "neighbour", "weight")


@dataclass(frozen=True)
class Neighbours:
    """Of each place its neighbours, with weights. Refuses to exist (BoundaryError) with a place that neighbours itself, or with weights that are no weights.

    codes: one per place; matrix: (place, place), sorted, no zeros stored; how: in words, such as "places that share a border or a corner".
    """

    codes: pd.Index
    matrix: csr_array
    how: str

    def __post_init__(self) -> None:
        if faults := tuple(_faults(self.codes, self.matrix)):
            raise BoundaryError("The neighbours cannot be used:", faults)

    @property
    def count(self) -> np.ndarray:
        """How many neighbours each place has."""
        return np.diff(self.matrix.indptr)

    @property
    def islands(self) -> tuple[str, ...]:
        """The places that have no neighbours."""
        return tuple(self.codes[self.count == 0])

    @property
    def by_row(self) -> csr_array:
        """The matrix with the weights of each place's neighbours summing to 1; an island's row stays empty."""
        matrix = self.matrix.copy()
        matrix.data = matrix.data / np.repeat(np.asarray(matrix.sum(axis=1)), self.count)
        return matrix

    def sentence(self) -> str:
        """Who the neighbours are, how many there are, and which places have none."""
        gaps = {"how": self.how, "mean": f"{self.count.mean():.1f}"}
        if not self.islands:
            return worded("Neighbours: {how}; {mean} a place on average, and every place has some.", **gaps)
        return worded(
            "Neighbours: {how}; {mean} a place on average. {count} place(s) have none: {codes}.",
            count=len(self.islands), codes=", ".join(self.islands[:5]), **gaps,
        )  # fmt: skip

    def as_table(self) -> pd.DataFrame:
        """place, neighbour, weight: a row a pair; an island has a row without a neighbour and with weight 0."""
        place = np.repeat(np.arange(len(self.codes)), self.count)
        pairs = pd.DataFrame({"place": self.codes[place], "neighbour": self.codes[self.matrix.indices], "weight": self.matrix.data})
        alone = pd.DataFrame({"place": list(self.islands), "neighbour": "", "weight": 0.0})
        return pd.concat([pairs, alone], ignore_index=True) if self.islands else pairs

    def to_graph(self) -> Any:  # noqa: ANN401  libpysal's own type, which only those who have it installed ask for
        """The same as `libpysal.graph.Graph` (its `to_W()` gives the older W); an island neighbours itself with weight 0, as is the custom there."""
        from libpysal.graph import Graph

        table = self.as_table()
        other = table["neighbour"].where(table["weight"] > 0, table["place"])
        return Graph.from_arrays(table["place"].to_numpy(), other.to_numpy(), table["weight"].to_numpy())


def neighbours_of(place: np.ndarray, other: np.ndarray, codes: pd.Index, how: str, weight: np.ndarray | None = None) -> Neighbours:
    """Neighbours from positions, each pair once; weight 1 unless given."""
    weight = np.ones(len(place)) if weight is None else np.asarray(weight, dtype=float)
    matrix = csr_array((weight, (place, other)), shape=(len(codes), len(codes)))
    matrix.sort_indices()
    return Neighbours(codes, matrix, how)


def from_table(table: pd.DataFrame, codes: pd.Index, how: str = worded("as a table says")) -> Neighbours:
    """Neighbours from a table with the columns of `as_table`; BoundaryError names codes that are no places."""
    if absent := [name for name in COLUMNS if name not in table]:
        raise BoundaryError(f"A table of neighbours has the columns {', '.join(COLUMNS)}; it lacks {absent}.")
    pairs = table[(table["neighbour"].fillna("") != "") & (table["place"] != table["neighbour"])]
    place, other = codes.get_indexer(pairs["place"]), codes.get_indexer(pairs["neighbour"])
    named = pd.concat([table["place"], pairs["neighbour"]])
    if strangers := sorted(set(named[~named.isin(codes)]))[:10]:
        raise BoundaryError(f"The table of neighbours names codes that are no places: {strangers}. Take the table of the same boundaries.")
    if pairs.duplicated(["place", "neighbour"]).any():
        raise BoundaryError("The table of neighbours names a pair twice; keep one row a pair.")
    return neighbours_of(place, other, codes, how, pairs["weight"].to_numpy(dtype=float))


def from_graph(graph: Any, how: str = worded("as libpysal says")) -> Neighbours:  # noqa: ANN401  libpysal's own types
    """Neighbours from libpysal's Graph, or from its older W."""
    adjacency = graph.adjacency if hasattr(graph, "adjacency") else _adjacency_of_w(graph)
    table = adjacency.rename_axis(["place", "neighbour"]).rename("weight").reset_index()
    return from_table(table, pd.Index(table["place"].unique()), how)


def _adjacency_of_w(weights: Any) -> pd.Series:  # noqa: ANN401  libpysal's own type
    rows = {(i, j): w for i in weights.id_order for j, w in zip(weights.neighbors[i] or [i], weights.weights[i] or [0.0], strict=True)}
    return pd.Series(rows)


def _faults(codes: pd.Index, matrix: csr_array) -> list[str]:
    faults = []
    if matrix.shape != (len(codes), len(codes)):
        return [f"{matrix.shape} weights do not fit {len(codes)} places."]
    if codes.has_duplicates:
        faults.append("each place needs its own code.")
    if (own := codes[matrix.diagonal() != 0]).size:
        faults.append(f"a place is no neighbour of itself, but {list(own[:10])} are.")
    if not (np.isfinite(matrix.data) & (matrix.data > 0)).all():
        faults.append("weights are numbers over 0.")
    return faults
