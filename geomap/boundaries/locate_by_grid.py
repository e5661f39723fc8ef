"""Which place each of many points lies in, by a grid of two levels in which the place at the middle of each part is known (compiled by numba, the extra `fast`).

Each edge knows by how much the sum of the keys of all places around a point changes where it is crossed. So from the middle of a part, along x and then along
y, the sum is carried to the point: one key names the place, 0 says that it lies in none. Where several places overlap, or where rounding could decide (the
point, or a corner of the way, is within *near* of an edge), the answer is ASK, and the shapes decide.
"""

from dataclasses import dataclass

import numpy as np
import shapely
from numba import njit

from geomap.boundaries.grid_cells import MOST_SPLIT, cut, list_edges, list_parts, middle
from geomap.boundaries.grid_edges import ONE, JumpEdges, jump_edges

ASK, NOWHERE = -2, -1
UNSURE = -(1 << 62)
EDGES_A_CELL = 8
LEAST_CELLS, MOST_CELLS = 1_024, 4_000_000


@dataclass(frozen=True)
class Grid:
    """box: west, south, cells a metre, near (metres). cells: per cell, into how many columns and rows it is cut, and the position of its first part.

    parts: per part, the sum of keys at its middle, and where its edges begin. edges: their ends, their jumps, and which of them each part holds.
    """

    box: np.ndarray
    columns: int
    cells: np.ndarray
    parts: np.ndarray
    edges: tuple[np.ndarray, np.ndarray, np.ndarray]

    def __call__(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """The position of the place of each point, NOWHERE or ASK; points are taken in the order of a map sheet, so that what they need is near at hand."""
        order = np.argsort(_sheet(x, y, self.box, self.columns, len(self.cells) // self.columns), kind="stable")
        found = np.empty(len(x), dtype=np.int32)
        found[order] = _locate(x[order], y[order], self.box, self.columns, self.cells, self.parts, self.edges)
        return found


def grid_of(shapes: np.ndarray) -> Grid:
    """The grid of valid polygons, which need not be a coverage."""
    edges = jump_edges(shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    count = min(max(len(edges.jump) // EDGES_A_CELL, LEAST_CELLS), MOST_CELLS)
    side = max(np.sqrt((east - west) * (north - south) / count), max(east - west, north - south) / count)
    near = 1_024 * np.spacing(max(abs(west), abs(east), abs(south), abs(north)))
    box = np.array([west - 0.3141 * side, south - 0.2718 * side, 1 / side, near])  # so that no middle falls on round coordinates
    columns, rows = int((east - box[0]) / side) + 2, int((north - box[1]) / side) + 2
    return _filled(edges, box, columns, rows)


def _filled(edges: JumpEdges, box: np.ndarray, columns: int, rows: int) -> Grid:
    listed = list_edges(edges.ends, box, columns, rows)
    split, first = cut(listed[0])
    start, inside = list_parts(edges.ends, box, columns, listed, (split, first))
    parts = np.zeros((first[-1] + 1, 2), dtype=np.int64)
    parts[:, 1] = start
    _label(
        (edges.ends, edges.jump), box, columns, listed, _middles(edges.ends, edges.jump, box, columns, rows), (split, first), parts[:, 0]
    )
    return Grid(box, columns, np.column_stack([split, first[:-1]]), parts, (edges.ends, edges.jump, inside))


@njit(cache=True)
def _reach(at: float, corner: float, cell: int, split: int, per: float) -> int:
    """The first part whose middle is not before *at*."""
    part = max(0, min(split, int(((at - corner) * per - cell) * split)))
    while part > 0 and middle(corner, cell, part - 1, split, per) >= at:
        part -= 1
    while part < split and middle(corner, cell, part, split, per) < at:
        part += 1
    return part


@njit(cache=True)
def _middles(ends: np.ndarray, jump: np.ndarray, box: np.ndarray, columns: int, rows: int) -> np.ndarray:
    """The sum of keys at the middle of each cell, carried along each row from the west, where it is 0."""
    change = np.zeros((rows, columns + 1), np.int64)
    for e in range(len(ends)):
        x1, y1, x2, y2 = ends[e]
        first = max(0, int((min(y1, y2) - box[1]) * box[2]) - 1)
        last = min(rows - 1, int((max(y1, y2) - box[1]) * box[2]) + 1)
        for row in range(first, last + 1):
            y = middle(box[1], row, 0, 1, box[2])
            if (y1 <= y) != (y2 <= y):
                at = x1 + (x2 - x1) * ((y - y1) / (y2 - y1))
                column = max(0, min(columns - 1, int((at - box[0]) * box[2])))
                column += _reach(at, box[0], column, 1, box[2])
                change[row, column] += jump[e] if y2 < y1 else -jump[e]
    for column in range(1, columns):
        change[:, column] += change[:, column - 1]
    return change


@njit(cache=True)
def _walk(start: tuple, goal: tuple, total: int, edges: tuple, some: tuple, near: float) -> int:
    """The sum of keys at *goal*, from the *total* at *start*: along x and then along y past *some* of the edges; UNSURE where rounding could decide."""
    (cx, cy), (x, y), (ends, jump, order) = start, goal, edges
    for k in range(some[0], some[1]):
        e = order[k]
        x1, y1, x2, y2 = ends[e, 0], ends[e, 1], ends[e, 2], ends[e, 3]
        if (y1 <= cy) != (y2 <= cy):
            at = x1 + (x2 - x1) * ((cy - y1) / (y2 - y1))
            if abs(at - x) <= near:
                return UNSURE
            if (at > cx) != (at > x):
                total += jump[e] if (y2 < y1) == (x > cx) else -jump[e]
        if x1 <= x <= x2:
            if x1 == x2:
                return UNSURE
            at = y1 + (y2 - y1) * ((x - x1) / (x2 - x1))
            if abs(at - y) <= near or abs(at - cy) <= near:
                return UNSURE
            if x < x2 and (at > cy) != (at > y):
                total += jump[e] if y > cy else -jump[e]
    return total


@njit(cache=True)
def _label(edges: tuple, box: np.ndarray, columns: int, listed: tuple, middles: np.ndarray, parts: tuple, label: np.ndarray) -> None:
    """Fills in the sum of keys at the middle of each part: from the middle of its cell along y, and then along x."""
    (begin, inside), (split, first) = listed, parts
    west, south, per, near = box
    change = np.empty(MOST_SPLIT + 1, np.int64)
    for cell in range(len(split)):
        column, row, some = cell % columns, cell // columns, (begin[cell], begin[cell + 1])
        heart = middle(west, column, 0, 1, per), middle(south, row, 0, 1, per)
        for j in range(split[cell]):
            level = middle(south, row, j, split[cell], per)
            total = _walk(heart, (heart[0], level), middles[row, column], (*edges, inside), some, near)
            total = _changes((heart[0], level), total, (*edges, inside), some, (west, column, split[cell], per, near), change)
            for i in range(split[cell]):
                total += change[i] if total != UNSURE else 0
                label[first[cell] + j * split[cell] + i] = total


@njit(cache=True)
def _changes(start: tuple, total: int, edges: tuple, some: tuple, along: tuple, change: np.ndarray) -> int:
    """The sum of keys west of the cell at the height of *start*, where it is *total*; *change*: what it changes by, before the middle of each part."""
    (cx, y), (ends, jump, order), (west, column, split, per, near) = start, edges, along
    change[: split + 1] = 0
    for k in range(some[0], some[1]):
        x1, y1, x2, y2 = ends[order[k]]
        if (y1 <= y) != (y2 <= y):
            at = x1 + (x2 - x1) * ((y - y1) / (y2 - y1))
            step = jump[order[k]] if y2 < y1 else -jump[order[k]]
            change[_reach(at, west, column, split, per)] += step
            if abs(at - cx) <= near:
                total = UNSURE
            elif at <= cx and total != UNSURE:
                total -= step
    return total


@njit(cache=True)
def _sheet(x: np.ndarray, y: np.ndarray, box: np.ndarray, columns: int, rows: int) -> np.ndarray:
    """Which of 256 × 256 sheets each point is on; points that are nowhere are on the first."""
    sheet = np.zeros(len(x), np.uint16)
    for i in range(len(x)):
        across, up = (x[i] - box[0]) * box[2] / columns, (y[i] - box[1]) * box[2] / rows
        if 0 <= across < 1 and 0 <= up < 1:
            sheet[i] = int(up * 256) * 256 + int(across * 256)
    return sheet


@njit(cache=True)
def _locate(x: np.ndarray, y: np.ndarray, box: np.ndarray, columns: int, cells: np.ndarray, parts: np.ndarray, edges: tuple) -> np.ndarray:
    """The position of the place of each point, NOWHERE or ASK."""
    west, south, per, near = box
    rows, found = len(cells) // columns, np.empty(len(x), np.int32)
    for i in range(len(x)):
        across, up = (x[i] - west) * per, (y[i] - south) * per
        if not (0 <= across < columns and 0 <= up < rows):
            found[i] = NOWHERE
            continue
        column, row = int(across), int(up)
        split, first = cells[row * columns + column]
        a, b = min(split - 1, int((across - column) * split)), min(split - 1, int((up - row) * split))
        part = first + b * split + a
        total, some = parts[part, 0], (parts[part, 1], parts[part + 1, 1])
        if total != UNSURE and some[0] < some[1]:
            start = middle(west, column, a, split, per), middle(south, row, b, split, per)
            total = _walk(start, (x[i], y[i]), total, edges, some, near)
        found[i] = NOWHERE if total == 0 else total % ONE if total // ONE == 1 else ASK
    return found
