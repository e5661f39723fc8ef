"""Polygons as signed edges: what two sets draw the same way is found by equal keys, what is left forms loops around the land that changed hands."""

from dataclasses import dataclass

import numpy as np
import shapely
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

ODD = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93, 0x27D4EB2F165667C5))


@dataclass(frozen=True)
class Edges:
    """Edges by the polygon that owns them, in ascending order.

    sign: +1 where the polygon lies below the edge, -1 where above; ends: x and y of the left and the right end, in four rows;
    key, nodes: 64 bits that are equal for equal edges, and for equal ends.
    """

    owner: np.ndarray
    sign: np.ndarray
    ends: np.ndarray
    key: np.ndarray
    nodes: np.ndarray

    def __getitem__(self, rows: np.ndarray) -> "Edges":
        return Edges(self.owner[rows], self.sign[rows], self.ends[:, rows], self.key[rows], self.nodes[rows])

    def of(self, owner: np.ndarray, sign: np.ndarray) -> "Edges":
        """The same edges for other owners."""
        return Edges(owner, sign, self.ends, self.key, self.nodes)

    @property
    def top(self) -> np.ndarray:
        """The y of each edge's upper end."""
        return np.maximum(self.ends[1], self.ends[3])

    def starts(self, count: int) -> np.ndarray:
        """Where the edges of each of *count* owners begin; one more at the end."""
        return np.searchsorted(self.owner, np.arange(count + 1))


def edges_of(shapes: np.ndarray, corner: np.ndarray) -> Edges:
    """All edges of polygons, measured from *corner* so that no digit is lost to large coordinates."""
    parts, whose = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    points, ring = shapely.get_coordinates(rings, return_index=True)
    points = points - corner
    bits = points.view(np.uint64)
    nodes = bits[:, 0] * ODD[0] + bits[:, 1] * ODD[1]
    nodes = (nodes ^ (nodes >> np.uint64(31))) * ODD[2]
    at = np.flatnonzero(ring[1:] == ring[:-1])
    x, y = np.ascontiguousarray(points.T)
    rightward = (x[at] < x[at + 1]) | ((x[at] == x[at + 1]) & (y[at] < y[at + 1]))
    one, two = np.where(rightward, at, at + 1), np.where(rightward, at + 1, at)
    key = nodes[one] * ODD[3] + nodes[two] * ODD[4]
    ends, nodes = np.stack([x[one], y[one], x[two], y[two]]), np.column_stack([nodes[one], nodes[two]])
    of = ring[at]
    sign = np.where(rightward, -1.0, 1.0) * _turn(x, y, at, of, part)[of]
    return Edges(whose[part[of]], sign, ends, key ^ (key >> np.uint64(29)), nodes)


def _turn(x: np.ndarray, y: np.ndarray, at: np.ndarray, ring: np.ndarray, part: np.ndarray) -> np.ndarray:
    """-1 for each ring that runs the other way than it should: outlines against the clock, holes with it."""
    area = np.bincount(ring, (x[at + 1] - x[at]) * (y[at] + y[at + 1]), minlength=len(part))
    outline = np.concatenate([[True], part[1:] != part[:-1]])
    return np.where((area < 0) == outline, 1.0, -1.0)


def drawn_alike(olds: Edges, news: Edges, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Edges of *olds* and of *news* that are the same and have their polygon on the same side; *order* sorts the keys of *news*."""
    keys, found = news.key[order], []
    rank = np.argsort(olds.key)  # ascending keys are found twice as fast, each beside the last one
    wanted = olds.key[rank]
    first = np.searchsorted(keys, wanted)
    for at in (first, first + 1):
        some = np.flatnonzero(at < len(order))
        some = some[keys[at[some]] == wanted[some]]
        mine, theirs = rank[some], order[at[some]]
        hit = news.sign[theirs] == olds.sign[mine]
        found.append((mine[hit], theirs[hit]))
    mine, theirs = (np.concatenate(some) for some in zip(*found, strict=True))
    return mine, theirs


def remainder(olds: Edges, news: Edges, alike: tuple[np.ndarray, np.ndarray], copied: np.ndarray, owner: np.ndarray) -> Edges:
    """What is left of the edges of each old polygon when those of the new ones it shares some with, *copied* for each *owner*, are taken away."""
    mine, theirs = alike
    taker = np.full(len(news.owner), -1)
    taker[theirs] = olds.owner[mine]
    cancelled = np.zeros(len(olds.owner), dtype=bool)
    cancelled[mine[taker[theirs] == olds.owner[mine]]] = True
    rest = np.flatnonzero(taker[copied] != owner)
    own, added = olds[~cancelled], news[copied[rest]]
    added = added.of(owner[rest], -added.sign)
    return Edges(*(np.concatenate([getattr(own, name), getattr(added, name)], axis=-1) for name in ("owner", "sign", "ends"))
                 , own.key[:0], np.concatenate([own.nodes, added.nodes]))  # fmt: skip


def loops(edges: Edges) -> tuple[Edges, np.ndarray]:
    """The edges by the closed loop they are a part of, and the former owner of each loop."""
    ids = edges.nodes + (edges.owner.astype(np.uint64) * ODD[1])[:, None]
    _, node = np.unique(ids, return_inverse=True)
    node = node.reshape(-1, 2)
    count = int(node.max(initial=-1)) + 1
    _, label = connected_components(coo_array((np.ones(len(node)), (node[:, 0], node[:, 1])), shape=(count, count)), directed=False)
    loop = label[node[:, 0]]
    order = np.argsort(loop, kind="stable")
    names, first = np.unique(loop[order], return_index=True)
    by_loop = Edges(np.searchsorted(names, loop[order]), edges.sign[order], edges.ends[:, order], edges.key, edges.nodes[order])
    return by_loop, edges.owner[order][first]


def is_coverage(edges: Edges, order: np.ndarray, shapes: np.ndarray, boxes: shapely.STRtree) -> bool:
    """Whether no two of *shapes* overlap; *order* sorts the keys of their *edges*, *boxes* are their bounds.

    Land that two of them hold is bordered by edges that nobody draws the other way, so only the places near such edges are tried.
    """
    keys = edges.key[order]
    group = np.concatenate([[0], np.cumsum(keys[1:] != keys[:-1])])
    x, y, right, other = edges.ends[:, order[np.bincount(group, edges.sign[order])[group] != 0]]
    near = np.unique(boxes.query(shapely.box(x, np.minimum(y, other), right, np.maximum(y, other)))[1])
    return bool(shapely.coverage_is_valid(shapes[near]))
