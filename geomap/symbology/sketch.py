"""A drawing of places or points as one small SVG picture: outlines and dots, no name and no number, so that a person sees whether they lie right."""

import geopandas as gpd
import numpy as np
import shapely

WIDTH, MARGIN = 640, 8
MOST_POINTS, MOST_VERTICES = 4_000, 60_000
GROUND, FILLED, LINE, DOT = "#f1eee7", "#9cc3c4", "#7d8b8f", "#8f2d3c"


def sketch(areas: gpd.GeoSeries | None, *, marked: np.ndarray | None = None, points: gpd.GeoSeries | None = None) -> str:
    """*areas* as outlines, filled where *marked* (all when nothing is said and there are no points), with *points* as dots to a pixel or so.

    Blank where nothing can be drawn. More than 4,000 points are thinned evenly.
    """
    shapes = _degrees(areas)
    dots = _degrees(points)
    whole = np.concatenate([shapes, dots])
    if not len(whole):
        return ""
    west, south, east, north = shapely.total_bounds(shapes if len(shapes) else dots)
    squeeze = np.cos(np.radians(np.clip((south + north) / 2, -80, 80)))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * squeeze, (north - south), 1e-9)
    height = round((north - south) * scale) + 2 * MARGIN

    def placed(coordinates: np.ndarray) -> np.ndarray:
        across, up = coordinates[:, 0], coordinates[:, 1]
        return np.column_stack([(across - west) * squeeze * scale + MARGIN, (north - up) * scale + MARGIN]).round().astype(int)

    filled = np.full(len(shapes), not len(dots)) if marked is None else np.asarray(marked, dtype=bool)[: len(shapes)]
    parts = [_paths(shapes[filled], placed, 1 / scale, FILLED), _paths(shapes[~filled], placed, 1 / scale, GROUND), _dots(dots, placed)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}">{"".join(parts)}</svg>'
    )


def _degrees(shapes: gpd.GeoSeries | None) -> np.ndarray:
    """The shapes in WGS84, without what draws nothing."""
    if shapes is None:
        return np.array([], dtype=object)
    known = shapes[~(shapes.isna() | shapes.is_empty)]
    return np.asarray((known if known.crs is None else known.to_crs(4326)).array)


def _paths(shapes: np.ndarray, placed, pixel: float, colour: str) -> str:  # noqa: ANN001  coordinates to pixels
    """One path of all rings."""
    rings = shapely.get_rings(shapely.get_parts(shapely.simplify(shapes, pixel, preserve_topology=False)))
    rings = rings[~shapely.is_empty(rings)]
    if not len(rings):
        return ""
    if shapely.get_num_coordinates(rings).sum() > MOST_VERTICES:
        rings = shapely.simplify(rings, 3 * pixel, preserve_topology=False)
    coordinates, ring = shapely.get_coordinates(rings, return_index=True)
    words = np.array([f"{x} {y}" for x, y in placed(coordinates)])
    drawn = "".join(f"M{'L'.join(some)}Z" for some in np.split(words, np.flatnonzero(np.diff(ring)) + 1) if len(some) > 2)
    return f'<path d="{drawn}" fill="{colour}" fill-rule="evenodd" stroke="{LINE}" stroke-width="0.6"/>'


def _dots(points: np.ndarray, placed) -> str:  # noqa: ANN001  coordinates to pixels
    """A dot at every pixel that has a point."""
    if not len(points):
        return ""
    thinned = points[:: max(1, -(-len(points) // MOST_POINTS))]
    seen = np.unique(placed(shapely.get_coordinates(shapely.centroid(thinned))), axis=0)
    drawn = "".join(f"M{x} {y}h0" for x, y in seen if -WIDTH < x < 2 * WIDTH and -WIDTH < y < 2 * WIDTH)
    return f'<path d="{drawn}" stroke="{DOT}" stroke-width="4" stroke-linecap="round" stroke-opacity="0.6"/>'
