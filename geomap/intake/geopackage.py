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
            f"{name_of(path)} is damaged, or no GeoPackage inside: as a database it says {listed([wrong])}. Export it again as GeoPackage."
        ) from None


def _looked_through(path: Path, database: sqlite3.Connection, repairs: list[Repair]) -> str:
    database.execute("PRAGMA trusted_schema=OFF")
    database.execute("PRAGMA cell_size_check=ON")
    found = database.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_master").fetchall()
    if views := [name for kind, name, _ in found if kind == "view" and name.lower() not in STANDARD_VIEWS]:
        raise IntakeError(
            f"{name_of(path)} holds a SQL view ({listed(views)}): stored commands that would run when it is read. Export the layer as a table."
        )
    if (said := database.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise IntakeError(f"{name_of(path)} is damaged: its database fails its own check ({listed([said])}). Export it again.")
    layer = _only_layer(path, database)
    _plain_table(path, database, layer, {name: sql for kind, name, sql in found if kind == "table"})
    if foreign := [name for kind, name, _ in found if kind == "trigger" and not name.lower().startswith(OWN_TRIGGERS)]:
        said = f"{name_of(path)} holds {len(foreign)} trigger(s) that no GeoPackage needs ({listed(foreign)}); the file is only read, so none ran."
        repairs.append(Repair("trigger", said, len(foreign)))
    return layer


def _only_layer(path: Path, database: sqlite3.Connection) -> str:
    layers = [str(row[0]) for row in database.execute("SELECT table_name FROM gpkg_contents WHERE data_type = 'features'")]
    if not layers:
        raise IntakeError(f"{name_of(path)} holds no layer of features. Export the areas again as GeoPackage.")
    if len(layers) > 1:
        raise IntakeError(f"{name_of(path)} holds more than one layer: {listed(layers)}. Export only the one that is meant.")
    return layers[0]


def _plain_table(path: Path, database: sqlite3.Connection, layer: str, tables: dict[str, str]) -> None:
    if layer not in tables or "virtual" in tables[layer].lower().split("(")[0].split():
        raise IntakeError(f"{name_of(path)}: the layer {listed([layer])} is not an ordinary table of this GeoPackage. Export it again.")
    computed = [row[0] for row in database.execute("SELECT name, hidden FROM pragma_table_xinfo(?)", (layer,)) if row[1] in GENERATED]
    if computed:
        raise IntakeError(
            f"{name_of(path)} has columns that are computed when it is read: {listed(computed)}. Export it with plain columns."
        )
