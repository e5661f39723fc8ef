"""Funnel limits: between which a place lies if it is like the rest, given only how much there is to count in it."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import gdtrib, ndtri

from geomap.statistics.intervals import ohid_interval

Floats = NDArray[np.float64]
INNER, OUTER = 0.95, 0.998
LABELS = ("low (0.001)", "low (0.025)", "not significant", "high (0.025)", "high (0.001)")


def labelled(observed: ArrayLike, expected: ArrayLike) -> NDArray[np.object_]:
    """What a count is beside *expected*: whether its 95 % and its 99.8 % limits (exact below 10 events, Byar's above: OHID) leave the expected out."""
    step, expected = np.zeros(np.shape(observed), dtype=int), np.asarray(expected, dtype=float)
    for level in (INNER, OUTER):
        low, high = ohid_interval(observed, level)
        step += (low > expected).astype(int) - (high < expected).astype(int)
    return np.array(LABELS, dtype=object)[step + 2]


def ratio_limits(expected: ArrayLike, level: float = INNER) -> tuple[Floats, Floats]:
    """The ratios observed / *expected* whose own exact Poisson limits just touch 1; the lower is 0 where even no event would be nothing unusual.

    >>> low, high = ratio_limits([5.571643, 100.0])
    >>> (low * [5.571643, 100]).round(3).tolist()
    [1.0, 80.391]
    """
    expected, tail = np.asarray(expected, dtype=float), (1 - level) / 2
    low, high = gdtrib(1.0, 1 - tail, expected) - 1, gdtrib(1.0, tail, expected)
    return np.maximum(low, 0) / expected, high / expected


def share_limits(share: float, base: ArrayLike, level: float = INNER) -> tuple[Floats, Floats]:
    """The shares whose own Wilson limits just touch *share*, for bases of so many."""
    half = ndtri(0.5 + level / 2) * np.sqrt(share * (1 - share) / np.asarray(base, dtype=float))
    return np.clip(share - half, 0, 1), np.clip(share + half, 0, 1)
