"""A raster read from top to bottom in strips of rows, so that memory is bounded whatever its size."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import rasterio
from numpy.typing import NDArray
from pyproj import CRS
from rasterio.enums import MaskFlags
from rasterio.windows import Window

CELLS_AT_ONCE = 300_000
MASKED = frozenset({MaskFlags.per_dataset, MaskFlags.alpha})


@dataclass(frozen=True)
class Reading:
    """How cells are read: *of* turns them into 1 where they hold one of these values and 0 elsewhere; *per_km2* multiplies each by its own area."""

    of: tuple[float, ...] = ()
    per_km2: bool = False


@dataclass(frozen=True)
class Strip:
    """Some rows of a raster: top, the first of them, from the upper edge; cells, with 0 where there are no data; empty, where that is, or nothing."""

    top: int
    cells: NDArray
    empty: NDArray[np.bool_] | None


def rows_at_once(source: rasterio.DatasetReader, window: Window) -> int:
    """How many rows make a strip: whole blocks of the file where they are small, and no more cells than fit a processor's cache."""
    rows, block = max(1, CELLS_AT_ONCE // int(window.width)), source.block_shapes[0][0]
    return rows if block > rows else rows // block * block


def read_strips(source: rasterio.DatasetReader, window: Window, reading: Reading) -> Iterator[Strip]:
    """The first band of *source* inside *window*, its scale and offset applied; rows count from the window's top.

    Neither nodata nor what the file masks nor what is no finite number counts as data.
    """
    wide, high, rows = int(window.width), int(window.height), rows_at_once(source, window)
    for top in range(0, high, rows):
        part = Window(window.col_off, window.row_off + top, wide, min(rows, high - top))
        stored = source.read(1, window=part)
        empty = _empty(stored, source.nodata)
        if MASKED.intersection(source.mask_flag_enums[0]):
            empty |= source.read_masks(1, window=part) == 0
        values = _meant(source, stored, reading, int(part.row_off))
        if empty.any():
            np.copyto(values, 0, where=empty)
        yield Strip(top, values, empty if empty.any() else None)


def _meant(source: rasterio.DatasetReader, values: NDArray, reading: Reading, top: int) -> NDArray:
    scale, offset = source.scales[0], source.offsets[0]
    if (scale, offset) != (1.0, 0.0):
        values = values * scale + offset
    if reading.of:
        values = np.isin(values, reading.of).astype(np.uint8)
    return values * square_kilometres(source, top, len(values))[:, None] if reading.per_km2 else values


def square_kilometres(source: rasterio.DatasetReader, top: int, rows: int) -> NDArray[np.float64]:
    """The area of one cell in each of *rows* rows from *top*: in degrees on the ellipsoid, otherwise as the units of the CRS say."""
    if not source.crs.is_geographic:
        _, metres = source.crs.linear_units_factor
        return np.full(rows, abs(source.transform.determinant) * metres**2 / 1e6)
    geod = CRS(source.crs).get_geod()
    eccentricity = np.sqrt(geod.es)
    sine = np.sin(np.radians(source.transform.f + source.transform.e * np.arange(top, top + rows + 1)))
    belt = sine / (1 - geod.es * sine**2) + np.arctanh(eccentricity * sine) / eccentricity  # Snyder 1987, equation 3-12, both hemispheres
    return np.abs(np.diff(belt)) * geod.b**2 / 2 * np.radians(abs(source.transform.a)) / 1e6


def _empty(values: NDArray, nodata: float | None) -> NDArray[np.bool_]:
    """Where *values* are nodata or no finite numbers."""
    if not np.issubdtype(values.dtype, np.floating):
        return values == nodata if nodata is not None else np.zeros(values.shape, dtype=bool)
    if nodata is None or np.isnan(nodata):
        return ~np.isfinite(values)
    lost = ~np.isfinite(values)
    return np.logical_or(lost, values == values.dtype.type(nodata), out=lost)
