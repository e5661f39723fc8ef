"""Values into classes: quantile classes by the four rules in use, fixed cuts, natural breaks; and flags."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.scoring.ranking import rank

Floats = NDArray[np.float64]
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
            "bins": np.floor(count * (r - 1) / (n - 1)) + 1,
        }[rule]
    return np.minimum(share, count)


def cut(values: ArrayLike, at: tuple[float, ...], *, closed: Literal["left", "right"] = "left") -> Floats:
    """Classes from 1 upwards at fixed limits; a value on a limit is in the class above it (left) or below it (right)."""
    values = np.asarray(values, dtype=float)
    found = 1.0 + np.searchsorted(np.asarray(at, dtype=float), values, side="right" if closed == "left" else "left")
    return np.where(np.isnan(values), np.nan, found)


def natural_breaks(values: ArrayLike, count: int) -> Floats:
    """Classes from 1 upwards with the least sum of squares within, exactly (Fisher 1958, by dynamic programming over unique values); values: (place,)."""
    values = np.asarray(values, dtype=float)
    unique, weight = np.unique(values[~np.isnan(values)], return_counts=True)
    ends = _best_ends(unique, weight.astype(float), min(count, len(unique)))
    found = 1.0 + np.searchsorted(unique[ends[:-1]], values, side="left")
    return np.where(np.isnan(values), np.nan, found)


def flag(values: ArrayLike, *, at_least: float | None = None, at_most: float | None = None) -> Floats:
    """1 where a value lies within the limits, else 0; a missing value has no flag."""
    values = np.asarray(values, dtype=float)
    low, high = -np.inf if at_least is None else at_least - 1e-12, np.inf if at_most is None else at_most + 1e-12
    return np.where(np.isnan(values), np.nan, ((values >= low) & (values <= high)).astype(float))


def _by_breaks(values: Floats, count: int, *, descending: bool) -> Floats:
    limits = np.nanquantile(values, np.arange(1, count) / count, axis=-1)
    ascending = 1.0 + np.sum(values > np.expand_dims(limits, -1) + 1e-12, axis=0)
    return np.where(np.isnan(values), np.nan, count + 1 - ascending if descending else ascending)


def _best_ends(unique: Floats, weight: Floats, count: int) -> NDArray[np.intp]:
    """Position of the last unique value of each class."""
    n = len(unique)
    total, first, second = (np.concatenate([[0.0], np.cumsum(part)]) for part in (weight, weight * unique, weight * unique**2))

    def spread(end: int) -> Floats:
        """Sum of squares of the classes that end before *end* and start at 0, 1, … end - 1."""
        w, a, b = total[end] - total[:end], first[end] - first[:end], second[end] - second[:end]
        return b - a**2 / w

    best = np.array([0.0, *(spread(end)[0] for end in range(1, n + 1))])
    starts = np.zeros((count, n + 1), dtype=np.intp)
    for step in range(1, count):
        worse, best = best, np.full(n + 1, np.inf)
        for end in range(step + 1, n + 1):
            costs = worse[step:end] + spread(end)[step:]
            starts[step, end] = step + int(np.argmin(costs))
            best[end] = costs.min()
    ends, here = [], n
    for step in range(count - 1, -1, -1):
        ends.append(here - 1)
        here = int(starts[step, here])
    return np.array(ends[::-1])
