"""What a chi-square test says, for one question or for many at once."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

Numbers = NDArray[np.float64] | np.float64


@dataclass(frozen=True)
class ChiSquare:
    """A statistic, its degrees of freedom, and how often chance alone gives at least as much; no degrees of freedom, no answer: NaN."""

    statistic: Numbers
    df: Numbers
    p: Numbers


def chi_square(statistic: ArrayLike, df: ArrayLike) -> ChiSquare:
    """The test of *statistic* on *df* degrees of freedom, of one shape.

    >>> float(chi_square(3.841459, 1).p.round(6))
    0.05
    """
    statistic, df = np.asarray(statistic, dtype=float), np.asarray(df, dtype=float)
    p = np.where(np.isinf(statistic), 0.0, chdtrc(np.maximum(df, 1), np.where(np.isinf(statistic), 0.0, statistic)))
    return ChiSquare(np.where(df > 0, statistic, np.nan)[()], df[()], np.where(df > 0, p, np.nan)[()])
