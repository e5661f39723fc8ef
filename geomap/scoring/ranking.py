"""Ranks and what is made of them, along the last axis; missing values have no rank."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ties = Literal["min", "mean", "max"]
Kind = Literal["(r-1)/(n-1)", "r/n", "(r-0.5)/n", "r/(n+1)"]
PRECISION = 1e11


def rank(values: ArrayLike, *, descending: bool = True, ties: Ties = "min") -> Floats:
    """Rank 1 for the highest (or the lowest) value of each row; values that differ only by arithmetic noise are tied.

    Two values are tied when they agree to 1e-11 of the largest of their row, so that sums that are equal on paper are equal here.
    """
    values = np.asarray(values, dtype=float)
    key = _without_noise(-values if descending else values)
    order = np.argsort(key, axis=-1, kind="stable")
    ordered = np.take_along_axis(key, order, axis=-1)
    place = np.broadcast_to(np.arange(1.0, values.shape[-1] + 1), values.shape)
    starts = np.ones(values.shape, dtype=bool)
    starts[..., 1:] = ordered[..., 1:] != ordered[..., :-1]
    ends = np.ones(values.shape, dtype=bool)
    ends[..., :-1] = starts[..., 1:]
    first = np.maximum.accumulate(np.where(starts, place, 0.0), axis=-1)
    last = np.minimum.accumulate(np.where(ends, place, np.inf)[..., ::-1], axis=-1)[..., ::-1]
    chosen = {"min": first, "max": last, "mean": (first + last) / 2}[ties]
    ranks = np.empty(values.shape)
    np.put_along_axis(ranks, order, chosen, axis=-1)
    return np.where(np.isnan(values), np.nan, ranks)


def percentile(values: ArrayLike, *, kind: Kind = "(r-1)/(n-1)", ties: Ties = "min", zeros_aside: bool = False) -> Floats:
    """Percentile ranks from 0 to 1, ascending; with *zeros_aside* a zero is 0 and takes no part in the ranking.

    Of a single unit "(r-1)/(n-1)" says nothing: NaN.
    """
    values = np.asarray(values, dtype=float)
    ranked = np.where(values == 0, np.nan, values) if zeros_aside else values
    r = rank(ranked, descending=False, ties=ties)
    n = np.sum(~np.isnan(ranked), axis=-1, keepdims=True).astype(float)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = {"(r-1)/(n-1)": (r - 1) / (n - 1), "r/n": r / n, "(r-0.5)/n": (r - 0.5) / n, "r/(n+1)": r / (n + 1)}[kind]
    return np.where((values == 0) & zeros_aside, 0.0, found)


def weighted_share(values: ArrayLike, weight: ArrayLike, *, descending: bool = False) -> Floats:
    """The share of *weight* (place,) in places that come before, and half of those level with it, in ascending (or descending) order; 0 to 1.

    Places without a value or without weight hold none of it; a place without weight still has its share.
    """
    values = np.asarray(values, dtype=float)
    order = rank(values, descending=descending)
    known = ~np.isnan(order)
    own = np.broadcast_to(np.nan_to_num(np.asarray(weight, dtype=float)), values.shape)
    shares = np.full(values.shape, np.nan)
    for row in np.ndindex(values.shape[:-1]):
        there = known[row]
        totals = np.bincount(order[row][there].astype(int), own[row][there], minlength=2)
        before = np.cumsum(totals) - totals / 2
        with np.errstate(divide="ignore", invalid="ignore"):
            shares[row][there] = (before / totals.sum())[order[row][there].astype(int)]
    return shares


def exponential(ranks: ArrayLike, *, k: float = 23.0, offset: float = 1.0) -> Floats:
    """The exponential transform of the English indices: X = -k ln(1 - R (1 - exp(-100/k))), R = (N - r + offset)/N, r = 1 most deprived.

    With k = 23 about a tenth of the range of 0 to 100 is spread over the lower half of the ranks (English Indices of Deprivation, technical report).
    """
    r = np.asarray(ranks, dtype=float)
    n = np.sum(~np.isnan(r), axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.minimum((n - r + offset) / n, 1.0)
    return -k * np.log((1 - share) + share * np.exp(-100 / k))  # as above, without taking two numbers near 1 from each other


def _without_noise(values: Floats) -> Floats:
    """*values* rounded to 1/PRECISION of the power of ten above the largest of each row; infinities stand for missing, last."""
    with np.errstate(divide="ignore", invalid="ignore"):
        largest = np.nanmax(np.abs(np.where(np.isfinite(values), values, 0.0)), axis=-1, keepdims=True)
        scale = 10.0 ** np.ceil(np.log10(np.where(largest > 0, largest, 1.0)))
    return np.where(np.isnan(values), np.inf, np.round(values / scale * PRECISION))
