"""Nested lists of coordinates as shapes, whole columns at a time."""

from itertools import chain
from typing import Any

import numpy as np
import shapely

from geomap.worded import worded

DEPTH = {"Point": 0, "MultiPoint": 1, "LineString": 1, "MultiLineString": 2, "Polygon": 2, "MultiPolygon": 3}
RING = 4


class NoShapeError(ValueError):
    """Coordinates that draw nothing; the reason is a part of a sentence."""


def shapes_of(kind: str, coordinates: list[Any], notes: set[str]) -> np.ndarray:
    """One shape of the *kind* for each of *coordinates*; *notes* grows by what was closed or left out."""
    positions, offsets = _ragged(coordinates, DEPTH[kind])
    points = _numbers(positions, notes)
    if kind in ("MultiPoint", "LineString") and not len(points):
        raise NoShapeError(worded("it has no coordinate"))
    if kind == "MultiPolygon" and (np.diff(offsets[1]) == 0).any():
        raise NoShapeError(worded("a polygon in it has no ring"))  # GEOS is never asked: it breaks off the whole program
    if kind.endswith("Polygon"):
        points, offsets[-1] = _closed(points, offsets[-1], notes)
    try:
        return shapely.from_ragged_array(shapely.GeometryType[kind.upper()], points, tuple(reversed(offsets)) or None)
    except (shapely.errors.GEOSException, ValueError) as wrong:
        raise NoShapeError(worded("its coordinates draw no {kind} ({wrong})", kind=kind, wrong=str(wrong).split(":")[-1].strip())) from None


def _ragged(items: list[Any], depth: int) -> tuple[list[Any], list[np.ndarray]]:
    """The innermost lists, and where each outer list starts and ends, outermost first."""
    offsets = []
    for _ in range(depth):
        _all_lists(items)
        offsets.append(np.concatenate([[0], np.cumsum(np.fromiter(map(len, items), dtype=np.int64, count=len(items)))]))
        items = list(chain.from_iterable(items))
    _all_lists(items)
    return items, offsets


def _all_lists(items: list[Any]) -> None:
    if set(map(type, items)) - {list}:
        raise NoShapeError(worded("its coordinates are not nested as its type asks"))


def _numbers(positions: list[list[Any]], notes: set[str]) -> np.ndarray:
    if not positions:
        return np.empty((0, 2))
    lengths = set(map(len, positions))
    if min(lengths) < 2:
        raise NoShapeError(worded("a coordinate has fewer than two numbers"))
    if set(map(type, chain.from_iterable(positions))) - {int, float}:
        raise NoShapeError(worded("a coordinate is not a number"))
    if lengths - {2, 3}:
        notes.add("dimension")
    try:
        plain = positions if len(lengths) < 2 else [position[:2] for position in positions]
        points = np.array(plain, dtype=float).reshape(len(positions), -1)[:, :2]
    except (OverflowError, ValueError, TypeError):
        raise NoShapeError(worded("a coordinate is too large a number")) from None
    if not np.isfinite(points).all():
        raise NoShapeError(worded("a coordinate is not a finite number (NaN, or too large)"))
    return np.ascontiguousarray(points)


def _closed(points: np.ndarray, offsets: np.ndarray, notes: set[str]) -> tuple[np.ndarray, np.ndarray]:
    """Rings that end where they begin."""
    start, lengths = offsets[:-1], np.diff(offsets)
    if (lengths == 0).any():
        raise NoShapeError(worded("a ring has no coordinate"))
    end = offsets[1:] - 1
    open_rings = (points[start] != points[end]).any(axis=1) if len(start) else np.zeros(0, dtype=bool)
    if open_rings.any():
        notes.add("closed")
        points = np.insert(points, offsets[1:][open_rings], points[start[open_rings]], axis=0)
        offsets = offsets + np.concatenate([[0], np.cumsum(open_rings)])
    if (np.diff(offsets) < RING).any():
        raise NoShapeError(worded("a ring of fewer than four coordinates encloses no area"))
    return points, offsets
