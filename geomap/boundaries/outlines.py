"""The outlines of polygons as edges in the cells of a raster, each from top to bottom, in the order in which strips of rows meet them.

All lengths are in cells: x is the column, y the row, both from the upper left corner.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from affine import Affine
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
SIXTEEN_BITS = 2**16  # numpy sorts such numbers by their digits, in a quarter of the time
POLYGON = 3
SHAPES_AT_ONCE = 1_000


@dataclass(frozen=True)
class Outlines:
    """The edges of polygons, in cells: each from (x, y) down, never up, to (end_x, end_y).

    sign: +1 where the polygon lies above the edge when it runs to the right, otherwise -1; owner: the polygon.
    order: the edges by the strip in which they begin, in each strip as they were, so that neighbours stay together; until: how many begin up to each strip.
    areas: of each polygon, in cells.
    """

    x: Floats
    y: Floats
    end_x: Floats
    end_y: Floats
    sign: NDArray[np.int8]
    owner: NDArray[np.int32]
    order: Numbers
    until: Numbers
    areas: Floats


Edges = Callable[[np.ndarray, Affine, int], tuple[NDArray, ...]]


def outlines(shapes: np.ndarray, to_cells: Affine, height: int, rows: int, edges: Edges | None = None) -> Outlines:
    """The outlines of *shapes* after the map *to_cells*, over strips of *rows*; beneath row *height* they are pressed flat onto it.

    What is no polygon, or empty, holds nothing; *edges* finds them, by arrays if nothing is said.
    """
    *lines, areas = (edges or edges_of)(shapes, to_cells, height)
    strips = -(-height // rows)
    strip = np.clip(lines[1] // rows, 0, strips - 1).astype(np.uint16 if strips < SIXTEEN_BITS else np.int64)
    return Outlines(*lines, np.argsort(strip, kind="stable"), np.cumsum(np.bincount(strip, minlength=strips)), areas)


def edges_of(shapes: np.ndarray, to_cells: Affine, height: int) -> tuple[NDArray, ...]:
    """The columns of the edges of *shapes*, and the area of each shape, in cells."""
    some = [_edges(shapes[start : start + SHAPES_AT_ONCE], start, to_cells, height) for start in range(0, len(shapes), SHAPES_AT_ONCE)]
    return tuple(np.concatenate(column) for column in zip(*some, strict=True))


def _edges(shapes: np.ndarray, first: int, to_cells: Affine, height: int) -> tuple[NDArray, ...]:
    """The same of some shapes, whose owners count from *first*."""
    whose, outer, points, ring = rings_of(shapes)
    x, y = (points[:, 0] * across + points[:, 1] * down + start for across, down, start in (to_cells[:3], to_cells[3:6]))
    at = np.flatnonzero((ring[1:] == ring[:-1]) & (x[1:] != x[:-1]))
    ring, up = ring[at], y[at + 1] < y[at]
    area = np.bincount(ring, (x[at + 1] - x[at]) * (y[at] + y[at + 1]), minlength=len(outer))
    turn = np.where((area > 0) == outer, 1, -1).astype(np.int8)
    areas = np.bincount(whose, turn * area / 2, minlength=len(shapes))
    begin, end = at + up, at + ~up
    sign = np.where(up, -turn[ring], turn[ring])
    return *_pressed((x[begin], y[begin], x[end], y[end], sign, (whose + first).astype(np.int32)[ring]), height), areas


def rings_of(shapes: np.ndarray) -> tuple[NDArray, ...]:
    """Per ring the shape it belongs to and whether it is an outer one; all points, and the ring of each."""
    parts, whose = shapely.get_parts(shapes, return_index=True)
    if (shapely.get_type_id(parts) > POLYGON).any():
        parts, again = shapely.get_parts(parts, return_index=True)
        whose = whose[again]
    rings, part = shapely.get_rings(parts, return_index=True)
    return whose[part], np.diff(part, prepend=-1) > 0, *shapely.get_coordinates(rings, return_index=True)


def _pressed(lines: tuple[NDArray, ...], height: int) -> tuple[NDArray, ...]:
    """Edges that reach beneath *height*, cut there and laid flat."""
    x, y, end_x, end_y, sign, owner = lines
    deep = np.flatnonzero(end_y > height)
    if not len(deep):
        return lines
    cut = np.maximum(y[deep], height)
    middle = x[deep] + (end_x[deep] - x[deep]) * ((cut - y[deep]) / np.maximum(end_y[deep] - y[deep], np.finfo(float).tiny))
    flat = np.full(len(deep), float(height))
    laid = (middle, flat, end_x[deep], flat, sign[deep], owner[deep])
    end_x, end_y = end_x.copy(), end_y.copy()
    end_x[deep], end_y[deep] = middle, flat
    kept = y < height
    kept[y == height] = end_y[y == height] == height
    return tuple(np.concatenate([old[kept], new]) for old, new in zip((x, y, end_x, end_y, sign, owner), laid, strict=True))
