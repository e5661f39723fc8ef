"""Invented places for timings: a coverage of a square whose borders are as crooked as real ones, every border drawn once and shared."""  # noqa: INP001

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from scipy.spatial import Voronoi
from scipy.stats import qmc

from geomap.boundaries.boundaries import Boundaries

CRS, WEST, SOUTH = "EPSG:27700", 480_000.0, 140_000.0
SIDE = 100_000.0
HALVINGS = 4


def made_places(count: int, *, seed: int = 1) -> Boundaries:
    """*count* places that cover a square of 100 km, about 95 corners each."""
    rng = np.random.default_rng(seed)
    points = qmc.Halton(2, rng=rng).random(count)
    mirrored = [points * turn + move for turn, move in (((-1, 1), (0, 0)), ((-1, 1), (2, 0)), ((1, -1), (0, 0)), ((1, -1), (0, 2)))]
    cells = Voronoi(np.concatenate([points, *mirrored]))
    of, ends = cells.ridge_points, np.asarray(cells.ridge_vertices)
    ends, inner = ends[(of < count).any(axis=1)], (of < count).all(axis=1)[(of < count).any(axis=1)]
    shapes = shapely.get_parts(shapely.polygonize(_crooked(cells.vertices[ends], inner, rng)))
    shapes = shapes[np.argsort(shapely.get_coordinates(shapely.centroid(shapes))[:, 1])]
    codes = pd.Index([f"P{number:06d}" for number in range(len(shapes))], name="code")
    frame = gpd.GeoDataFrame({"name": codes, "parent": ""}, geometry=shapes, crs=CRS).set_index(codes)
    return Boundaries("made", "Made places", "place", "2025-01-01", frame)


def _crooked(ends: np.ndarray, inner: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A line a border, from its two *ends* by halving and moving the middle aside; the outer ones stay straight."""
    line = ends
    for halving in range(HALVINGS):
        step = np.diff(line, axis=1)
        aside = np.stack([-step[..., 1], step[..., 0]], axis=-1) * rng.normal(0, 0.06 / (1 + halving), (*step.shape[:2], 1))
        middle = line[:, :-1] + step / 2 + aside * inner[:, None, None]
        line = np.insert(line, np.arange(1, line.shape[1]), middle, axis=1)
    points = (line * SIDE + (WEST, SOUTH)).reshape(-1, 2)
    return shapely.linestrings(points, indices=np.repeat(np.arange(len(line)), line.shape[1]))
