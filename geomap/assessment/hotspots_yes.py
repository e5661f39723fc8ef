"""Where places that have something lie together: of a number that is yes or no, or beyond a threshold that is said aloud; all places first, then each one."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.hotspots import ALONE, CHANCE, LEVEL, Tested, over_all_places, too_few
from geomap.assessment.surroundings import surroundings
from geomap.errors import EditionError, UsageError
from geomap.statistics.discovery import benjamini_hochberg
from geomap.statistics.join_counts import Joins, join_counts, join_counts_permuted, local_join_counts
from geomap.worded import worded

TOGETHER, HAS_NOT = "together", "has it not"
COLUMNS = ("value", "has", "joins", "spot", "uncorrected", "p", "q", "neighbours", "edge")


@dataclass(frozen=True)
class YesSpots(Tested):
    """What was found for one yes or no at one level.

    places: index = code, the columns COLUMNS: has, whether the place has it (1 or 0); joins, how many of its neighbours have it too; spot: together where q ≤ LEVEL, or
    not significant, has it not, no neighbours, no number; uncorrected: the same where p ≤ LEVEL. yes: the question in words. joins, p: of all places together. refused:
    why there is no map of clusters; empty where there is one.
    """

    node: Node
    yes: str
    places: pd.DataFrame
    joins: Joins
    p: float
    neighbours: str
    refused: str


def is_yes_or_no(assessment: Assessment, node_id: str) -> bool:
    """Whether all published values of *node_id* are 0 or 1, and both occur."""
    assessment.node(node_id)
    return set(assessment.numbers[node_id]["value"].dropna().unique()) == {0.0, 1.0}


def hotspots_yes(assessment: Assessment, node_id: str, *, over: float | None = None, under: float | None = None, seed: int = 1) -> YesSpots:
    """Places where *node_id* is yes, or is *over* or *under* a number: do they lie together more than chance puts them?

    UsageError where a number that is not yes or no comes without a threshold, or with two; EditionError where nearly all or hardly any places have it.
    """
    node, near = assessment.node(node_id), surroundings(assessment, (node_id,))
    values, matrix = near.numbers[node_id].to_numpy(), near.neighbours.matrix
    if over is not None and under is not None:
        raise UsageError(worded("Give one threshold: over or under."))
    if over is None and under is None and not is_yes_or_no(assessment, node_id):
        raise UsageError(
            worded("'{title}' is not yes or no. Say from where on a place counts: over a number, or under one.", title=node.title)
        )
    has = values > (0.5 if over is None else over) if under is None else values < under
    yes = "yes" if over is None and under is None else f"over {over:g}" if under is None else f"under {under:g}"
    if not 2 <= has.sum() <= len(has) - 2 or matrix.nnz == 0:
        raise EditionError(
            worded(
                "'{title}' is {yes} in {some} of {whole} {many} with a number; there is nothing to lie together or apart. Take another threshold.",
                title=node.title,
                yes=yes,
                some=int(has.sum()),
                whole=len(has),
                many=assessment.many,
            )
        )
    joins, p = join_counts(has, matrix), join_counts_permuted(has, matrix, seed=seed)
    count, local = local_join_counts(has, matrix)
    corrected = benjamini_hochberg(local)
    refused = too_few(assessment, len(values)) or _chance(joins, p, assessment.many)
    alone = near.neighbours.count == 0
    found = pd.DataFrame(
        {
            "value": values, "has": has.astype(float), "joins": count, "spot": _kinds(has, alone, CHANCE if refused else TOGETHER, corrected),
            "uncorrected": _kinds(has, alone, TOGETHER, local), "p": local, "q": corrected, "neighbours": near.neighbours.count, "edge": near.edge,
        },
        index=near.numbers.index,
    )  # fmt: skip
    return YesSpots(node, yes, over_all_places(assessment, found)[list(COLUMNS)], joins, p, near.neighbours.sentence(), refused)


def _kinds(has: np.ndarray, alone: np.ndarray, together: str, p: np.ndarray) -> np.ndarray:
    return np.select([alone, ~has, p <= LEVEL], [ALONE, HAS_NOT, together], CHANCE).astype(object)


def _chance(joins: Joins, p: float, many: str) -> str:
    if p <= LEVEL and joins.both > joins.test.expected:
        return ""
    rare = worded("Such {many} lie side by side less often than chance puts them there (p {p}), so no clusters are shown.")
    chance = worded("Such {many} lie side by side no more often than chance puts them there (p {p}), so no clusters are shown.")
    return (chance if p > LEVEL else rare).format(many=many, p=f"{p:.3f}")
