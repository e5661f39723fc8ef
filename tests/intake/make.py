"""A small city of six square wards, written in every kind of file."""

import json
import zipfile
from pathlib import Path

import geopandas as gpd
import numpy as np
import rasterio
import shapely
from rasterio.transform import from_bounds

WEST, SOUTH, SIDE = -0.12, 51.50, 0.01


def wards() -> gpd.GeoDataFrame:
    """Six wards in two rows of three."""
    squares = [
        shapely.box(WEST + SIDE * x, SOUTH + SIDE * y, WEST + SIDE * (x + 1), SOUTH + SIDE * (y + 1)) for y in range(2) for x in range(3)
    ]
    codes = [f"E0500000{number}" for number in range(1, 7)]
    return gpd.GeoDataFrame({"code": codes, "name": list("ABCDEF")}, geometry=squares, crs=4326)


def feature(coordinates: object, **properties: object) -> dict[str, object]:
    """A feature with one polygon."""
    return {"type": "Feature", "properties": {"code": "W1", **properties}, "geometry": {"type": "Polygon", "coordinates": coordinates}}


def collection(path: Path, *features: object, **members: object) -> Path:
    """A FeatureCollection written to *path*."""
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": list(features)}), encoding="utf-8")
    return path


def written(folder: Path, kind: str, frame: gpd.GeoDataFrame | None = None) -> Path:
    """The wards as a file of *kind*: geojson, gpkg, fgb, parquet or zip."""
    frame, path = wards() if frame is None else frame, folder / f"wards.{kind}"
    if kind == "parquet":
        frame.to_parquet(path)
    elif kind == "zip":
        frame.to_file(folder / "wards.shp", encoding="utf-8")
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for part in sorted(folder.glob("wards.*")):
                if part != path:
                    archive.write(part, part.name)
    else:
        frame.to_file(path, driver={"geojson": "GeoJSON", "gpkg": "GPKG", "fgb": "FlatGeobuf"}[kind])
    return path


def raster(path: Path, cells: np.ndarray, *, nodata: float | None = None, crs: str | None = "EPSG:4326") -> Path:
    """The cells over the wards."""
    height, width = cells.shape
    options = {
        "driver": "GTiff", "height": height, "width": width, "count": 1, "dtype": cells.dtype, "crs": crs, "nodata": nodata,
        "transform": from_bounds(WEST, SOUTH, WEST + 3 * SIDE, SOUTH + 2 * SIDE, width, height),
    }  # fmt: skip
    with rasterio.open(path, "w", **options) as file:
        file.write(cells, 1)
    return path
