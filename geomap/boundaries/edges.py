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
    parts, whose = shapely.get_parts(shapely.orient_polygons(shapes), return_index=True)
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
    return Edges(whose[part[ring[at]]], np.where(rightward, -1.0, 1.0), ends, key ^ (key >> np.uint64(29)), nodes)


def drawn_alike(olds: Edges, news: Edges, order: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Owners of *olds* and of *news* that draw at least one edge the same way, and so overlap; *order* sorts the keys of *news*."""
    keys, found, many = news.key[order], [], int(news.owner[-1]) + 1
    first = np.searchsorted(keys, olds.key)
    for at in (first, first + 1):
        mine = np.flatnonzero(at < len(order))
        theirs = order[at[mine]]
        hit = (news.key[theirs] == olds.key[mine]) & (news.sign[theirs] == olds.sign[mine])
        found.append(olds.owner[mine[hit]] * many + news.owner[theirs[hit]])
    pairs = np.unique(np.concatenate(found))
    return pairs // many, pairs % many


def remainder(olds: Edges, taken: Edges) -> Edges:
    """What is left of the edges of each owner when the edges *taken* (with their signs turned) are added: equal ones cancel."""
    both = Edges(
        *(
            np.concatenate([getattr(olds, name), getattr(taken, name)], axis=-1 if name == "ends" else 0)
            for name in ("owner", "sign", "ends", "key", "nodes")
        )
    )
    _, first, inverse = np.unique(both.key + both.owner.astype(np.uint64) * ODD[0], return_index=True, return_inverse=True)
    left = np.bincount(inverse, both.sign)
    rows, left = first[left != 0], left[left != 0]
    return both[rows].of(both.owner[rows], left)


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
    return edges[order].of(np.searchsorted(names, loop[order]), edges.sign[order]), edges.owner[order][first]


def is_coverage(edges: Edges, order: np.ndarray, shapes: np.ndarray) -> bool:
    """Whether no two of *shapes* overlap; *order* sorts the keys of their *edges*.

    Land that two of them hold is bordered by edges that nobody draws the other way, so only the places near such edges are tried.
    """
    keys = edges.key[order]
    group = np.concatenate([[0], np.cumsum(keys[1:] != keys[:-1])])
    x, y, right, other = edges.ends[:, order[np.bincount(group, edges.sign[order])[group] != 0]]
    corner = shapely.total_bounds(shapes)[:2]
    tree = shapely.STRtree(shapely.box(*(shapely.bounds(shapes) - np.tile(corner, 2)).T))
    near = np.unique(tree.query(shapely.box(x, np.minimum(y, other), right, np.maximum(y, other)))[1])
    return bool(shapely.coverage_is_valid(shapes[near]))
