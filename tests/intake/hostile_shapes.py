"""Files of shapes made to do harm, or to be read as something they are not; each function writes one and gives its path."""

import io
import json
import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.intake.fuzz.shapes import document
from tests.intake.make import feature, wards, written

Made = Callable[[Path], Path]
RING = [[0, 51], [1, 51], [1, 52], [0, 52], [0, 51]]


def geojson(text: str | bytes) -> Made:
    """A file with this text."""

    def make(folder: Path) -> Path:
        path = folder / "wards.geojson"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass"))
        return path

    return make


def features(*some: dict[str, Any], **members: Any) -> Made:
    """A FeatureCollection of these."""
    return geojson(json.dumps({"type": "FeatureCollection", **members, "features": list(some)}))


def good(**more: Any) -> str:
    """The wards as GeoJSON text."""
    return json.dumps(json.loads(wards().to_json()) | more)


def sql(*statements: str) -> Made:
    """A GeoPackage of the wards after these statements."""

    def make(folder: Path) -> Path:
        path = written(folder, "gpkg")
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            database.execute("PRAGMA journal_mode = DELETE")
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
                database.execute(f'DROP TRIGGER "{name}"')
            database.execute("PRAGMA writable_schema = ON")
            for statement in statements:
                database.execute(statement)
        return path

    return make


def shapefile(**parts: Callable[[bytes], bytes]) -> Made:
    """A zipped Shapefile whose parts are changed, or added, by these functions of their bytes."""

    def make(folder: Path) -> Path:
        whole = written(folder, "zip")
        with zipfile.ZipFile(whole) as archive:
            found = {name: archive.read(name) for name in archive.namelist()}
        for ending, change in parts.items():
            found[f"wards.{ending}"] = change(found.get(f"wards.{ending}", b""))
        for leftover in folder.iterdir():
            leftover.unlink()
        with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, part in found.items():
                archive.writestr(name, part)
        return whole

    return make


def archive(*members: tuple[str, bytes, int]) -> Made:
    """A zip with members of these names, bytes and modes."""

    def make(folder: Path) -> Path:
        path = folder / "wards.zip"
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
            for name, content, mode in members:
                member = zipfile.ZipInfo(name)
                member.external_attr = mode << 16
                made.writestr(member, content, zipfile.ZIP_DEFLATED)
        return path

    return make


def lying_archive(folder: Path) -> Path:
    """Its directory says that a part is a thousand bytes long; it holds a hundred million."""
    path = archive(*((f"wards.{ending}", b"\0" * 10**8, stat.S_IFREG) for ending in ("shp", "shx", "dbf", "prj")))(folder)
    path.write_bytes(path.read_bytes().replace(struct.pack("<I", 10**8), struct.pack("<I", 1000)))
    return path


