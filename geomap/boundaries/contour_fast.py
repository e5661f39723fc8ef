"""The same as geomap.boundaries.contour by arrays, compiled (extra *fast*: numba): down the columns in one pass, along the outlines cell by cell."""

import numpy as np
from numba import njit

from geomap.boundaries.contour import CellSums, Columns, Way
from geomap.boundaries.outlines import Numbers, Outlines
from geomap.boundaries.outlines_fast import edges_fast
from geomap.boundaries.strips import Strip

NONE = np.zeros((1, 1), dtype=np.int32)


def down_fast(strip: Strip, above: Columns | None) -> Columns:
    """The sums down the columns of *strip*, going on from those *above*."""
    high, wide = strip.cells.shape
    total = np.empty((high + 1, wide))
    total[0] = above.total[-1] if above else 0.0
    _running(strip.cells, total)
    before = above.empty[-1] if above and above.empty is not None else None
    if strip.empty is None and before is None:
        return Columns(total, None)
    empty = np.empty((high + 1, wide), dtype=np.int32)
    empty[0] = 0 if before is None else before
    if strip.empty is None:
        empty[1:] = empty[0]
    else:
        _running(strip.empty, empty)
    return Columns(total, empty)


@njit(cache=True)
def _running(values: np.ndarray, sums: np.ndarray) -> None:
    for row in range(values.shape[0]):
        for column in range(values.shape[1]):
            sums[row + 1, column] = sums[row, column] + values[row, column]


def follow_fast(lines: Outlines, edges: Numbers, strip: Strip, columns: Columns, found: CellSums) -> None:
    """Adds to *found* the integrals along *edges* as far as they run through *strip*."""
    ends = lines.x, lines.y, lines.end_x, lines.end_y
    held = strip.cells, columns.total, NONE if columns.empty is None else columns.empty
    _all(ends, (edges, lines.sign, lines.owner), strip.top, held, (found.total, found.cells, found.empty))


@njit(cache=True)
def _all(ends: tuple, whose: tuple, top: int, held: tuple, found: tuple) -> None:
    edges, sign, owner = whose
    rows = len(held[0])
    for edge in edges:
        x, y, end_x, end_y = ends[0][edge], ends[1][edge] - top, ends[2][edge], ends[3][edge] - top
        start, until = max(y, 0.0), min(end_y, float(rows))
        along = (end_x - x) / (end_y - y) if end_y > y else 0.0
        row, left = min(int(start), rows - 1), x + (start - y) * along
        total, cells, empty = _run((left, start, end_x, start), row, top, held) if y == end_y else (0.0, 0.0, 0.0)
        while start < until:
            end = min(until, row + 1.0)
            right = x + (end - y) * along
            parts = _run((left, start, right, end), row, top, held)
            total, cells, empty = total + parts[0], cells + parts[1], empty + parts[2]
            left, start, row = right, end, row + 1
        found[0][owner[edge]] += sign[edge] * total
        found[1][owner[edge]] += sign[edge] * cells
        found[2][owner[edge]] += sign[edge] * empty


@njit(cache=True, inline="always")
def _run(ends: tuple, row: int, top: int, held: tuple) -> tuple:
    """A part of an edge in one row, cell by cell: the integrals of values, of cells, and of cells without data."""
    values, totals, empties = held
    x, y, end_x, end_y = ends
    total, cells, empty = 0.0, 0.0, 0.0
    if x == end_x:
        return total, cells, empty
    rise = (end_y - y) / (end_x - x)
    low, high = max(min(x, end_x), 0.0), min(max(x, end_x), float(values.shape[1]))
    column = int(low)
    while low < high:
        end = min(high, column + 1.0)
        middle = y + (0.5 * (low + end) - x) * rise
        part = middle - row
        total += (end - low) * (totals[row, column] + part * values[row, column])
        cells += (end - low) * (middle + top)
        if empties.shape[1] == totals.shape[1]:
            above = empties[row, column]
            empty += (end - low) * (above + part * (empties[row + 1, column] - above))
        low, column = end, column + 1
    turn = 1.0 if end_x > x else -1.0
    return turn * total, turn * cells, turn * empty


COMPILED = Way(edges_fast, down_fast, follow_fast)
