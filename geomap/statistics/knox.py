"""Whether events that are near in space are also near in time: Knox (1964)."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import pdtrc


@dataclass(frozen=True)
class Knox:
    """Pairs of events near in both, expected if time and place had nothing to do with each other, and how often chance alone gives so many.

    p_poisson takes the count for Poisson; p_permuted comes from times dealt out anew. events: how many there are; fewest: of how many the pairs are made
    that are near in both, in time or in space, whichever are the fewest and not none (all events where no pair is near). nearest: to how many pairs they are told.
    """

    near_both: int
    near_time: int
    near_space: int
    pairs: int
    p_poisson: float
    p_permuted: float
    events: int
    fewest: int
    nearest: int = 1

    @property
    def expected(self) -> float:
        """Near in time × near in space over all pairs."""
        return self.near_time * self.near_space / self.pairs


def knox(points: ArrayLike, times: ArrayLike, *, metres: float, days: float, permutations: int = 999, seed: int = 1) -> Knox:
    """The test for events at *points* (n, 2) and *times*, each pair once; near is up to and including *metres* and *days*."""
    from scipy.spatial import KDTree

    times = np.asarray(times, dtype=float)
    pairs = KDTree(np.asarray(points, dtype=float)).query_pairs(metres, output_type="ndarray")
    ordered = np.sort(times)
    later = np.searchsorted(ordered, ordered + days, side="right") - np.arange(len(times)) - 1
    near_time = int(later.sum())

    def near(when: np.ndarray) -> int:
        return int((np.abs(when[pairs[:, 0]] - when[pairs[:, 1]]) <= days).sum())

    found, rng = near(times), np.random.default_rng(seed)
    as_many = sum(near(rng.permutation(times)) >= found for _ in range(permutations))
    every = len(times) * (len(times) - 1) // 2
    expected = near_time * len(pairs) / every
    timely = np.abs(times[pairs[:, 0]] - times[pairs[:, 1]]) <= days
    soon = later > 0
    alike = [len(np.unique(pairs)), len(np.unique(pairs[timely])), int((soon | np.append(False, soon[:-1])).sum())]
    fewest = min((many for many in alike if many), default=len(times))
    chance = float(pdtrc(found - 1, expected)), (1 + as_many) / (1 + permutations)
    return Knox(found, near_time, len(pairs), every, *chance, len(times), fewest)