def overlapping_archive(folder: Path) -> Path:
    """Two hundred names for the same hundred million bytes."""
    path = archive(("a.shp", b"\0" * 10**8, stat.S_IFREG))(folder)
    raw = path.read_bytes()
    start = raw.rindex(b"PK\x01\x02")
    end = raw.rindex(b"PK\x05\x06")
    entry = raw[start:end]
    entries = b"".join(
        entry.replace(b"a.shp", b"%c%c.shp" % (97 + at // 20, 97 + at % 20)).replace(b"\x05\0\0\0\0\0", b"\x06\0\0\0\0\0", 1)
        for at in range(100)
    )
    tail = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 100, 100, len(entries), start, 0)
    path.write_bytes(raw[:start] + entries + tail)
    return path


def parquet(geo: Any = None, **columns: pa.Array) -> Made:
    """A GeoParquet of the wards with other words about itself, and more columns."""

    def make(folder: Path) -> Path:
        path = written(folder, "parquet")
        table = pq.read_table(path)
        for name, column in columns.items():
            table = table.append_column(name, column)
        about = json.loads(table.schema.metadata[b"geo"])
        said = about if geo is None else geo(about) if callable(geo) else geo
        raw = said if isinstance(said, bytes) else json.dumps(said).encode()
        pq.write_table(table.replace_schema_metadata({b"geo": raw}), path)
        return path

    return make


def dictionary_bomb(folder: Path) -> Path:
    """Three thousand rows that all hold the same million letters, written once."""
    path = folder / "wards.parquet"
    shape = wards().geometry.to_wkb().iloc[0]
    text = pa.DictionaryArray.from_arrays(pa.array([0] * 3_000, pa.int32()), pa.array(["A" * 10**6]))
    geo = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB", "geometry_types": []}}}
    table = pa.table({"code": text, "geometry": pa.array([shape] * 3_000, pa.binary())})
    pq.write_table(table.replace_schema_metadata({b"geo": json.dumps(geo).encode()}), path)
    return path


def at(offset: int, value: bytes) -> Callable[[bytes], bytes]:
    """The bytes with others written over them there."""
    return lambda raw: raw[:offset] + value + raw[offset + len(value) :]


def flatgeobuf(change: Callable[[bytes], bytes]) -> Made:
    """A FlatGeobuf of the wards, changed."""

    def make(folder: Path) -> Path:
        path = written(folder, "fgb")
        path.write_bytes(change(path.read_bytes()))
        return path

    return make


def zip_in_a_zip(folder: Path) -> Path:
    """An archive in an archive."""
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as made:
        made.writestr("wards.shp", b"")
    return archive(("inner.ZIP", inner.getvalue(), stat.S_IFREG))(folder)


LINK = stat.S_IFLNK | 0o777
FILE = stat.S_IFREG | 0o644
HOSTILE: dict[str, tuple[Made, str, str]] = {
    "coordinates of 1e308": (features(feature([[[1e308, 0], [1e308, 1], [0, 1], [1e308, 0]]])), "refused", "are no degrees"),
    "the number NaN": (geojson(good().replace("-0.12,", "NaN,", 1)), "refused", "not a finite number"),
    "a number of a thousand digits": (geojson(good().replace("-0.12,", "9" * 1000 + ",", 1)), "refused", "too large a number"),
    "properties nested five thousand deep": (geojson(good().replace('"name": "A"', '"name": ' + "[" * 5000 + "]" * 5000, 1)), "refused", "nested too deep"),
    "a key twice": (geojson(good().replace('"name": "A"', '"code": "X", "name": "A"', 1)), "refused", "twice"),
    "half a sign": (geojson(good().replace('"A"', '"\\udfff"', 1)), "refused", "half a sign"),
    "UTF-16": (geojson(good().encode("utf-16")), "repaired", "utf-16"),
    "keys of JavaScript's own": (features(feature([RING], code="W1", __proto__={"a": 1}, constructor="x")), "repaired", "kept as text"),
    "a crs that is a link": (geojson(good(crs={"type": "link", "properties": {"href": "http://127.0.0.1:9/x"}})), "refused", "links are never followed"),
    "a crs that is a file": (geojson(good(crs={"type": "name", "properties": {"name": "/etc/passwd"}})), "refused", "does not exist"),
    "a crs that is a pipeline": (geojson(good(crs={"type": "name", "properties": {"name": "+proj=pipeline +step +proj=longlat +grids=/etc/passwd"}})), "refused", "does not exist"),
    "half a million empty lists": (geojson('{"type": "FeatureCollection", "features": [' + "[]," * 500_000 + "[]]}"), "refused", "no GeoJSON features"),
    "collections in collections": (features({"type": "Feature", "properties": {"code": "a"}, "geometry": {"type": "GeometryCollection", "geometries": [{"type": "GeometryCollection", "geometries": []}]}}), "refused", "no other collection"),
    "kinds of geometry of every sort": (geojson(json.dumps(document())), "refused", "no column with an area code|not a polygon|polygon|lines|points"),
    "a member that is a link": (archive(("wards.shp", b"/etc/passwd", LINK), ("wards.dbf", b"/etc/passwd", LINK)), "refused", "unsafe path"),
    "a path with backslashes": (archive(("..\\..\\wards.shp", b"x", FILE)), "refused", "unsafe path"),
    "a member without a name": (archive(("", b"x", FILE)), "refused", "unsafe path"),
    "a member called .": (archive((".", b"x", FILE)), "refused", "unsafe path"),
    "a path with a drive": (archive(("C:\\wards.shp", b"x", FILE)), "refused", "unsafe path"),
    "an archive in an archive": (zip_in_a_zip, "refused", "archive inside the archive"),
    "a part that lies about its size": (lying_archive, "refused", "damaged"),
    "one part under a hundred names": (overlapping_archive, "refused", "damaged|too large when unpacked"),
    "a thousand empty members": (archive(*((f"{at}.shp", b"", FILE) for at in range(1000))), "refused", "too many files"),
    "a .shp whose length lies": (shapefile(shp=at(24, b"\x7f\xff\xff\xff")), "loaded|refused", ""),
    "a record longer than the .shp": (shapefile(shp=at(104, b"\x7f\xff\xff\xf0")), "refused|loaded", ""),
    "an index that points past the end": (shapefile(shx=at(100, b"\x7f\xff\xff\xf0")), "refused", "damaged|no geometry"),
    "four thousand million rows": (shapefile(dbf=at(4, b"\xff\xff\xff\xff")), "refused", "4,294,967,295 rows"),
    "a .prj of two million letters": (shapefile(prj=lambda _: b"GEOGCS[" + b"A" * 2_000_000), "refused", "damaged|coordinate reference system"),
    "a .prj that is a path": (shapefile(prj=lambda _: b"/etc/passwd"), "refused", "coordinate reference system"),
    "a .cpg that is a path": (shapefile(cpg=lambda _: b"../../../etc/passwd"), "loaded", ""),
    "a trigger that writes": (sql("CREATE TRIGGER t AFTER INSERT ON wards BEGIN DELETE FROM wards; END"), "repaired", "trigger"),
    "a layer that is a virtual table": (sql("CREATE VIRTUAL TABLE f USING fts5(geom, code)", "UPDATE gpkg_contents SET table_name = 'f'", "UPDATE gpkg_geometry_columns SET table_name = 'f'"), "refused", "not an ordinary table"),
    "contents that are a view": (sql("ALTER TABLE gpkg_contents RENAME TO hidden", "CREATE VIEW gpkg_contents AS SELECT * FROM hidden"), "refused", "SQL view"),
    "a default that reads a file": (sql("ALTER TABLE wards ADD COLUMN x DEFAULT 'readfile(''/etc/passwd'')'"), "loaded", ""),
    "an index on what a function computes": (sql("CREATE INDEX i ON wards(abs(fid))"), "loaded", ""),
    "contents that lie about the extent": (sql("UPDATE gpkg_contents SET min_x = 1e308, max_x = -1e308, min_y = NULL"), "loaded", ""),
    "a layer with a name that ends a statement": (sql('ALTER TABLE wards RENAME TO "w""; DROP TABLE x; --"', "UPDATE gpkg_contents SET table_name = 'w\"; DROP TABLE x; --'", "UPDATE gpkg_geometry_columns SET table_name = 'w\"; DROP TABLE x; --'"), "loaded|refused", ""),
    "two tables on one page": (sql("UPDATE sqlite_master SET rootpage = 1 WHERE name = 'wards'"), "refused", "damaged"),
    "a crs of words": (sql("UPDATE gpkg_spatial_ref_sys SET definition = 'file:///etc/passwd', organization = 'NONE', organization_coordsys_id = 0"), "loaded|refused", ""),
    "a million letters three thousand times": (dictionary_bomb, "refused", "given up|damaged|too large"),
    "shapes in a column that is not there": (parquet(lambda geo: geo | {"primary_column": "nowhere"}), "refused", "where its shapes are"),
    "shapes that are numbers": (parquet(lambda geo: geo | {"primary_column": "code", "columns": {"code": {"encoding": "WKB"}}}), "refused", "damaged"),
    "a description nested a thousand deep": (parquet(b"[" * 100_000), "refused", "not GeoParquet"),
    "a crs in a list": (parquet(lambda geo: {**geo, "columns": {"geometry": {"encoding": "WKB", "crs": [["/etc/passwd"]]}}}), "refused", "coordinate reference system"),
    "a column of objects": (parquet(other=pa.array([{"a": [1]}] * 6)), "repaired", "left out"),
    "a head of four thousand million bytes": (flatgeobuf(at(8, b"\xff\xff\xff\xff")), "refused", "damaged"),
    "a head of no bytes": (flatgeobuf(at(8, b"\0\0\0\0")), "refused", "damaged"),
}  # fmt: skip
