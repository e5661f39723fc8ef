"""Geary's (1954) c: how much neighbours differ, beside how much any two places do; 1 by chance, less where neighbours are alike."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from geomap.statistics.moran import Association, link_sums


def geary(values: ArrayLike, weights: csr_array, *, normal: bool = False) -> Association:
    """Geary's c of *values* (place,), its moments under randomisation, or under normality (Cliff and Ord 1981, p. 21)."""
    values = np.asarray(values, dtype=float)
    z, n, total = values - values.mean(), len(values), float(weights.sum())
    (s1, s2), square = link_sums(weights), float(z @ z)
    statistic = (n - 1) * float((weights.sum(axis=1) * local_geary(values, weights, by_row=False)).sum()) / (2 * total * square)
    if normal:
        return Association(statistic, 1.0, ((2 * s1 + s2) * (n - 1) - 4 * total**2) / (2 * (n + 1) * total**2))
    kurtosis = n * float((z**4).sum()) / square**2
    first = (n - 1) * s1 * (n**2 - 3 * n + 3 - (n - 1) * kurtosis)
    second = 0.25 * (n - 1) * s2 * (n**2 + 3 * n - 6 - (n**2 - n + 2) * kurtosis)
    third = total**2 * (n**2 - 3 - (n - 1) ** 2 * kurtosis)
    return Association(statistic, 1.0, (first - second + third) / (n * (n - 2) * (n - 3) * total**2))


def local_geary(values: ArrayLike, weights: csr_array, *, by_row: bool = True) -> NDArray[np.float64]:
    """Per place the mean squared difference from its neighbours, of standardised values (Anselin 1995), or *by_row* = False of the values themselves."""
    values = np.asarray(values, dtype=float)
    z = (values - values.mean()) / values.std() if by_row else values
    sums = np.asarray(weights.sum(axis=1)).ravel()
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.where(sums > 0, z**2 - 2 * z * (weights @ z) / sums + (weights @ z**2) / sums, np.nan if by_row else 0.0)
