"""Parts on a scale of 0 to 10 into wholes: means, extremes, and what is done about parts that are missing."""

from collections.abc import Callable
from typing import Literal

import numpy as np

from geomap.scoring import gather
from geomap.scoring.scale import TOP

Missing = Literal["share", "propagate", "renormalise"]
Combine = Literal["arithmetic", "geometric", "harmonic", "scaled_geometric", "ordered", "max", "min"]
LIFT = 0.9


def turn(scores: np.ndarray, turned: np.ndarray) -> np.ndarray:
    """Scores of a (..., place, part) array with the parts where *turned* is true counted from the other end: 10 - x."""
    return np.where(turned, TOP - scores, scores)


def combine(
    scores: np.ndarray, weights: np.ndarray, *, way: Combine = "arithmetic", least_share: float = 1.0, present: np.ndarray | None = None
) -> np.ndarray:
    """The whole of a (..., place, part) array over its last axis; NaN where less than *least_share* of the weight is present.

    least_share = 1 lets any missing part make the whole missing; 0 makes do with whatever is there, its weights brought to their own sum.
    present: the share of the weight that is, where it is known already.
    """
    present = gather.present(scores, weights) if present is None else present
    enough = (present >= least_share - 1e-12) & (present > 0)
    return np.where(enough, WAYS[way](scores, weights), np.nan)


def runs_from_one(way: Combine) -> bool:
    """Whether what comes out runs from 1 to 10: geometric and harmonic means lift 0 to 1, so that no zero annihilates the rest."""
    return way in ("geometric", "harmonic")


def least_share(rule: Missing, declared: float) -> float:
    """The share of the weight that must be present under a missing-data rule."""
    return {"share": declared, "propagate": 1.0, "renormalise": 0.0}[rule]


def _lifted(scores: np.ndarray) -> np.ndarray:
    return 1.0 + LIFT * scores


def _ordered(scores: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """The first weight goes to the highest part, whichever it is (Yager 1988); missing parts stand last and their weights are left out."""
    from_highest = -np.sort(-np.where(np.isnan(scores), -np.inf, scores), axis=-1)
    return gather.mean(np.where(np.isinf(from_highest), np.nan, from_highest), weights)


WAYS: dict[Combine, Callable[[np.ndarray, np.ndarray], np.ndarray]] = {
    "arithmetic": gather.mean,
    "geometric": lambda scores, weights: gather.geometric_mean(_lifted(scores), weights),
    "harmonic": lambda scores, weights: gather.harmonic_mean(_lifted(scores), weights),
    "scaled_geometric": gather.scaled_geometric_mean,
    "ordered": _ordered,
    "max": gather.WAYS["max"],
    "min": gather.WAYS["min"],
}
