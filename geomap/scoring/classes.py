"""The classes of a score from 0 to 10: the same on every map, in every year, and in every sentence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

SCORE_CUTS = (2.0, 4.0, 6.0, 8.0, 10.0)


def class_of(values: ArrayLike, cuts: Sequence[float] | NDArray[np.float64] = SCORE_CUTS) -> NDArray[np.intp]:
    """The class of each value, from 0; *cuts* are the upper ends, and a value on a cut lies below it. What is over the last stays in the last.

    >>> class_of([0.0, 2.0, 2.1, 10.0]).tolist()
    [0, 0, 1, 4]
    """
    return np.minimum(np.searchsorted(np.asarray(cuts), np.asarray(values, dtype=float), side="left"), len(cuts) - 1)


def limits_of(number: int, cuts: Sequence[float] = SCORE_CUTS) -> tuple[float, float]:
    """The lower and the upper end of a class."""
    return (0.0, *cuts)[number], cuts[number]
