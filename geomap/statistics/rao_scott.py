"""Whether two answers of a survey go together, by a chi-square test that knows the sampling design."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc

from geomap.statistics.design import Design

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class FTest:
    """An F statistic on numerator and denominator degrees of freedom, which need not be whole, and its p."""

    statistic: float
    numerator: float
    denominator: float
    p: float


def rao_scott(design: Design, rows: ArrayLike, columns: ArrayLike, *, within: ArrayLike | None = None) -> FTest:
    """Rao and Scott's (1984) second-order corrected test of independence of *rows* (n,) and *columns* (n,), as an F statistic.

    within: the rows (n,) that are spoken of; the others keep their part in the design. Pearson's X² over the trace of the generalised design
    effects; degrees of freedom by Satterthwaite, the denominator times the design's own.
    """
    part = np.ones(len(design.weights), dtype=bool) if within is None else np.asarray(within, dtype=bool)
    row, column = (np.unique(np.asarray(given)[part].astype(str), return_inverse=True)[1] for given in (rows, columns))
    shape, at = (row.max() + 1, column.max() + 1), np.flatnonzero(part)
    member = np.zeros((len(part), shape[0] * shape[1]))
    member[at, row * shape[1] + column] = 1.0
    size = design.weights[part].sum()
    share = design.weights @ member / size
    scatter = design.covariance((member - share) * part[:, None] / size)
    apart = _interactions(shape)
    with np.errstate(divide="ignore"):
        scaled = apart * np.where(share > 0, 1 / share, 0.0)[:, None]
    simple = scaled.T @ ((np.diag(share) - np.outer(share, share)) / len(row)) @ scaled
    effects = np.linalg.solve(simple, scaled.T @ scatter @ scaled)
    freedom = np.trace(effects) ** 2 / np.trace(effects @ effects)
    statistic = _pearson(share.reshape(shape)) * len(row) / np.trace(effects)
    below = freedom * design.df
    return FTest(float(statistic), float(freedom), float(below), float(fdtrc(freedom, below, statistic)))


def _interactions(shape: tuple[int, int]) -> Floats:
    """What rows times columns add to rows plus columns: (cells, (rows - 1)(columns - 1)), each column at right angles to both."""
    first, second = (np.eye(count)[:, 1:] for count in shape)
    by_row, by_column = np.repeat(first, shape[1], axis=0), np.tile(second, (shape[0], 1))
    plain = np.column_stack([np.ones(shape[0] * shape[1]), by_row, by_column])
    crossed = np.einsum("ij,ik->ijk", by_row, by_column).reshape(len(plain), -1)
    return crossed - plain @ np.linalg.lstsq(plain, crossed, rcond=None)[0]


def _pearson(share: Floats) -> float:
    expected = np.outer(share.sum(axis=1), share.sum(axis=0))
    return float(((share - expected) ** 2 / expected).sum())
