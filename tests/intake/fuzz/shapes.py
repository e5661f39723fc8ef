"""Damage that keeps the outside of a file of shapes whole and lies about what is in it."""

# ruff: noqa: S608  statements that do harm are the point

import io
import json
import sqlite3
import zipfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from hypothesis import strategies as st

from tests.intake.fuzz.raw import EDITS, damaged
from tests.intake.fuzz.trees import CHANGES, changed
from tests.intake.make import wards, written

PARTS = ("shp", "shx", "dbf", "prj")
WORDS = ("'wards'", "'sqlite_master'", "NULL", "''", "0", "-1", "9223372036854775807", "1e308", "x'00ff'", "'EPSG'", "'features'", "'tiles'", "'../x'", "randomblob(40)", "zeroblob(9999)")  # fmt: skip
STATEMENTS = (
    *(f"UPDATE gpkg_contents SET {column} = {{}}" for column in ("table_name", "data_type", "identifier", "min_x", "max_y", "srs_id", "last_change")),
    *(f"UPDATE gpkg_geometry_columns SET {column} = {{}}" for column in ("table_name", "column_name", "geometry_type_name", "srs_id", "z", "m")),
    *(f"UPDATE gpkg_spatial_ref_sys SET {column} = {{}}" for column in ("srs_id", "organization", "organization_coordsys_id", "definition")),
    *(f"UPDATE wards SET {column} = {{}} WHERE fid % 2" for column in ("fid", "code", "name", "geom")),
    *(f"PRAGMA {name} = {{}}" for name in ("user_version", "application_id", "schema_version")),
    *(f"DELETE FROM {table} WHERE {{}}" for table in ("gpkg_contents", "gpkg_geometry_columns", "gpkg_spatial_ref_sys", "gpkg_extensions", "wards")),
    "INSERT INTO gpkg_contents(table_name, data_type, identifier) VALUES ({}, 'features', {})", "DROP TABLE gpkg_extensions", "DROP TABLE gpkg_spatial_ref_sys",
    "DROP TABLE gpkg_geometry_columns", "CREATE VIEW v AS SELECT {}", "CREATE TRIGGER t AFTER INSERT ON wards BEGIN SELECT {}; END", "ALTER TABLE wards ADD COLUMN x DEFAULT {}",
    'ALTER TABLE wards RENAME TO "a b;c"', 'ALTER TABLE wards RENAME COLUMN code TO "geometry"', "UPDATE sqlite_master SET sql = replace(sql, 'code', {})",
    "UPDATE sqlite_master SET rootpage = {} WHERE name = 'wards'", "CREATE VIRTUAL TABLE f USING fts5(x)", 'CREATE TABLE "rtree_wards_geom"(x)',
)  # fmt: skip
SQL = st.lists(st.tuples(st.sampled_from(STATEMENTS), st.sampled_from(WORDS), st.sampled_from(WORDS)), min_size=1, max_size=3)
BLOBS = st.tuples(st.integers(0, 5), EDITS)


def geopackage(good: bytes, change: tuple[list[tuple[str, str, str]], tuple[int, Any] | None]) -> bytes:
    """The database after some statements, and one shape's bytes damaged; what SQLite itself refuses is passed over."""
    statements, blob = change
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as database:
        database.deserialize(good)
        database.execute("PRAGMA writable_schema = ON")
        for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            database.execute(f'DROP TRIGGER "{name}"')
        if blob:
            row = database.execute("SELECT fid, geom FROM wards LIMIT 1 OFFSET ?", (blob[0],)).fetchone()
            database.execute("UPDATE wards SET geom = ? WHERE fid = ?", (damaged(row[1], blob[1]), row[0]))
        for statement, one, other in statements:
            with suppress(sqlite3.Error):
                database.execute(statement.replace("{}", one, 1).replace("{}", other, 1))
        return bytes(database.serialize())


GEOPACKAGES = st.tuples(SQL, st.none()) | st.tuples(st.just([]), BLOBS) | st.tuples(SQL, BLOBS)


def zipped(parts: dict[str, bytes]) -> bytes:
    """The parts in one archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def shapefile(good: bytes, change: tuple[str, bool, Any]) -> bytes:
    """One part damaged, everywhere or in its head only."""
    ending, head, edits = change
    with zipfile.ZipFile(io.BytesIO(good)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = f"wards.{ending}"
    cut = 160 if head else len(parts[name])
    parts[name] = damaged(parts[name][:cut], edits) + parts[name][cut:]
    return zipped(parts)


SHAPEFILES = st.tuples(st.sampled_from(PARTS), st.booleans(), EDITS)


def geoparquet(good: bytes, change: tuple[Any, Any, int]) -> bytes:
    """Its own description changed, its shapes' bytes damaged, a column of another type."""
    changes, edits, other = change
    table = pq.read_table(io.BytesIO(good))
    about = json.loads(table.schema.metadata[b"geo"])
    blobs = table.column("geometry").to_pylist()
    if edits:
        blobs[0] = damaged(blobs[0], edits)
    table = table.set_column(table.column_names.index("geometry"), "geometry", pa.array(blobs, pa.binary()))
    columns = [pa.array([[1]] * 6), pa.array([{"a": 1}] * 6), pa.array([b"\xff"] * 6), pa.array([None] * 6), pa.array(["x"] * 6).dictionary_encode(),
               pa.array([2**63 - 1] * 6, pa.timestamp("ns")), pa.array([-(2**51)] * 6, pa.timestamp("s")), pa.array([1] * 6, pa.duration("s")), pa.array([2**31 - 1] * 6, pa.date32()),
               pa.array([1.5] * 6, pa.float16()), pa.array([1] * 6, pa.decimal128(38, 10)), pa.array([-(2**62)] * 6, pa.date64()), pa.array([1] * 6, pa.time64("ns"))]  # fmt: skip
    if other < len(columns):
        table = table.set_column(0, table.column_names[0], columns[other])
    geo = json.dumps(changed(about, changes) if changes else about, default=str)[: 10**6].encode()
    packed = io.BytesIO()
    pq.write_table(table.replace_schema_metadata({b"geo": geo}), packed)
    return packed.getvalue()


GEOPARQUETS = st.tuples(st.none() | CHANGES, st.none() | EDITS, st.integers(0, 26))


def flatgeobuf(good: bytes, edits: Any) -> bytes:
    """Its head and index damaged, where lengths and types stand."""
    return damaged(good[:700], edits) + good[700:]


def goods(folder: Path) -> dict[str, bytes]:
    """A good file of each format, as bytes."""
    return {kind: written(folder, kind).read_bytes() for kind in ("geojson", "gpkg", "fgb", "parquet", "zip")}


def document() -> dict[str, Any]:
    """The wards as GeoJSON says them, with a feature of every kind of geometry."""
    frame = json.loads(wards().to_json())
    kinds = [
        "POINT (0 51)",
        "MULTIPOINT (0 51, 0 52)",
        "LINESTRING (0 51, 0 52)",
        "GEOMETRYCOLLECTION (POINT (0 51), POLYGON ((0 51, 0 52, 1 52, 0 51)))",
    ]
    parts = [json.loads(shapely.to_geojson(shapely.from_wkt(kind))) for kind in kinds]
    frame["features"][0]["geometry"]["coordinates"][0][0].append(3.5)
    return frame | {"features": [*frame["features"], *({"type": "Feature", "properties": {"code": kind}, "geometry": part} for kind, part in zip(kinds, parts, strict=True))]}  # fmt: skip
