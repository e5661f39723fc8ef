"""Larger places summed up from the ranks and scores of smaller ones (the summaries of the English indices)."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def group_mean(values: ArrayLike, weight: ArrayLike, groups: NDArray[np.intp], count: int) -> Floats:
    """Weighted mean of *values* (place,) in each of *count* groups; places without a value do not count."""
    values, weight = np.asarray(values, dtype=float), np.asarray(weight, dtype=float)
    known = (groups >= 0) & ~np.isnan(values) & ~np.isnan(weight)
    total = np.bincount(groups[known], weight[known], count)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.bincount(groups[known], (values * weight)[known], count) / total


def group_sum(values: ArrayLike, groups: NDArray[np.intp], count: int) -> Floats:
    """Sum of *values* in each group; a group in which no place has a value has no sum."""
    values = np.asarray(values, dtype=float)
    known = (groups >= 0) & ~np.isnan(values)
    return np.where(np.bincount(groups[known], minlength=count) > 0, np.bincount(groups[known], values[known], count), np.nan)


def inverted(rank: ArrayLike) -> Floats:
    """N + 1 - rank, so that the most deprived place has the highest number."""
    rank = np.asarray(rank, dtype=float)
    return np.sum(~np.isnan(rank)) + 1 - rank


def in_worst(rank: ArrayLike, share: float) -> Floats:
    """1 for the places in the worst *share* by rank: ⌈r / (share N)⌉ = 1; else 0."""
    rank = np.asarray(rank, dtype=float)
    limit = share * np.sum(~np.isnan(rank))
    return np.where(np.isnan(rank), np.nan, (rank <= limit + 1e-9).astype(float))


def extent_weight(rank: ArrayLike, curve: tuple[tuple[float, float], ...]) -> Floats:
    """The weight of each place by the percentile ⌈100 r/N⌉ of its rank: straight between the points (percentile, weight) of *curve*, 0 after the last.

    The English indices' curve is 1 up to the 10th percentile, then .95 at the 11th falling to .05 at the 30th.
    """
    rank = np.asarray(rank, dtype=float)
    percentile = np.ceil(100 * rank / np.sum(~np.isnan(rank)) - 1e-9)
    at, weights = np.array(sorted(curve)).T
    return np.where(np.isnan(rank), np.nan, np.interp(percentile, at, weights, right=0.0))


def concentration(rank: ArrayLike, weight: ArrayLike, groups: NDArray[np.intp], count: int, *, share: float = 0.1) -> Floats:
    """Weighted mean inverted rank of the worst places that hold exactly *share* of their group's weight, the last of them in part."""
    rank, weight = np.asarray(rank, dtype=float), np.asarray(weight, dtype=float)
    known = np.flatnonzero((groups >= 0) & ~np.isnan(rank) & ~np.isnan(weight))
    order = known[np.lexsort((rank[known], groups[known]))]
    own, people = groups[order], weight[order]
    totals = np.bincount(own, people, count)
    reached = np.cumsum(people)
    before = reached - people - np.concatenate([[0.0], np.cumsum(totals)])[own]
    taken = np.clip(share * totals[own] - before, 0.0, people)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.bincount(own, inverted(rank)[order] * taken, count) / np.bincount(own, taken, count)


PLAIN = ("median", "lowest", "highest", "count")


def group_plain(values: ArrayLike, groups: NDArray[np.intp], count: int, *, how: str) -> Floats:
    """The median, lowest or highest value of each group, or how many places of it have a value; missing (or 0) where none has."""
    known = pd.Series(np.asarray(values, dtype=float)).where(groups >= 0)
    grouped = known.groupby(np.where(groups >= 0, groups, -1))
    found = {"median": grouped.median, "lowest": grouped.min, "highest": grouped.max, "count": grouped.count}[how]()
    return found.reindex(range(count)).to_numpy(dtype=float)
