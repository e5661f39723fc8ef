"""Parts gathered into one, over the last axis of a (…, place, part) array: sums, means, products, and what counts or agrees."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
NOISE = 1e-9


def weighted_sum(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """Σ w x; the weights stand as they are given and need not sum to anything."""
    return np.sum(np.asarray(parts, dtype=float) * weights, axis=-1)


def mean(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """Σ w x / Σ w over the parts that are there; NaN parts count only where all are NaN."""
    return _per_weight(np.asarray(parts, dtype=float), np.asarray(weights, dtype=float))


def geometric_mean(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """exp(Σ w ln x / Σ w); 0 where a part is 0, NaN where one is negative."""
    parts = np.asarray(parts, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.exp(_per_weight(np.log(parts), np.asarray(weights, dtype=float)))
    return np.where((parts < 0).any(axis=-1), np.nan, found)


def harmonic_mean(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """Σ w / Σ (w/x); 0 where a part is 0, NaN where one is negative."""
    parts = np.asarray(parts, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1 / _per_weight(1 / parts, np.asarray(weights, dtype=float))
    return np.where((parts < 0).any(axis=-1), np.nan, found)


def scaled_geometric_mean(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """INFORM's mean that lets high values speak: (10 - g((10 - x)/10 × 9 + 1)) / 9 × 10, g the geometric mean, x from 0 to 10."""
    return (10 - geometric_mean((10 - np.asarray(parts, dtype=float)) / 10 * 9 + 1, weights)) / 9 * 10


def product(parts: ArrayLike, powers: ArrayLike) -> Floats:
    """Π x^p: a b / c is the product with powers 1, 1, -1."""
    parts = np.asarray(parts, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.prod(parts ** np.asarray(powers, dtype=float), axis=-1)
    return np.where(np.isfinite(found), found, np.nan)


def ratio(parts: ArrayLike, _weights: ArrayLike) -> Floats:
    """The first part divided by the sum of the others; NaN where that is 0."""
    parts = np.asarray(parts, dtype=float)
    below = parts[..., 1:].sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below == 0, np.nan, parts[..., 0] / below)


def first_there(parts: ArrayLike, _weights: ArrayLike) -> Floats:
    """The first part that is there: what is worked out, else what was published of it."""
    parts = np.asarray(parts, dtype=float)
    at = np.argmax(~np.isnan(parts), axis=-1, keepdims=True)
    return np.take_along_axis(parts, at, axis=-1)[..., 0]


def ordered_mean(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """Weights go to the highest part first, then to the next (ordered weighted average, Yager 1988); all parts must be there."""
    return weighted_sum(-np.sort(-np.asarray(parts, dtype=float), axis=-1), np.asarray(weights, dtype=float) / np.sum(weights))


def copeland(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """Copeland's score, -1 to 1: the share of places a place beats by weighted majority of parts, less the share that beat it.

    parts: (place, part). A part missing on either side takes no side. Memory grows with places squared.
    """
    parts, weights = np.asarray(parts, dtype=float), np.asarray(weights, dtype=float)
    support = np.zeros((parts.shape[0], parts.shape[0]))
    for column, weight in zip(parts.T, weights, strict=True):
        support += weight * (np.greater.outer(column, column).astype(float) - np.less.outer(column, column))
    known = ~np.isnan(parts).all(axis=1)
    found = np.sign(np.where(np.abs(support) < NOISE * np.abs(weights).sum(), 0.0, support))[:, known].sum(axis=1) / max(known.sum() - 1, 1)
    return np.where(known, found, np.nan)


def present(parts: ArrayLike, weights: ArrayLike) -> Floats:
    """The share of the weight whose parts are there."""
    weights = np.abs(np.asarray(weights, dtype=float))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.sum(np.where(np.isnan(np.asarray(parts, dtype=float)), 0.0, weights), axis=-1) / weights.sum(axis=-1)


def _per_weight(parts: Floats, weights: Floats) -> Floats:
    there = np.where(np.isnan(parts), 0.0, weights)
    total = there.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = np.sum(np.where(np.isnan(parts), 0.0, parts) * there, axis=-1) / total
    return np.where(total > 0, found, np.nan)


WAYS: dict[str, Callable[[ArrayLike, ArrayLike], Floats]] = {
    "sum": weighted_sum, "mean": mean, "geometric": geometric_mean, "harmonic": harmonic_mean, "scaled_geometric": scaled_geometric_mean,
    "product": product, "ratio": ratio, "first": first_there, "ordered": ordered_mean, "count": lambda parts, _: np.sum(~np.isnan(np.asarray(parts, dtype=float)), axis=-1).astype(float), "copeland": copeland,
    "max": lambda parts, _: np.fmax.reduce(np.asarray(parts, dtype=float), axis=-1), "min": lambda parts, _: np.fmin.reduce(np.asarray(parts, dtype=float), axis=-1),
}  # fmt: skip
