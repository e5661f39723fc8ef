"""Covariances and correlations of the parts of a composite, gaps and all."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
NOTHING = 1e-12
FEWEST = 3


def complete(parts: ArrayLike) -> Floats:
    """The rows of *parts* (place, part) that lack nothing; ValueError where fewer than three are left."""
    parts = np.asarray(parts, dtype=float)
    rows = parts[~np.isnan(parts).any(axis=1)]
    if len(rows) < FEWEST:
        raise ValueError(f"Only {len(rows)} of {len(parts)} places have a value for every part; at least {FEWEST} are needed.")
    return rows


def covariances(parts: ArrayLike) -> Floats:
    """Covariances (part, part) of *parts* (place, part), with n - 1, each from the places that have both; NaN where fewer than three do."""
    return _moments(parts)[0]


def correlations(parts: ArrayLike) -> Floats:
    """Pearson's correlations (part, part) of *parts* (place, part), each from the places that have both parts.

    NaN where fewer than three places do, or where one of the two does not vary among them. With gaps the matrix need not be positive definite.
    """
    together, spread = _moments(parts)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.clip(together / np.sqrt(spread * spread.T), -1.0, 1.0)


def _moments(parts: ArrayLike) -> tuple[Floats, Floats]:
    """Covariances, and the variance of each row's part among the places that it shares with each column's part."""
    parts = np.asarray(parts, dtype=float)
    known = ~np.isnan(parts)
    present = known.astype(float)
    size = present.T @ present
    centred = np.where(known, parts - _mean(parts, known), 0.0)
    enough = np.where(size >= FEWEST, size, np.nan)
    mean = centred.T @ present / enough
    together = (centred.T @ centred / enough - mean * mean.T) * (enough / (enough - 1))
    square = (centred**2).T @ present / enough
    spread = square - mean**2
    varies = spread > NOTHING * np.maximum(square, NOTHING * np.max(np.abs(np.where(known, parts, 0.0)), axis=0, initial=0.0)[:, None] ** 2)
    return together, np.where(varies, spread * (enough / (enough - 1)), np.nan)


def _mean(parts: Floats, known: NDArray[np.bool_]) -> Floats:
    return np.where(known, parts, 0.0).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
