"""Which edges each cell of a grid holds, and those of each part of a cell where there are many (compiled by numba, the extra `fast`)."""

import numpy as np
from numba import njit

PAD = 1e-7  # of a cell: an edge this near to a cell is listed there as well
MOST_SPLIT, EDGES_A_PART = 256, 2


@njit(cache=True, inline="always")
def middle(corner: float, cell: int, part: int, split: int, per: float) -> float:
    """The middle of a *part* of a *cell* along one axis; always computed in this way, so that it is always the same number."""
    return corner + (cell + (part + 0.5) / split) / per


@njit(cache=True)
def cells_met(edge: np.ndarray, corner: tuple, per: float, shape: tuple, out: np.ndarray) -> int:
    """How many cells of a grid of *shape* (columns, rows), *per* a metre from *corner*, the *edge* may touch; they are written to *out*."""
    (west, south), (columns, rows) = corner, shape
    x1, y1, x2, y2 = edge
    low, high = min(y1, y2), max(y1, y2)
    first = max(0, int(np.floor((low - south) * per - PAD)))
    last = min(rows - 1, int(np.floor((high - south) * per + PAD)))
    count = 0
    for row in range(first, last + 1):
        a, b = x1, x2
        if first != last:
            under, over = max(low, south + (row - PAD) / per), min(high, south + (row + 1 + PAD) / per)
            a, b = x1 + (x2 - x1) * ((under - y1) / (y2 - y1)), x1 + (x2 - x1) * ((over - y1) / (y2 - y1))
            a, b = min(a, b), max(a, b)
        for column in range(max(0, int(np.floor((a - west) * per - PAD))), min(columns - 1, int(np.floor((b - west) * per + PAD))) + 1):
            out[count] = row * columns + column
            count += 1
    return count


@njit(cache=True)
def list_edges(ends: np.ndarray, box: np.ndarray, columns: int, rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Where the edges of each cell begin (one more at the end), and the edges by cell."""
    met = np.empty(columns + 4 * rows, np.int64)
    corner, shape = (box[0], box[1]), (columns, rows)
    start = np.zeros(columns * rows + 1, np.int64)
    for e in range(len(ends)):
        for k in range(cells_met(ends[e], corner, box[2], shape, met)):
            start[met[k] + 1] += 1
    start = np.cumsum(start)
    at, edges = start[:-1].copy(), np.empty(start[-1], np.int32)
    for e in range(len(ends)):
        for k in range(cells_met(ends[e], corner, box[2], shape, met)):
            edges[at[met[k]]] = e
            at[met[k]] += 1
    return start, edges


@njit(cache=True)
def cut(start: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Into how many columns and rows each cell is cut, so that a part holds about EDGES_A_PART edges; and where its parts begin, one more at the end."""
    split, first = np.ones(len(start) - 1, np.int64), np.zeros(len(start), np.int64)
    for cell in range(len(split)):
        split[cell] = min(MOST_SPLIT, max(1, int(np.ceil(np.sqrt((start[cell + 1] - start[cell]) / EDGES_A_PART)))))
        first[cell + 1] = first[cell] + split[cell] * split[cell]
    return split, first


@njit(cache=True)
def list_parts(ends: np.ndarray, box: np.ndarray, columns: int, listed: tuple, parts: tuple) -> tuple[np.ndarray, np.ndarray]:
    """Where the edges of each part begin (one more at the end), and the edges by part."""
    start = np.zeros(parts[1][-1] + 1, np.int64)
    _each_part(ends, box, columns, listed, parts, start, np.empty(0, np.int32))
    start = np.cumsum(start)
    inside, at = np.empty(start[-1], np.int32), start.copy()
    _each_part(ends, box, columns, listed, parts, at, inside)
    return start, inside


@njit(cache=True)
def _each_part(ends: np.ndarray, box: np.ndarray, columns: int, listed: tuple, parts: tuple, at: np.ndarray, inside: np.ndarray) -> None:
    """Counts the edges of each part in the place after it in *at*; or, where *inside* has room, puts them there from *at* on."""
    (begin, edges), (split, first) = listed, parts
    met = np.empty(5 * MOST_SPLIT, np.int64)
    for cell in range(len(split)):
        corner, shape = (box[0] + (cell % columns) / box[2], box[1] + (cell // columns) / box[2]), (split[cell], split[cell])
        for k in range(begin[cell], begin[cell + 1]):
            for q in range(cells_met(ends[edges[k]], corner, box[2] * split[cell], shape, met)):
                part = first[cell] + met[q]
                if len(inside):
                    inside[at[part]] = edges[k]
                    at[part] += 1
                else:
                    at[part + 1] += 1
