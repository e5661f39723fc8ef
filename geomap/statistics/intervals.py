"""Intervals for counts and shares, over whole arrays at once.

scipy.special is used rather than scipy.stats: the same functions, a fifth of the time to import.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, chdtri, ndtri, stdtrit

Pair = tuple[NDArray[np.float64], NDArray[np.float64]]
SMALL = 10


def poisson_interval(events: ArrayLike, level: float = 0.95) -> Pair:
    """Exact limits of a Poisson mean from a count (Garwood 1936, by chi-square quantiles); 0 events start at 0.

    >>> low, high = poisson_interval([0, 1])
    >>> low.round(4).tolist(), high.round(4).tolist()
    ([0.0, 0.0253], [3.6889, 5.5716])
    """
    count = np.asarray(events, dtype=float)
    tail = (1 - level) / 2
    low = np.where(count > 0, chdtri(2 * np.maximum(count, 1e-12), 1 - tail) / 2, 0.0)
    return np.where(np.isnan(count), np.nan, low), chdtri(2 * count + 2, tail) / 2


def byar_interval(events: ArrayLike, level: float = 0.95) -> Pair:
    """Byar's limits of a Poisson mean (Breslow and Day 1987), the public-health convention from 10 events up."""
    count, z = np.asarray(events, dtype=float), ndtri(0.5 + level / 2)
    more = count + 1
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(
            count > 0,
            np.maximum(count * (1 - 1 / (9 * count) - z / (3 * np.sqrt(count))) ** 3, 0.0),
            np.where(np.isnan(count), np.nan, 0.0),
        )
    return low, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def ohid_interval(events: ArrayLike, level: float = 0.95) -> Pair:
    """Exact limits below 10 events, Byar's from 10 up: the rule of the Office for Health Improvement and Disparities."""
    big = np.asarray(events, dtype=float) >= SMALL
    exact, byar = poisson_interval(events, level), byar_interval(events, level)
    return np.where(big, byar[0], exact[0]), np.where(big, byar[1], exact[1])


def wilson_interval(part: ArrayLike, whole: ArrayLike, level: float = 0.95) -> Pair:
    """Wilson's (1927) limits of a share *part* / *whole*; NaN where the whole is 0.

    >>> [round(float(limit), 4) for limit in wilson_interval(0, 10)]
    [0.0, 0.2775]
    """
    part, whole = np.asarray(part, dtype=float), np.asarray(whole, dtype=float)
    z = ndtri(0.5 + level / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(whole > 0, part / whole, np.nan)
    half = z * np.sqrt(z * z + 4 * whole * share * (1 - share))
    base = 2 * (whole + z * z)
    return np.clip((2 * part + z * z - half) / base, 0, 1), np.clip((2 * part + z * z + half) / base, 0, 1)


def clopper_pearson_interval(part: ArrayLike, whole: ArrayLike, level: float = 0.95) -> Pair:
    """Exact (Clopper and Pearson 1934) limits of a share; part and whole need not be whole numbers."""
    part, whole = np.broadcast_arrays(np.asarray(part, dtype=float), np.asarray(whole, dtype=float))
    tail, rest = (1 - level) / 2, np.maximum(whole - part, 0)
    tiny = 1e-300
    low = np.where(part > 0, betaincinv(np.maximum(part, tiny), rest + 1, tail), 0.0)
    high = np.where(rest > 0, betaincinv(part + 1, np.maximum(rest, tiny), 1 - tail), 1.0)
    unknown = np.isnan(part) | np.isnan(whole)
    return np.where(unknown, np.nan, low), np.where(unknown, np.nan, high)


def korn_graubard_interval(share: ArrayLike, se: ArrayLike, n: ArrayLike, df: ArrayLike, level: float = 0.95) -> Pair:
    """Korn and Graubard's (1998) limits of a survey share: Clopper–Pearson on the effective sample size, corrected for degrees of freedom.

    n_eff = p(1 - p)/se² × (t(n - 1)/t(df))², never more than n; where se is 0, n itself.
    """
    share, se, n, df = (np.asarray(given, dtype=float) for given in (share, se, n, df))
    tail = 0.5 + level / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        effective = share * (1 - share) / se**2 * (stdtrit(np.maximum(n - 1, 1), tail) / stdtrit(df, tail)) ** 2
    effective = np.where(se == 0, n, np.minimum(effective, n))
    return clopper_pearson_interval(share * effective, effective, level)
