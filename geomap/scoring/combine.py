"""Parts into wholes: weighted means with a rule for what is missing, and the geometric mean across pillars."""

from typing import Literal

import numpy as np

from geomap.scoring.scale import TOP

Missing = Literal["share", "propagate", "renormalise"]
LIFT = 0.9


def turn(scores: np.ndarray, turned: np.ndarray) -> np.ndarray:
    """Scores of a (..., place, part) array with the parts where *turned* is true counted from the other end: 10 - x."""
    return np.where(turned, TOP - scores, scores)


def present_share(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The share of the weight whose parts have a score, per place."""
    return np.sum(np.where(np.isnan(scores), 0.0, weights), axis=-1) / weights.sum()


def arithmetic(scores: np.ndarray, weights: np.ndarray, *, least_share: float) -> np.ndarray:
    """Weighted mean over the last axis among the parts that are present; NaN where they hold less than *least_share* of the weight.

    least_share = 1 lets any missing part make the whole missing; 0 makes do with whatever is there.
    """
    given = np.where(np.isnan(scores), 0.0, weights)
    total = given.sum(axis=-1)
    enough = (total / weights.sum() >= least_share - 1e-12) & (total > 0)
    mean = np.sum(np.where(np.isnan(scores), 0.0, scores) * given, axis=-1) / np.where(total > 0, total, 1.0)
    return np.where(enough, mean, np.nan)


def geometric(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Weighted geometric mean of 1 + 0.9 x, from 1 to 10, so that no zero annihilates the rest; any missing part makes it missing."""
    return np.exp(np.sum(np.log1p(LIFT * scores) * (weights / weights.sum()), axis=-1))


def least_share(rule: Missing, declared: float) -> float:
    """The share of the weight that must be present under a missing-data rule."""
    return {"share": declared, "propagate": 1.0, "renormalise": 0.0}[rule]
