"""Which places points lie in, asked of the shapes themselves: right for every set of places, also where they overlap or leave gaps."""

from itertools import pairwise

import numpy as np
import shapely

from geomap.boundaries.bands import Bands
from geomap.boundaries.ranges import ranges

AT_ONCE = 200_000  # pairs of a point and a place, so that memory stays bounded
MOST_STRIPS = 4_096


def hits(x: np.ndarray, y: np.ndarray, shapes: np.ndarray, bands: Bands | None = None) -> tuple[np.ndarray, np.ndarray]:
    """point, place: positions of all pairs in which the point lies in the place or on its border, by ascending place.

    x, y: (point,) in the CRS of *shapes*. Points are sorted into strips by y and within them by x; so the points near a place are a few slices, and are
    tried together on its prepared shape. *bands* of the shapes tell of most points without a trial.
    """
    shapely.prepare(shapes)
    bounds = shapely.bounds(shapes)
    west, south, east, north = shapely.total_bounds(shapes)
    here = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    order, first, last, place, sure = bands.slices(x[here], y[here]) if bands else _slices(x[here], y[here], bounds)
    order = here[order]
    x, y = x[order], y[order]
    lowest, highest = bounds[:, [1, 3]].T.copy()
    ends = np.cumsum(last - first)
    found: list[tuple[np.ndarray, np.ndarray]] = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))]
    cuts = np.unique(np.searchsorted(ends, np.arange(0, ends[-1] + AT_ONCE, AT_ONCE), side="right")) if len(ends) else ()
    for start, stop in pairwise(cuts):
        row, whose = ranges(first[start:stop], last[start:stop])
        near = place[start:stop][whose]
        hit = sure[start:stop][whose]
        ask = np.flatnonzero(~hit)
        height, nearest = y[row[ask]], near[ask]
        ask = ask[(height >= lowest[nearest]) & (height <= highest[nearest])]  # a slice is as wide as its place, but strips are higher
        hit[ask] = shapely.intersects_xy(shapes[near[ask]], x[row[ask]], y[row[ask]])
        found.append((order[row[hit]], near[hit]))
    point, place = (np.concatenate(some) for some in zip(*found, strict=True))
    return point, place


def _slices(x: np.ndarray, y: np.ndarray, bounds: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The order of the points; and for each strip of each place the first and one after the last of those that may lie in it, and that none surely does."""
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
    return order, first[some], last[some], place[some], np.zeros(len(some), dtype=bool)


def _sought(key: np.ndarray, values: np.ndarray) -> np.ndarray:
    """Where each of *values* belongs in *key*, sought in their order: twice as fast as from end to end of *key* and back."""
    order = np.argsort(values)
    found = np.empty(len(values), dtype=np.int64)
    found[order] = np.searchsorted(key, values[order])
    return found
