"""Rates as they would be if places had people of the same ages, with their intervals: directly and indirectly standardised.

Bands (of age and sex, usually) lie on the last axis; axes before it are places.
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
    rate, poisson, _, total = _direct(events, people, standard)
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
    rate, variance, heaviest, total = _direct(events, people, standard)
    tail = (1 - level) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        low = np.where(rate > 0, variance / (2 * rate) * chdtri(2 * rate**2 / variance, 1 - tail), 0.0)
    more, wider = rate + heaviest, variance + heaviest**2
    return Standardised(rate, low, wider / (2 * more) * chdtri(2 * more**2 / wider, tail), total)


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


def _direct(events: ArrayLike, people: ArrayLike, standard: ArrayLike) -> tuple[Floats, Floats, Floats, Floats]:
    """Rate, its Poisson variance, the largest weight of one event, and all events."""
    events, people = np.asarray(events, dtype=float), np.asarray(people, dtype=float)
    each = np.asarray(standard, dtype=float) / np.sum(standard) / people
    return (each * events).sum(axis=-1), (each**2 * events).sum(axis=-1), each.max(axis=-1), events.sum(axis=-1)
