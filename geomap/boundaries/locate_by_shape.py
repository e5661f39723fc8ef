"""Which places points lie in, asked of the shapes themselves: right for every set of places, also where they overlap or leave gaps."""

from itertools import pairwise

import numpy as np
import shapely

from geomap.boundaries.panes import BORDER, INSIDE, Panes
from geomap.boundaries.ranges import ranges

AT_ONCE = 200_000  # pairs of a point and a place, so that memory stays bounded
MOST_STRIPS = 4_096
COLUMNS = 65_536  # numpy sorts numbers of 16 bits by their digits, in a tenth of the time


def hits(x: np.ndarray, y: np.ndarray, shapes: np.ndarray, boxes: np.ndarray, panes: Panes | None = None) -> tuple[np.ndarray, np.ndarray]:
    """point, place: positions of all pairs in which the point lies in the place or on its border, by ascending place.

    x, y: (point,) in the CRS of *shapes*, prepared polygons with *boxes* around them. Points are sorted into strips by y and within them by x; so the points
    near a place are a few slices, and are tried together on its shape. *panes* of the shapes tell of most points without a trial.
    """
    order, first, last, place = _slices(x, y, boxes)
    xy, height, (south, north) = np.column_stack([x, y]).take(order, axis=0), y[order], boxes[:, [1, 3]].T.copy()
    ends = np.cumsum(last - first)
    found: list[tuple[np.ndarray, np.ndarray]] = [(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64))]
    cuts = np.unique(np.searchsorted(ends, np.arange(0, ends[-1] + AT_ONCE, AT_ONCE), side="right")) if len(ends) else ()
    for start, stop in pairwise(cuts):
        row, whose = ranges(first[start:stop], last[start:stop])
        near, up = place[start:stop][whose], height[row]
        kept = np.flatnonzero((up >= south[near]) & (up <= north[near]))  # strips reach beyond places
        row, near = row[kept], near[kept]
        hit = np.flatnonzero(_touches(xy.take(row, axis=0), near, shapes, panes))
        found.append((order[row[hit]], near[hit]))
    point, place = (np.concatenate(some) for some in zip(*found, strict=True))
    return point, place


def _touches(xy: np.ndarray, near: np.ndarray, shapes: np.ndarray, panes: Panes | None) -> np.ndarray:
    """Whether each point, a row of *xy*, lies in the place *near* it or on its border."""
    if panes is None:
        return shapely.intersects_xy(shapes[near], xy)
    kind = panes(xy, near)
    hit, ask = kind == INSIDE, np.flatnonzero(kind == BORDER)
    hit[ask] = shapely.intersects_xy(shapes[near[ask]], xy.take(ask, axis=0))
    return hit


def _slices(x: np.ndarray, y: np.ndarray, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """The order of the points on the map; and for each strip of each place the first and one after the last of those near it."""
    west, south = boxes[:, :2].min(axis=0)
    east, north = boxes[:, 2:].max(axis=0)
    here = np.flatnonzero((x >= west) & (x <= east) & (y >= south) & (y <= north))
    strips = int(np.clip(2 * np.sqrt(len(here)), 1, MOST_STRIPS))
    column, strip = _numbered(x[here], west, east, COLUMNS), _numbered(y[here], south, north, strips)
    order = _row_by_row(strip, column)
    key = _key(strip[order], column[order])
    low, top = (_numbered(boxes[:, side], south, north, strips).astype(np.int64) for side in (1, 3))
    row, place = ranges(low, top + 1)
    begin, end = (_key(row, _numbered(boxes[:, side], west, east, COLUMNS)[place]) for side in (0, 2))
    rising = _row_by_row(
        row.astype(np.uint16), begin.astype(np.uint16)
    )  # sought in the order of the points, they are found in half the time
    first, last = np.empty_like(row), np.empty_like(row)
    first[rising], last[rising] = np.searchsorted(key, begin[rising]), np.searchsorted(key, end[rising], side="right")
    some = np.flatnonzero(last > first)
    return here[order], first[some], last[some], place[some]


def _row_by_row(strip: np.ndarray, column: np.ndarray) -> np.ndarray:
    """The order by strip, and within strips by column; both of 16 bits."""
    order = np.argsort(column, kind="stable")
    return order[np.argsort(strip[order], kind="stable")]


def _numbered(at: np.ndarray, least: float, most: float, count: int) -> np.ndarray:
    """In which of *count* equal parts from *least* to *most* each lies."""
    return ((at - least) / max(most - least, np.finfo(float).tiny) * (count - 1)).astype(np.uint16)


def _key(strip: np.ndarray, column: np.ndarray) -> np.ndarray:
    return strip.astype(np.int64) * COLUMNS + column
