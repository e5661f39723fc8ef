"""Local Moran (Anselin 1995): which places and their neighbours are together high, together low, or unlike each other, one place at a time."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from geomap.statistics.conditional import conditional_p
from geomap.statistics.discovery import benjamini_hochberg

Floats = NDArray[np.float64]
HIGH_HIGH, LOW_LOW, LOW_HIGH, HIGH_LOW, NONE = "high-high", "low-low", "low-high", "high-low", ""


@dataclass(frozen=True)
class LocalMoran:
    """Per place; NaN and no quadrant where a place has no neighbours.

    statistic; lag: the mean of the neighbours in standard deviations; p: two-sided, of conditional permutations; q: p after Benjamini and Hochberg over all
    places; quadrant: the one it lies in, significant or not.
    """

    statistic: Floats
    lag: Floats
    p: Floats
    q: Floats
    quadrant: NDArray[np.str_]


def local_moran(values: ArrayLike, weights: csr_array, *, permutations: int = 9_999, seed: int = 1) -> LocalMoran:
    """I_i = z_i Σ_j w_ij z_j of *values* (place,) in standard deviations (with n, as R's spdep), with *weights* that sum to 1 in each row.

    One-sided p-values, the default elsewhere, find 9 % where they promise 5 %; here both sides count.
    """
    return local_bivariate_moran(values, values, weights, permutations=permutations, seed=seed)


def local_bivariate_moran(
    here: ArrayLike, around: ArrayLike, weights: csr_array, *, permutations: int = 9_999, seed: int = 1
) -> LocalMoran:
    """The same for *here* in the place and *around* in its neighbours: association in space, in one place and next to it; not within the place."""
    x, y = _standardised(here), _standardised(around)
    lag = weights @ y
    alone = np.diff(weights.indptr) == 0
    p = conditional_p(y, weights, permutations=permutations, seed=seed)
    p = np.where((x == 0) & ~alone, 1.0, p)
    quadrant = np.select(
        [(x > 0) & (lag > 0), (x < 0) & (lag < 0), (x < 0) & (lag > 0), (x > 0) & (lag < 0)], [HIGH_HIGH, LOW_LOW, LOW_HIGH, HIGH_LOW], NONE
    )
    return LocalMoran(
        np.where(alone, np.nan, x * lag), np.where(alone, np.nan, lag), p, benjamini_hochberg(p), np.where(alone, NONE, quadrant)
    )


def _standardised(values: ArrayLike) -> Floats:
    values = np.asarray(values, dtype=float)
    spread = values.std()
    if not spread > 1e-12 * np.abs(values).max(initial=0.0):
        raise ValueError("All places have the same value, or one has none; nothing can go together.")
    return (values - values.mean()) / spread
