"""What the cells of a raster hold inside shapes, cells on a border counted by the part that lies inside."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
import shapely
from rasterio.crs import CRS
from rasterio.env import get_gdal_config, set_gdal_config
from rasterio.windows import Window

from geomap.boundaries.contour import BY_ARRAYS, CellSums, Way, sum_cells
from geomap.boundaries.outlines import outlines
from geomap.boundaries.strips import Reading, read_strips, rows_at_once
from geomap.errors import GeomapError

GEOTIFF = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")
ALONE = {"GDAL_PAM_ENABLED": "NO", "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR"}  # no file beside it speaks for a raster
ADDED_UP = ("sum", "mean", "count", "cover")
WORTH_COMPILING = 50_000
MOST_CELLS = 2_000_000
LEAST_KEPT = 32 * 2**20  # bytes of blocks


def cells_within(
    raster: Path, shapes: gpd.GeoDataFrame, statistics: Sequence[str], *, error: type[GeomapError], reading: Reading | None = None
) -> pd.DataFrame:
    """The *statistics* of the GeoTIFF *raster* in each of *shapes*, a column each in their order; *error* where it cannot be read.

    sum, mean, count (cells with data) and cover (the share of the shape that has data) are found along outlines. What cannot be added up (min, max,
    quantile(q=0.9)) is exactextract's. Where no cell has data, count and cover are 0 and the others NaN.
    """
    with _opened(raster, error) as source:
        here = shapes[["geometry"]].to_crs(source.crs)
        added = _added_up(source, here.geometry.array, reading or Reading()) if set(statistics) & set(ADDED_UP) else pd.DataFrame()
        others = [name for name in statistics if name not in ADDED_UP]
        return pd.concat([added, _extracted(source, here, others, error)] if others else [added], axis=1)[list(statistics)]


def weighted_mean_within(raster: Path, weights: Path, shapes: gpd.GeoDataFrame, *, error: type[GeomapError]) -> np.ndarray:
    """The mean of *raster* in each of *shapes*, each cell counted by the part inside and by what *weights*, a raster of the same grid, holds there."""
    from exactextract import exact_extract

    with _opened(raster, error) as source, _opened(weights, error) as other:
        if source.crs != other.crs or not source.transform.almost_equals(other.transform, 1e-6 * abs(source.transform.a)):
            raise error(f"{raster.name} and {weights.name} are not of one grid. Warp one to the other in a GIS (gdalwarp -tap -tr -te).")
        here = shapes[["geometry"]].to_crs(source.crs)
        return exact_extract(source, here, ["weighted_mean"], weights=other, output="pandas")["weighted_mean"].to_numpy()


def filled_cells(raster: Path, shapes: gpd.GeoDataFrame, *, error: type[GeomapError]) -> tuple[np.ndarray, np.ndarray, np.ndarray, CRS]:
    """The middles (x, y) of the cells around *shapes* that hold more than 0, what they hold, and the CRS; *error* where they are too many."""
    with _opened(raster, error) as source:
        window = _window(np.asarray(shapes.geometry.to_crs(source.crs).array), source)
        if window is None:
            raise error(f"{raster.name} lies elsewhere than the places. Take the raster of this city.")
        found = [(*np.nonzero(strip.cells > 0), strip) for strip in read_strips(source, window, Reading())]
        row = np.concatenate([rows + strip.top for rows, _, strip in found]) + 0.5
        column = np.concatenate([columns for _, columns, _ in found]) + 0.5
        held = np.concatenate([strip.cells[rows, columns] for rows, columns, strip in found]).astype(float)
        if len(held) > MOST_CELLS:
            raise error(
                f"{raster.name} holds people in {len(held):,} cells here, more than {MOST_CELLS:,}. Resample it to larger cells in a GIS."
            )
        to_crs = source.window_transform(window)
        return to_crs.a * column + to_crs.b * row + to_crs.c, to_crs.d * column + to_crs.e * row + to_crs.f, held, source.crs


@contextmanager
def _opened(raster: Path, error: type[GeomapError]) -> Iterator[rasterio.DatasetReader]:
    with raster.open("rb") as file:
        if file.read(4) not in GEOTIFF:
            raise error(f"{raster} is not a GeoTIFF: its first bytes are not those of one.")
    try:
        with rasterio.Env(**ALONE), rasterio.open(raster, driver="GTiff", sharing=False) as source:
            if source.crs is None:
                raise error(f"{raster} does not say which coordinates it uses (no CRS). Set it in a GIS and save it again.")
            yield source
    except rasterio.errors.RasterioIOError as wrong:
        raise error(f"{raster} cannot be read as a GeoTIFF: {wrong}. Save it again in a GIS.") from None


def _added_up(source: rasterio.DatasetReader, shapes: gpd.array.GeometryArray, reading: Reading) -> pd.DataFrame:
    shapes = np.asarray(shapes)
    window = _window(shapes, source)
    if window is None:
        nothing = np.zeros(len(shapes))
        return pd.DataFrame({"sum": np.nan, "mean": np.nan, "count": nothing, "cover": nothing})
    way = _way(shapes)
    lines = outlines(shapes, ~source.window_transform(window), int(window.height), rows_at_once(source, window), way.edges)
    with _read_once(source):
        return _table(sum_cells(lines, read_strips(source, window, reading), way), lines.areas)


@contextmanager
def _read_once(source: rasterio.DatasetReader) -> Iterator[None]:
    """GDAL keeps no more blocks of *source* than two rows of them, since strips come back to no block above."""
    high = source.block_shapes[0][0]
    before = get_gdal_config("GDAL_CACHEMAX")
    set_gdal_config("GDAL_CACHEMAX", max(LEAST_KEPT, 2 * high * source.width * np.dtype(source.dtypes[0]).itemsize))
    try:
        yield
    finally:
        set_gdal_config("GDAL_CACHEMAX", before)


def _window(shapes: np.ndarray, source: rasterio.DatasetReader) -> Window | None:
    """The part of the raster that all *shapes* lie in, in whole cells; nothing where they lie elsewhere."""
    west, south, east, north = shapely.total_bounds(shapes)
    x, y = np.array([west, east, east, west]), np.array([south, south, north, north])
    inverse = ~source.transform
    column = np.clip(inverse.a * x + inverse.b * y + inverse.c, 0, source.width)
    row = np.clip(inverse.d * x + inverse.e * y + inverse.f, 0, source.height)
    left, top, right, bottom = (
        int(side) for side in (np.floor(column.min()), np.floor(row.min()), np.ceil(column.max()), np.ceil(row.max()))
    )
    return Window(left, top, right - left, bottom - top) if left < right and top < bottom else None


def _way(shapes: np.ndarray) -> Way:
    """How the work is done: compiled where numba is installed and there is enough to do."""
    if find_spec("numba") is None or shapely.get_num_coordinates(shapes).sum() < WORTH_COMPILING:
        return BY_ARRAYS
    from geomap.boundaries.contour_fast import COMPILED

    return COMPILED


def _table(found: CellSums, areas: np.ndarray) -> pd.DataFrame:
    held = found.cells - found.empty
    held = np.where(held > 1e-9 * areas, held, 0.0)
    total = np.where(held > 0, found.total, np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        return pd.DataFrame({"sum": total, "mean": total / held, "count": held, "cover": np.minimum(held / areas, 1.0)})


def _extracted(source: rasterio.DatasetReader, shapes: gpd.GeoDataFrame, statistics: list[str], error: type[GeomapError]) -> pd.DataFrame:
    from exactextract import exact_extract

    if not source.transform.is_rectilinear:
        raise error(f"{source.name} is turned against north, so only sums and means can be found. Warp it to north in a GIS.")
    return exact_extract(source, shapes, statistics, output="pandas").set_axis(statistics, axis=1)
