"""Complementary suppression: what else must be withheld so that nobody can work out, from sums, what is withheld already.

A withheld count can move if it stands at a corner of a rectangle of withheld counts: what is added at one corner is taken at the next. The cheapest
rectangle is chosen for each (Hundepool et al., Statistical Disclosure Control, 2012, section 4.3, the hypercube method), and an attacker with linear
programmes has the last word.
"""

from dataclasses import dataclass
from itertools import product

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from geomap.disclosure.attacker import Knowledge, reach
from geomap.disclosure.grid import Grid, grid_of

MOST_ROUNDS = 40


@dataclass(frozen=True)
class Suppressed:
    """A table that may be published. grid: its true counts (for inside); hidden: which cells are withheld, first those that are small, then all.

    sentences: what to say of it. totals_only: whether nothing but sums over all places is left.
    """

    grid: Grid
    small: np.ndarray
    hidden: np.ndarray
    sentences: tuple[str, ...]
    totals_only: bool = False

    @property
    def table(self) -> pd.DataFrame:
        """The counts that are shown, NaN where one is withheld; rows and columns by name, sums among them."""
        return pd.DataFrame(np.where(self.hidden, np.nan, self.grid.counts), index=list(self.grid.rows), columns=list(self.grid.columns))

    @property
    def share_hidden(self) -> float:
        """The share of the cells other than true zeros and sums that are withheld."""
        inner = self.grid.counts[: self.grid.leaves, :-1]
        return float(self.hidden[: self.grid.leaves, :-1].sum() / max((inner > 0).sum(), 1))


def suppress(counts: pd.DataFrame, *parents: pd.Series, below: int) -> Suppressed:
    """What may be shown of *counts* by place and group with all sums, if counts from 1 to below - 1 are withheld and none of them may be told.

    parents: the larger places that each place lies in, smallest kind first. No withheld count can be told more closely than to *below* numbers. Totals over
    all places are shown unless they are small; where no choice keeps small counts safe beside them, nothing but they is shown.
    """
    grid = grid_of(counts, *parents)
    small = (grid.counts > 0) & (grid.counts < below)
    hidden = _with_rectangles(grid, small, below)
    for _ in range(MOST_ROUNDS):
        exposed = exposed_cells(grid, hidden, below)
        if not len(exposed):
            return Suppressed(grid, small, hidden, (_sentence(small, hidden),))
        more = _more(grid, hidden, exposed)
        if more is None:
            break
        hidden = more
    return _totals_only(grid, small, below)


def exposed_cells(grid: Grid, hidden: np.ndarray, below: int, *, certified: bool = True) -> np.ndarray:
    """The withheld cells (row, column) that an attacker who knows every shown count, every sum and that withheld counts are at least 1 can tell too closely.

    certified: cells that a rectangle shows to be free are not attacked, since no attacker can succeed there.
    """
    open_ = hidden & ~free_cells(grid, hidden, below) if certified else hidden
    cells = np.flatnonzero(open_)
    if not len(cells):
        return np.empty((0, 2), dtype=int)
    low, high = attacked(grid, hidden, cells, enough=below)
    return np.column_stack(np.unravel_index(cells[high - low < below], hidden.shape))


def attacked(grid: Grid, hidden: np.ndarray, cells: np.ndarray, *, enough: float) -> tuple[np.ndarray, np.ndarray]:
    """The limits that the attacker finds for *cells* (positions in the flattened table); wider ones are not worked out further than *enough*."""
    values, secret = grid.counts.ravel(), hidden.ravel()
    known = Knowledge(
        grid.sums,
        np.zeros(grid.sums.shape[0]),
        np.zeros(grid.sums.shape[0]),
        np.where(secret, 1.0, values),
        np.where(secret, np.inf, values),
    )
    targets = csr_array((np.ones(len(cells)), (np.arange(len(cells)), cells)), shape=(len(cells), len(values)))
    return reach(known, targets, enough=enough)


def free_cells(grid: Grid, hidden: np.ndarray, below: int) -> np.ndarray:
    """The withheld cells that a rectangle of withheld cells lets vary by *below*: the certificate that needs no programme.

    Only rectangles of smallest places of one larger place count, and of the last row where there is no other larger place: elsewhere what moves in
    one table would have to move in another too.
    """
    free = np.zeros_like(hidden)
    for family in grid.families:
        rows = _rows(family)
        if family[1].max() >= grid.leaves:
            continue
        room = np.where(hidden[rows], grid.counts[rows] - 1, -1)
        if len(grid.families) > 1:
            room[-1] = -1
        moving = np.zeros_like(room, dtype=bool)
        for cell in map(tuple, np.argwhere(room >= 0)):
            moving[cell] = _moves(room, cell, below).any()
        free[rows] |= moving
    return free


