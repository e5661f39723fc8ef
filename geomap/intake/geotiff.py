"""A GeoTIFF's measures and the range of its cells, read block by block with GDAL's GTiff driver only, in the confined process."""

from pathlib import Path
from typing import Any

from geomap.errors import IntakeError
from geomap.intake.limits import BANDS, CELLS, MEGABYTE
from geomap.intake.recognise import name_of
from geomap.intake.words import shown
from geomap.worded import worded

SENTINELS = (-9999.0, -99999.0, -999.0, -32768.0, -2147483648.0, -3.4028234663852886e38, 1e20, -1e20)
NEAR = 1e-6
NUMBERS = "buif"


def read(path: Path) -> tuple[dict[str, Any], None]:
    """The head of the raster: size, CRS, nodata, least and greatest value, how many cells hold one, and cells that only mark nothing."""
    import rasterio

    with rasterio.open(path, driver="GTiff", sharing=False) as source:
        _usable(path, source)
        return _head(source) | _range(path, source), None


def _usable(path: Path, source: Any) -> None:  # noqa: ANN401  rasterio's own type
    import numpy as np

    faults = []
    if source.count != BANDS:
        faults.append(worded("it has {count} bands, and which band is meant is not known; export one band.", count=str(source.count)))
    if source.width * source.height > CELLS:
        size = source.width * source.height * np.dtype(source.dtypes[0]).itemsize // MEGABYTE
        faults.append(
            worded(
                "it is too large: {width} by {height} cells ({size} MB unpacked); at most {most} cells are read.",
                width=source.width,
                height=source.height,
                size=size,
                most=CELLS,
            )
        )
    if np.dtype(source.dtypes[0]).kind not in NUMBERS:
        faults.append(worded("its cells are {type}, not plain numbers; export them as such.", type=str(source.dtypes[0])))
    if source.crs is None:
        faults.append(worded("it does not say which coordinate reference system (CRS) it uses; set it in a GIS and export it again."))
    if source.transform.is_identity or source.transform.b or source.transform.d or not source.transform.a * source.transform.e:
        faults.append(worded("its cells do not lie on an upright grid (no position, or turned); resample it in a GIS and export it again."))
    if faults:
        raise IntakeError(worded("{file} cannot be used:", file=name_of(path)), tuple(faults))


def _head(source: Any) -> dict[str, Any]:  # noqa: ANN401  rasterio's own type
    return {
        "width": source.width,
        "height": source.height,
        "dtype": str(source.dtypes[0]),
        "crs": source.crs.to_wkt(),
        "nodata": None if source.nodata is None else repr(float(source.nodata)),
        "bounds": [float(side) for side in source.bounds],
        "cell": [abs(float(source.transform.a)), abs(float(source.transform.e))],
    }


def _range(path: Path, source: Any) -> dict[str, Any]:  # noqa: ANN401  rasterio's own type
    import numpy as np
    import rasterio

    low, high, cells, marks = np.inf, -np.inf, 0, dict.fromkeys(SENTINELS, 0)
    with np.errstate(all="ignore"):
        try:
            for window in _strips(source):
                block = source.read(1, window=window, masked=True)
                good = np.asarray(block.compressed(), dtype=float)
                good = good[np.isfinite(good)]
                if not good.size:
                    continue
                low, high, cells = min(low, good.min()), max(high, good.max()), cells + good.size
                for mark in SENTINELS:
                    if good.min() <= mark + abs(mark) * NEAR and good.max() >= mark - abs(mark) * NEAR:
                        marks[mark] += int((np.abs(good - mark) <= abs(mark) * NEAR).sum())
        except rasterio.errors.RasterioIOError as wrong:
            raise IntakeError(
                worded(
                    "{file} is damaged: its cells cannot be read to the end ({wrong}). Upload it again.",
                    file=name_of(path),
                    wrong=shown(wrong),
                )
            ) from None
    return {
        "low": None if cells == 0 else float(low),
        "high": None if cells == 0 else float(high),
        "cells": cells,
        "marks": {repr(mark): times for mark, times in marks.items() if times},
    }


def _strips(source: Any) -> Any:  # noqa: ANN401  rasterio's own types
    """Windows of whole rows of blocks, about sixteen million cells at most, or a block's height."""
    from rasterio.windows import Window

    height = max(source.block_shapes[0][0], min(source.height, 4_000_000 // source.width))
    for top in range(0, source.height, height):
        yield Window(0, top, source.width, min(height, source.height - top))
