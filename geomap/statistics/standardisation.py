"""Weighted sums of counts with their intervals, and the rates that are such sums: directly standardised, and beside them indirectly.

Bands (of age and sex, usually) or kinds lie on the last axis; axes before it are places.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtri

from geomap.statistics.intervals import ohid_interval, poisson_interval

Floats = NDArray[np.float64]
LEAST_EVENTS = 10  # OHID: fewer events give no directly standardised rate
ESP2013 = (5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000)


@dataclass(frozen=True)
class Standardised:
    """rate, low, high, one a place; events behind it."""

    rate: Floats
    low: Floats
    high: Floats
    events: Floats


def dobson(
    events: ArrayLike, people: ArrayLike, standard: ArrayLike, level: float = 0.95, variance: ArrayLike | None = None
) -> Standardised:
    """Directly standardised rates with the interval of Dobson, Kuulasmaa, Eberle and Scherer (1991); none below 10 events.

    variance: of the rate, where events are not independent (nonindependent_variance); otherwise that of Poisson counts.
    """
    rate, poisson, _, total = _weighed(events, _each(people, standard))
    spread = poisson if variance is None else np.asarray(variance, dtype=float)
    low, high = ohid_interval(total, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        stretch = np.sqrt(spread / total)
    few = total < LEAST_EVENTS
    return Standardised(
        *(np.where(few, np.nan, part) for part in (rate, rate + stretch * (low - total), rate + stretch * (high - total))), total
    )


def fay_feuer(events: ArrayLike, people: ArrayLike, standard: ArrayLike, level: float = 0.95) -> Standardised:
    """Directly standardised rates with the gamma interval of Fay and Feuer (1997), which holds its level also with few events."""
    return gamma_sum(events, _each(people, standard), level)


def gamma_sum(events: ArrayLike, weights: ArrayLike, level: float = 0.95, *, half: ArrayLike = 0.0) -> Standardised:
    """Sums of Poisson counts that each count for their weight, with the gamma interval of Fay and Feuer (1997).

    What has not happened may still happen: the upper limit allows for one event more of the heaviest kind there is. half: how far each count may lie from
    what is given; the limits then hold those of every count that it may be. One grave event more can lower the lower limit, since it is so uncertain:
    so the least sum goes with the largest variance.
    """
    events, half = np.asarray(events, dtype=float), np.asarray(half, dtype=float)
    total, _, _, count = _weighed(events, weights)
    least, *_ = _weighed(np.maximum(events - half, 0), weights)
    most, spread, heaviest, _ = _weighed(events + half, weights)
    tail, more, wider = (1 - level) / 2, most + heaviest, spread + heaviest**2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(least > 0, spread / (2 * least) * chdtri(2 * least**2 / spread, 1 - tail), 0.0 * least)
        high = np.where(more > 0, wider / (2 * more) * chdtri(2 * more**2 / wider, tail), more)
    return Standardised(total, low, high, count)


def smr(events: ArrayLike, people: ArrayLike, rates: ArrayLike, level: float = 0.95, *, exact: bool = False) -> Standardised:
    """Events over those expected at the standard's *rates* (indirect standardisation), with OHID's interval or the exact one (gamma)."""
    total = np.nansum(np.asarray(events, dtype=float), axis=-1)
    expected = (np.asarray(people, dtype=float) * np.asarray(rates, dtype=float)).sum(axis=-1)
    low, high = (poisson_interval if exact else ohid_interval)(total, level)
    return Standardised(total / expected, low / expected, high / expected, total)


def nonindependent_variance(persons: ArrayLike, people: ArrayLike, standard: ArrayLike) -> Floats:
    """The variance of a directly standardised rate where one person can have several events (OHID).

    persons: on the last two axes, bands and how many persons had 1, 2, 3 … events in each.
    """
    persons = np.asarray(persons, dtype=float)
    squared = (persons * np.arange(1, persons.shape[-1] + 1) ** 2).sum(axis=-1)
    weight = np.asarray(standard, dtype=float) / np.sum(standard)
    return (weight**2 * squared / np.asarray(people, dtype=float) ** 2).sum(axis=-1)


def _each(people: ArrayLike, standard: ArrayLike) -> Floats:
    """What one event of each band counts for in a directly standardised rate."""
    return np.asarray(standard, dtype=float) / np.sum(standard) / np.asarray(people, dtype=float)


def _weighed(events: ArrayLike, weights: ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
    """The weighted sum, its Poisson variance, the largest weight of one event, and all events."""
    events, weights = np.asarray(events, dtype=float), np.asarray(weights, dtype=float)
    return (weights * events).sum(axis=-1), (weights**2 * events).sum(axis=-1), weights.max(axis=-1), events.sum(axis=-1)
