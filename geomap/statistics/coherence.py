"""Whether the parts of a composite measure one thing: described, not judged, for a sum of causes need not cohere.

parts: (place, part), all turned the same way. NaN where a part does not vary or too few places have it. What is computed from complete rows says
so, and is a ValueError where fewer than three places have every part.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.statistics.chi_square import ChiSquare, chi_square
from geomap.statistics.correlation import complete, correlations, covariances

Floats = NDArray[np.float64]
SINGULAR = 1e-10


@dataclass(frozen=True)
class Components:
    """Eigenvalues of the correlation matrix, largest first, the share of the variance that each explains, and loadings (part, component)."""

    eigenvalues: Floats
    explained: Floats
    loadings: Floats


@dataclass(frozen=True)
class Adequacy:
    """Kaiser, Meyer and Olkin's measure of sampling adequacy of the whole, and of each part (part,)."""

    overall: float
    each: Floats


def cronbach_alpha(parts: ArrayLike) -> float:
    """Cronbach's (1951) alpha, k/(k - 1) (1 - Σ variances/variance of the sum), from pairwise-complete covariances."""
    return float(_alpha(covariances(parts)))


def standardised_alpha(parts: ArrayLike) -> float:
    """Alpha of standardised parts, k r̄/(1 + (k - 1) r̄), r̄ their mean correlation."""
    return float(_alpha(correlations(parts)))


def alpha_without(parts: ArrayLike) -> Floats:
    """Cronbach's alpha (part,) of the other parts: where it is higher than alpha, the part pulls against the rest."""
    covariance = covariances(parts)
    total, own = covariance.sum(), np.diag(covariance)
    rest = total - 2 * covariance.sum(axis=0) + own
    others = len(covariance) - 1
    with np.errstate(divide="ignore", invalid="ignore"):
        return others / np.float64(others - 1) * (1 - (np.trace(covariance) - own) / rest)


def item_rest_correlations(parts: ArrayLike) -> Floats:
    """The correlation (part,) of each part with the sum of the others, from pairwise-complete covariances; below 0 it pulls against them."""
    covariance = covariances(parts)
    own, shared = np.diag(covariance), covariance.sum(axis=0)
    rest = covariance.sum() - 2 * shared + own
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.clip((shared - own) / np.sqrt(own * rest), -1.0, 1.0)


def principal_components(parts: ArrayLike) -> Components:
    """Principal components of the pairwise-complete correlation matrix; each component's sign makes its loadings sum to 0 or more.

    A loading is the correlation of a part with a component. With gaps the smallest eigenvalues can be below 0; their loadings are then 0.
    """
    correlation = correlations(parts)
    if not np.isfinite(correlation).all():
        unknown = np.full(len(correlation), np.nan)
        return Components(unknown, unknown, np.full(correlation.shape, np.nan))
    values, vectors = np.linalg.eigh(correlation)
    values, vectors = values[::-1], vectors[:, ::-1]
    loadings = vectors * np.sqrt(np.maximum(values, 0.0))
    return Components(values, values / values.sum(), loadings * np.where(loadings.sum(axis=0) < 0, -1.0, 1.0))


def sampling_adequacy(parts: ArrayLike) -> Adequacy:
    """Kaiser's (1974) measure Σr²/(Σr² + Σp²) over pairs, r correlations and p partial ones, of the complete rows.

    Near 1 the parts share causes, under 0.5 hardly. NaN where a part is a sum of others, for then partial correlations have no meaning.
    """
    correlation = correlations(complete(parts))
    k = len(correlation)
    if not np.isfinite(correlation).all() or np.linalg.eigvalsh(correlation)[0] < SINGULAR:
        return Adequacy(float("nan"), np.full(k, np.nan))
    inverse = np.linalg.inv(correlation)
    partial = inverse / np.sqrt(np.outer(np.diag(inverse), np.diag(inverse)))
    others = 1 - np.eye(k)
    r, p = (others * correlation**2).sum(axis=0), (others * partial**2).sum(axis=0)
    with np.errstate(invalid="ignore"):
        return Adequacy(float(r.sum() / (r.sum() + p.sum())), r / (r + p))


def sphericity(parts: ArrayLike) -> ChiSquare:
    """Bartlett's (1951) test that no two parts correlate, -(n - 1 - (2k + 5)/6) ln det R on k(k - 1)/2 degrees of freedom, of the complete rows.

    Where a part is a sum of others the statistic is infinite. A small p says only that something correlates. NaN for no more places than parts.
    """
    rows = complete(parts)
    correlation, (n, k) = correlations(rows), rows.shape
    if n <= k or not np.isfinite(correlation).all():
        return chi_square(np.nan, k * (k - 1) / 2)
    flat = np.linalg.eigvalsh(correlation)[0] < SINGULAR
    statistic = np.inf if flat else -(n - 1 - (2 * k + 5) / 6) * np.linalg.slogdet(correlation)[1]
    return chi_square(statistic, k * (k - 1) / 2)


def _alpha(covariance: Floats) -> np.float64:
    k = np.float64(len(covariance))
    with np.errstate(divide="ignore", invalid="ignore"):
        return k / (k - 1) * (1 - np.trace(covariance) / covariance.sum())
