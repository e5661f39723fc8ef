"""Hot spots of a published number: whether neighbours are alike at all, and then which places are high among high or low among low, after correction.

Values are taken as published, so nothing that was withheld is behind a cluster. All places first: where chance would make the whole map, no cluster is shown.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.surroundings import surroundings
from geomap.errors import EditionError
from geomap.statistics.discovery import benjamini_hochberg
from geomap.statistics.getis_ord import g_star, two_sided
from geomap.statistics.local_moran import local_moran
from geomap.statistics.moran import Association, moran, moran_permuted
from geomap.worded import below_zero, worded

FEWEST = 30  # places: under these a map of clusters shows mostly what the correction could not find
LEVEL = 0.05
PERMUTATIONS = 99_999  # so that the smallest p survives correction among thousands of places
CHANCE, ALONE, UNKNOWN = "not significant", "no neighbours", "no number"
COLUMNS = ("value", "spot", "uncorrected", "moran", "p", "q", "g_star", "g_p", "g_q", "neighbours", "edge")


class Tested:
    """Places each with a p and, corrected for many tests, a q; what every kind of cluster counts of them. refused: why none is shown, blank where some may be."""

    places: pd.DataFrame
    refused: str

    def counts(self, column: str = "spot") -> dict[str, int]:
        """How many places of each kind."""
        return {str(kind): int(count) for kind, count in self.places[column].value_counts().items()}

    @property
    def before(self) -> int:
        """How many places had p ≤ LEVEL, before correction."""
        return int((self.places["p"] <= LEVEL).sum())

    @property
    def after(self) -> int:
        """How many of them survive it."""
        return int((self.places["q"] <= LEVEL).sum())


@dataclass(frozen=True)
class HotSpots(Tested):
    """What was found for one number at one level.

    places: index = code, the columns COLUMNS: spot is a quadrant of local Moran where q ≤ LEVEL (high-high, low-low, high-low, low-high), or not significant, no
    neighbours, no number; uncorrected: the same where p ≤ LEVEL. g_star: Getis and Ord's G*, z, its p and q. test, p: of all places together. refused: why there
    is no map of clusters; empty where there is one.
    """

    node: Node
    places: pd.DataFrame
    test: Association
    p: float
    around: str
    refused: str


def hotspots(assessment: Assessment, node_id: str, *, permutations: int = PERMUTATIONS, seed: int = 1) -> HotSpots:
    """The hot spots of *node_id*; EditionError where its values do not vary, or where fewer than four places have one."""
    node, near = assessment.node(node_id), surroundings(assessment, (node_id,))
    values, weights = near.numbers[node_id].to_numpy(), near.neighbours.by_row
    try:
        test = moran(values, weights)
    except ValueError as wrong:
        raise EditionError(worded("'{title}' has no hot spots to look for: {wrong}", title=node.title, wrong=str(wrong))) from None
    p = moran_permuted(values, weights, seed=seed)
    local = local_moran(values, weights, permutations=permutations, seed=seed)
    star = g_star(values, near.neighbours.matrix)
    star_p = two_sided(star)
    refused = _refused(assessment, len(values), test, p)
    found = pd.DataFrame(
        {
            "value": values, "spot": kinds(local.quadrant, local.q), "uncorrected": kinds(local.quadrant, local.p), "moran": local.statistic, "p": local.p, "q": local.q,
            "g_star": star, "g_p": star_p, "g_q": benjamini_hochberg(star_p), "neighbours": near.neighbours.count, "edge": near.edge,
        },
        index=near.numbers.index,
    )  # fmt: skip
    if refused:
        found.loc[found["spot"] != ALONE, "spot"] = CHANCE
    return HotSpots(node, over_all_places(assessment, found)[list(COLUMNS)], test, p, near.neighbours.sentence(), refused)


def kinds(quadrant: np.ndarray, p: np.ndarray) -> np.ndarray:
    """The quadrant of each place where p ≤ LEVEL, else not significant; no neighbours where there is no p."""
    return np.where(np.isnan(p), ALONE, np.where((p <= LEVEL) & (quadrant != ""), quadrant, CHANCE)).astype(object)


def over_all_places(assessment: Assessment, found: pd.DataFrame) -> pd.DataFrame:
    """*found* with a row for every place: those without a number are told as that."""
    whole = found.reindex(assessment.places.index)
    whole[["spot", "uncorrected"]] = whole[["spot", "uncorrected"]].fillna(UNKNOWN)
    whole["neighbours"] = whole["neighbours"].fillna(0).astype(int)
    whole["edge"] = whole["edge"].fillna(value=False).astype(bool)
    return whole


def too_few(assessment: Assessment, count: int) -> str:
    """Why *count* places are too few for a map of clusters; empty where they are enough."""
    if count >= FEWEST:
        return ""
    return worded(
        "Only {count} {many} have a number; under {least} no map of clusters is drawn, since it could hardly find any.",
        count=count,
        many=assessment.many,
        least=FEWEST,
    )


def _refused(assessment: Assessment, count: int, test: Association, p: float) -> str:
    if few := too_few(assessment, count):
        return few
    if p > LEVEL:
        return worded(
            "Neighbours are no more alike or unlike than chance makes them (Moran's I {statistic}, p {p}), so no clusters are shown.",
            statistic=below_zero(f"{test.statistic:.3f}"),
            p=f"{p:.3f}",
        )
    return ""
