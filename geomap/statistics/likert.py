"""Scores of scales made of several answers, as instruments publish them."""

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def turned(answers: ArrayLike, reverse: ArrayLike, scale: tuple[int, int]) -> Floats:
    """Answers (n, items) with those of the items *reverse* (items,) turned over: the highest becomes the lowest."""
    answers = np.asarray(answers, dtype=float)
    return np.where(np.asarray(reverse, dtype=bool), sum(scale) - answers, answers)


def scores(answers: ArrayLike, *, how: Literal["sum", "mean"] = "sum", least_answered: float = 1.0) -> Floats:
    """The score (n,) of each person: the sum or mean of the items, NaN where less than the share *least_answered* of them was answered.

    answers: (n, items), NaN for no answer. A sum with gaps is the mean of what was answered times the number of items (person-mean imputation).
    """
    answers = np.asarray(answers, dtype=float)
    items, answered = answers.shape[1], (~np.isnan(answers)).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(answered > 0, np.nansum(answers, axis=1) / answered, np.nan)
    enough = answered >= least_answered * items - 1e-9
    return np.where(enough, mean * (items if how == "sum" else 1), np.nan)
