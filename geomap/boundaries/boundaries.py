"""Boundaries: one polygon and one code per place, in metres."""

from collections.abc import Sequence
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.errors import BoundaryError
from geomap.worded import worded


@dataclass(frozen=True)
class Boundaries:
    """Where: places of one level on one date.

    frame: index = code (text, sorted, unique); columns name, parent (code in *parent_set*, or empty) and geometry, polygons in a
    projected CRS in metres. Refuses to exist otherwise (BoundaryError).
    """

    name: str
    title: str
    level: str
    date: str
    frame: gpd.GeoDataFrame
    parent_set: str = ""
    one: str = "place"
    many: str = "places"
    repairs: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if faults := tuple(_faults(self.frame)):
            raise BoundaryError(worded("The boundary set '{name}' cannot be used:", name=self.name), faults)

    @property
    def codes(self) -> pd.Index:
        """The codes of all places, sorted."""
        return self.frame.index

    @property
    def centroids(self) -> gpd.GeoSeries:
        """One point per place, in the working CRS: its centroid."""
        return self.frame.geometry.centroid

    @property
    def square_kilometres(self) -> pd.Series:
        """The area of each place, in km²."""
        return self.frame.geometry.area / 1e6

    def outline(self) -> tuple[float, float, float, float]:
        """West, south, east, north in WGS84 degrees."""
        return tuple(float(side) for side in self.frame.to_crs(4326).total_bounds)


def _faults(frame: gpd.GeoDataFrame) -> Sequence[str]:
    faults = []
    if len(frame) == 0:
        return [worded("it holds no place.")]
    if twice := sorted(set(frame.index[frame.index.duplicated()])):
        faults.append(worded("each place needs its own code, but {twice} appear more than once.", twice=str(twice[:10])))
    if nameless := int((frame.index.isna() | (frame.index == "")).sum()):
        faults.append(worded("{nameless} place(s) have no code.", nameless=str(nameless)))
    if frame.crs is None or not frame.crs.is_projected:
        faults.append(
            worded("distances need a projected CRS in metres, not {crs}; set geomap:working_crs in the card.", crs=str(frame.crs))
        )
    kinds = np.asarray(frame.geometry.geom_type)
    if wrong := list(frame.index[~np.isin(kinds, ["Polygon", "MultiPolygon"])][:10]):
        faults.append(worded("places are polygons, but {wrong} are not.", wrong=str(wrong)))
    if empty := list(frame.index[frame.geometry.is_empty][:10]):
        faults.append(worded("{empty} have no shape, only an empty one. Draw them, or take them out of the file.", empty=str(empty)))
    return faults
