"""Whether places can be told apart at all, and how surely one is worse than the next.

Scores are read as elsewhere in ranks: the highest is rank 1, the worst. Turn scores over where high is good.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr

from geomap.statistics.chi_square import ChiSquare, chi_square

Floats = NDArray[np.float64]


def homogeneity(score: ArrayLike, se: ArrayLike) -> ChiSquare:
    """Cochran's (1954) Q = Σ(x - x̄)²/se², x̄ weighted by 1/se², against chi-square on n - 1: is there any difference beyond chance?

    score, se: (place,), in one unit, errors independent; places without either are left out. A large p says that the places cannot be told apart
    by these data, not that they are equal. Scores without error that differ have Q = ∞.
    """
    score = np.asarray(score, dtype=float)
    test = groups_that_cannot_be_told_apart(score, se, np.zeros(len(score), dtype=np.intp), count=1)
    return ChiSquare(test.statistic[0], test.df[0], test.p[0])


def groups_that_cannot_be_told_apart(score: ArrayLike, se: ArrayLike, groups: ArrayLike, *, count: int | None = None) -> ChiSquare:
    """Cochran's Q within each group of places: those with a large p, say over 0.05, cannot be told apart; see *homogeneity*.

    groups: whole numbers from 0 (place,), such as districts or classes of the score, below 0 for none; *count*: how many groups there are.
    Gives arrays (group,). Classes cut from the same scores were chosen to be alike, so within them p is too large rather than too small.
    """
    score, se, groups = np.asarray(score, dtype=float), np.asarray(se, dtype=float), np.asarray(groups, dtype=np.intp)
    known = ~(np.isnan(score) | np.isnan(se)) & (groups >= 0)
    score, se, groups = score[known], se[known], groups[known]
    count = int(groups.max(initial=-1)) + 1 if count is None else count

    def total(part: ArrayLike) -> Floats:
        """The sum of *part* within each group."""
        return np.bincount(groups, weights=np.asarray(part, dtype=float), minlength=count)

    exact = se == 0
    weight = np.where((total(exact) > 0)[groups], exact, 1 / np.where(exact, 1.0, se) ** 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        away = score - (total(weight * score) / total(weight))[groups]
        away = np.where(np.abs(away) <= 1e-12 * np.abs(score), 0.0, away)
        parts = np.where(away == 0, 0.0, (away / se) ** 2)
    return chi_square(total(parts), np.maximum(total(np.ones(len(score))) - 1, 0))


def probability_worse(score: ArrayLike, se: ArrayLike) -> Floats:
    """The probability that each place truly scores higher than the next in the table, Φ((x - x_next)/√(se² + se_next²)).

    score, se: (place,); the table runs from the highest score down, ties in their order. Errors normal and independent, no prior knowledge. Two
    equal scores have 1/2, and so have two without error. NaN for the last place and for places without a score.
    """
    score, se = np.asarray(score, dtype=float), np.asarray(se, dtype=float)
    place, following = _neighbours(np.where(np.isnan(se), np.nan, score))
    found = np.full(len(score), np.nan)
    gap = score[place] - score[following]
    with np.errstate(divide="ignore", invalid="ignore"):
        found[place] = np.where(gap == 0, 0.5, ndtr(gap / np.hypot(se[place], se[following])))
    return found


def probability_worse_of_draws(score: ArrayLike, draws: ArrayLike) -> Floats:
    """The share of *draws* (draw, place) in which each place scores higher than the next in the table of *score* (place,); a tie counts half.

    Draws may depend on one another between places. Chunks of draws can be averaged by their sizes. A draw that either place lacks is not counted.
    """
    draws, score = np.asarray(draws, dtype=float), np.asarray(score, dtype=float)
    place, following = _neighbours(score)
    gap = draws[:, place] - draws[:, following]
    found = np.full(len(score), np.nan)
    with np.errstate(invalid="ignore"):
        found[place] = np.sum((gap > 0) + 0.5 * (gap == 0), axis=0) / np.sum(~np.isnan(gap), axis=0)
    return found


def pairs_of_draws(draws: ArrayLike) -> Floats:
    """How often the place of a row scores higher than that of a column, (place, place), among *draws* (place, draw) that both have; a tie counts half, NaN on the diagonal."""
    draws = np.asarray(draws, dtype=float)
    gap = draws[:, None] - draws[None]
    with np.errstate(invalid="ignore"):
        found = ((gap > 0) + 0.5 * (gap == 0)).sum(axis=2) / (~np.isnan(gap)).sum(axis=2)
    np.fill_diagonal(found, np.nan)
    return found


def pairs_of_normals(score: ArrayLike, below: ArrayLike, above: ArrayLike) -> Floats:
    """The probability that the place of a row truly scores higher than that of a column, (place, place): Φ of the difference over its error.

    below, above: (place,), the standard errors to either side, of which those that face each other count. Errors normal and independent, no prior knowledge;
    two equal scores have 1/2. NaN on the diagonal and where a place has no score.
    """
    score, below, above = (np.asarray(one, dtype=float) for one in (score, below, above))
    gap = score[:, None] - score[None]
    error = np.where(gap > 0, np.hypot(below[:, None], above[None]), np.hypot(above[:, None], below[None]))
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.where(np.isnan(gap), np.nan, np.where(gap == 0, 0.5, ndtr(gap / error)))
    np.fill_diagonal(found, np.nan)
    return found


def _neighbours(score: Floats) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Positions of the places with a score but the last, from the highest down, and of the one that follows each."""
    order = np.argsort(-score, kind="stable")[: np.count_nonzero(~np.isnan(score))]
    return order[:-1], order[1:]
