"""Lines and areas in and around the places, light enough for a screen; they are drawn, never measured.

Areas are simplified ring by ring, since nothing is asked of them but to be seen: a tangled shoreline is drawn as it is, and takes no longer than another.
"""

import geopandas as gpd
import numpy as np
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.screen import PIXELS

MARGIN = 0.1  # of the city's width and height, on each side
DRAWN = ("LineString", "MultiLineString", "Polygon", "MultiPolygon")
LEAST_RING = 4  # points, the last being the first


def around(shapes: gpd.GeoSeries, places: Boundaries) -> shapely.Geometry:
    """What of *shapes* (lines and areas) lies in or near *places*, in WGS84, simplified to a pixel of a map PIXELS wide; empty where nothing does."""
    west, south, east, north = places.frame.total_bounds
    pixel = max(east - west, north - south) / PIXELS
    parts = shapely.get_parts(shapely.clip_by_rect(np.asarray(shapes.dropna().array), *_near(places, shapes)))
    parts = np.asarray(gpd.GeoSeries(shapely.get_parts(parts), crs=shapes.crs).to_crs(places.frame.crs).array)
    areas = shapely.get_type_id(parts) == shapely.GeometryType.POLYGON
    merged = shapely.line_merge(shapely.multilinestrings(parts[~areas]))
    lines = shapely.simplify(shapely.get_parts(merged), pixel, preserve_topology=False)
    found = gpd.GeoSeries([*_areas(parts[areas], pixel), *lines], crs=places.frame.crs).to_crs(4326)
    return _as_one(np.asarray(found.array))


def _near(places: Boundaries, shapes: gpd.GeoSeries) -> tuple[float, ...]:
    """West, south, east and north of the city with its margin, in the CRS of *shapes*."""
    west, south, east, north = places.frame.to_crs(shapes.crs).total_bounds
    wide, high = MARGIN * (east - west), MARGIN * (north - south)
    return west - wide, south - high, east + wide, north + high


def _areas(polygons: np.ndarray, pixel: float) -> np.ndarray:
    """The polygons by fewer points, without those that are smaller than a pixel."""
    rings, owner = shapely.get_rings(polygons, return_index=True)
    points, of = shapely.get_coordinates(rings, return_index=True)
    simple = shapely.simplify(shapely.linestrings(points, indices=of), pixel, preserve_topology=False)
    drawn = shapely.get_num_coordinates(simple) >= LEAST_RING
    shells = np.diff(owner, prepend=-1) > 0
    drawn &= np.isin(owner, owner[shells & drawn])
    if not drawn.any():
        return np.array([], dtype=object)
    points, of = shapely.get_coordinates(simple[drawn], return_index=True)
    return shapely.polygons(shapely.linearrings(points, indices=of), indices=np.unique(owner[drawn], return_inverse=True)[1])


def _as_one(shapes: np.ndarray) -> shapely.Geometry:
    areas = shapely.get_type_id(shapes) == shapely.GeometryType.POLYGON
    some = [make(kind) for make, kind in ((shapely.multipolygons, shapes[areas]), (shapely.multilinestrings, shapes[~areas])) if len(kind)]
    return some[0] if len(some) == 1 else shapely.geometrycollections(some)
