"""Confidence sets for ranks (Mogstad, Romano, Shaikh and Wilhelm 2024, Review of Economic Studies 91).

A place ranks above another only where their difference is larger than chance explains, corrected for all comparisons made.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Ranks = tuple[Floats, Floats]
SMALL = 60
CELLS = 1 << 17


def rank_sets(
    score: ArrayLike, se: ArrayLike, *, level: float = 0.95, simultaneous: bool = False, simulate: bool | None = None,
    draws: int = 20_000, seed: int = 0,
) -> Ranks:  # fmt: skip
    """Lowest and highest rank each place can have, rank 1 = highest score; NaN for places without a score.

    score, se: (place,), in one unit; errors are taken as independent between places. Marginal sets hold for each place on its own, simultaneous
    sets for all places at once. The comparisons, in both directions, are stepped down by Holm, which is valid under any dependence and slightly
    wide; or, with *simulate*, against the largest difference that chance makes in so many *draws*. Not told which, simultaneous sets of up to
    *SMALL* places are simulated. Time grows with places², and with places² × draws when simulated; memory with places (× draws when simulated).
    """
    score, se = np.asarray(score, dtype=float), np.asarray(se, dtype=float)
    known = ~(np.isnan(score) | np.isnan(se))
    simulate = bool(simultaneous and known.sum() <= SMALL) if simulate is None else simulate
    low, high = np.full(len(score), np.nan), np.full(len(score), np.nan)
    if known.sum() < 2:
        low[known] = high[known] = 1.0
    elif simulate:
        low[known], high[known] = _simulated(score[known], se[known], level, together=simultaneous, draws=draws, seed=seed)
    elif simultaneous:
        low[known], high[known] = _holm_over_all(score[known], se[known], level)
    else:
        low[known], high[known] = _holm_by_place(score[known], se[known], level)
    return low, high


def _holm_by_place(score: Floats, se: Floats, level: float) -> Ranks:
    """Each place's comparisons with all others, stepped down on their own: after r differences are proven the bar is that of 2(n - 1) - r tests."""
    n = len(score)
    bars = _bar((1 - level) / np.arange(2 * (n - 1), n - 2, -1))
    low, high = np.ones(n), np.full(n, float(n))
    for rows, gap, distance in _blocks(score, se):
        proven = np.zeros(len(gap), dtype=np.intp)
        while True:
            found = np.count_nonzero(distance > bars[proven, None], axis=1)
            if (found == proven).all():
                break
            proven = found
        low[rows], high[rows] = _limits(gap, distance > bars[proven, None], n)
    return low, high


def _holm_over_all(score: Floats, se: Floats, level: float) -> Ranks:
    """All n(n - 1) directed comparisons in one family; blocks are made anew at each step, so that no more than one is held."""
    n = len(score)
    proven, found = -1, 0
    while found != proven:
        proven = found
        bar = _bar((1 - level) / (n * (n - 1) - proven))
        found = sum(np.count_nonzero(distance > bar) for _, _, distance in _blocks(score, se)) // 2
    low, high = np.ones(n), np.full(n, float(n))
    for rows, gap, distance in _blocks(score, se):
        low[rows], high[rows] = _limits(gap, distance > bar, n)
    return low, high


def _blocks(score: Floats, se: Floats) -> Iterator[tuple[slice, Floats, Floats]]:
    """A few rows at a time: differences from all places, and their squares in squared standard errors; no error and no difference is NaN."""
    step = max(1, CELLS // len(score))
    for start in range(0, len(score), step):
        rows = slice(start, start + step)
        gap = score[rows, None] - score[None, :]
        with np.errstate(divide="ignore", invalid="ignore"):
            yield rows, gap, gap**2 / (se[rows, None] ** 2 + se[None, :] ** 2)


def _bar(tail: ArrayLike) -> Floats:
    """The squared normal quantile that a squared distance has to pass."""
    return np.maximum(-ndtri(np.asarray(tail)), 0.0) ** 2


def _limits(gap: Floats, proven: Flags, n: int) -> Ranks:
    above = np.count_nonzero(proven & (gap < 0), axis=1)
    return 1.0 + above, n - (np.count_nonzero(proven, axis=1) - above).astype(float)


def _simulated(score: Floats, se: Floats, level: float, *, together: bool, draws: int, seed: int) -> Ranks:
    """Bars are quantiles of the largest difference among what is not yet proven; of each place's comparisons, or of all of them *together*."""
    n = len(score)
    gap, spread = score[:, None] - score[None, :], np.hypot(se[:, None], se[None, :])
    with np.errstate(divide="ignore", invalid="ignore"):
        distance, scale = gap / spread, np.where(spread > 0, 1 / spread, 0.0)
    noise = np.random.default_rng(seed).normal(size=(draws, n)) * se
    others = ~np.eye(n, dtype=bool)
    above, below = others, others
    while True:
        largest = _largest(noise, scale, above, None if together else below)  # with one bar, what lies above tells all
        bar = np.maximum(np.quantile(largest.max(axis=1, keepdims=True) if together else largest, level, axis=0), 0.0)[:, None]
        before, above, below = above.sum() + below.sum(), above & ~(distance > bar), below & ~(-distance > bar)
        if above.sum() + below.sum() == before:
            return 1.0 + (others & ~below).sum(axis=1), n - (others & ~above).sum(axis=1).astype(float)


def _largest(noise: Floats, scale: Floats, above: Flags, below: Flags | None) -> Floats:
    """The largest difference by chance per draw and place, in standard errors, among the directions *above* and, where they are asked for, *below* that are still open."""
    step = max(1, CELLS // scale.size)
    found = np.empty(noise.shape)
    for start in range(0, len(noise), step):
        drawn = noise[start : start + step]
        chance = (drawn[:, :, None] - drawn[:, None, :]) * scale
        up = np.where(above, chance, -np.inf).max(axis=2)
        found[start : start + step] = up if below is None else np.maximum(up, -np.where(below, chance, np.inf).min(axis=2))
    return found
