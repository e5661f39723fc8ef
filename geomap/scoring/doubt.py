"""How sure each score is: intervals, rank sets and the chance of standing among the worst fifth, from draws."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geomap.scoring.draws import Spread
from geomap.scoring.scale import Scale
from geomap.scoring.tree import Branch, grow
from geomap.statistics.ranks import rank_sets
from geomap.statistics.telling_apart import probability_worse_of_draws

CHUNK = 25
FIFTH, TENTH = 0.2, 0.1
SET_DRAWS = 4_000


@dataclass(frozen=True)
class Doubt:
    """Per place: 95 % limits of the score and of its rank (1 = worst); NaN where there is no score.

    rank_low, rank_high hold for each place on its own, rank_low_all and rank_high_all for all places at once. p_worst, p_worst_tenth: the chance to be
    among the worst fifth or tenth. p_worse_next: the chance to rank worse than the place just after it in the table.
    """

    low: np.ndarray
    high: np.ndarray
    rank: np.ndarray
    rank_low: np.ndarray
    rank_high: np.ndarray
    rank_low_all: np.ndarray
    rank_high_all: np.ndarray
    p_worst: np.ndarray
    p_worst_tenth: np.ndarray
    p_worse_next: np.ndarray


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


def doubt_of(score: np.ndarray, draws: np.ndarray, *, worst_is_high: bool, at_once: bool = True) -> Doubt:
    """The doubt of one branch from its score (place,) and its draws (place, draw) of the inputs; *at_once* = False leaves out the sets for all places."""
    known = ~np.isnan(score)
    blank = np.full(len(score), np.nan)
    low, high, rank, rank_low, rank_high, low_all, high_all, p_worst, p_tenth, p_next = (blank.copy() for _ in range(10))
    if known.any():
        sample = np.sort(draws[known].astype(float), axis=1)
        low[known], high[known] = np.minimum(_quantile(sample, 0.025), score[known]), np.maximum(_quantile(sample, 0.975), score[known])
        badness = np.where(worst_is_high, score[known], -score[known])
        rank[known] = 1 + np.searchsorted(np.sort(-badness), -badness, side="left")
        error = sample.std(axis=1, ddof=1)
        rank_low[known], rank_high[known] = rank_sets(badness, error, level=0.95, simultaneous=False)
        if at_once:
            low_all[known], high_all[known] = rank_sets(badness, error, level=0.95, simultaneous=True, draws=SET_DRAWS)
        bad = draws[known] if worst_is_high else -draws[known]
        p_worst[known], p_tenth[known] = _among_worst(bad, FIFTH), _among_worst(bad, TENTH)
        p_next[known] = probability_worse_of_draws(badness, bad.T)
    return Doubt(low, high, rank, rank_low, rank_high, low_all, high_all, p_worst, p_tenth, p_next)


def _quantile(ordered: np.ndarray, share: float) -> np.ndarray:
    position = share * (ordered.shape[1] - 1)
    below, part = int(position), position % 1
    above = min(below + 1, ordered.shape[1] - 1)
    return ordered[:, below] * (1 - part) + ordered[:, above] * part


def _among_worst(badness: np.ndarray, share: float) -> np.ndarray:
    count = max(1, round(share * len(badness)))
    cut = np.partition(badness, len(badness) - count, axis=0)[len(badness) - count]
    return (badness >= cut).mean(axis=1)
