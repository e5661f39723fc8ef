"""GeoPackage: looked through as an SQLite database that is only read, then read by GDAL's GPKG driver, in the confined process."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from geomap.errors import IntakeError
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.words import listed
from geomap.worded import worded

STANDARD_VIEWS = {"st_spatial_ref_sys", "spatial_ref_sys", "st_geometry_columns", "geometry_columns"}
OWN_TRIGGERS = ("gpkg_", "rtree_", "trigger_insert_feature_count_", "trigger_delete_feature_count_", "ogr_", "fgti_", "fgtu_")
GENERATED = (2, 3)


def read(path: Path) -> tuple[dict[str, Any], Any]:
    """The one layer of features in the GeoPackage."""
    repairs: list[Repair] = []
    layer = _checked(path, repairs)
    from geomap.intake.features import read_by_gdal

    return read_by_gdal(path, "GPKG", repairs=repairs, layer=layer, IMMUTABLE="YES", LIST_ALL_TABLES="NO")


def _checked(path: Path, repairs: list[Repair]) -> str:
    """The name of the only layer; no view, no computed column, no damaged page."""
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            return _looked_through(path, database, repairs)
    except (sqlite3.Error, UnicodeDecodeError) as wrong:
        raise IntakeError(
            worded(
                "{file} is damaged, or no GeoPackage inside: as a database it says {examples}. Export it again as GeoPackage.",
                file=name_of(path),
                examples=listed([wrong]),
            )
        ) from None


def _looked_through(path: Path, database: sqlite3.Connection, repairs: list[Repair]) -> str:
    database.execute("PRAGMA trusted_schema=OFF")
    database.execute("PRAGMA cell_size_check=ON")
    found = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    if views := [name for kind, name, _ in found if kind == "view" and name.lower() not in STANDARD_VIEWS]:
        raise IntakeError(
            worded(
                "{file} holds a SQL view ({views}): stored commands that would run when it is read. Export the layer as a table.",
                file=name_of(path),
                views=listed(views),
            )
        )
    if (said := database.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise IntakeError(
            worded(
                "{file} is damaged: its database fails its own check ({examples}). Export it again.",
                file=name_of(path),
                examples=listed([said]),
            )
        )
    layer = _only_layer(path, database)
    _plain_table(path, database, layer, {name: sql for kind, name, sql in found if kind == "table"})
    if foreign := [name for kind, name, _ in found if kind == "trigger" and not name.lower().startswith(OWN_TRIGGERS)]:
        said = worded(
            "{file} holds {count} trigger(s) that no GeoPackage needs ({examples}); the file is only read, so none ran.",
            file=name_of(path),
            count=len(foreign),
            examples=listed(foreign),
        )
        repairs.append(Repair("trigger", said, len(foreign)))
    return layer


def _only_layer(path: Path, database: sqlite3.Connection) -> str:
    layers = [str(row[0]) for row in database.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")]
    if not layers:
        raise IntakeError(worded("{file} holds no layer of features. Export the areas again as GeoPackage.", file=name_of(path)))
    if len(layers) > 1:
        raise IntakeError(
            worded(
                "{file} holds more than one layer: {layers}. Export only the one that is meant.", file=name_of(path), layers=listed(layers)
            )
        )
    return layers[0]


def _plain_table(path: Path, database: sqlite3.Connection, layer: str, tables: dict[str, str]) -> None:
    if layer not in tables or "virtual" in tables[layer].lower().split("(")[0].split():
        raise IntakeError(
            worded(
                "{file}: the layer {examples} is not an ordinary table of this GeoPackage. Export it again.",
                file=name_of(path),
                examples=listed([layer]),
            )
        )
    computed = [row[0] for row in database.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (layer,)) if row[1] in GENERATED]
    if computed:
        raise IntakeError(
            worded(
                "{file} has columns that are computed when it is read: {columns}. Export it with plain columns.",
                file=name_of(path),
                columns=listed(computed),
            )
        )
