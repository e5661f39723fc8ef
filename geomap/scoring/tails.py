"""Values near either end of rows, without sorting what lies between."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
INNER = 1.5


def near_the_ends(rows: NDArray[np.float32], number: int, mean: Floats, sd: Floats) -> NDArray[np.float32]:
    """The values number *number* of each row from below and from above, counted from 0, (2, row): those that sorting the row would find.

    rows: (row, value), none missing. mean, sd: of each row; what lies within INNER standard deviations of the mean is passed over. That is right
    where both values found lie outside; rows in which they do not are sorted.
    """
    low, high = (mean - INNER * sd).astype(np.float32), (mean + INNER * sd).astype(np.float32)
    outer = (rows < low[:, None]) | (rows > high[:, None])
    counts = np.count_nonzero(outer, axis=1)
    ends = np.full((len(rows), max(int(counts.max(initial=0)), number + 1)), np.inf, dtype=np.float32)
    ends[np.arange(ends.shape[1]) < counts[:, None]] = rows.reshape(-1).take(np.flatnonzero(outer))
    ends.sort(axis=1)
    each = np.arange(len(rows))
    found = np.stack([ends[:, number], ends[each, np.maximum(counts - 1 - number, 0)]])
    if len(wrong := np.flatnonzero(~((found[0] < low) & (found[1] > high)))):
        found[:, wrong] = np.sort(rows[wrong], axis=1)[:, [number, rows.shape[1] - 1 - number]].T
    return found
