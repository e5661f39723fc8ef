"""Moran's (1950) I: whether neighbours are more alike than chance makes them, over all places together."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array
from scipy.special import ndtr

from geomap.worded import worded

Floats = NDArray[np.float64]
AT_ONCE = 64  # permutations, so that memory stays bounded


@dataclass(frozen=True)
class Association:
    """A statistic of spatial association, what chance gives on average, its variance under chance, z, and the two-sided p of the normal approximation."""

    statistic: float
    expected: float
    variance: float

    @property
    def z(self) -> float:
        """Standard deviations from what chance gives."""
        return float((self.statistic - self.expected) / np.sqrt(self.variance))

    @property
    def p(self) -> float:
        """How often chance alone strays as far, either way."""
        return float(2 * ndtr(-abs(self.z)))


def moran(values: ArrayLike, weights: csr_array, *, normal: bool = False) -> Association:
    """Moran's I of *values* (place,) with *weights* (place, place), its moments under randomisation, or under normality (Cliff and Ord 1981, p. 21).

    Places without neighbours count among the n and add nothing else. ValueError where fewer than four places or no neighbours are there.
    """
    z = _deviations(values)
    n, total = len(z), float(weights.sum())
    if n < 4 or total == 0:
        raise ValueError(
            worded(
                "Moran's I needs at least four places with neighbours; there are {places}, with {links} links.",
                places=str(n),
                links=str(weights.nnz),
            )
        )
    s1, s2 = link_sums(weights)
    square = float(z @ z)
    expected, divisor = -1 / (n - 1), (n - 1) * (n + 1) * total**2
    if normal:
        variance = (n**2 * s1 - n * s2 + 3 * total**2) / divisor - expected**2
    else:
        kurtosis = n * float((z**4).sum()) / square**2
        first = n * ((n**2 - 3 * n + 3) * s1 - n * s2 + 3 * total**2)
        second = kurtosis * ((n**2 - n) * s1 - 2 * n * s2 + 6 * total**2)
        variance = (first - second) / ((n - 1) * (n - 2) * (n - 3) * total**2) - expected**2
    return Association(n / total * float(z @ (weights @ z)) / square, expected, variance)


def moran_permuted(values: ArrayLike, weights: csr_array, *, permutations: int = 999, seed: int = 1) -> float:
    """The two-sided p of Moran's I from *permutations* of the values over the places: 2 (1 + the rarer side) / (permutations + 1), at most 1."""
    return permuted(_deviations(values), weights, permutations=permutations, seed=seed)


def permuted(values: Floats, weights: csr_array, *, permutations: int, seed: int) -> float:
    """The same p of Σ w_ij v_i v_j, whatever *values* are: of Moran's I with deviations, of join counts with 0 and 1."""
    rng, seen, above, below = np.random.default_rng(seed), float(values @ (weights @ values)), 0, 0
    slack = 1e-12 * max(abs(seen), float(values @ values))
    for start in range(0, permutations, AT_ONCE):
        drawn = rng.permuted(np.broadcast_to(values, (min(AT_ONCE, permutations - start), len(values))), axis=1).T
        again = (drawn * (weights @ drawn)).sum(axis=0)
        above, below = above + int((again >= seen - slack).sum()), below + int((again <= seen + slack).sum())
    return min(1.0, 2 * (min(above, below) + 1) / (permutations + 1))


def moran_of_rates(events: ArrayLike, people: ArrayLike, weights: csr_array) -> Association:
    """Moran's I of rates made comparable between small and large places by their chance errors (Assunção and Reis 1999)."""
    return moran(rates_standardised(events, people), weights)


def rates_standardised(events: ArrayLike, people: ArrayLike) -> Floats:
    """Each place's rate as its distance from the whole rate in standard deviations, the spread between places estimated from all; none below 0."""
    events, people = np.asarray(events, dtype=float), np.asarray(people, dtype=float)
    whole, rate = events.sum() / people.sum(), events / people
    between = (people * (rate - whole) ** 2).sum() / people.sum() - whole / people.mean()
    return (rate - whole) / np.sqrt(max(between, 0.0) + whole / people)


def link_sums(weights: csr_array) -> tuple[float, float]:
    """S1 = ½ Σ (w_ij + w_ji)² and S2 = Σ_i (Σ_j w_ij + Σ_j w_ji)², by which the moments of all such statistics are written."""
    both = weights + weights.T
    sides = np.asarray(weights.sum(axis=1)).ravel() + np.asarray(weights.sum(axis=0)).ravel()
    return 0.5 * float(both.multiply(both).sum()), float((sides**2).sum())


def _deviations(values: ArrayLike) -> Floats:
    values = np.asarray(values, dtype=float)
    z = values - values.mean()
    if not np.any(np.abs(z) > 1e-12 * np.abs(values).max(initial=0.0)):
        raise ValueError(worded("All places have the same value, or one has none; nothing can go together."))
    return z
