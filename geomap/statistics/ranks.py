"""Confidence sets for ranks (Mogstad, Romano, Shaikh and Wilhelm 2024, Review of Economic Studies 91).

A place ranks above another only where their difference is larger than chance explains, corrected for all comparisons made.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Ranks = tuple[NDArray[np.float64], NDArray[np.float64]]
SMALL = 60
BLOCK = 512


def rank_sets(
    score: ArrayLike, se: ArrayLike, *, level: float = 0.95, simultaneous: bool = False, draws: int = 4_000, seed: int = 0
) -> Ranks:
    """Lowest and highest rank each place can have, rank 1 = highest score; NaN for places without a score.

    Errors are taken as independent between places. Simultaneous sets hold for all places at once, with the critical value simulated over all
    pairs and stepped down (up to *SMALL* places; beyond that by Holm). Marginal sets hold for each place on its own: its comparisons with all
    others are stepped down by Holm, which is valid under any dependence and slightly wide. Memory grows with places × *BLOCK*.
    """
    score, se = np.asarray(score, dtype=float), np.asarray(se, dtype=float)
    known = ~(np.isnan(score) | np.isnan(se))
    low, high = np.full(len(score), np.nan), np.full(len(score), np.nan)
    if simultaneous and known.sum() <= SMALL:
        low[known], high[known] = _simulated(score[known], se[known], level, draws, seed)
    else:
        low[known], high[known] = _holm(score[known], se[known], level, family=known.sum() if simultaneous else 1)
    return low, high


def _holm(score: NDArray[np.float64], se: NDArray[np.float64], level: float, family: int) -> Ranks:
    """Step-down over each place's comparisons in both directions; with simultaneous sets the level is shared among the *family* of places."""
    n = len(score)
    low, high = np.ones(n), np.full(n, float(n))
    if n < 2:
        return low, high
    tests = 2 * (n - 1)
    critical = -ndtri((1 - level) / family / np.arange(tests, 0, -1))
    for start in range(0, n, BLOCK):
        rows = slice(start, start + BLOCK)
        spread = np.sqrt(se[rows, None] ** 2 + se[None, :] ** 2)
        gap = score[rows, None] - score[None, :]
        with np.errstate(divide="ignore", invalid="ignore"):
            distance = np.where(gap == 0, 0.0, gap / spread)
        sizes = -np.sort(-np.abs(distance), axis=1)[:, : n - 1]
        passed = sizes > critical[: n - 1]
        steps = np.where(passed.all(axis=1), n - 1, np.argmin(passed, axis=1))
        cut = np.where(steps > 0, critical[np.maximum(steps - 1, 0)], np.inf)[:, None]
        low[rows] = 1 + (-distance > cut).sum(axis=1)
        high[rows] = n - (distance > cut).sum(axis=1)
    return low, high


def _simulated(score: NDArray[np.float64], se: NDArray[np.float64], level: float, draws: int, seed: int) -> Ranks:
    n = len(score)
    if n < 2:
        return np.ones(n), np.ones(n)
    noise = np.random.default_rng(seed).normal(size=(draws, n)) * se
    above, below = np.nonzero(~np.eye(n, dtype=bool))
    spread = np.sqrt(se[above] ** 2 + se[below] ** 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        distance = np.where(spread > 0, (score[above] - score[below]) / spread, np.sign(score[above] - score[below]) * np.inf)
        chance = np.where(spread > 0, (noise[:, above] - noise[:, below]) / spread, 0.0)
    live = np.ones(len(above), dtype=bool)
    while live.any():
        cut = np.quantile(chance[:, live].max(axis=1), level)
        rejected = live & (distance > cut)
        if not rejected.any():
            break
        live &= ~rejected
    proven = ~live
    return 1 + np.bincount(below[proven], minlength=n).astype(float), n - np.bincount(above[proven], minlength=n).astype(float)
