"""Which answers of a table with margins must stay inside, so that no shown total gives away a group that is too small to show."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

PARTS_TOGETHER = 2


def hidden_bases(n: NDArray[np.float64], lines: Sequence[tuple[pd.Series, pd.Series]], base: int) -> NDArray[np.bool_]:
    """Per cell of a table, whether its numbers stay inside.

    n: answers (cell,). lines: families of sums; each gives, per cell, the line it is a part of (NaN for none) and the position of the cell that is
    this line's total (-1 where the total is always shown). Hidden are cells of 1 to base - 1 answers, and then, as long as a shown total would
    tell a hidden part by difference, the smallest shown part beside it: what is hidden of a line is at least two parts with *base* answers together. Where no part is left to hide, the total goes.
    Empty cells say nothing and hide nothing.
    """
    n = np.asarray(n, dtype=float)
    hidden = (n > 0) & (n < base)
    while True:
        more = hidden.copy()
        for line, total in lines:
            more |= _smallest_beside(n, more, line, total, base)
        if (more == hidden).all():
            return hidden
        hidden = more


def _smallest_beside(n: NDArray[np.float64], hidden: NDArray[np.bool_], line: pd.Series, total: pd.Series, base: int) -> NDArray[np.bool_]:
    """The smallest shown part of each line whose hidden parts are too few or hold too few answers; its total, where no part is left."""
    inside = line.notna().to_numpy()
    table = pd.DataFrame({"line": line, "hidden": hidden & inside, "n": np.where(hidden & inside, n, 0.0)})
    groups = table.groupby("line")
    position = total.to_numpy()
    shown_total = (position < 0) | ~hidden[np.maximum(position, 0)]
    few = (groups["hidden"].transform("sum") < PARTS_TOGETHER) | (groups["n"].transform("sum") < base)
    exposed = (groups["hidden"].transform("sum") > 0) & few & shown_total & inside
    candidates = pd.Series(np.where(exposed & ~hidden & (n > 0), n, np.inf))
    chosen = candidates.groupby(line.to_numpy()).idxmin()
    found = np.isfinite(candidates.loc[chosen].to_numpy())
    out = np.zeros(len(n), dtype=bool)
    out[chosen[found].to_numpy(dtype=int)] = True
    alone = exposed.to_numpy() & ~line.isin(chosen.index[found]).to_numpy()
    out[position[alone & (position >= 0)]] = True
    return out
