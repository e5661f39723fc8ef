"""How much each part of a composite really decides, whatever its nominal weight.

parts: (place, part), composite: (place,). A part that correlates with others counts through them too, and one that hardly varies counts little.
"""

from itertools import combinations
from math import factorial
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.statistics.correlation import complete

Floats = NDArray[np.float64]
EXACT = 12
CHUNK = 256
RIDGE = 1e-10
# quantiles at which knots stand, by the number of places from which they are used: Harrell (2015), Regression Modeling Strategies, table 2.3
KNOTS = ((100, (0.05, 0.275, 0.5, 0.725, 0.95)), (30, (0.05, 0.35, 0.65, 0.95)), (0, (0.1, 0.5, 0.9)))


def effective_weights(
    parts: ArrayLike, composite: ArrayLike, *, by: Literal["correlation_ratio", "lmg"] = "correlation_ratio", seed: int = 0
) -> Floats:
    """Shares (part,) in what decides the composite, summing to 1, to be read beside nominal weights (Paruolo, Saisana and Saltelli 2013).

    correlation_ratio counts what parts have in common for each of them, lmg divides it among them. NaN where no part explains anything.
    """
    found = correlation_ratios(parts, composite) if by == "correlation_ratio" else lmg(parts, composite, seed=seed)
    with np.errstate(invalid="ignore"):
        return found / found.sum()


def correlation_ratios(parts: ArrayLike, composite: ArrayLike) -> Floats:
    """Pearson's correlation ratio Var(E[Y|x])/Var(Y) of the composite and each part (part,), from 0 to 1; also known as the first-order effect.

    E[Y|x] is a natural cubic spline fitted by least squares to the places that have both, with three to five knots at quantiles of the part; what
    a spline explains by chance is taken off, 1 - (1 - R²)(n - 1)/(n - df). A part that does not vary has 0; a composite that does not, NaN.
    """
    parts, composite = np.asarray(parts, dtype=float), np.asarray(composite, dtype=float)
    return np.array([_explained(part, composite) for part in parts.T])


def lmg(parts: ArrayLike, composite: ArrayLike, *, permutations: int = 4_000, seed: int = 0) -> Floats:
    """Shares (part,) of R² of the composite's linear regression on its parts, averaged over all orders in which parts can enter; they sum to R².

    Lindeman, Merenda and Gold (1980), equal to Shapley's (1953) value. Over the places with all parts. Exact up to *EXACT* parts, beyond that
    from so many orders drawn with *seed*, each with its reverse: a share of 0.15 is then known to about 0.002. Parts that say the same share alike.
    """
    rows = complete(np.column_stack([np.asarray(parts, dtype=float), np.asarray(composite, dtype=float)]))
    spread = rows.std(axis=0)
    varies = spread > 1e-12 * np.abs(rows).max(axis=0)
    if not varies[-1]:
        return np.full(rows.shape[1] - 1, np.nan)
    standard = np.where(varies, (rows - rows.mean(axis=0)) / np.where(varies, spread, 1.0), 0.0)
    correlation = standard.T @ standard / len(rows)
    return _shapley(correlation) if len(correlation) - 1 <= EXACT else _over_orders(correlation, permutations, seed)


def _explained(part: Floats, composite: Floats) -> float:
    known = ~(np.isnan(part) | np.isnan(composite))
    x, y = part[known], composite[known]
    n = len(x)
    if n < 3 or np.ptp(y) <= 1e-12 * np.abs(y).max():
        return float("nan")
    if np.ptp(x) <= 1e-12 * np.abs(x).max():
        return 0.0
    x, y = (x - x.mean()) / x.std(), y - y.mean()
    at = next(at for least, at in KNOTS if n >= least)
    basis = _natural_spline(x, np.unique(np.quantile(x, at)))
    fitted, _, df, _ = np.linalg.lstsq(basis, y, rcond=None)
    left = ((y - basis @ fitted) ** 2).sum() / (y**2).sum()
    return float(max(0.0, 1 - left * (n - 1) / (n - df))) if n > df else float("nan")


def _natural_spline(x: Floats, knots: Floats) -> Floats:
    """A basis (place, knot) of cubic splines that are straight beyond the outer knots (Hastie, Tibshirani and Friedman 2009, equation 5.4)."""
    cubes = np.maximum(x[:, None] - knots, 0.0) ** 3
    bends = (cubes[:, :-1] - cubes[:, -1:]) / (knots[-1] - knots[:-1])
    return np.column_stack([np.ones(len(x)), x, bends[:, :-1] - bends[:, -1:]])


def _shapley(correlation: Floats) -> Floats:
    """Shares by the R² of every subset of parts; the composite is last in *correlation*."""
    k = len(correlation) - 1
    explained = np.zeros(2**k)
    for size in range(1, k + 1):
        chosen = np.array(list(combinations(range(k), size)))
        among, with_composite = correlation[chosen[:, :, None], chosen[:, None, :]], correlation[chosen, k]
        slopes = np.einsum("sij,sj->si", np.linalg.pinv(among, rcond=RIDGE, hermitian=True), with_composite)
        explained[(1 << chosen).sum(axis=1)] = (slopes * with_composite).sum(axis=1)
    subsets = np.arange(2**k)
    sizes = sum((subsets >> part) & 1 for part in range(k))
    chance = np.array([factorial(size) * factorial(k - size - 1) / factorial(k) for size in range(k)])
    shares = np.empty(k)
    for part in range(k):
        without = subsets[(subsets >> part) & 1 == 0]
        shares[part] = (chance[sizes[without]] * (explained[without | 1 << part] - explained[without])).sum()
    return shares


def _over_orders(correlation: Floats, permutations: int, seed: int) -> Floats:
    """Shares averaged over orders drawn; the last row of a Cholesky factor holds the roots of what each part adds when it enters."""
    k = len(correlation) - 1
    half = np.tile(np.arange(k), (max(1, permutations // 2), 1))
    half = np.random.default_rng(seed).permuted(half, axis=1)
    orders = np.vstack([half, half[:, ::-1]])
    orders = np.column_stack([orders, np.full(len(orders), k)])
    steady = correlation + RIDGE * np.eye(k + 1)
    total = np.zeros(k)
    for start in range(0, len(orders), CHUNK):
        order = orders[start : start + CHUNK]
        added = np.linalg.cholesky(steady[order[:, :, None], order[:, None, :]])[:, k, :k] ** 2
        total += np.bincount(order[:, :k].reshape(-1), weights=added.reshape(-1), minlength=k)
    return total / len(orders)
