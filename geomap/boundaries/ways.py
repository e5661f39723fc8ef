"""Ways between two sets of points, in a straight line or along streets: who reaches what, and what the way costs."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray

from geomap.statistics.catchment import Pairs

Floats = NDArray[np.float64]
CLOSE = 50.0  # metres between two points of a street where a way may enter it
CENTIMETRE = 100
AT_ONCE = 16_000_000  # distances held at a time


def straight(origins: Floats, assets: Floats, limit: float) -> Pairs:
    """All pairs up to *limit* metres apart; origins (n, 2) and assets (m, 2) in one projected CRS."""
    from scipy.spatial import KDTree

    near = KDTree(origins).sparse_distance_matrix(KDTree(assets), limit, output_type="ndarray")
    return Pairs(near["i"], near["j"], near["v"], len(origins), len(assets))


def straight_to_nearest(origins: Floats, assets: Floats) -> Floats:
    """Metres from each origin to the nearest asset."""
    from scipy.spatial import KDTree

    return KDTree(assets).query(origins)[0]


@dataclass(frozen=True)
class Streets:
    """A network of streets that can be walked both ways.

    nodes: (n, 2) points of streets, in metres; graph: (n, n) sparse, the cost between neighbouring ones; off_street: metres per unit of cost beside streets.
    """

    nodes: Floats
    graph: object
    off_street: float = 1.0

    def within(self, origins: Floats, assets: Floats, limit: float) -> Pairs:
        """All pairs whose way along the streets costs up to *limit*, the straight legs to the nearest point of a street included."""
        (start, first), (end, last) = self._enter(origins), self._enter(assets)
        if len(origins) < len(assets):
            found = self._pairs((start, first), (end, last), limit)
            return Pairs(found[0], found[1], found[2], len(origins), len(assets))
        asset, origin, cost = self._pairs((end, last), (start, first), limit)
        return Pairs(origin, asset, cost, len(origins), len(assets))

    def to_nearest(self, origins: Floats, assets: Floats) -> Floats:
        """The cost of the way from each origin to the asset that is nearest along the streets; infinite where no street leads to one."""
        from scipy.sparse import csr_array, vstack
        from scipy.sparse.csgraph import dijkstra

        (start, first), (end, last) = self._enter(origins), self._enter(assets)
        leg = np.full(len(self.nodes), np.inf)
        np.minimum.at(leg, end, last)
        known = np.flatnonzero(np.isfinite(leg))
        count = len(self.nodes)
        source = csr_array((np.maximum(leg[known], np.finfo(float).tiny), (np.zeros(len(known), dtype=int), known)), shape=(1, count))
        graph = csr_array(vstack([csr_array(self.graph), source]))
        graph.resize((count + 1, count + 1))
        return dijkstra(graph, directed=False, indices=count)[start] + first

    def _enter(self, points: Floats) -> tuple[NDArray[np.int64], Floats]:
        from scipy.spatial import KDTree

        metres, node = KDTree(self.nodes).query(points)
        return node, metres / self.off_street

    def _pairs(self, sources: tuple, targets: tuple, limit: float) -> tuple[NDArray, NDArray, Floats]:
        """Positions among *sources* and *targets* (their nodes and legs) and the cost of each way up to *limit*."""
        from scipy.sparse.csgraph import dijkstra

        (start, first), (end, last) = sources, targets
        from_nodes, who = np.unique(start, return_inverse=True)
        to_nodes, whom = np.unique(end, return_inverse=True)
        some, found = max(1, AT_ONCE // len(self.nodes)), []
        for begin in range(0, len(from_nodes), some):
            cost = dijkstra(self.graph, directed=False, indices=from_nodes[begin : begin + some], limit=limit)[:, to_nodes]
            mine = np.flatnonzero((who >= begin) & (who < begin + some))
            whole = cost[who[mine] - begin][:, whom] + first[mine, None] + last
            row, target = np.nonzero(whole <= limit)
            found.append((mine[row], target, whole[row, target]))
        return tuple(np.concatenate(column) for column in zip(*found, strict=True))


def streets_from(lines: gpd.GeoSeries, cost: Floats | None = None, off_street: float = 1.0) -> Streets:
    """The network of *lines* in a projected CRS; ways meet where lines share a point (to a centimetre), not where they merely cross, such as at a bridge.

    cost: of each line, such as minutes, spread over its length; without it metres are counted.
    """
    from scipy.sparse import coo_array

    parts, line = shapely.get_parts(np.asarray(lines.array), return_index=True)
    points, part = shapely.get_coordinates(shapely.segmentize(parts, CLOSE), return_index=True)
    places, node = np.unique(np.round(points * CENTIMETRE).astype(np.int64), axis=0, return_inverse=True)
    node = node.ravel()
    at = np.flatnonzero(part[1:] == part[:-1])
    length = np.hypot(*(points[at + 1] - points[at]).T)
    if cost is not None:
        each = cost / np.bincount(line, shapely.length(parts), minlength=len(cost))
        length = length * each[line[part[at]]]
    low, high = np.minimum(node[at], node[at + 1]), np.maximum(node[at], node[at + 1])
    order = np.lexsort([length, high, low])
    kept = order[np.flatnonzero((np.diff(low[order], prepend=-1) != 0) | (np.diff(high[order], prepend=-1) != 0))]
    kept = kept[low[kept] != high[kept]]
    graph = coo_array((length[kept], (low[kept], high[kept])), shape=(len(places), len(places))).tocsr()
    return Streets(places / CENTIMETRE, graph, off_street)
