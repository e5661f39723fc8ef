"""Where places high in one number stand beside places high in another: whether the two go together across borders at all, and then which places, after correction.

Values are taken as published. What is compared is the place with its neighbours, not the two numbers of one place; association, not cause.
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.hotspots import ALONE, CHANCE, LEVEL, PERMUTATIONS, Tested, kinds, over_all_places, too_few
from geomap.assessment.surroundings import surroundings
from geomap.errors import EditionError
from geomap.statistics.local_moran import local_bivariate_moran
from geomap.statistics.modified_t import Correlation, correlation
from geomap.worded import below_zero, worded

COLUMNS = ("here", "around", "spot", "uncorrected", "moran", "p", "q", "neighbours", "edge")


@dataclass(frozen=True)
class BesideSpots(Tested):
    """What was found for one number in the place and another in its neighbours, at one level.

    places: index = code, the columns COLUMNS: here, the first number of the place; around, the mean of the second in its neighbours; spot and uncorrected as in
    HotSpots, the first word for here, the second for around. test: Pearson's r of here and around, tested as places that are alike deserve. refused: why there is
    no map of clusters; empty where there is one.
    """

    here: Node
    around: Node
    places: pd.DataFrame
    test: Correlation
    neighbours: str
    refused: str


def hotspots_beside(assessment: Assessment, here: str, around: str, *, permutations: int = PERMUTATIONS, seed: int = 1) -> BesideSpots:
    """*here* in each place beside *around* in its neighbours, among places that have both numbers; EditionError where one is not enough to look at.

    All places first, by a test that knows that both numbers are alike among neighbours (Clifford, Richardson and Hémon 1989): dealing one of them out anew would
    call chance a tie far too often where each has clusters of its own.
    """
    first, second = assessment.node(here), assessment.node(around)
    if here == around:
        raise EditionError(
            worded("'{first}' is set beside itself. Leave the second number out to see where it gathers.", first=first.title)
        )
    near = surroundings(assessment, (here, around))
    x, y = near.numbers[here].to_numpy(), near.numbers[around].to_numpy()
    weights, linked = near.neighbours.by_row, near.neighbours.count > 0
    lag = np.where(linked, weights @ y, np.nan)
    try:
        local = local_bivariate_moran(x, y, weights, permutations=permutations, seed=seed)
        test = _together(x[linked], lag[linked], near.middles[linked])
    except ValueError as wrong:
        raise EditionError(
            worded(
                "'{first}' and '{second}' cannot be looked at side by side: {wrong}",
                first=first.title,
                second=second.title,
                wrong=str(wrong),
            )
        ) from None
    refused = too_few(assessment, len(x)) or _chance(test, first, second)
    found = pd.DataFrame(
        {
            "here": x, "around": lag, "spot": kinds(local.quadrant, local.q), "uncorrected": kinds(local.quadrant, local.p), "moran": local.statistic,
            "p": local.p, "q": local.q, "neighbours": near.neighbours.count, "edge": near.edge,
        },
        index=near.numbers.index,
    )  # fmt: skip
    if refused:
        found.loc[found["spot"] != ALONE, "spot"] = CHANCE
    return BesideSpots(first, second, over_all_places(assessment, found)[list(COLUMNS)], test, near.neighbours.sentence(), refused)


def _together(x: np.ndarray, lag: np.ndarray, middles: np.ndarray) -> Correlation:
    if len(x) < 4 or not min(np.ptp(x), np.ptp(lag)) > 0:
        raise ValueError(worded("too few places have neighbours with both numbers, or one of the numbers is the same everywhere."))
    return correlation(x, lag, middles)


def _chance(test: Correlation, here: Node, around: Node) -> str:
    if test.p <= LEVEL:
        return ""
    return worded(
        "Over all places, {here} and what neighbours have of {around} go together no more than chance makes them (r {r}, p {p}), so no clusters are shown.",
        here=here.title, around=around.title, r=below_zero(f"{test.r:.2f}"), p=f"{test.p:.3f}",
    )  # fmt: skip
