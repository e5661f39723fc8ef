"""When a series changed its level: Pettitt (1979), by ranks, so that single spikes do not count as a change."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Change:
    """at: the first position after the change; p: how often chance alone gives so large one (Pettitt's approximation); the medians before and after."""

    at: int
    p: float
    before: float
    after: float


def pettitt(series: ArrayLike) -> Change:
    """The one most likely change of level in *series*.

    >>> pettitt([3, 4, 2, 3, 4, 3, 9, 8, 10, 9, 8, 9])
    Change(at=6, p=0.03140780113025614, before=3.0, after=9.0)
    """
    from scipy.stats import rankdata

    series = np.asarray(series, dtype=float)
    count = len(series)
    until = np.arange(1, count)
    statistic = 2 * np.cumsum(rankdata(series))[:-1] - until * (count + 1)
    at = int(np.argmax(np.abs(statistic)))
    p = min(1.0, 2 * float(np.exp(-6 * statistic[at] ** 2 / (count**3 + count**2))))
    return Change(at + 1, p, float(np.median(series[: at + 1])), float(np.median(series[at + 1 :])))
