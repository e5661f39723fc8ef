"""Which places points lie in, asked of the shapes themselves: right for every set of places, also where they overlap or leave gaps."""

from itertools import pairwise

import numpy as np
import shapely

from geomap.boundaries.ranges import ranges

AT_ONCE = 200_000  # pairs of a point and a place, so that memory stays bounded
MOST_STRIPS = 4_096


def hits(x: np.ndarray, y: np.ndarray, shapes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """point, place: positions of all pairs in which the point lies in the place or on its border, by ascending place.

    x, y: (point,) in the CRS of *shapes*. Points are sorted into strips by y and within them by x; so the points near a place are a few slices, and are
    tried together on its prepared shape.
    """
    shapely.prepare(shapes)
    bounds = shapely.bounds(shapes)
    inside = np.flatnonzero(_within(x, y, shapely.total_bounds(shapes)))
    order, first, last, place = _slices(x[inside], y[inside], bounds)
    order = inside[order]
    x, y = x[order], y[order]
    south, north = bounds[:, [1, 3]].T.copy()
    diagonal = _diagonal(shapes) if len(x) > shapely.get_num_coordinates(shapes).sum() else ()
    ends = np.cumsum(last - first)
    found: list[tuple[np.ndarray, np.ndarray]] = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))]
    cuts = np.unique(np.searchsorted(ends, np.arange(0, ends[-1] + AT_ONCE, AT_ONCE), side="right")) if len(ends) else ()
    for start, stop in pairwise(cuts):
        row, whose = ranges(first[start:stop], last[start:stop])
        near = place[start:stop][whose]
        height = y[row]
        close = np.flatnonzero((height >= south[near]) & (height <= north[near]))  # a slice is as wide as its place, but strips are higher
        row, near = row[close], near[close]
        for sign, least, most in diagonal:
            along = x[row] + sign * y[row]
            close = np.flatnonzero((along >= least[near]) & (along <= most[near]))
            row, near = row[close], near[close]
        hit = shapely.intersects_xy(shapes[near], x[row], y[row])
        found.append((order[row[hit]], near[hit]))
    point, place = (np.concatenate(some) for some in zip(*found, strict=True))
    return point, place


def _slices(x: np.ndarray, y: np.ndarray, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The order of the points, and for each strip of each place the first and one after the last of those that may lie in it."""
    west, south = bounds[:, :2].min(axis=0)
    wide, high = np.maximum(bounds[:, 2:].max(axis=0) - (west, south), np.finfo(float).tiny)
    strips = int(np.clip(np.sqrt(len(x)) / 2, 1, MOST_STRIPS))

    def strip(at: np.ndarray) -> np.ndarray:
        return np.clip(((at - south) / high * strips).astype(np.int64), 0, strips - 1)

    key = 2.0 * strip(y) + (x - west) / wide
    order = np.argsort(key)
    key = key[order]
    row, place = ranges(strip(bounds[:, 1]), strip(bounds[:, 3]) + 1)
    spare = 4 * np.spacing(2.0 * strips)
    first = _sought(key, 2.0 * row + (bounds[place, 0] - west) / wide - spare)
    last = _sought(key, 2.0 * row + (bounds[place, 2] - west) / wide + spare)
    some = np.flatnonzero(last > first)
    return order, first[some], last[some], place[some]


def _diagonal(shapes: np.ndarray) -> list[tuple[int, np.ndarray, np.ndarray]]:
    """How far each place reaches along both diagonals: the sign of y, and the least and most of x and signed y. It pays where points outnumber vertices."""
    xy, place = shapely.get_coordinates(shapes, return_index=True)
    first = np.flatnonzero(np.diff(place, prepend=-1))
    reach = []
    for sign in (1, -1):
        along = xy[:, 0] + sign * xy[:, 1]
        least, most = np.full((2, len(shapes)), np.nan)
        least[place[first]], most[place[first]] = np.minimum.reduceat(along, first), np.maximum.reduceat(along, first)
        reach.append((sign, least, most))
    return reach


def _sought(key: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Where each of *values* belongs in *key*, sought in their order: twice as fast as from end to end of *key* and back."""
    order = np.argsort(values)
    found = np.empty(len(values), dtype=np.int64)
    found[order] = np.searchsorted(key, values[order])
    return found


def _within(x: np.ndarray, y: np.ndarray, bounds: np.ndarray) -> np.ndarray:
    west, south, east, north = bounds
    return (x >= west) & (x <= east) & (y >= south) & (y <= north)
