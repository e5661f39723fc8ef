"""Neighbours that are near: the k nearest, and all within a distance, by straight line between points (of places: their centroids, in metres)."""

import numpy as np
import pandas as pd
from scipy.spatial import KDTree

from geomap.boundaries.neighbours import Neighbours, neighbours_of
from geomap.errors import BoundaryError
from geomap.worded import worded


def nearest_neighbours(points: np.ndarray, codes: pd.Index, k: int) -> Neighbours:
    """The *k* nearest others of each of *points* (place, 2); being among the nearest need not be mutual, and of equally near ones the first counts."""
    if not 0 < k < len(points):
        raise BoundaryError(f"Of {len(points)} places none has {k} nearest others; name a number from 1 to {len(points) - 1}.")
    span = min(len(points), k + 8)
    distance, other = KDTree(points).query(points, k=span)
    distance = np.where(other == np.arange(len(points))[:, None], np.inf, distance)
    order = np.lexsort((other, distance), axis=1)[:, :k]
    near = np.take_along_axis(other, order, axis=1)
    return neighbours_of(np.repeat(np.arange(len(points)), k), near.ravel(), codes, worded("the {count} nearest places", count=k))


def within_distance(points: np.ndarray, codes: pd.Index, metres: float) -> Neighbours:
    """All others within *metres* of each of *points* (place, 2), the distance itself included."""
    pairs = KDTree(points).query_pairs(metres, output_type="ndarray")
    one, two = pairs[:, 0], pairs[:, 1]
    how = worded("places whose middles are within {metres} m", metres=f"{metres:,.0f}")
    return neighbours_of(np.concatenate([one, two]), np.concatenate([two, one]), codes, how)
