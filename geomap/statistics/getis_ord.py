"""Getis and Ord's G: where high or low values gather, in standard deviations from chance (Getis and Ord 1992, Ord and Getis 1995)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array, eye_array
from scipy.special import ndtr

Floats = NDArray[np.float64]


def g_star(values: ArrayLike, weights: csr_array) -> Floats:
    """The z of G*_i: the sum around each place, the place itself among its neighbours with weight 1; *weights* are binary, or otherwise on that scale.

    A place without neighbours has none: NaN.
    """
    values, own = np.asarray(values, dtype=float), csr_array(weights + eye_array(weights.shape[0]))
    n, sums, squares = len(values), _row_sums(own), _row_sums(own.multiply(own))
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (own @ values - values.mean() * sums) / (values.std() * np.sqrt((n * squares - sums**2) / (n - 1)))
    return np.where(_row_sums(weights) > 0, z, np.nan)


def g_local(values: ArrayLike, weights: csr_array) -> Floats:
    """The z of G_i: the sum around each place without the place itself, beside the mean and the spread of all others; the scale of a row of weights cancels."""
    values = np.asarray(values, dtype=float)
    n, sums, squares = len(values), _row_sums(weights), _row_sums(weights.multiply(weights))
    mean = (values.sum() - values) / (n - 1)
    spread = ((values**2).sum() - values**2) / (n - 1) - mean**2
    with np.errstate(invalid="ignore", divide="ignore"):
        z = (weights @ values - sums * mean) / np.sqrt(spread * ((n - 1) * squares - sums**2) / (n - 2))
    return np.where(sums > 0, z, np.nan)


def g_global(values: ArrayLike, weights: csr_array) -> float:
    """The share of all products of two values that are products of neighbours; values over 0."""
    values = np.asarray(values, dtype=float)
    return float(values @ (weights @ values)) / (values.sum() ** 2 - float(values @ values))


def two_sided(z: ArrayLike) -> Floats:
    """The two-sided p of normal *z*; NaN stays."""
    return 2 * ndtr(-np.abs(np.asarray(z, dtype=float)))


def _row_sums(weights: csr_array) -> Floats:
    return np.asarray(weights.sum(axis=1), dtype=float).ravel()
