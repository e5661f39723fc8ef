"""Variance from replicate weights: the estimate is made again with each set, and their spread is its error."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.statistics.design import Design

Floats = NDArray[np.float64]
Method = Literal["jackknife", "bootstrap", "brr"]


@dataclass(frozen=True)
class Replicates:
    """Replicate weights (n, r) and what the squared deviation of each counts for (r,)."""

    weights: Floats
    counts: Floats

    @classmethod
    def supplied(cls, weights: ArrayLike, how: Method) -> Self:
        """Replicate weights that came with the survey: an unstratified jackknife (r - 1)/r, bootstrap and balanced half-samples 1/r each."""
        weights = np.asarray(weights, dtype=float)
        r = weights.shape[1]
        return cls(weights, np.full(r, (r - 1) / r if how == "jackknife" else 1 / r))

    def covariance(self, statistic: Callable[[Floats], Floats]) -> Floats:
        """The covariance (m, m) of *statistic*, which gives (r, m) for weights (n, r); deviations are from the replicates' mean."""
        found = np.asarray(statistic(self.weights), dtype=float)
        away = (found - found.mean(axis=0)) * np.sqrt(self.counts)[:, None]
        return away.T @ away

    def mean(self, y: ArrayLike) -> float:
        """The standard error of the weighted mean of *y* (n,)."""
        y = np.asarray(y, dtype=float)
        return float(np.sqrt(self.covariance(lambda w: (y @ w / w.sum(axis=0))[:, None])[0, 0]))


def jackknife(design: Design) -> Replicates:
    """Each primary unit left out in turn, the others of its stratum raised: JK1 in one stratum, JKn in several (Wolter 2007).

    A finite population shrinks the count of a stratum's replicates by 1 - n/N. Units of a stratum with one unit cannot be left out.
    """
    _, first, unit = np.unique(design.psu, return_index=True, return_inverse=True)
    strata, within, sizes = np.unique(design.stratum[first], return_inverse=True, return_counts=True)
    sampled = np.zeros(len(strata)) if design.fpc is None else sizes / design.fpc[first][np.unique(within, return_index=True)[1]]
    out = np.flatnonzero(sizes[within] > 1)
    same = within[unit.reshape(-1)][:, None] == within[out][None, :]
    left = unit.reshape(-1)[:, None] == out[None, :]
    raised = sizes[within[out]] / (sizes[within[out]] - 1)
    factor = np.where(left, 0.0, np.where(same, raised, 1.0))
    return Replicates(design.weights[:, None] * factor, (1 - sampled[within[out]]) / raised)
