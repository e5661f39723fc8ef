"""Noise that the records in a cell decide: the cell-key method.

Each record has a key, a cell's key is the sum of its records' keys, and a table says which noise a count with that key gets. So the same records get the
same noise wherever they are counted, and asking again averages nothing out. Thompson, Broadfoot and Elazar (2013), UNECE work session on statistical data
confidentiality; the table by greatest entropy after Giessing (2016), doi 10.1007/978-3-319-45381-1_18.
"""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.optimize import minimize

KEYS = 2**32
SECRET_LENGTH = 16
ENDS = 1e-3


def record_keys(table: pd.DataFrame, secret: str) -> pd.Series:
    """A key from 0 to 2³² - 1 for each row of *table*, from what the row holds and the *secret* of 16 letters; the same row always gets the same."""
    if len(secret) != SECRET_LENGTH:
        raise ValueError(f"The secret has {SECRET_LENGTH} letters.")
    hashed = pd.util.hash_pandas_object(table.astype(str), index=False, encoding="utf-8", hash_key=secret, categorize=False)
    return (hashed % KEYS).astype(float)


def column_keys(table: pd.DataFrame, columns: Sequence[str], by: Sequence[str], secret: str) -> pd.Series:
    """A key for each row of a *table* that counts records in *columns*: the sum of one key for each column, from what the row is told apart *by* and its own count, so that no two columns share their noise."""
    named = (table[[*by]].assign(column=column, count=table[column]) for column in columns)
    return pd.concat([record_keys(one, secret) for one in named], axis=1).sum(axis=1)


def cell_keys(sums: pd.Series) -> pd.Series:
    """The keys of cells, from 0 up to 1, from the sums of their records' keys."""
    return np.floor(sums) % KEYS / KEYS


def noise(counts: pd.Series, keys: pd.Series, table: np.ndarray) -> pd.Series:
    """The noise of each count by its key and the *table* of perturbation_table; none where the count is 0 or unknown."""
    most = (table.shape[1] - 1) // 2
    row = counts.fillna(0).clip(0, len(table) - 1).round().astype(int).to_numpy()
    ladder = np.cumsum(table, axis=1)
    step = (keys.fillna(0).to_numpy()[:, None] >= ladder[row] - 1e-12).sum(axis=1)
    drawn = np.minimum(step, 2 * most) - most
    return pd.Series(np.where((counts > 0).to_numpy(), drawn, 0), index=counts.index, dtype=float)


@lru_cache(maxsize=32)
def perturbation_table(*, most: int, variance: float, never_shown: int) -> np.ndarray:
    """The chance of each noise -most … most for counts 0, 1, 2 …; the last row serves all greater counts. Shape (counts, 2 most + 1).

    Each row has mean 0, the given variance (or the nearest there can be) and the greatest entropy among those that lead to no count below 0 and to none
    from 1 to *never_shown*.
    """
    steps = np.arange(-most, most + 1)
    rows = [np.where(steps == 0, 1.0, 0.0)]
    for count in range(1, most + never_shown + 2):
        after = count + steps
        allowed = (after >= 0) & ~((after >= 1) & (after <= never_shown))
        row = np.zeros(len(steps))
        row[allowed] = _most_even(steps[allowed].astype(float), variance)
        rows.append(row)
    return np.array(rows)


def _most_even(steps: np.ndarray, variance: float) -> np.ndarray:
    """The distribution on *steps* of mean 0, that variance and greatest entropy; where the variance cannot be, of the nearest one."""
    low, high = _two_points(steps[steps <= 0].max(), steps[steps >= 0].min()), _two_points(steps.min(), steps.max())
    least, greatest = -low[0] * low[1], -high[0] * high[1]
    if variance <= least * (1 + ENDS) or least == greatest:
        return _mixture(steps, low)
    wanted = min(variance, greatest - ENDS * (greatest - least))
    moments = np.vstack([steps, steps**2 - wanted])

    def dual(slopes: np.ndarray) -> tuple[float, np.ndarray]:
        weights = slopes @ moments
        top = weights.max()
        chances = np.exp(weights - top)
        return float(np.log(chances.sum()) + top), moments @ (chances / chances.sum())

    slopes = minimize(dual, np.zeros(2), jac=True, method="BFGS", options={"gtol": 1e-10}).x
    weights = slopes @ moments
    chances = np.exp(weights - weights.max())
    return chances / chances.sum()


def _two_points(low: float, high: float) -> tuple[float, float]:
    return float(low), float(high)


def _mixture(steps: np.ndarray, points: tuple[float, float]) -> np.ndarray:
    """Mean 0 on two points."""
    low, high = points
    if low == high:
        return (steps == low).astype(float)
    return np.where(steps == low, high, np.where(steps == high, -low, 0.0)) / (high - low)
