"""Join counts: do places that have something lie next to each other more often than chance puts them there (Cliff and Ord 1981; local: Anselin and Li 2019)?"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from geomap.statistics.moran import Association, link_sums, permuted

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Joins:
    """How many pairs of neighbours both have it, one of them has it, none has it; and the test of the first against chance."""

    both: float
    one: float
    none: float
    test: Association


def join_counts(has: ArrayLike, weights: csr_array) -> Joins:
    """Counts of the pairs of symmetric *weights*; the moments of *both* as if the same number were put on places at random (without replacement)."""
    has = np.asarray(has, dtype=float)
    total, n, count = float(weights.sum()), len(has), float(has.sum())
    both = 0.5 * float(has @ (weights @ has))
    none = 0.5 * float((1 - has) @ (weights @ (1 - has)))
    s1, s2 = link_sums(weights)
    two, three, four = np.cumprod([count * (count - 1) / (n * (n - 1)), (count - 2) / (n - 2), (count - 3) / (n - 3)])
    variance = 0.25 * (s1 * two + (s2 - 2 * s1) * three + (total**2 + s1 - s2) * four) - (0.5 * total * two) ** 2
    return Joins(both, 0.5 * total - both - none, none, Association(both, 0.5 * total * two, variance))


def join_counts_permuted(has: ArrayLike, weights: csr_array, *, permutations: int = 9_999, seed: int = 1) -> float:
    """The two-sided p of *both* from *permutations* of who has it, for where few have it and no normal curve fits."""
    return permuted(np.asarray(has, dtype=float), weights, permutations=permutations, seed=seed)


def local_join_counts(has: ArrayLike, weights: csr_array) -> tuple[Floats, Floats]:
    """Of each place that has it, how many of its neighbours have it too, and p: how often as many or more of them would by chance.

    p is exact: with the place itself held still, the others' count is hypergeometric, so no permutations are needed. *weights* are binary. Places that do not
    have it, and places without neighbours, have NaN.
    """
    from scipy.stats import hypergeom

    has = np.asarray(has, dtype=bool)
    count, neighbours = weights @ has.astype(float), np.diff(weights.indptr)
    asked = has & (neighbours > 0)
    p = hypergeom.sf(count - 1, len(has) - 1, max(int(has.sum()) - 1, 0), neighbours)
    return np.where(asked, count, np.nan), np.where(asked, p, np.nan)
