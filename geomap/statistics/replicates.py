"""Variance from replicate weights: the estimate is made again with each set, and their spread is its error."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Method = Literal["JK1", "JKn", "BRR", "Fay", "bootstrap"]
SAME = 1e-10


@dataclass(frozen=True)
class Replicates:
    """Replicate weights (n, r) and what the squared deviation of each counts for (r,)."""

    weights: Floats
    counts: Floats

    @classmethod
    def supplied(cls, weights: ArrayLike, how: Method, *, rho: float = 0.0, counts: Sequence[float] = ()) -> Self:
        """Replicate weights (n, r) that came with the survey; each is the whole weight, not a factor.

        A deviation counts (r - 1)/r in an unstratified jackknife, 1/r in balanced half-samples and the bootstrap, 1/(r (1 - ρ)²) in Fay's method
        (Judkins 1990), unless *counts* (r,) say otherwise, as those of a stratified jackknife must.
        """
        weights = np.asarray(weights, dtype=float)
        r = weights.shape[1]
        usual = {"JK1": (r - 1) / r, "Fay": 1 / (r * (1 - rho) ** 2)}.get(how, 1 / r)
        return cls(weights, np.asarray(counts, dtype=float) if len(counts) else np.full(r, usual))

    def reweighted(self, again: Callable[[Floats], Floats]) -> Self:
        """The same after each set of weights (n,) went through *again*, such as the calibration that the survey's weights went through."""
        return replace(self, weights=np.column_stack([again(column) for column in self.weights.T]))

    def spread(self, found: ArrayLike) -> Floats:
        """The variance (m,) of estimates *found* (r, m) about their mean; a replicate without an estimate (NaN) is left out."""
        found = np.asarray(found, dtype=float)
        known = ~np.isnan(found)
        middle = np.where(known, found, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        return np.asarray(self.counts @ np.where(known, found - middle, 0.0) ** 2)

    def covariance(self, statistic: Callable[[Floats], Floats]) -> Floats:
        """The covariance (m, m) of *statistic*, which gives (r, m) for weights (n, r); deviations are from the replicates' mean."""
        found = np.asarray(statistic(self.weights), dtype=float)
        away = (found - found.mean(axis=0)) * np.sqrt(self.counts)[:, None]
        return away.T @ away

    def mean(self, y: ArrayLike) -> float:
        """The standard error of the weighted mean of *y* (n,)."""
        return float(np.sqrt(self.variances(y, np.zeros(len(self.weights), dtype=np.intp), 1)[0]))

    def variances(self, y: ArrayLike, group: NDArray[np.intp], count: int) -> Floats:
        """The variance of the weighted mean of *y* (n,) in each of *count* groups; group (n,): which one, -1 for none."""
        return self.spread(self.means(y, group, count))

    def means(self, y: ArrayLike, group: NDArray[np.intp], count: int) -> Floats:
        """The weighted mean of *y* (n,) in each group, by each replicate (r, count); NaN where a replicate has no weight in the group."""
        rows = np.flatnonzero(group >= 0)
        member = csr_array((np.ones(len(rows)), (group[rows], rows)), shape=(count, len(self.weights)))
        said = csr_array((np.asarray(y, dtype=float)[rows], (group[rows], rows)), shape=member.shape)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray((said @ self.weights) / (member @ self.weights)).T

    @cached_property
    def df(self) -> int:
        """Degrees of freedom: how many of the sets are independent, less one."""
        values = np.linalg.eigvalsh(self.weights.T @ self.weights)
        return int((values > SAME * values.max()).sum()) - 1
