"""How surely one place needs attention more than another, for every number of an edition: from its own published doubt, drawn anew."""

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.explore import branches_of, leaves_of, redrawn
from geomap.errors import EditionError
from geomap.methodology.recipe import Methodology
from geomap.scoring.draws import Z
from geomap.statistics.telling_apart import pairs_of_draws, pairs_of_normals
from geomap.worded import worded

DRAWS = 20_000  # a probability of one half is then known to 0.7 points of a hundred, 19 times of 20
LEVEL = 0.05
MOST = 5


def worse_than(
    assessment: Assessment, methodology: Methodology, codes: Sequence[str], *, draws: int = DRAWS, seed: int = 1
) -> Mapping[str, np.ndarray]:
    """By number, the probability that the place of a row truly needs attention more than that of a column, (place, place); NaN where one has no number.

    Indices and their parts: the share of draws of all inputs within their published intervals, combined by the agreed method; a tie counts half. Indicators:
    Φ of the difference over its error, each side of an interval by itself. Errors are taken as independent between places. EditionError for a code that is not here.
    """
    rows = _rows(assessment, codes)
    found = {node.id: _of_intervals(assessment, node, rows) for node in assessment.of_kind("indicator")}
    branches = branches_of(assessment, methodology)
    samples = redrawn(assessment, branches, tuple(leaves_of(assessment, methodology)), draws=draws, seed=seed, rows=rows)
    for branch in branches:
        known = assessment.numbers[branch.id]["value"].notna().to_numpy()[rows]
        bad = samples[branch.id] if branch.up == "worse" else -samples[branch.id]
        found[branch.id] = pairs_of_draws(np.where(known[:, None], bad, np.nan))
    return found


def told_apart(worse: np.ndarray) -> list[tuple[int, int]]:
    """The pairs (the one that needs attention more first) that can be told apart, so that of all pairs together one is wrong at most once in twenty (Bonferroni)."""
    pairs = list(combinations(range(len(worse)), 2))
    sure = 1 - surest(len(worse))
    ordered = [(a, b) if worse[a, b] >= 0.5 else (b, a) for a, b in pairs if not np.isnan(worse[a, b])]
    return [pair for pair in ordered if 1 - worse[pair] < sure]


def surest(places: int) -> float:
    """How large the probability must be for a pair of so many places to be told apart."""
    return 1 - LEVEL / 2 / max(places * (places - 1) // 2, 1)


def _rows(assessment: Assessment, codes: Sequence[str]) -> np.ndarray:
    if absent := [code for code in codes if code not in assessment.places.index]:
        raise EditionError(worded("Not in this edition: the {one} {absent}.", one=assessment.one, absent=str(absent)))
    if not 2 <= len(set(codes)) == len(codes) <= MOST:
        raise EditionError(
            worded("Name two to {most} different {many} to compare, not {codes}.", most=MOST, many=assessment.many, codes=str(list(codes)))
        )
    return assessment.places.index.get_indexer(list(codes))


def _of_intervals(assessment: Assessment, node: Node, rows: np.ndarray) -> np.ndarray:
    value, low, high = (assessment.numbers[node.id][column].to_numpy(dtype=float)[rows] for column in ("value", "low", "high"))
    below, above = np.nan_to_num(value - low) / Z, np.nan_to_num(high - value) / Z
    higher = pairs_of_normals(value, below, above)
    return higher if node.up == "worse" else 1 - higher
