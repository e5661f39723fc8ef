"""Unusual weeks, by the methods of public health: EARS C1 to C3 (Hutwagner and others 2003)."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
BASE, GAP, CARRIED = 7, 2, 2
C3_LIMIT = 2.0


def ears(counts: ArrayLike, method: Literal["C1", "C2", "C3"] = "C2", alpha: float = 0.001) -> Floats:
    """The count above which each week is unusual; NaN where too few weeks lie before it to tell.

    C1 compares with the 7 weeks before, C2 with the 7 that ended 2 weeks ago, both by *alpha*. C3 adds to a week's excess by C2, which is how many standard
    deviations above 1 it lies, that of the two weeks before, and calls more than 2 unusual: slow rises show.
    """
    counts = np.asarray(counts, dtype=float)
    mean, sd = before(counts, 0 if method == "C1" else GAP)
    return mean + sd * (1 + C3_LIMIT - carried(counts) if method == "C3" else -ndtri(alpha))


def carried(counts: ArrayLike) -> Floats:
    """The excess by C2 of the two weeks before each: standard deviations above mean + 1, never below 0."""
    counts = np.asarray(counts, dtype=float)
    mean, sd = before(counts, GAP)
    with np.errstate(divide="ignore", invalid="ignore"):
        above = np.where(sd > 0, (counts - mean) / sd, np.where(counts > mean, np.inf, 0.0))
    excess = np.where(np.isnan(mean), np.nan, np.maximum(above - 1, 0))
    past = np.full(len(counts), np.nan)
    past[CARRIED:] = excess[1:-1] + excess[:-CARRIED]
    return past


def before(counts: ArrayLike, gap: int) -> tuple[Floats, Floats]:
    """Mean and standard deviation of the 7 counts that end *gap* weeks before each; NaN at the start."""
    counts = np.asarray(counts, dtype=float)
    mean, sd = (np.full(len(counts), np.nan) for _ in range(2))
    if len(counts) > BASE + gap:
        windows = np.lib.stride_tricks.sliding_window_view(counts, BASE)[: len(counts) - BASE - gap]
        mean[BASE + gap :], sd[BASE + gap :] = windows.mean(axis=1), windows.std(axis=1, ddof=1)
    return mean, sd
