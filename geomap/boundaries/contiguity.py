"""Neighbours that touch: queen (a border or a corner in common) and rook (a border)."""

from typing import Literal

import numpy as np
import pandas as pd
import shapely
from scipy.sparse import coo_array

from geomap.boundaries.neighbours import Neighbours, neighbours_of
from geomap.worded import worded

HOW = {"queen": worded("places that share a border or a corner"), "rook": worded("places that share a border")}
ODD = tuple(np.uint64(odd) for odd in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
SHIFT = np.uint64(31)


def contiguity(
    shapes: np.ndarray, codes: pd.Index, kind: Literal["queen", "rook"] = "queen", *, drawn_alike: bool | None = None
) -> Neighbours:
    """The contiguous *shapes*, polygons in the order of *codes*.

    drawn_alike: whether neighbours draw what they share with the same vertices, which is quick; found out (a valid coverage) where it is not said.
    """
    alike = bool(shapely.coverage_is_valid(shapes)) if drawn_alike is None else drawn_alike
    pairs = (_by_vertices if alike else _by_touch)(shapes, kind)
    return neighbours_of(*pairs, codes, HOW[kind])


def _by_vertices(shapes: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Pairs, both ways, of shapes with a vertex (queen) or two in a row (rook) in common."""
    parts, whose = shapely.get_parts(shapes, return_index=True)
    rings, part = shapely.get_rings(parts, return_index=True)
    xy, ring = shapely.get_coordinates(rings, return_index=True)
    owner = whose[part[ring]]
    bits = (xy + 0.0).view(np.uint64)  # so that -0 is 0
    key = bits[:, 0] * ODD[0] + bits[:, 1] * ODD[1]
    key = (key ^ (key >> SHIFT)) * ODD[2]
    if kind == "rook":
        within = ring[1:] == ring[:-1]
        key, owner = (key[1:] ^ key[:-1])[within], owner[1:][within]
    return _sharing(key, owner, len(shapes))


def _sharing(key: np.ndarray, owner: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Pairs, both ways, of owners with a key in common; keys of 64 mixed bits, of which two of a million are alike by chance once in ten million sets."""
    order = _order(key)
    key, owner = key[order], owner[order].astype(np.int32)
    ones, twos, lag = [], [], 1
    same = np.flatnonzero(key[1:] == key[:-1])
    while len(same):
        one, two = owner[same], owner[same + lag]
        other = np.flatnonzero(one != two)
        ones.append(one[other])
        twos.append(two[other])
        lag += 1
        same = same[same + lag < len(key)]
        same = same[key[same + lag] == key[same]]
    one, two = (np.concatenate([np.empty(0, dtype=np.int32), *some]) for some in (ones, twos))
    pairs = coo_array((np.ones(len(one), dtype=np.int32), (one, two)), shape=(count, count)).tocsr()
    pairs = (pairs + pairs.T).tocoo()
    return pairs.row, pairs.col


def _order(key: np.ndarray) -> np.ndarray:
    """What brings equal keys together: sorted with their positions in the low bits, which is quicker than sorting positions by keys."""
    low = np.uint64(len(key).bit_length())
    packed = ((key >> low) << low) | np.arange(len(key), dtype=np.uint64)
    packed.sort()
    order = (packed & ((np.uint64(1) << low) - np.uint64(1))).astype(np.int64)
    mixed_up = (packed[1:] >> low == packed[:-1] >> low) & (key[order[1:]] != key[order[:-1]])
    return np.argsort(key, kind="stable") if mixed_up.any() else order


def _by_touch(shapes: np.ndarray, kind: str) -> tuple[np.ndarray, np.ndarray]:
    """Pairs, both ways, of shapes that touch or overlap: at all (queen), or along a line or an area (rook)."""
    shapely.prepare(shapes)
    one, two = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    one, two = one[one != two], two[one != two]
    if kind == "rook":
        wide = shapely.get_dimensions(shapely.intersection(shapes[one], shapes[two])) > 0
        one, two = one[wide], two[wide]
    return one, two
