"""The area that polygons of two sets share, from the edges that are not the same in both.

Above a point inside a polygon, edges that run right to left (σ = +1) outnumber by one those that run left to right (σ = -1). So the area two polygons share is
the sum over pairs of their edges of σ_e σ_f ∫ min(y_e, y_f) dx, over the x they have in common. An old polygon is the sum of the new ones that draw an edge the
same way, and of the loops of edges that are left; and each loop adds nothing to a new polygon that its own box does not meet.
"""

import numpy as np
import pandas as pd
import shapely

from geomap.boundaries.edges import Edges, drawn_alike, edges_of, is_coverage, loops, remainder
from geomap.boundaries.ranges import ranges

AT_ONCE = 1_000  # pairs of a loop and a place, so that what is worked on stays in the processor's cache


def shared_areas(old: np.ndarray, new: np.ndarray) -> pd.DataFrame:
    """origin, place (positions) and area of every overlap of valid polygons *old* with *new*."""
    corner = shapely.total_bounds(new)[:2]
    news = edges_of(new, corner)
    order = np.argsort(news.key)
    bounds = shapely.bounds(new) - np.tile(corner, 2)
    boxes = shapely.STRtree(shapely.box(*bounds.T))
    if not is_coverage(news, order, new, boxes):
        return _one_by_one(old, new)
    olds, starts = edges_of(old, corner), news.starts(len(new))
    mine, theirs = drawn_alike(olds, news, order)
    alike = np.unique(olds.owner[mine] * len(new) + news.owner[theirs])
    origin, place = alike // len(new), alike % len(new)
    copied, whose = ranges(starts[place], starts[place + 1])
    moved, owner = loops(remainder(olds, news, (mine, theirs), copied, origin[whose]))
    loop, near, area = _inside(moved, len(owner), news, bounds, boxes)
    pairs = np.concatenate([alike, owner[loop] * len(new) + near])
    pairs, at = np.unique(pairs, return_inverse=True)
    total = np.bincount(at, np.concatenate([shapely.area(new)[place], area]))
    return pd.DataFrame({"origin": pairs // len(new), "place": pairs % len(new), "area": total})


def _one_by_one(old: np.ndarray, new: np.ndarray) -> pd.DataFrame:
    origin, place = shapely.STRtree(new).query(old, predicate="intersects")
    return pd.DataFrame({"origin": origin, "place": place, "area": shapely.area(shapely.intersection(old[origin], new[place]))})


def _inside(moved: Edges, count: int, news: Edges, bounds: np.ndarray, boxes: shapely.STRtree) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """loop, place and the (signed) area of each of *count* loops inside each place whose box it meets."""
    begins, starts = moved.starts(count), news.starts(len(bounds))
    box = _boxes(moved, begins[:-1]) if count else np.empty((0, 4))
    loop, place = boxes.query(shapely.box(*box.T))
    parts = [
        _added(moved, news, *_near(moved, *ranges(begins[loop[some]], begins[loop[some] + 1]), bounds[place[some]]),
               *_near(news, *ranges(starts[place[some]], starts[place[some] + 1]), box[loop[some]]), len(loop[some]))
        for some in (slice(at, at + AT_ONCE) for at in range(0, len(loop), AT_ONCE))
    ]  # fmt: skip
    return loop, place, np.concatenate([*parts, np.empty(0)])


def _added(
    moved: Edges, news: Edges, one: np.ndarray, pair_of_one: np.ndarray, two: np.ndarray, pair: np.ndarray, pairs: int
) -> np.ndarray:
    """The sum of each pair over its edges *one* of the loop and *two* of the place."""
    first = np.searchsorted(pair_of_one, np.arange(pairs + 1))
    at, row = ranges(first[pair], first[pair + 1])
    one = one[at]
    left = np.maximum(moved.ends[0][one], news.ends[0][two][row])
    right = np.minimum(moved.ends[2][one], news.ends[2][two][row])
    meet = np.flatnonzero(left < right)
    one, two, pair = one[meet], two[row[meet]], pair[row[meet]]
    under = moved.sign[one] * news.sign[two] * _under_both(moved.ends[:, one], news.ends[:, two], left[meet], right[meet])
    return np.bincount(pair, under, minlength=pairs)


def _near(edges: Edges, rows: np.ndarray, pair: np.ndarray, box: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Those of *rows* whose edge lies over, under or in the box of its pair, but not wholly below it: what lies below adds nothing."""
    left, bottom, right = (np.ascontiguousarray(side) for side in box.T[:3])
    for side, keep in ((edges.ends[0], lambda at: at[0] < right[at[1]]), (edges.ends[2], lambda at: at[0] > left[at[1]]),
                       (edges.top, lambda at: at[0] > bottom[at[1]])):  # fmt: skip
        some = np.flatnonzero(keep((side[rows], pair)))
        rows, pair = rows[some], pair[some]
    return rows, pair


def _boxes(edges: Edges, begins: np.ndarray) -> np.ndarray:
    lows, highs = (edges.ends[0], np.minimum(edges.ends[1], edges.ends[3])), (edges.ends[2], edges.top)
    return np.column_stack([*(np.minimum.reduceat(low, begins) for low in lows), *(np.maximum.reduceat(high, begins) for high in highs)])


def _under_both(one: np.ndarray, two: np.ndarray, left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """∫ min(y_one, y_two) dx from left to right; where the two cross, the roof over the lower ends is added."""
    a, b, c, d = _height(one, left), _height(one, right), _height(two, left), _height(two, right)
    before, after, crossed = np.abs(a - c), np.abs(b - d), (a < c) != (b < d)
    roof = np.where(crossed, before * after / np.where(crossed, before + after, 1.0), 0.0)
    return (right - left) * (np.minimum(a, c) + np.minimum(b, d) + roof) / 2


def _height(edge: np.ndarray, x: np.ndarray) -> np.ndarray:
    return edge[1] + (edge[3] - edge[1]) * ((x - edge[0]) / (edge[2] - edge[0]))
