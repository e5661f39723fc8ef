"""Which places of two sets overlap, and by how much: what is drawn alike is found by its bytes, only the rest is laid over each other."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.edges import ODD
from geomap.boundaries.shared_area import shared_areas
from geomap.errors import BoundaryError

SLIVER = 1e-9
CLOSED = 0.99


@dataclass(frozen=True)
class Overlaps:
    """pairs: positions of an origin and a place, and the area they share (m²); alike: how many origins are drawn the same in both sets.

    outside: the share of each origin's own area that lies in no place.
    """

    pairs: pd.DataFrame
    alike: int
    outside: np.ndarray


def overlaps(origin: Boundaries, place: Boundaries) -> Overlaps:
    """All overlaps of *origin* with *place*; BoundaryError names origins that lie in no place, for their counts would be lost."""
    old, new = shapes_in(origin, place), np.asarray(place.frame.geometry.array)
    same = _alike(old, new)
    rest, twins = np.flatnonzero(same < 0), same[same >= 0]
    laid = shared_areas(old[rest], new) if len(rest) else pd.DataFrame({"origin": [], "place": [], "area": []}, dtype=int)
    found = pd.DataFrame({"origin": np.flatnonzero(same >= 0), "place": twins, "area": shapely.area(new[twins])})
    pairs = pd.concat([found, laid.assign(origin=rest[laid["origin"]])], ignore_index=True)
    area = shapely.area(old)
    pairs = pairs[pairs["area"] > SLIVER * area[pairs["origin"]]].sort_values(["origin", "place"], ignore_index=True)
    covered = np.bincount(pairs["origin"], pairs["area"], minlength=len(old)) / area
    if lost := list(origin.codes[covered == 0]):
        raise BoundaryError(
            f"{len(lost)} place(s) of '{origin.name}' lie in no place of '{place.name}', such as {lost[:10]}; what is counted there would be lost. "
            "Take them out of the older set, or name a set that covers them."
        )
    return Overlaps(pairs, len(twins), np.clip(1 - covered, 0, 1))


def shapes_in(some: Boundaries, other: Boundaries) -> np.ndarray:
    """The shapes of *some* in the working CRS of *other*."""
    frame: gpd.GeoDataFrame = some.frame
    return np.asarray((frame if frame.crs == other.frame.crs else frame.to_crs(other.frame.crs)).geometry.array)


def _alike(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """For each old shape the position of the new one that is drawn the same, to the last bit, or -1; only shapes of the same area and corner are compared."""
    marks = _marks(new)
    order = np.argsort(marks, kind="stable")
    found, wanted, ranked = np.full(len(old), -1), _marks(old), marks[order]
    at = np.searchsorted(ranked, wanted)
    for some in (at, at + 1):  # two places may share area and corner by chance
        mine = np.flatnonzero((some < len(order)) & (found < 0))
        mine = mine[ranked[some[mine]] == wanted[mine]]
        theirs = order[some[mine]]
        same = shapely.equals_identical(old[mine], new[theirs])
        found[mine[same]] = theirs[same]
    return found


def _marks(shapes: np.ndarray) -> np.ndarray:
    """64 bits that are equal for equal shapes."""
    bits = np.column_stack([shapely.area(shapes), shapely.bounds(shapes)]).view(np.uint64)
    return (bits * np.array(ODD)).sum(axis=1, dtype=np.uint64)
