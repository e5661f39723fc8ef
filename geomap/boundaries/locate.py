"""In which place a point lies: exactly one, also on a shared border."""

from collections.abc import Callable
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from pyproj import CRS, Transformer

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.finder import NOWHERE, finder

AT_ONCE = 500_000  # points carried over and asked for together, so that memory stays bounded


@dataclass(frozen=True)
class Spots:
    """Points as numbers: x, y per row (NaN where a row has no point), in *crs*; 16 bytes each, where a shape takes 200."""

    x: np.ndarray
    y: np.ndarray
    crs: CRS
    index: pd.Index

    @property
    def blank(self) -> np.ndarray:
        """Per row, whether it has no point."""
        return np.isnan(self.x) | np.isnan(self.y)

    def into(self, crs: CRS) -> "Spots":
        """The same points in another CRS."""
        return Spots(*_carrier(self.crs, crs)(self.x, self.y), crs, self.index)

    def shapes(self) -> gpd.GeoSeries:
        """The points as shapes, nothing where a row has none."""
        points = gpd.GeoSeries(gpd.points_from_xy(self.x, self.y, crs=self.crs), index=self.index)
        return points.where(~self.blank)


def spots_of(points: gpd.GeoSeries) -> Spots:
    """The numbers of points that are shapes."""
    here = np.asarray(points.array)
    here = np.where(shapely.is_empty(here), None, here)
    return Spots(shapely.get_x(here), shapely.get_y(here), points.crs, points.index)


@dataclass(frozen=True)
class Located:
    """codes: one code per point (nothing when it lies in no place); place: its position among all codes (or NOWHERE); on_border: how many points touch several."""

    codes: pd.Series
    place: np.ndarray
    on_border: int


def locate(points: Spots, boundaries: Boundaries, *, at_once: int = AT_ONCE) -> Located:
    """The place of each point; a point on a shared border belongs to the place whose code comes first."""
    usable = np.flatnonzero(~points.blank)
    find = finder(np.asarray(boundaries.frame.geometry.array), len(usable))
    carry = _carrier(points.crs, boundaries.frame.crs)
    place, on_border = np.full(len(points.index), NOWHERE, dtype=np.int32), 0
    for at in range(0, len(usable), at_once):
        rows = usable[at : at + at_once]
        found = find(*carry(points.x[rows], points.y[rows]))
        place[rows] = found.place
        on_border += found.on_border
    names = np.append(boundaries.codes.to_numpy(dtype=object), pd.NA)  # what is nowhere takes the last
    return Located(pd.Series(names[place], index=points.index, dtype="object"), place, on_border)


def _carrier(crs: CRS, into: CRS) -> Callable[[np.ndarray, np.ndarray], tuple[np.ndarray, np.ndarray]]:
    """How x and y come from one CRS into another; as they are where the two are the same."""
    if into.is_exact_same(crs):
        return lambda x, y: (x, y)
    return Transformer.from_crs(crs, into, always_xy=True).transform
