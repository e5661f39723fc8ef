"""In which place a point lies: exactly one, also on a shared border."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.finder import finder


@dataclass(frozen=True)
class Located:
    """codes: one code per point (nothing when it lies in no place); on_border: how many points touch more than one place."""

    codes: pd.Series
    on_border: int


def locate(points: gpd.GeoSeries, boundaries: Boundaries) -> Located:
    """The place of each point; a point on a shared border belongs to the place whose code comes first."""
    here = np.asarray(points.to_crs(boundaries.frame.crs).array)
    usable = np.flatnonzero(~(shapely.is_missing(here) | shapely.is_empty(here)))
    found = finder(np.asarray(boundaries.frame.geometry.array), len(usable))(shapely.get_x(here[usable]), shapely.get_y(here[usable]))
    inside = found.place >= 0
    codes = pd.Series(pd.NA, index=points.index, dtype="object")
    codes.iloc[usable[inside]] = boundaries.codes.to_numpy()[found.place[inside]]
    return Located(codes, found.on_border)
