"""Values into classes: quantile classes by the four rules in use, fixed cuts, natural breaks; and flags."""

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.scoring.ranking import rank
from geomap.scoring.reshape import quantiles

Floats = NDArray[np.float64]
EDGE = 1e-12
NOISE = 1e-12
Rule = Literal["ceil", "floor", "breaks", "bins"]


def quantile_class(values: ArrayLike, *, count: int, rule: Rule = "ceil", descending: bool = True) -> Floats:
    """Classes 1 to *count*; class 1 holds the highest values (or the lowest).

    ceil: ⌈count r/n⌉, r the rank; floor: ⌊count r/(n+1)⌋ + 1; breaks: cut at the type-7 quantiles, right-closed, the lowest value included;
    bins: equal bins of (r - 1)/(n - 1).
    """
    values = np.asarray(values, dtype=float)
    if rule == "breaks":
        return _by_breaks(values, count, descending=descending)
    r = rank(values, descending=descending)
    n = np.sum(~np.isnan(values), axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = {
            "ceil": np.ceil(count * r / n - 1e-9),
            "floor": np.floor(count * r / (n + 1)) + 1,
            "bins": np.floor(count * (r - 1) / np.maximum(n - 1, 1)) + 1,
        }[rule]
    return np.minimum(share, count)


def cut(values: ArrayLike, at: tuple[float, ...], *, closed: Literal["left", "right"] = "left") -> Floats:
    """Classes from 1 upwards at fixed limits; a value on a limit, but for arithmetic noise, is in the class above it (left) or below it (right)."""
    values = np.asarray(values, dtype=float)
    limits = np.asarray(at, dtype=float)
    noise = EDGE * np.maximum(np.abs(limits), 1.0)
    found = 1.0 + np.searchsorted(
        limits - noise if closed == "left" else limits + noise, values, side="right" if closed == "left" else "left"
    )
    return np.where(np.isnan(values), np.nan, found)


def natural_breaks(values: ArrayLike, count: int) -> Floats:
    """Classes from 1 upwards with the least sum of squares within, exactly (Fisher 1958); values: (place,).

    Dynamic programming over unique values. The best start of a class moves only upwards with its end, so that halving the ends finds all of them
    with about *count* n log n sums.
    """
    values = np.asarray(values, dtype=float)
    unique, weight = np.unique(values[~np.isnan(values)], return_counts=True)
    if not len(unique):
        return values.copy()
    ends = _best_ends(unique, weight.astype(float), min(count, len(unique)))
    found = 1.0 + np.searchsorted(unique[ends[:-1]], values, side="left")
    return np.where(np.isnan(values), np.nan, found)


def flag(values: ArrayLike, *, at_least: float | None = None, at_most: float | None = None) -> Floats:
    """1 where a value lies within the limits, else 0; a missing value has no flag."""
    values = np.asarray(values, dtype=float)
    low, high = -np.inf if at_least is None else at_least - 1e-12, np.inf if at_most is None else at_most + 1e-12
    return np.where(np.isnan(values), np.nan, ((values >= low) & (values <= high)).astype(float))


def _by_breaks(values: Floats, count: int, *, descending: bool) -> Floats:
    limits = quantiles(values, np.arange(1, count) / count)
    noise = NOISE * np.fmax.reduce(np.abs(values), axis=-1, keepdims=True)
    ascending = 1.0 + np.sum(values > limits + noise, axis=0)
    return np.where(np.isnan(values), np.nan, count + 1 - ascending if descending else ascending)


def _best_ends(unique: Floats, weight: Floats, count: int) -> NDArray[np.intp]:
    """Position of the last unique value of each class."""
    n = len(unique)
    away = unique - unique[n // 2]
    total, first, second = (_from_the_middle(part) for part in (weight, weight * away, weight * away**2))

    def spread(start: NDArray[np.intp], end: NDArray[np.intp]) -> Floats:
        """Sum of squares of the classes from *start* to just before *end*."""
        w, a, b = total[end] - total[start], first[end] - first[start], second[end] - second[start]
        return b - a**2 / w

    best = np.concatenate([[0.0], spread(np.zeros(n, dtype=np.intp), np.arange(1, n + 1))])
    starts = np.zeros((count, n + 1), dtype=np.intp)
    for step in range(1, count):
        starts[step], best = _best_starts(best, spread, step)
    ends, here = [], n
    for step in range(count - 1, -1, -1):
        ends.append(here - 1)
        here = int(starts[step, here])
    return np.array(ends[::-1])


def _from_the_middle(part: Floats) -> Floats:
    """Sums from the middle outwards, so that what lies far out does not blur what lies close together: entry j less entry i is the sum of i … j - 1."""
    middle = len(part) // 2
    return np.concatenate([-np.cumsum(part[:middle][::-1])[::-1], [0.0], np.cumsum(part[middle:])])


def _best_starts(worse: Floats, spread: Callable[..., Floats], step: int) -> tuple[NDArray[np.intp], Floats]:
    """For each end, where class *step* (from 0) best starts, and the sum of squares up to there; *worse* is that with one class fewer."""
    n = len(worse) - 1
    ends = np.arange(step + 1, n + 1)
    found, best = np.full(len(ends), step, dtype=np.intp), np.full(n + 1, np.inf)
    for stride in 2 ** np.arange(len(ends).bit_length())[::-1]:
        at = np.arange(stride - 1, len(ends), 2 * stride)
        low = np.where(at >= stride, found[at - stride], step)
        above = at + stride
        high = np.where(above < len(ends), found[np.minimum(above, len(ends) - 1)], n)
        tried = np.minimum(high, ends[at] - 1) - low + 1
        first = np.concatenate([[0], np.cumsum(tried)[:-1]])
        start = np.arange(tried.sum()) - np.repeat(first - low, tried)
        costs = worse[start] + spread(start, np.repeat(ends[at], tried))
        least = np.minimum.reduceat(costs, first)
        hits = np.flatnonzero(costs == np.repeat(least, tried))
        found[at] = start[hits[np.searchsorted(hits, first)]]
        best[ends[at]] = least
    starts = np.zeros(n + 1, dtype=np.intp)
    starts[ends] = found
    return starts, best
