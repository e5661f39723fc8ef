"""Pearson's r between two numbers of places, tested as places deserve: neighbours are alike, so n places tell less than n independent ones.

The variance of r under no association follows from how alike places at each distance are in both numbers (Clifford, Richardson and Hémon 1989); it gives
the number of independent places that would be worth as much, and t and Fisher's interval with that number.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial.distance import pdist
from scipy.special import stdtr

MOST = 3_000  # places of which all pairs are looked at; of more, as many drawn at random tell how alike places at a distance are
BINS = 40
Z = 1.959964


@dataclass(frozen=True)
class Correlation:
    """Pearson's r, its 95 % interval, the number of independent places these are worth, and two-sided p; a p of 1 and no bounds where that is under four."""

    r: float
    low: float
    high: float
    effective: float
    p: float


def correlation(x: ArrayLike, y: ArrayLike, points: ArrayLike, *, seed: int = 1) -> Correlation:
    """R of *x* and *y* (place,) at *points* (place, 2), in a projection in which distances mean something."""
    x, y = (_standardised(some) for some in (x, y))
    r = float(np.clip(x @ y / len(x), -1, 1))
    effective = 1 + 1 / max(_variance(x, y, np.asarray(points, dtype=float), seed), 1 / len(x))
    if effective < 4:
        return Correlation(r, -1.0, 1.0, effective, 1.0)
    t = r * np.sqrt((effective - 2) / max(1 - r**2, 1e-300))
    around = np.arctanh(np.clip(r, -1 + 1e-15, 1 - 1e-15)) + np.array([-Z, Z]) / np.sqrt(effective - 3)
    return Correlation(r, *(float(end) for end in np.tanh(around)), effective, float(2 * stdtr(effective - 2, -abs(t))))


def _variance(x: NDArray[np.float64], y: NDArray[np.float64], points: NDArray[np.float64], seed: int) -> float:
    """Of r under no association: the sum over pairs of both autocorrelations at their distance, by the square of how many places there are."""
    count = len(x)
    if count > MOST:
        some = np.sort(np.random.default_rng(seed).choice(count, MOST, replace=False))
        x, y, points = x[some], y[some], points[some]
    away = pdist(points)
    step = np.minimum((away / max(float(away.max()), np.finfo(float).tiny) * BINS).astype(int), BINS - 1)
    pairs = np.bincount(step, minlength=BINS)
    one, two = np.triu_indices(len(x), 1)
    alike = [np.bincount(step, some[one] * some[two], minlength=BINS) / np.maximum(pairs, 1) for some in (x, y)]
    among = 2 * float((pairs * alike[0] * alike[1]).sum()) / (len(x) * (len(x) - 1))
    return 1 / count + (1 - 1 / count) * among


def _standardised(values: ArrayLike) -> NDArray[np.float64]:
    values = np.asarray(values, dtype=float)
    return (values - values.mean()) / values.std()
