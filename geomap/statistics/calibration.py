"""Survey weights moved as little as possible until they meet totals that are known of the population.

Deville and Särndal (1992), *Calibration estimators in survey sampling*: the linear, the multiplicative (raking) and the bounded logit distance.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit

from geomap.errors import LayerError
from geomap.statistics.design import Design

Floats = NDArray[np.float64]
How = Literal["linear", "raking", "logit"]
TOLERANCE, STEPS, SHORTEST = 1e-10, 200, 1e-9


@dataclass(frozen=True)
class Distance:
    """How far weights move: the factor F of a weight at u = x·λ, its slope, and its integral G, so that λ minimises Σ w G(x·λ) - λ·totals."""

    factor: Callable[[Floats], Floats]
    slope: Callable[[Floats], Floats]
    integral: Callable[[Floats], Floats]


LINEAR = Distance(lambda u: 1 + u, np.ones_like, lambda u: u + u * u / 2)
RAKING = Distance(np.exp, np.exp, np.exp)


def bounded(low: float, high: float) -> Distance:
    """The logit distance: no weight becomes less than *low* or more than *high* times what it was; 0 ≤ low < 1 < high."""
    if not 0 <= low < 1 < high:
        raise LayerError(f"Weights are bounded by a number under 1 and one over 1, such as 0.3 and 3, not by {low:g} and {high:g}.")
    width = high - low
    steep, start = width / ((1 - low) * (high - 1)), np.log((1 - low) / (high - 1))

    def chance(u: Floats) -> Floats:
        return expit(steep * u + start)

    return Distance(
        lambda u: low + width * chance(u),
        lambda u: width * steep * chance(u) * (1 - chance(u)),
        lambda u: low * u + width / steep * np.logaddexp(0, steep * u + start),
    )


def calibrate(
    design: Design, covariates: ArrayLike, totals: ArrayLike, *, how: How = "raking", bounds: tuple[float, float] = (0.3, 3.0)
) -> Design:
    """The design with weights that meet *totals* (k,) of *covariates* (n, k), as near the old weights as *how* measures it.

    bounds: least and most that "logit" may multiply a weight by. LayerError where the totals cannot be met.
    """
    x, wanted = np.asarray(covariates, dtype=float), np.asarray(totals, dtype=float)
    distance = {"linear": LINEAR, "raking": RAKING}.get(how) or bounded(*bounds)
    multiplier = np.zeros(x.shape[1])
    for _ in range(STEPS):
        with np.errstate(over="ignore", invalid="ignore"):
            factor = distance.factor(x @ multiplier)
            gap = wanted - x.T @ (design.weights * factor)
        if not np.isfinite(gap).all():
            break
        if np.max(np.abs(gap) / np.maximum(1, np.abs(wanted))) < TOLERANCE:
            return replace(design, weights=design.weights * factor, covariates=x, base=design.weights)
        slope = design.weights * distance.slope(x @ multiplier)
        step = np.linalg.lstsq(x.T @ (x * slope[:, None]), gap, rcond=None)[0]
        multiplier = multiplier + step * _stride(design.weights, x, wanted, (multiplier, step), distance)
    within = f" with weights between {bounds[0]:g} and {bounds[1]:g} times what they were" if how == "logit" else ""
    raise LayerError(
        f"The weights cannot be made to meet the margins{within}. Check that the margins describe the same population, or rake on fewer of them"
        f"{', or widen the bounds' if within else ''}."
    )


def _stride(weights: Floats, x: Floats, wanted: Floats, way: tuple[Floats, Floats], distance: Distance) -> float:
    """How much of Newton's step lowers the convex objective Σ w G(x·λ) - λ·totals, found by halving (Armijo 1966)."""
    here, step = way

    def objective(at: Floats) -> float:
        with np.errstate(over="ignore"):
            return float((weights * distance.integral(x @ at)).sum() - at @ wanted)

    now, descent = objective(here), float((x.T @ (weights * distance.factor(x @ here)) - wanted) @ step)
    stride = 1.0
    while stride > SHORTEST and not objective(here + stride * step) <= now + 1e-4 * stride * descent + 1e-12 * abs(now):
        stride /= 2
    return stride
