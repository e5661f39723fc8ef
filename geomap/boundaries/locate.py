"""In which place a point lies: exactly one, also on a shared border."""

from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.boundaries.boundaries import Boundaries


@dataclass(frozen=True)
class Located:
    """codes: one code per point (nothing when it lies in no place); on_border: how many points touch more than one place."""

    codes: pd.Series
    on_border: int


def locate(points: gpd.GeoSeries, boundaries: Boundaries) -> Located:
    """The place of each point; a point on a shared border belongs to the place whose code comes first."""
    shapes = boundaries.frame.geometry.array
    here = points.to_crs(boundaries.frame.crs)
    usable = ~(here.isna() | here.is_empty).to_numpy()
    tree = shapely.STRtree(np.asarray(shapes))
    point, place = tree.query(np.asarray(here.array)[usable], predicate="intersects")
    hits = pd.DataFrame({"point": np.flatnonzero(usable)[point], "place": place})
    first = hits.groupby("point")["place"].min()
    codes = pd.Series(pd.NA, index=points.index, dtype="object")
    codes.iloc[first.index.to_numpy()] = boundaries.codes.to_numpy()[first.to_numpy()]
    return Located(codes, int((hits["point"].value_counts() > 1).sum()))
