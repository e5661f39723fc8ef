"""The door for shapes: recognised by their bytes, read by the one reader of that kind."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd

from geomap.errors import IntakeError
from geomap.intake.apart import shapes_apart
from geomap.intake.geojson import read_geojson
from geomap.intake.recognise import Kind, name_of, recognise
from geomap.intake.record import Repair
from geomap.intake.zipped import read_zipped_shapefile
from geomap.worded import worded

Read = tuple[gpd.GeoDataFrame, list[Repair]]


@dataclass(frozen=True)
class TakenShapes:
    """frame: one row a feature, with a CRS; repairs: what was done or is doubtful."""

    frame: gpd.GeoDataFrame
    repairs: tuple[Repair, ...] = ()


READERS: dict[Kind, Callable[[Path], Read]] = {
    Kind.JSON: read_geojson,
    Kind.ZIP: read_zipped_shapefile,
    Kind.GEOPACKAGE: lambda path: shapes_apart("geopackage", path, Kind.GEOPACKAGE),
    Kind.FLATGEOBUF: lambda path: shapes_apart("flatgeobuf", path, Kind.FLATGEOBUF),
    Kind.PARQUET: lambda path: shapes_apart("geoparquet", path, Kind.PARQUET),
}


def take_shapes(path: Path) -> TakenShapes:
    """The features of the file; IntakeError says in words why there are none."""
    kind = recognise(path)
    if kind is Kind.EMPTY:
        raise IntakeError(worded("{file} is empty. Export or upload it again.", file=name_of(path)))
    if kind not in READERS:
        raise IntakeError(
            worded(
                "{file} is not GeoJSON, nor a GeoPackage, zipped Shapefile, FlatGeobuf or GeoParquet: it is {kind}. Export the shapes as one of these and try again.",
                file=name_of(path),
                kind=kind.value,
            )
        )
    frame, repairs = READERS[kind](path)
    return TakenShapes(frame, tuple(repairs))
