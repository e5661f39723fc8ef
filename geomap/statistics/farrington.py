"""Unusual weeks beside the same weeks of earlier years: Farrington and others (1996), with the weights of Noufaily and others (2013)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtr

from geomap.statistics.quasi_poisson import Fit, quasi_poisson

Floats = NDArray[np.float64]
YEARS, FEWEST_YEARS, AROUND, ALPHA = 5, 3, 3, 0.01
FEWEST, LATELY = 5, 4  # events in so many last weeks: with fewer no week is called unusual
OUTBREAK, SURE = 2.58, 0.05
Spread = Callable[[Fit, Floats, Floats], float]


def farrington(counts: ArrayLike, days: ArrayLike, *, years: int = YEARS, around: int = AROUND, alpha: float = ALPHA) -> Floats:
    """The count above which each week is unusual; NaN where fewer than so many *years* lie before it, or fewer than 5 events in the last 4 weeks.

    days: the first of each week or month, without a gap; compared are those within *around* of the same day in earlier years.
    """
    counts, then = np.asarray(counts, dtype=float), _same_day(np.asarray(days, dtype="datetime64[D]"), years)
    found, z = np.full(len(counts), np.nan), float(ndtri(1 - alpha))
    for week in np.flatnonzero(then[:, -1] - around >= 0):
        past = (then[week][:, None] + np.arange(-around, around + 1)).ravel()
        if counts[max(week - LATELY + 1, 0) : week + 1].sum() >= FEWEST:
            found[week] = limit_beside(counts[past], past - week, z)
    return found


def pearson(fit: Fit, _counts: Floats, _weights: Floats) -> float:
    """The dispersion of *fit*, never under that of chance."""
    return max(fit.dispersion, 1.0)


def limit_beside(past: Floats, when: Floats, z: float, *, spread: Spread = pearson) -> float:
    """The upper limit for a count at time 0, from the counts *past* at the times *when*: *z* errors of prediction up, on the scale of powers of 2/3.

    A quasi-Poisson line, refitted with outbreaks weighed down; it keeps its trend where that is significant and leads to nothing higher than was seen.
    spread: the dispersion that the errors of the coefficients are scaled with.
    """
    if not past.any():
        return 0.0
    fit, own = _refitted(past, np.column_stack([np.ones(len(past)), when]), spread)
    error = np.sqrt(fit.covariance[1, 1] / fit.dispersion * own)
    trend = 2 * stdtr(fit.freedom, -abs(fit.coefficients[1]) / error) < SURE
    if not (trend and np.exp(fit.coefficients[0]) <= past.max()):
        fit, own = _refitted(past, np.ones((len(past), 1)), spread)
    mean, share = float(np.exp(fit.coefficients[0])), float(fit.covariance[0, 0] / fit.dispersion) * own
    error = np.sqrt(4 / 9 * mean ** (1 / 3) * (max(fit.dispersion, 1.0) + mean * share))
    return float((mean ** (2 / 3) + z * error) ** 1.5)


def _refitted(counts: Floats, columns: Floats, spread: Spread) -> tuple[Fit, float]:
    """The second fit, in which counts with an Anscombe residual above OUTBREAK weigh by its inverse square; and the dispersion for its errors."""
    fit = quasi_poisson(counts, columns)
    residual = 1.5 * (counts ** (2 / 3) - fit.fitted ** (2 / 3)) / fit.fitted ** (1 / 6)
    residual = residual / np.sqrt(max(fit.dispersion, 1.0) * (1 - fit.leverage))
    weights = np.where(residual > OUTBREAK, 1 / np.maximum(residual, 1) ** 2, 1.0)
    weights *= len(counts) / weights.sum()
    again = quasi_poisson(counts, columns, weights=weights)
    return again, spread(again, counts, weights)


def _same_day(days: NDArray[np.datetime64], years: int) -> NDArray[np.int64]:
    """The positions of the same day one, two … *years* before, (week, year): of the nearest week; below 0 where there was none."""
    months = days.astype("datetime64[M]")
    then = (months[:, None] - 12 * np.arange(1, years + 1)).astype("datetime64[D]") + (days - months.astype("datetime64[D]"))[:, None]
    step = float((days[-1] - days[0]).astype(float)) / max(len(days) - 1, 1) or 1.0
    return np.rint((then - days[0]).astype(float) / step).astype(np.int64)
