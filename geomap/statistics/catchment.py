"""Floating catchment areas: what there is, shared among all who can reach it, and added up by those who can (numbers per person).

Two-step: Luo and Wang (2003); enhanced, with a decay inside the catchment: Luo and Qi (2009); three-step, where people choose among what they can reach:
Wan, Zou and Sternberg (2012). Pairs that are not listed cannot reach each other.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Pairs:
    """Who can reach what: positions of an origin and of an asset, and the cost of the way; origins, assets: how many there are in all."""

    origin: Numbers
    asset: Numbers
    cost: Floats
    origins: int
    assets: int

    def per_origin(self, amount: Floats) -> Floats:
        """The sum of *amount*, one a pair, over what each origin reaches."""
        return np.bincount(self.origin, amount, minlength=self.origins)

    def per_asset(self, amount: Floats) -> Floats:
        """The sum of *amount*, one a pair, over who reaches each asset."""
        return np.bincount(self.asset, amount, minlength=self.assets)


def two_step(pairs: Pairs, people: ArrayLike, capacity: ArrayLike, weight: Floats) -> Floats:
    """Capacity per person at each origin; *weight*, one a pair, is 1 in a plain catchment and falls with the cost in an enhanced one.

    >>> pairs = Pairs(np.array([0, 1]), np.array([0, 0]), np.array([5.0, 9.0]), 3, 1)
    >>> two_step(pairs, [100, 300, 50], [8], np.ones(2)).tolist()
    [0.02, 0.02, 0.0]
    """
    return _shared_out(pairs, np.asarray(people, dtype=float), np.asarray(capacity, dtype=float), weight)


def three_step(pairs: Pairs, people: ArrayLike, capacity: ArrayLike, weight: Floats, choice: Floats | None = None) -> Floats:
    """The same where everybody goes to each asset in proportion to *choice*, one a pair, so that no demand is counted twice; by default that is *weight*."""
    choice = weight if choice is None else choice
    all_of_it = pairs.per_origin(choice)[pairs.origin]
    share = np.divide(choice, all_of_it, out=np.zeros(len(choice)), where=all_of_it > 0)
    return _shared_out(pairs, np.asarray(people, dtype=float), np.asarray(capacity, dtype=float), share * weight)


def _shared_out(pairs: Pairs, people: Floats, capacity: Floats, weight: Floats) -> Floats:
    demand = pairs.per_asset(weight * people[pairs.origin])
    each = np.divide(capacity, demand, out=np.zeros(pairs.assets), where=demand > 0)
    return pairs.per_origin(weight * each[pairs.asset])
