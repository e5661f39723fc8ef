"""The edges of places, each once however many places draw it, with what changes where it is crossed (compiled by numba, the extra `fast`)."""

from dataclasses import dataclass

import numpy as np
import shapely
from numba import njit

ONE = 1 << 32  # the key of a place is ONE + its position, so a sum of keys also counts them
AT_ONCE = 4_096  # shapes whose coordinates are copied at a time
ODD = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0x27D4EB2F165667C5))
HIGH, LOW = np.uint64(29), np.uint64(20)


@dataclass(frozen=True)
class JumpEdges:
    """ends: x and y of the left and of the right end, a row an edge (of an upright edge the lower and the upper).

    jump: how the sum of keys of all places around a point changes when the edge is crossed from below (an upright one from the right).
    """

    ends: np.ndarray
    jump: np.ndarray


def jump_edges(shapes: np.ndarray) -> JumpEdges:
    """The edges of valid polygons that bound something: a border drawn alike by two neighbours is one edge, and its jump is the difference of their keys."""
    most = int(shapely.get_num_coordinates(shapes).sum())
    ends, jump = np.empty((most, 4)), np.empty(most, dtype=np.int64)  # pages that stay empty cost no memory
    table = np.full(1 << int(np.ceil(np.log2(1.25 * most + 16))), -1, dtype=np.int32)
    order = _row_by_row(shapely.bounds(shapes))  # what lies near is then also near in memory
    count = 0
    for at in range(0, len(shapes), AT_ONCE):
        some = order[at : at + AT_ONCE]
        xy, ring, owner, outer = _rings(shapes[some])
        count = _add((xy, xy.view(np.uint64)), (ring, some[owner], outer), ends, jump, table, count)
    bounds = jump[:count] != 0
    return JumpEdges(ends[:count], jump[:count]) if bounds.all() else JumpEdges(ends[:count][bounds], jump[:count][bounds])


def _row_by_row(bounds: np.ndarray) -> np.ndarray:
    """The order of boxes as one reads a page: about as many rows as there are boxes in each."""
    x, y = bounds[:, :2].T
    rank = np.empty(len(y), dtype=np.int64)
    rank[np.argsort(y)] = np.arange(len(y))
    return np.lexsort((x, rank // int(np.ceil(np.sqrt(len(y))))))


def _rings(shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """All coordinates, where each ring begins (one more at the end), which shape owns it, and whether it is an outline."""
    _, xy, offsets = shapely.to_ragged_array(shapes, include_z=False)
    ring, part = offsets[:2]
    outer = np.zeros(len(ring) - 1, dtype=np.bool_)
    outer[part[:-1][part[:-1] < part[1:]]] = True
    rings = part[offsets[2]] if len(offsets) > 2 else part
    return xy, ring.astype(np.int64), np.repeat(np.arange(len(shapes)), np.diff(rings)), outer


@njit(cache=True)
def _add(points: tuple, rings: tuple, ends: np.ndarray, jump: np.ndarray, table: np.ndarray, count: int) -> int:
    """Adds the edges of *rings* to *ends* and *jump*, which *table* finds again by their coordinates; how many there are then."""
    (xy, _), (ring, owner, outer) = points, rings
    for r in range(len(owner)):
        start, stop = ring[r], ring[r + 1] - 1
        key = np.int64(ONE + owner[r])
        if (_twice_the_area(xy, start, stop) > 0) != outer[r]:
            key = -key
        for i in range(start, stop):
            a, b, own = i, i + 1, key
            if xy[a, 0] > xy[b, 0] or (xy[a, 0] == xy[b, 0] and xy[a, 1] > xy[b, 1]):
                a, b, own = i + 1, i, -key
            at = _slot(a, b, points, ends, table)
            if table[at] < 0:
                table[at] = count
                ends[count, 0], ends[count, 1], ends[count, 2], ends[count, 3] = xy[a, 0], xy[a, 1], xy[b, 0], xy[b, 1]
                jump[count] = 0
                count += 1
            jump[table[at]] += own
    return count


@njit(cache=True)
def _twice_the_area(xy: np.ndarray, start: int, stop: int) -> float:
    """Positive for a ring against the clock."""
    total, x, y = 0.0, xy[start, 0], xy[start, 1]
    for i in range(start, stop):
        total += (xy[i, 0] - x) * (xy[i + 1, 1] - y) - (xy[i + 1, 0] - x) * (xy[i, 1] - y)
    return total


@njit(cache=True)
def _slot(a: int, b: int, points: tuple, ends: np.ndarray, table: np.ndarray) -> int:
    """Where in *table* the edge from *a* to *b* stands, or the free place for it."""
    xy, bits = points
    mixed = (bits[a, 0] * ODD[0]) ^ (bits[a, 1] * ODD[1])
    mixed = ((mixed ^ (mixed >> HIGH)) + bits[b, 0] * ODD[2] + bits[b, 1] * ODD[3]) * ODD[4]
    last = np.uint64(len(table) - 1)
    at = np.int64((mixed >> LOW) & last)
    while table[at] >= 0:
        e = table[at]
        if ends[e, 0] == xy[a, 0] and ends[e, 1] == xy[a, 1] and ends[e, 2] == xy[b, 0] and ends[e, 3] == xy[b, 1]:
            break
        at = (at + 1) & np.int64(last)
    return at
