"""Backdrops for the demonstration city: its river, which is the gap that its places leave, a railway across it, and what a hostile file would hold."""

import json
from pathlib import Path

import geopandas as gpd
import shapely

from tests.conftest import ROOT

CARD = {
    "contributors": [{"title": "Marrowmere City Council", "roles": ["provider"]}], "licenses": [{"name": "CC0-1.0"}], "geomap:kind": "backdrop", "geomap:period": "2025", "geomap:evidence": "administrative",
    "geomap:sensitivity": "open", "geomap:tier": "public", "geomap:skewed": "Streams are left out.", "geomap:misreading": "A river is no border.",
}  # fmt: skip
CRS = "EPSG:32628"


def city_shape() -> shapely.Geometry:
    """The ground of the demonstration city, in metres."""
    return gpd.read_file(ROOT / "boundaries/neighbourhoods/neighbourhoods.geojson").to_crs(CRS).union_all()


def river() -> gpd.GeoSeries:
    """The gap along the river, as an area."""
    city = city_shape()
    gaps = shapely.get_parts(shapely.difference(shapely.buffer(shapely.buffer(city, 120), -120), city))
    return gpd.GeoSeries([max(gaps, key=shapely.area)], crs=CRS).to_crs(4326)


def railway() -> gpd.GeoSeries:
    """A straight line through the middle, from far in the west to far in the east, in two pieces."""
    west, south, east, north = city_shape().bounds
    middle, centre = (south + north) / 2, (west + east) / 2
    ends = [(west - 500_000, middle), (centre, middle), (east + 500_000, middle)]
    return gpd.GeoSeries([shapely.LineString(ends[:2]), shapely.LineString(ends[1:])], crs=CRS).to_crs(4326)


def lay_backdrop(city: Path, name: str, shapes: gpd.GeoSeries, drawn_as: str, **said: object) -> Path:
    """The folder of a layer of kind backdrop in the workspace *city*."""
    folder = city / "layers" / name
    folder.mkdir(parents=True)
    gpd.GeoDataFrame({"id": range(len(shapes))}, geometry=list(shapes), crs=shapes.crs).to_file(folder / "shapes.geojson", driver="GeoJSON")
    card = CARD | {"name": name, "title": name.title(), "geomap:drawn_as": drawn_as} | said
    card.setdefault("resources", [{"name": "data", "path": "shapes.geojson", "format": "geojson"}])
    (folder / "datapackage.json").write_text(json.dumps(card, ensure_ascii=False), encoding="utf-8")
    return folder
