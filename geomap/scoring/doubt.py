"""How sure each score is: intervals, rank sets and the chance of standing among the worst fifth, from draws."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geomap.scoring.draws import Spread
from geomap.scoring.scale import Scale
from geomap.scoring.tree import Branch, grow
from geomap.statistics.ranks import rank_sets

CHUNK = 25
WORST = 0.2


@dataclass(frozen=True)
class Doubt:
    """Per place: 95 % limits of the score, of its rank (1 = worst), and the chance to be among the worst fifth; NaN where there is no score."""

    low: np.ndarray
    high: np.ndarray
    rank: np.ndarray
    rank_low: np.ndarray
    rank_high: np.ndarray
    p_worst: np.ndarray


def drawn(
    branches: Sequence[Branch], spread: Spread, scale: Scale, ups: Mapping[str, str], *, draws: int, seed: Sequence[int],
    progress: Callable[[Iterable[int]], Iterable[int]] = iter,
) -> dict[str, np.ndarray]:  # fmt: skip
    """A (place, draw) array per branch: the inputs drawn, scaled and combined by the same code as the score itself.

    Memory holds one chunk of inputs and the branches' own draws, whatever the number of indicators.
    """
    generator = np.random.default_rng(seed)
    found = {branch.id: np.empty((spread.middle.shape[0], draws), dtype=np.float32) for branch in branches}
    for start in progress(range(0, draws, CHUNK)):
        chunk = scale.apply(spread.draw(min(CHUNK, draws - start), generator))
        grown = grow(branches, {name: chunk[..., column] for column, name in enumerate(scale.names)}, ups)
        for name, scores in grown.scores.items():
            found[name][:, start : start + CHUNK] = scores.T
    return found


def doubt_of(score: np.ndarray, draws: np.ndarray, *, worst_is_high: bool) -> Doubt:
    """The doubt of one branch from its score (place,) and its draws (place, draw)."""
    known = ~np.isnan(score)
    blank = np.full(len(score), np.nan)
    low, high, rank, rank_low, rank_high, p_worst = (blank.copy() for _ in range(6))
    if known.any():
        sample = np.sort(draws[known].astype(float), axis=1)
        low[known], high[known] = np.minimum(_quantile(sample, 0.025), score[known]), np.maximum(_quantile(sample, 0.975), score[known])
        badness = np.where(worst_is_high, score[known], -score[known])
        rank[known] = 1 + np.searchsorted(np.sort(-badness), -badness, side="left")
        rank_low[known], rank_high[known] = rank_sets(badness, sample.std(axis=1, ddof=1), level=0.95, simultaneous=False)
        p_worst[known] = _among_worst(draws[known] if worst_is_high else -draws[known])
    return Doubt(low, high, rank, rank_low, rank_high, p_worst)


def _quantile(ordered: np.ndarray, share: float) -> np.ndarray:
    position = share * (ordered.shape[1] - 1)
    below, part = int(position), position % 1
    above = min(below + 1, ordered.shape[1] - 1)
    return ordered[:, below] * (1 - part) + ordered[:, above] * part


def _among_worst(badness: np.ndarray) -> np.ndarray:
    count = max(1, round(WORST * len(badness)))
    cut = np.partition(badness, len(badness) - count, axis=0)[len(badness) - count]
    return (badness >= cut).mean(axis=1)
