"""Counts over time that vary more than chance: a quasi-Poisson regression, and the trend beside the seasons."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtrit

Floats = NDArray[np.float64]
STEPS, CLOSE = 50, 1e-10


@dataclass(frozen=True)
class Fit:
    """Coefficients (on the log scale) and their covariance, fitted counts and the leverage of each, dispersion (1: as Poisson), degrees of freedom left."""

    coefficients: Floats
    covariance: Floats
    fitted: Floats
    leverage: Floats
    dispersion: float
    freedom: int

    @property
    def errors(self) -> Floats:
        """Standard errors of the coefficients."""
        return np.sqrt(np.diag(self.covariance))

    def ratio(self, position: int, times: float = 1.0, level: float = 0.95) -> tuple[float, float, float]:
        """By what factor the count grows with *times* units of one column, and its interval by Student's t."""
        half = stdtrit(self.freedom, 0.5 + level / 2) * self.errors[position]
        middle = self.coefficients[position]
        return tuple(float(np.exp(times * one)) for one in (middle, middle - half, middle + half))


def quasi_poisson(counts: ArrayLike, columns: ArrayLike, offset: ArrayLike = 0.0, weights: ArrayLike | None = None) -> Fit:
    """The log-linear fit of *counts* to *columns* (n, k), by reweighted least squares; errors are scaled by Pearson's dispersion."""
    counts, columns = np.asarray(counts, dtype=float), np.asarray(columns, dtype=float)
    prior = np.ones(len(counts)) if weights is None else np.asarray(weights, dtype=float)
    offset = np.broadcast_to(np.asarray(offset, dtype=float), counts.shape)
    linear, found = np.log(counts + 0.1), np.zeros(columns.shape[1])
    for _ in range(STEPS):
        mean = np.exp(linear)
        root = np.sqrt(prior * mean)
        new = np.linalg.lstsq(columns * root[:, None], root * (linear - offset + (counts - mean) / mean), rcond=None)[0]
        linear, moved, found = columns @ new + offset, np.abs(new - found).max(), new
        if moved < CLOSE:
            break
    mean, freedom = np.exp(linear), len(counts) - np.linalg.matrix_rank(columns)
    dispersion = float((prior * (counts - mean) ** 2 / mean).sum() / freedom)
    root = np.sqrt(prior * mean)
    scaled = columns * root[:, None]
    inverse = np.linalg.pinv(scaled.T @ scaled)
    leverage = np.einsum("ij,jk,ik->i", scaled, inverse, scaled)
    return Fit(found, dispersion * inverse, mean, leverage, dispersion, int(freedom))


def seasonal(time: ArrayLike, period: float, *, waves: int = 1) -> Floats:
    """Columns for a quasi-Poisson fit: 1, time, and so many pairs of waves a *period*."""
    time = np.asarray(time, dtype=float)
    turns = 2 * np.pi * time[:, None] * np.arange(1, waves + 1) / period
    return np.column_stack([np.ones(len(time)), time, np.sin(turns), np.cos(turns)])
