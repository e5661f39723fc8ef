"""In bands of equal height across the map: where the border of each place runs, and the widest stretch between, in which no point needs to be asked for.

An edge is taken to fill its whole width in every band it touches. So between the edges of a place in a band there are gaps, and what lies in one gap lies
altogether inside the place or altogether outside; one point of it tells which. It pays where there are more points than vertices.
"""

from dataclasses import dataclass

import numpy as np
import shapely

from geomap.boundaries.ranges import ranges

VERTICES_A_PAIR = 4
MOST_BANDS = 4_096


@dataclass(frozen=True)
class Bands:
    """corner: west and south; per: widths of the map, and bands, a metre. cuts: (pair, 4), keys (two a band, and the share of the width), ascending.

    A pair is a place and a band it reaches: between the first two cuts and between the last two, points are asked for; between the middle two they lie in the
    place where *inside* says so, else outside. by_key: the pairs in the order of their keys.
    """

    corner: np.ndarray
    per: np.ndarray
    count: int
    place: np.ndarray
    inside: np.ndarray
    cuts: np.ndarray
    by_key: np.ndarray

    def slices(self, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """The order of points that are on the map; and slices of it: first, one after the last, which place, and whether they surely lie in it."""
        key = _key((x - self.corner[0]) * self.per[0], _band((y - self.corner[1]) * self.per[1], self.count))
        order = np.argsort(key)
        key = key[order]
        at = np.empty(self.cuts.shape, dtype=np.int64)
        for cut in range(4):
            at[self.by_key, cut] = np.searchsorted(key, self.cuts[self.by_key, cut])
        first, last = at[:, :3].ravel(), at[:, 1:].ravel()
        middle = np.tile([False, True, False], len(at))
        some = np.flatnonzero((last > first) & (~middle | np.repeat(self.inside, 3)))
        return order, first[some], last[some], self.place[some // 3], middle[some]


def bands_of(shapes: np.ndarray, *, vertices_a_pair: float = VERTICES_A_PAIR) -> Bands:
    """The bands of polygons, as many that there is a pair for every *vertices_a_pair* vertices or so."""
    shapely.prepare(shapes)
    bounds, box = shapely.bounds(shapes), shapely.total_bounds(shapes)
    corner = box[:2]
    wide, high = np.maximum(box[2:] - corner, np.finfo(float).tiny)
    xy, own = shapely.get_coordinates(shapes, return_index=True)
    tall = ((bounds[:, 3] - bounds[:, 1]) / high).sum()
    count = int(np.clip(len(xy) / vertices_a_pair / tall, 1, MOST_BANDS))
    per = np.array([1 / wide, count / high])
    low, top = (_band((bounds[:, side] - corner[1]) * per[1], count) for side in (1, 3))
    reach = top - low + 1
    start = np.cumsum(reach) - reach
    place = np.repeat(np.arange(len(shapes)), reach)
    band = np.arange(len(place)) - np.repeat(start - low, reach)
    spare = 4 * np.spacing(2.0 * max(len(place), count))
    cuts, gap = _stretches(*_edges((xy - corner) * per, own, start - low, count), len(place))
    asked = np.flatnonzero(gap > 4 * spare)
    inside = np.zeros(len(place), dtype=bool)
    inside[asked] = shapely.intersects_xy(
        shapes[place[asked]], corner[0] + cuts[asked, 1:3].mean(axis=1) * wide, corner[1] + (band[asked] + 0.5) / per[1]
    )
    cuts += 2.0 * band[:, None] + np.array([-spare, spare, -spare, spare])
    cuts[gap <= 4 * spare, 1:3] = cuts[gap <= 4 * spare, 3:]
    return Bands(corner, per, count, place, inside, cuts, np.argsort(cuts[:, 0]))


def _stretches(least: np.ndarray, most: np.ndarray, pairs: int) -> tuple[np.ndarray, np.ndarray]:
    """Of each pair, across the map: where its edges begin, the ends of the widest gap between them, and where they end (pair, 4); and how wide the gap is."""
    order = np.argsort(least)
    least, most = least[order], np.maximum.accumulate(most[order])
    begin = np.searchsorted(least, 2.0 * np.arange(pairs))
    end = np.append(begin[1:], len(least))
    gap = np.append(least[1:] - most[:-1], 0.0)
    gap[end - 1] = 0.0
    widest = np.maximum.reduceat(gap, begin)
    at = np.flatnonzero(gap == np.repeat(widest, end - begin))
    at = at[np.searchsorted(at, begin)]  # of several the first
    cuts = np.column_stack([least[begin], most[at], least[np.minimum(at + 1, len(least) - 1)], most[end - 1]])
    return cuts - 2.0 * np.arange(pairs)[:, None], widest


def _edges(at: np.ndarray, own: np.ndarray, first: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Where each edge begins and ends across the map, once for each band it touches, as keys of its pair; *first*: the pair of each place in band 0."""
    band = _band(at[:, 1], count)
    low, top = np.minimum(band[1:], band[:-1]), np.maximum(band[1:], band[:-1])
    edge = np.flatnonzero(own[1:] == own[:-1])  # one that leads from ring to ring is none, but hides little
    step, whose = ranges(np.zeros(len(edge), dtype=np.int64), (top - low)[edge] + 1)
    edge = edge[whose]
    pair = first[own[edge]] + low[edge] + step
    x = at[:, 0]
    return _key(np.minimum(x[1:], x[:-1])[edge], pair), _key(np.maximum(x[1:], x[:-1])[edge], pair)


def _band(up: np.ndarray, count: int) -> np.ndarray:
    return np.clip(up.astype(np.int64), 0, count - 1)


def _key(across: np.ndarray, row: np.ndarray) -> np.ndarray:
    return 2.0 * row + across
