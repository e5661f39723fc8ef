"""A file of every kind, to be taken into a workspace."""

import shutil
from pathlib import Path

import geopandas as gpd
import pytest

from tests.conftest import ROOT
from tests.toy import CRS, square

TABLES = {
    "counts.csv": b"neighbourhood;people\nN01;5\nN02;6\nN03;7\n",
    "old.txt": "neighbourhood\tname\nN01\tÖrebro\n".encode("cp1252"),
    "marked.csv": "neighbourhood,name\nN01,Örebro\n".encode("utf-8-sig"),
    "places.csv": b"lat,lon,kind\n31.0,-16.0,hall\n31.1,-16.1,park\n",
    "metres.csv": b"easting,northing,date\n404000,3430000,2024-05-01\n404500,3430500,2025-05-01\n",
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """A folder with a file of every kind; tables in several encodings and with several separators."""
    folder = tmp_path / "files"
    folder.mkdir()
    for name, content in TABLES.items():
        (folder / name).write_bytes(content)
    polygons = gpd.GeoDataFrame(
        {"code": ["N01", "N02"], "name": ["Hill", "Dale"], "district": ["D1", "D2"]}, geometry=[square(0, 0), square(1, 0)], crs=CRS
    )
    for name, frame in {"wards": polygons, "libraries": polygons.set_geometry(polygons.centroid)}.items():
        frame.to_file(folder / f"{name}.gpkg")
        frame.to_crs(4326).to_file(folder / f"{name}.geojson")
    shutil.copyfile(ROOT / "layers/green-raster/green.tif", folder / "green.tif")
    return folder
