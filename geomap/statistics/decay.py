"""How much a way still counts: weights from 1 (next door) to 0 (out of reach), by cost in any unit."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
LUO_QI = (1.0, 0.68, 0.22)  # Luo and Qi 2009, table 1: weights of three zones for enhanced two-step catchments
WAN = (0.962, 0.704, 0.377)  # Wan, Zou and Sternberg 2012: weights of three zones for three-step catchments


def stepped(cost: ArrayLike, bands: Sequence[tuple[float, float]]) -> Floats:
    """The weight of the first band (upper end, weight) whose end the cost does not exceed; 0 beyond the last.

    >>> stepped([5, 10, 11, 99], [(10, 1.0), (30, 0.5)]).tolist()
    [1.0, 1.0, 0.5, 0.0]
    """
    ends, weights = np.array(sorted(bands)).T
    return np.append(weights, 0.0)[np.searchsorted(ends, cost, side="left")]


def thirds(limit: float, weights: Sequence[float]) -> list[tuple[float, float]]:
    """Bands of equal width up to *limit*, one for each of *weights*."""
    return [(limit * (number + 1) / len(weights), weight) for number, weight in enumerate(weights)]


def gaussian(cost: ArrayLike, limit: float) -> Floats:
    """A bell that reaches 0 at *limit* (Dai 2010)."""
    share, edge = np.asarray(cost, dtype=float) / limit, np.exp(-0.5)
    return np.where(share <= 1, (np.exp(-0.5 * share**2) - edge) / (1 - edge), 0.0)


def exponential(cost: ArrayLike, half: float) -> Floats:
    """Half as much with each *half* of cost (Hansen 1959, with an exponential)."""
    return np.exp2(-np.asarray(cost, dtype=float) / half)


def power(cost: ArrayLike, exponent: float, least: float) -> Floats:
    """Cost to the power -*exponent* (Hansen 1959); costs below *least* count as *least*, or what is next door would be infinite."""
    return np.maximum(np.asarray(cost, dtype=float), least) ** -exponent
