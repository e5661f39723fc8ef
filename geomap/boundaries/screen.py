"""Shapes light enough for a screen; measures never use them."""

import geopandas as gpd
import numpy as np
import shapely

from geomap.boundaries.boundaries import Boundaries

PIXELS = 1_600
DEGREES = 5


def for_screen(boundaries: Boundaries) -> gpd.GeoDataFrame:
    """The places in WGS84, simplified to about a pixel of a map *PIXELS* wide, with shared borders kept shared."""
    frame = boundaries.frame[["name", "geometry"]]
    west, south, east, north = frame.total_bounds
    tolerance = max(east - west, north - south) / PIXELS
    shapes = shapely.coverage_simplify(np.asarray(frame.geometry.array), tolerance)
    simple = frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs)).to_crs(4326)
    return simple.set_geometry(_valid(simple.geometry.set_precision(10.0**-DEGREES, mode="pointwise")))


def _valid(shapes: gpd.GeoSeries) -> gpd.GeoSeries:
    """The shapes, mended where rounding let a narrow neck cross itself."""
    return shapes.where(shapes.is_valid, gpd.GeoSeries(shapes.make_valid(method="structure", keep_collapsed=False), crs=shapes.crs))
