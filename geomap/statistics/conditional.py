"""Conditional permutations: what the neighbours of each place would sum to, if the values of all other places were dealt out anew (Anselin 1995).

All places share one stream of draws: one more distinct position than the most neighbours any place has, a draw. A draw that holds the place itself uses its
next position instead, so each place sees draws from the others alone. Where the weights of a place are all alike, its sums are those of all places with as many
neighbours, sorted once; only the few draws that hold a place itself are looked at again. So the work grows with draws plus places, not with their product.
"""

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
AT_ONCE = 128  # places whose sums are held together where weights differ
SLACK = 1e-12


def conditional_p(values: Floats, weights: csr_array, *, permutations: int = 9_999, seed: int = 1) -> Floats:
    """Two-sided p per place of the weighted sum of its neighbours' *values* (place,): 2 (1 + the rarer side) / (permutations + 1), at most 1.

    NaN where a place has no neighbours. Sums that differ by rounding alone are ties, and count on both sides.
    """
    count = np.diff(weights.indptr)
    drawn = distinct(len(values), int(count.max(initial=0)) + 1, permutations, np.random.default_rng(seed))
    above, below = np.zeros(len(values), dtype=np.int64), np.zeros(len(values), dtype=np.int64)
    alike = _rows_alike(weights, count)
    for size in np.unique(count[alike & (count > 0)]):
        places = np.flatnonzero(alike & (count == size))
        above[places], below[places] = _by_count(values, weights, places, drawn[:, : size + 1])
    rest = np.flatnonzero(~alike & (count > 0))
    for start in range(0, len(rest), AT_ONCE):
        places = rest[start : start + AT_ONCE]
        above[places], below[places] = _one_by_one(values, weights, places, drawn)
    return np.where(count > 0, np.minimum(1.0, 2 * (np.minimum(above, below) + 1) / (permutations + 1)), np.nan)


def distinct(count: int, size: int, draws: int, rng: np.random.Generator) -> NDArray[np.int32]:
    """(draw, size): in each draw *size* distinct positions below *count*, in random order (Floyd's way, as told by Bentley 1987)."""
    if size > count:
        raise ValueError(f"{size} different places cannot be drawn of {count}.")
    drawn = np.full((draws, size), -1, dtype=np.int32)
    for at, last in enumerate(range(count - size, count)):
        pick = rng.integers(0, last, draws, endpoint=True, dtype=np.int32)
        drawn[:, at] = np.where((drawn[:, :at] == pick[:, None]).any(axis=1), last, pick)
    return rng.permuted(drawn, axis=1)


def _rows_alike(weights: csr_array, count: NDArray[np.int_]) -> NDArray[np.bool_]:
    """Whether all weights of a place are the same."""
    first = weights.data[np.minimum(np.repeat(weights.indptr[:-1], count), len(weights.data) - 1)]
    row = np.repeat(np.arange(len(count)), count)
    return np.bincount(row, weights.data != first, minlength=len(count)) == 0


def _by_count(
    values: Floats, weights: csr_array, places: NDArray[np.intp], drawn: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """How many draws sum to at least, and to at most, the sum around each of *places*, which all have one neighbour less than there are columns."""
    size = drawn.shape[1] - 1
    whose = np.repeat(np.arange(len(places)), size)
    inside = (weights.indptr[places][:, None] + np.arange(size)).ravel()
    seen = np.bincount(whose, values[weights.indices[inside]])
    slack = SLACK * np.abs(values).max() * size
    sums = values[drawn[:, :size]].sum(axis=1)
    ordered = np.sort(sums)
    above = len(sums) - np.searchsorted(ordered, seen - slack, side="left")
    below = np.searchsorted(ordered, seen + slack, side="right")
    position = np.full(len(values), -1)
    position[places] = np.arange(len(places))
    draw, slot = np.nonzero(position[drawn[:, :size]] >= 0)
    own = drawn[draw, slot]
    place = position[own]
    before, after = sums[draw], sums[draw] - values[own] + values[drawn[draw, size]]
    low, high = seen[place] - slack, seen[place] + slack
    above += np.bincount(place, (after >= low).astype(int) - (before >= low), minlength=len(places)).astype(np.int64)
    below += np.bincount(place, (after <= high).astype(int) - (before <= high), minlength=len(places)).astype(np.int64)
    return above, below


def _one_by_one(
    values: Floats, weights: csr_array, places: NDArray[np.intp], drawn: NDArray[np.int32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The same where the weights of a place differ: the sums of all draws with the weights of each of *places*."""
    count = np.diff(weights.indptr)[places]
    widest = int(count.max())
    inside = np.arange(widest) < count[:, None]
    at = np.where(inside, weights.indptr[places][:, None] + np.arange(widest), 0)
    weight = np.where(inside, weights.data[at], 0.0)
    seen = (weight * values[weights.indices[at]]).sum(axis=1)
    sums = values[drawn[:, :widest]] @ weight.T
    position = np.full(len(values), -1)
    position[places] = np.arange(len(places))
    draw, slot = np.nonzero(position[drawn[:, :widest]] >= 0)
    own = drawn[draw, slot]
    place = position[own]
    sums[draw, place] += weight[place, slot] * (values[drawn[draw, count[place]]] - values[own])
    slack = SLACK * np.abs(values).max() * np.abs(weight).sum(axis=1)
    return (sums >= seen - slack).sum(axis=0), (sums <= seen + slack).sum(axis=0)
