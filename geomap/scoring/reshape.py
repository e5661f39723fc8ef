"""Values into other values, along the last axis: transformations, outliers, normalisations, rounding. Missing stays missing."""

import warnings
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
HALF = 1e-9
LAST_BITS = 2.0**-51
FEWEST = 4
MOST_ROUNDS = 10_000


def round_to(values: ArrayLike, digits: int, how: Literal["half_up", "half_even", "truncate"] = "half_up") -> Floats:
    """*values* with so many decimals. half_up takes halves away from zero, as people do; a half that arithmetic noise hides is one.

    >>> round_to([0.125, -0.125, 1.005], 2).tolist()
    [0.13, -0.13, 1.01]
    """
    values, factor = np.asarray(values, dtype=float), 10.0**digits
    if how == "half_even":
        return np.round(values, digits) + 0.0  # so that -0.0 is 0.0
    shift = 0.5 if how == "half_up" else 0.0
    large = np.abs(values) * factor
    return np.copysign(np.floor(large * (1 + LAST_BITS) + shift + HALF), values) / factor + 0.0


def min_max(
    values: ArrayLike, *, reference: ArrayLike, low: float | None = None, high: float | None = None, low_factor: float = 1.0,
    to: tuple[float, float] = (0.0, 1.0),
) -> Floats:  # fmt: skip
    """Values between two goalposts brought to *to*; goalposts not given are the lowest (times *low_factor*) and the highest of *reference*."""
    values, reference = np.asarray(values, dtype=float), np.asarray(reference, dtype=float)
    bottom = low_factor * np.fmin.reduce(reference, axis=-1, keepdims=True, initial=np.inf) if low is None else low
    top = np.fmax.reduce(reference, axis=-1, keepdims=True, initial=-np.inf) if high is None else high
    with np.errstate(divide="ignore", invalid="ignore"):
        return to[0] + (values - bottom) / (top - bottom) * (to[1] - to[0])


def quantiles(values: ArrayLike, at: ArrayLike) -> Floats:
    """The quantiles *at* of each row (type 7), on a new first axis, without what is missing; NaN where all is missing."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        return np.nanquantile(np.asarray(values, dtype=float), at, axis=-1, keepdims=True)


def middle_of(reference: ArrayLike, what: Literal["mean", "median", "highest", "lowest", "total"], weight: Floats | None = None) -> Floats:
    """The mean (weighted by *weight* (place,)), median, highest, lowest or total of each row, (…, 1); missing where nothing is known."""
    reference = np.asarray(reference, dtype=float)
    known = ~np.isnan(reference)
    if what == "mean":
        own = np.where(known, 1.0 if weight is None else np.nan_to_num(weight), 0.0)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.sum(np.where(known, reference, 0.0) * own, axis=-1, keepdims=True) / own.sum(axis=-1, keepdims=True)
    if not known.any():
        return np.full((*reference.shape[:-1], 1), np.nan)
    ways = {"median": np.nanmedian, "highest": np.nanmax, "lowest": np.nanmin, "total": np.nansum}
    return ways[what](reference, axis=-1, keepdims=True)


def z_score(values: ArrayLike, *, reference: ArrayLike, weight: Floats | None = None, ddof: int = 1) -> Floats:
    """Distances from the mean of *reference* in its standard deviations, with *ddof* degrees of freedom lost.

    weight (place of the reference,): how many each place counts for, such as people; mean and variance are then those of all of them.
    """
    values, reference = np.asarray(values, dtype=float), np.asarray(reference, dtype=float)
    own = np.where(np.isnan(reference), 0.0, 1.0 if weight is None else np.nan_to_num(weight))
    n, known = own.sum(axis=-1, keepdims=True), np.nan_to_num(reference)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.sum(known * own, axis=-1, keepdims=True) / n
        deviation = np.sqrt(np.sum((known - mean) ** 2 * own, axis=-1, keepdims=True) / (n - ddof))
        found = (values - mean) / deviation
    return np.where(np.isfinite(found), found, np.nan)


def box_cox(values: ArrayLike, power: float) -> Floats:
    """(x^power - 1)/power, and ln x where power is 0 (Box and Cox 1964)."""
    values = np.asarray(values, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(values > 0, np.log(values) if power == 0 else (values**power - 1) / power, np.nan)


def skewed(values: ArrayLike, *, skewness: float = 2.0, kurtosis: float = 3.5) -> bool:
    """Whether both limits are passed, by the sample-corrected measures G1 and G2 (COINr's rule for outliers).

    Fewer than four values, or values that are all the same, have no shape and are not skewed.
    """
    from scipy import stats

    known = np.asarray(values, dtype=float)
    known = known[~np.isnan(known)]
    if len(known) < FEWEST or np.ptp(known) == 0:
        return False
    return not (abs(stats.skew(known, bias=False)) < skewness or stats.kurtosis(known, bias=False) < kurtosis)


def winsorise(
    values: ArrayLike, *, most: int, skewness: float = 2.0, kurtosis: float = 3.5, otherwise: Literal["log", "leave"] = "log"
) -> Floats:
    """Outliers brought to the next value, one by one, until the values are no longer skewed; at most *most* of them.

    values: (place,). The side is chosen by the sign of the skewness each time, and tied values move together. Where *most* do not suffice, or would
    make all values the same, the original values are taken as ln(x - min + 0.01 range), or left (Becker et al. 2022, COINr).
    """
    from scipy import stats

    values = np.asarray(values, dtype=float)
    treated = values.copy()
    moved = 0
    while skewed(treated, skewness=skewness, kurtosis=kurtosis) and moved < most:
        treated = _brought_in(treated, top=bool(stats.skew(treated[~np.isnan(treated)], bias=False) >= 0))
        moved += 1
    if not moved or not (skewed(treated, skewness=skewness, kurtosis=kurtosis) or np.nanmin(treated) == np.nanmax(treated)):
        return treated
    return log_from_low(values) if otherwise == "log" else values


def log_from_low(values: ArrayLike) -> Floats:
    """ln(x - min + 0.01 range)."""
    values = np.asarray(values, dtype=float)
    low, high = np.nanmin(values, axis=-1, keepdims=True), np.nanmax(values, axis=-1, keepdims=True)
    return np.log(values - low + 0.01 * (high - low))


def _brought_in(values: Floats, *, top: bool) -> Floats:
    extreme = np.nanmax(values) if top else np.nanmin(values)
    rest = values[~np.isnan(values) & (values != extreme)]
    return np.where(values == extreme, rest.max() if top else rest.min(), values)
