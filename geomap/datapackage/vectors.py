"""GeoJSON and GeoPackage as tables with a geometry; GDAL is given only what has been recognised by its bytes."""

import json
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.datapackage.package import Resource
from geomap.errors import LayerError

SQLITE = b"SQLite format 3\x00"
WGS84 = "EPSG:4326"


def read_vector(path: Path, resource: Resource) -> gpd.GeoDataFrame:
    """The features of a GeoJSON or GeoPackage file, with their CRS; whole numbers in text form where a code could be one."""
    if resource.format == "geojson":
        return _geojson(path)
    return _geopackage(path)


def codes(values: pd.Series) -> pd.Series:
    """Codes as text: 12 and 12.0 become "12", "012" stays, nothing stays nothing."""
    if values.dtype.kind in "iu":
        return values.astype("str")
    if values.dtype.kind == "f":
        whole = values.dropna()
        if (whole == whole.round()).all():
            return values.map(lambda number: str(int(number)), na_action="ignore").astype("str")
    return values.map(lambda value: str(value).strip(), na_action="ignore").astype("str")


def _geojson(path: Path) -> gpd.GeoDataFrame:
    try:
        document: Any = json.loads(path.read_bytes())
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise LayerError(f"{path} is not valid GeoJSON: {wrong}.") from None
    features = document.get("features") if isinstance(document, dict) and document.get("type") == "FeatureCollection" else None
    if not features or not isinstance(features, list):
        raise LayerError(f"{path} must be a GeoJSON FeatureCollection with at least one feature.")
    if wrong := [place for place, feature in enumerate(features, 1) if not _is_feature(feature)]:
        raise LayerError(
            f"{path}: {len(wrong)} entries of 'features' are no GeoJSON features, the first is number {wrong[0]}. Export it again."
        )
    shapes = [json.dumps(feature["geometry"]) if feature.get("geometry") else None for feature in features]
    try:
        geometry = shapely.from_geojson(np.array(shapes, dtype=object))
    except shapely.errors.GEOSException as wrong:
        raise LayerError(f"{path} holds a geometry that cannot be read: {wrong}.") from None
    return gpd.GeoDataFrame([feature.get("properties") or {} for feature in features], geometry=geometry, crs=WGS84)


def _is_feature(found: Any) -> bool:  # noqa: ANN401  anything JSON can say
    return isinstance(found, dict) and all(isinstance(found.get(part), dict | None) for part in ("geometry", "properties"))


def _geopackage(path: Path) -> gpd.GeoDataFrame:
    import pyogrio

    with path.open("rb") as file:
        if file.read(16) != SQLITE:
            raise LayerError(f"{path} is not a GeoPackage: its first bytes are not those of one. Export it again as GeoPackage.")
    try:
        layers = pyogrio.list_layers(path)
        if len(layers) != 1:
            raise LayerError(f"{path} holds {len(layers)} layers {[str(name) for name in layers[:, 0]]}; leave the one that is meant.")
        frame = pyogrio.read_dataframe(path)
    except pyogrio.errors.DataSourceError as wrong:
        raise LayerError(f"{path} cannot be read as a GeoPackage: {wrong}.") from None
    if not isinstance(frame, gpd.GeoDataFrame):
        raise LayerError(f"{path} is a table without shapes. Export it as CSV, or with its shapes.")
    if frame.crs is None:
        raise LayerError(f"{path} does not say which coordinates it uses (no CRS). Set it in a GIS and export again.")
    return frame
