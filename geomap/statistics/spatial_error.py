"""A straight line through places whose errors go together with their neighbours': the spatial error model, by maximum likelihood (Ord 1975, Anselin 1988).

y = Xβ + u, u = λWu + e: neighbours share what the model does not know, so the line's doubt is larger than if each place told something new.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csc_array, csr_array, eye_array
from scipy.sparse.linalg import splu
from scipy.special import ndtr

Floats = NDArray[np.float64]
MOST = 0.999


@dataclass(frozen=True)
class SpatialError:
    """beta, se: (column,) of the design; shared: λ; residuals: y - Xβ (place,), what the line leaves; likelihood: its logarithm."""

    beta: Floats
    se: Floats
    shared: float
    residuals: Floats
    likelihood: float

    @property
    def p(self) -> Floats:
        """Two-sided p of each coefficient, normal."""
        return 2 * ndtr(-np.abs(self.beta / self.se))


def spatial_error(y: ArrayLike, design: ArrayLike, weights: csr_array) -> SpatialError:
    """The model of *y* (place,) on *design* (place, column), a column of ones included, with *weights* that sum to 1 in each row, or to 0 for islands.

    The same as spreg's ML_Error. ValueError where the columns of the design are no independent numbers.
    """
    y, design = np.asarray(y, dtype=float), np.asarray(design, dtype=float)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        raise ValueError("One of the conditions does not vary, or follows from the others.")
    lagged = y, weights @ y, design, weights @ design

    def cost(shared: float) -> float:
        _, rest, _ = _fit(*lagged, shared)
        return 0.5 * len(y) * np.log(rest @ rest / len(y)) - _log_determinant(weights, shared)

    shared = float(minimize_scalar(cost, bounds=(-MOST, MOST), method="bounded", options={"xatol": 1e-8}).x)
    beta, rest, inverse = _fit(*lagged, shared)
    variance = float(rest @ rest) / len(y)
    likelihood = -cost(shared) - 0.5 * len(y) * (np.log(2 * np.pi) + 1)
    return SpatialError(beta, np.sqrt(variance * np.diag(inverse)), shared, y - design @ beta, likelihood)


def _fit(y: Floats, y_lag: Floats, design: Floats, design_lag: Floats, shared: float) -> tuple[Floats, Floats, Floats]:
    """Coefficients, what is left, and the inverse of X'X, of both sides less *shared* times their neighbours'."""
    left, right = y - shared * y_lag, design - shared * design_lag
    inverse = np.linalg.inv(right.T @ right)
    beta = inverse @ (right.T @ left)
    return beta, left - right @ beta, inverse


def _log_determinant(weights: csr_array, shared: float) -> float:
    factors = splu(csc_array(eye_array(weights.shape[0]) - shared * weights))
    return float(np.log(np.abs(factors.U.diagonal())).sum())