def _with_rectangles(grid: Grid, small: np.ndarray, below: int) -> np.ndarray:
    """The small cells and the cheapest rectangle for each that moves in none yet; those without any possible rectangle are left to the attacker."""
    hidden = small.copy()
    for _ in range(MOST_ROUNDS):
        before = hidden.copy()
        for family in grid.families:
            rows = _rows(family)
            kept = np.zeros_like(small[rows])
            kept[-1] = family[0] == len(grid.rows) - 1
            hidden[rows] = _closed(grid.counts[rows], small[rows], hidden[rows], (kept & ~small[rows], below))
        if np.array_equal(before, hidden):
            break
    return hidden


def _rows(family: tuple[int, np.ndarray]) -> np.ndarray:
    """The rows of the parts of a larger place, and its own last."""
    return np.append(family[1], family[0])


def _closed(counts: np.ndarray, small: np.ndarray, hidden: np.ndarray, bounds: tuple[np.ndarray, int]) -> np.ndarray:
    """The withheld cells of one larger place with a rectangle for each, small ones first; bounds: the cells that stay shown, and below.

    Small counts are taken as 1, so that nothing about them decides what is withheld beside them.
    """
    kept, below = bounds
    hidden, room = hidden.copy(), np.where((counts > 0) & ~kept, np.where(small, 0.0, counts - 1), -1)
    moving = np.zeros_like(hidden)
    for cell in map(tuple, [*np.argwhere(small), *np.argwhere(hidden & ~small)]):
        if moving[cell]:
            continue
        cost = np.where(hidden, 0.0, counts)
        price = np.where(_moves(room, cell, below), cost[cell[0]][None, :] + cost[:, cell[1]][:, None] + cost, np.inf)
        best = np.unravel_index(np.argmin(price), price.shape)
        if np.isfinite(price[best]):
            for corner in product((cell[0], best[0]), (cell[1], best[1])):
                hidden[corner] = moving[corner] = True
    return hidden


def _moves(room: np.ndarray, cell: tuple[int, int], below: int) -> np.ndarray:
    """Per opposite corner, whether the cell can rise or fall by *below* along the rectangle.

    room: how far each cell can fall; -1 where it cannot move. The last row and the last column are sums: there rising and falling change places.
    """
    row, column = cell
    sums = np.zeros(room.shape, dtype=bool)
    sums[-1] ^= True
    sums[:, -1] ^= True
    alike, there, able = sums == sums[row, column], room >= 0, room >= below
    falls, rises = there & (~alike | able), there & (alike | able)
    possible = falls[row][None, :] & falls[:, column][:, None] & rises
    if able[row, column]:
        possible |= rises[row][None, :] & rises[:, column][:, None] & falls
    possible[row, :] = possible[:, column] = False
    return possible


def _more(grid: Grid, hidden: np.ndarray, exposed: np.ndarray) -> np.ndarray | None:
    """The largest shown count of each exposed cell's row and column withheld as well, but no total over all places; None where there is none left."""
    shown = np.where(hidden, 0.0, grid.counts)
    shown[-1] = 0
    out = hidden.copy()
    rows, columns = exposed.T
    across, down = shown[rows].argmax(axis=1), shown[:, columns].argmax(axis=0)
    out[rows, across] |= shown[rows, across] > 0
    out[down, columns] |= shown[down, columns] > 0
    return None if np.array_equal(out, hidden) else out


def _totals_only(grid: Grid, small: np.ndarray, below: int) -> Suppressed:
    """The sums over all places alone, without those that are small and the others that would tell them."""
    hidden = grid.counts > 0
    last = grid.counts[-1]
    if not ((last[:-1] > 0) & (last[:-1] < below)).any():
        hidden[-1] = False
    elif last[-1] >= below:
        hidden[-1, -1] = False
    sentence = "No choice of withheld numbers keeps the small ones safe, so only totals over all places are published."
    return Suppressed(grid, small, hidden, (sentence,), totals_only=True)


def _sentence(small: np.ndarray, hidden: np.ndarray) -> str:
    return f"{int(small.sum()):,} small number(s) are withheld, and {int((hidden & ~small).sum()):,} more so that none can be worked out from sums."
