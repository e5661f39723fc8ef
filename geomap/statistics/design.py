"""Estimates from a sample and the doubt that its design leaves, by Taylor linearisation with ultimate clusters.

Särndal, Swensson and Wretman (1992); on calibrated weights the variance is that of the calibration residuals (Deville and Särndal 1992).
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from geomap.statistics.replicates import Replicates

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Design:
    """Respondents' weights and how they were sampled.

    weights: (n,). stratum, psu: codes (n,), a psu's code unique over strata. fpc: primary units in the population of each row's stratum, or None.
    covariates: (n, k) that weights were calibrated on, base: weights before that; None before any calibration. replicates: weights that came with
    the survey, from which all errors are taken where there are any.
    """

    weights: Floats
    stratum: NDArray[np.intp]
    psu: NDArray[np.intp]
    fpc: Floats | None = None
    covariates: Floats | None = None
    base: Floats | None = None
    replicates: Replicates | None = None

    @classmethod
    def of(
        cls, weights: ArrayLike, *, stratum: ArrayLike | None = None, psu: ArrayLike | None = None, fpc: ArrayLike | None = None
    ) -> Self:
        """A design; without strata or clusters every respondent is drawn on their own from one stratum."""
        weights = np.asarray(weights, dtype=float)
        strata = _codes(stratum) if stratum is not None else np.zeros(len(weights), dtype=np.intp)
        units = _codes(psu) if psu is not None else np.arange(len(weights))
        units = np.unique(np.column_stack([strata, units]), axis=0, return_inverse=True)[1].reshape(-1)
        return cls(weights, strata, units, None if fpc is None else np.asarray(fpc, dtype=float))

    @property
    def df(self) -> int:
        """Degrees of freedom: primary units less strata, and no more than replicates leave."""
        own = len(np.unique(self.psu)) - len(np.unique(self.stratum))
        return own if self.replicates is None else min(own, self.replicates.df)

    @property
    def lonely(self) -> tuple[int, ...]:
        """Strata with a single primary unit. Their variance cannot be known and adds nothing here, so whoever shows the result names them."""
        _, first = np.unique(self.psu, return_index=True)
        strata, counts = np.unique(self.stratum[first], return_counts=True)
        return tuple(int(code) for code in strata[counts < 2])

    def apart(self, rows: NDArray[np.bool_]) -> Self:
        """The design in which *rows* (n,) bear on no number but their own: each is a stratum by itself, outside every calibration and every replicate."""
        if not rows.any():
            return self
        alone = np.arange(rows.sum()) + 1
        strata, units = (_placed(codes, rows, codes.max() + alone) for codes in (self.stratum, self.psu))
        covariates = None if self.covariates is None else np.where(rows[:, None], 0.0, self.covariates)
        out = replace(self, stratum=strata, psu=units, covariates=covariates)
        if self.replicates is None:
            return out
        return replace(out, replicates=replace(self.replicates, weights=np.where(rows[:, None], 0.0, self.replicates.weights)))

    def collapsed(self) -> Self:
        """The design in which all strata are one, of as many primary units as they have together; its variance then holds what lies between strata too (Cochran 1977, 5A.12)."""
        _, first = np.unique(self.stratum, return_index=True)
        fpc = None if self.fpc is None else np.full(len(self.weights), self.fpc[first].sum())
        return replace(self, stratum=np.zeros(len(self.weights), dtype=np.intp), fpc=fpc)

    def covariance(self, scores: ArrayLike) -> Floats:
        """The covariance matrix (m, m) of the weighted totals of *scores* (n, m)."""
        if self.replicates is not None:
            z = np.asarray(scores, dtype=float).reshape(len(self.weights), -1)
            return self.replicates.covariance(lambda weights: weights.T @ z)
        totals, within, sizes, shrink = self._units(scores)
        spread = _away(totals, within, sizes) * np.sqrt(shrink[within])[:, None]
        return spread.T @ spread

    def mean(self, y: ArrayLike, *, within: ArrayLike | None = None) -> tuple[float, float]:
        """The weighted mean of *y* (n,) among the rows *within*, and its standard error."""
        y = np.asarray(y, dtype=float)
        part = np.ones(len(y)) if within is None else np.asarray(within, dtype=float)
        y = np.where(part == 0, 0.0, y)
        size = (self.weights * part).sum()
        mean = (self.weights * part * y).sum() / size
        if self.replicates is not None:
            return float(mean), float(np.sqrt(self.replicates.variances(y, np.where(part > 0, 0, -1), 1)[0]))
        return float(mean), float(np.sqrt(self.covariance(part * (y - mean) / size)[0, 0]))

    def total(self, y: ArrayLike) -> tuple[float, float]:
        """The weighted total of *y* and its standard error."""
        return float((self.weights * np.asarray(y, dtype=float)).sum()), float(np.sqrt(self.covariance(y)[0, 0]))

    def ratio(self, y: ArrayLike, x: ArrayLike) -> tuple[float, float]:
        """The ratio of the weighted totals of *y* and *x*, and its standard error."""
        y, x = np.asarray(y, dtype=float), np.asarray(x, dtype=float)
        below = (self.weights * x).sum()
        ratio = (self.weights * y).sum() / below
        return float(ratio), float(np.sqrt(self.covariance((y - ratio * x) / below)[0, 0]))

    def difference(self, y: ArrayLike, one: ArrayLike, other: ArrayLike) -> tuple[float, float]:
        """The mean of *y* (n,) among the rows *one* less that among the rows *other*, and its standard error."""
        y, parts = np.asarray(y, dtype=float), np.column_stack([np.asarray(part, dtype=float) for part in (one, other)])
        y = np.where(parts.sum(axis=1) == 0, 0.0, y)
        sizes = self.weights @ parts
        means = (self.weights * y) @ parts / sizes
        if self.replicates is not None:
            one_by_one = [self.replicates.means(y, np.where(part > 0, 0, -1), 1) for part in parts.T]
            return float(means[0] - means[1]), float(np.sqrt(self.replicates.spread(one_by_one[0] - one_by_one[1])[0]))
        apart = parts * (y[:, None] - means) / sizes
        return float(means[0] - means[1]), float(np.sqrt(self.covariance(apart[:, 0] - apart[:, 1])[0, 0]))

    def design_effect(self, y: ArrayLike) -> float:
        """The variance of the mean of *y* (n,) over that of as many answers drawn at random, without replacement, from as many people as the weights add up to."""
        y, n, people = np.asarray(y, dtype=float), len(self.weights), self.weights.sum()
        mean, se = self.mean(y)
        spread = (self.weights * (y - mean) ** 2).sum() / people * n / (n - 1)
        return se**2 / (spread / n * (1 - n / people))

    def coefficients(self, scores: Floats, group: NDArray[np.intp], count: int) -> Floats:
        """The regression on the covariates (group, k) of *scores* (n,) within each of *count* groups, 0 outside it; group (n,): -1 for none."""
        inside = group >= 0
        pulled = (self._pull * np.sqrt(self.base) * scores).T
        return np.column_stack([np.bincount(group[inside], weights=column[inside], minlength=count) for column in pulled.T])

    @cached_property
    def unit(self) -> NDArray[np.intp]:
        """The primary unit of each row, counted from 0."""
        return np.unique(self.psu, return_inverse=True)[1].reshape(-1)

    @cached_property
    def unit_covariates(self) -> Floats:
        """Weighted sums of the covariates in each unit (unit, k)."""
        return np.asarray(self._of_unit @ (self.covariates * self.weights[:, None]))

    def _units(self, scores: ArrayLike) -> tuple[Floats, NDArray[np.intp], Floats, Floats]:
        z = np.asarray(scores, dtype=float).reshape(len(self.weights), -1)
        if self.covariates is not None:
            z = z - self.covariates @ (self._pull @ (z * np.sqrt(self.base)[:, None]))
        within, sizes, shrink = self.strata
        return self._of_unit @ (z * self.weights[:, None]), within, sizes, shrink

    @cached_property
    def _pull(self) -> Floats:
        """What gives the coefficients (k,) of the regression on the covariates, by the weights before calibration."""
        return np.linalg.pinv(self.covariates * np.sqrt(self.base)[:, None])

    @cached_property
    def _of_unit(self) -> csr_array:
        """Sums rows into primary units (unit, n)."""
        return csr_array((np.ones(len(self.unit)), (self.unit, np.arange(len(self.unit)))))

    @cached_property
    def strata(self) -> tuple[NDArray[np.intp], Floats, Floats]:
        """The stratum of each unit, units of each stratum, and what a stratum's squared deviations are multiplied by."""
        _, first = np.unique(self.psu, return_index=True)
        strata, within, sizes = np.unique(self.stratum[first], return_inverse=True, return_counts=True)
        within = within.reshape(-1)
        sampled = np.zeros(len(strata)) if self.fpc is None else sizes / self.fpc[first][np.unique(within, return_index=True)[1]]
        return within, sizes.astype(float), np.where(sizes > 1, (1 - sampled) * sizes / np.maximum(sizes - 1, 1), 0.0)


def kish_effective_size(weights: ArrayLike) -> float:
    """Kish's (1965) effective sample size, (Σw)² / Σw²."""
    weights = np.asarray(weights, dtype=float)
    return float(weights.sum() ** 2 / (weights**2).sum())


def design_effect(weights: ArrayLike) -> float:
    """Kish's design effect of unequal weights, n / n_eff."""
    return len(np.asarray(weights)) / kish_effective_size(weights)


def _away(totals: Floats, within: NDArray[np.intp], sizes: Floats) -> Floats:
    """How far each unit's total lies from the mean of its stratum."""
    sums = csr_array((np.ones(len(within)), (within, np.arange(len(within))))) @ totals
    return totals - (sums / sizes[:, None])[within]


def _placed(codes: NDArray[np.intp], rows: NDArray[np.bool_], new: NDArray[np.intp]) -> NDArray[np.intp]:
    out = codes.copy()
    out[rows] = new
    return out


def _codes(values: ArrayLike) -> NDArray[np.intp]:
    return np.unique(np.asarray(values), return_inverse=True)[1].reshape(-1)
