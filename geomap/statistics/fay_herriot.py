"""Small-area estimates that borrow from all places: the area-level model of Fay and Herriot (1979).

direct_i = x_i'β + v_i + e_i, with v_i of variance σ² between places and e_i of known sampling variance ψ_i. Fitting and mean squared errors as in
Rao and Molina (2015), *Small Area Estimation*, sections 6.1 and 6.2: Prasad and Rao (1990) for REML, Datta and Lahiri (2000) for ML, Datta, Rao
and Smith (2005) for the moment estimator.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
How = Literal["reml", "ml", "moment"]
STEPS, TOLERANCE = 500, 1e-12


@dataclass(frozen=True)
class Modelled:
    """What the model says of each place. estimate, mse, own (γ: the weight on the place's own data), synthetic: (place,).

    between: σ², the variance between places that the model does not explain; 0 says that the places cannot be told apart beyond their covariates.
    beta (k,), beta_se (k,). A place without a direct estimate has γ 0, its synthetic value, and an error of σ² besides that of β.
    """

    estimate: Floats
    mse: Floats
    own: Floats
    synthetic: Floats
    between: float
    beta: Floats
    beta_se: Floats


def fay_herriot(direct: ArrayLike, variance: ArrayLike, covariates: ArrayLike | None = None, *, how: How = "reml") -> Modelled:
    """The empirical best linear unbiased prediction of each place, and its mean squared error.

    direct: (place,), NaN where nobody was asked. variance: ψ (place,), over 0; smooth it first, for raw design variances of small samples are too
    noisy to weigh by. covariates: (place, k) with their own column of ones; None is a common mean. ValueError with fewer places than covariates + 2.
    """
    y, psi = np.asarray(direct, dtype=float), np.asarray(variance, dtype=float)
    x = np.ones((len(y), 1)) if covariates is None else np.asarray(covariates, dtype=float)
    known = ~np.isnan(y) & ~np.isnan(psi)
    if known.sum() < x.shape[1] + 2:
        raise ValueError(f"{known.sum()} places with a direct estimate are too few for a model of {x.shape[1]} coefficient(s).")
    between = _between(y[known], x[known], psi[known], how)
    weight = 1 / (between + psi[known])
    q = np.linalg.inv(x[known].T @ (x[known] * weight[:, None]))
    beta = q @ (x[known].T @ (weight * y[known]))
    synthetic = x @ beta
    own = np.where(known, between / (between + np.where(known, psi, 1.0)), 0.0)
    estimate = synthetic + own * np.where(known, y - synthetic, 0.0)
    borrowed = np.einsum("ij,jk,ik->i", x, q, x)
    mse = between + borrowed
    mse[known] = _error(psi[known], between, borrowed[known], (x[known], q), how)
    return Modelled(estimate, mse, own, synthetic, between, beta, np.sqrt(np.diag(q)))


def benchmark(estimate: ArrayLike, share: ArrayLike, whole: float) -> tuple[Floats, float]:
    """The estimates times one factor, so that their mean by *share* (place,) of the people is *whole*; and that factor."""
    estimate, share = np.asarray(estimate, dtype=float), np.asarray(share, dtype=float)
    known = ~np.isnan(estimate)
    factor = whole / float(estimate[known] @ share[known] / share[known].sum())
    return estimate * factor, factor


def smoothed_variance(share: float, effective: ArrayLike) -> Floats:
    """p(1 - p)/n_eff (place,) with the city's *share* p: the sampling variance of a share without the noise of small samples; NaN without answers."""
    effective = np.asarray(effective, dtype=float)
    with np.errstate(divide="ignore"):
        return np.where(effective > 0, share * (1 - share) / effective, np.nan)


def _between(y: Floats, x: Floats, psi: Floats, how: How) -> float:
    """σ² by Fisher scoring; 0 where the likelihood falls from 0 on."""
    between = float(np.median(psi))
    for step_number in range(STEPS):
        step = _step(y, x, psi, between, how)
        moved = between + step
        if abs(step) < TOLERANCE * max(1.0, between):
            return max(moved, 0.0)
        between = max(moved, between / 10 if moved < 0 and step_number < STEPS // 5 else 0.0)
    return max(between, 0.0)


def _step(y: Floats, x: Floats, psi: Floats, between: float, how: How) -> float:
    weight = 1 / (between + psi)
    weighted = x * weight[:, None]
    q = np.linalg.inv(x.T @ weighted)
    rest = y - x @ (q @ (weighted.T @ y))
    if how == "moment":
        return float((len(y) - x.shape[1] - (rest**2 * weight).sum()) / -(rest**2 * weight**2).sum())
    pulled = rest * weight
    if how == "ml":
        return float((pulled @ pulled - weight.sum()) / (weight**2).sum())
    squares = weighted.T @ weighted
    trace = weight.sum() - np.trace(q @ squares)
    information = (weight**2).sum() - 2 * np.trace(q @ (weighted.T @ (weighted * weight[:, None]))) + np.trace(q @ squares @ q @ squares)
    return float((pulled @ pulled - trace) / information)


def _error(psi: Floats, between: float, borrowed: Floats, fit: tuple[Floats, Floats], how: How) -> Floats:
    x, q = fit
    weight = 1 / (between + psi)
    away, squares = psi * weight, (weight**2).sum()
    spread = 2 * len(psi) / weight.sum() ** 2 if how == "moment" else 2 / squares
    parts = between * away + away**2 * borrowed + 2 * away**2 * weight * spread
    if how == "reml":
        return parts
    if how == "ml":
        bias = -float(np.trace(q @ (x.T @ (x * (weight**2)[:, None])))) / squares
    else:
        bias = 2 * (len(psi) * squares - weight.sum() ** 2) / weight.sum() ** 3
    return parts - bias * away**2
