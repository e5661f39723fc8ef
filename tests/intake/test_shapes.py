"""Every kind of file of shapes gives the same wards; what is none is refused in words."""

import json
import os
import sqlite3
import zipfile

import numpy as np
import pytest
import shapely

from geomap.errors import IntakeError
from geomap.intake.confined import CLOSED
from geomap.intake.shapes import take_shapes
from tests.intake.make import collection, feature, wards, written

RING = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
KINDS = ["geojson", "gpkg", "fgb", "parquet", "zip"]


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_gives_the_same_wards(tmp_path, kind):
    """Codes, names and shapes, whatever the format."""
    taken = take_shapes(written(tmp_path, kind))
    found, wanted = taken.frame.sort_values("code").reset_index(drop=True), wards()
    assert list(found["code"]) == list(wanted["code"])
    assert list(found["name"]) == list(wanted["name"])
    assert shapely.equals_exact(found.geometry.normalize().array, wanted.geometry.normalize().array, tolerance=1e-9).all()
    assert found.crs.to_epsg() == 4326
    assert taken.repairs == ()


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_says_nothing(tmp_path, kind):
    """Bytes decide: the same file under another ending is read all the same."""
    renamed = written(tmp_path, kind).rename(tmp_path / "shapes.txt")
    assert len(take_shapes(renamed).frame) == 6


@pytest.mark.parametrize("kind", ["gpkg", "fgb", "parquet", "zip"])
def test_a_file_cut_short_is_damaged(tmp_path, kind):
    """Half a file is refused, and the refusal names it."""
    path = written(tmp_path, kind)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(IntakeError, match=path.name):
        take_shapes(path)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"<OGRVRTDataSource/>", "virtual dataset"),
        (b"cposix\nsystem\n(S'x'\ntR.", "pickle"),
        (b"\x80\x04\x95", "pickle"),
        (b"\x93NUMPY\x01", "NumPy"),
        (b"<html>", "web page"),
        (b"SQLite format 3\x00" + b"\0" * 90, "without the mark of a GeoPackage"),
        (b"PAR1PAR1", "damaged"),
        (b"fgb\x03fgb\x00", "damaged"),
        (b"PK\x03\x04", "damaged"),
        (b'{"type": "gdal_streamed_alg"}', "pipeline"),
        (b'{"a": 1, "a": 2}', "twice"),
        (b'{"type": "FeatureCollection", "features": [' + b"[" * 5000, "nested"),
        (b"9" * 5000, "not GeoJSON"),
        (b'{"a": ' + b"9" * 5000 + b"}", "not valid JSON"),
        (b'{"a": "\\ud800"}', "half a sign"),
        (b'{"type": ["Feature"]}', "not GeoJSON"),
        (b'{"type": "FeatureCollection", "features": [{"type": "Feature", "geometry": {"type": ["Polygon"]}}]}', "no kind of geometry"),
    ],
)
def test_what_is_no_shapes_is_told_for_what_it_is(tmp_path, content, words):
    """By its bytes, with the file's name."""
    path = tmp_path / "wards.geojson"
    path.write_bytes(content)
    with pytest.raises(IntakeError, match=words) as wrong:
        take_shapes(path)
    assert "wards.geojson" in str(wrong.value)


@pytest.mark.parametrize(
    ("coordinates", "words"),
    [
        ([[["a", 0], [1, 0], [1, 1], ["a", 0]]], "not a number"),
        ([[[0], [1], [2], [0]]], "fewer than two numbers"),
        ([[[10**400, 0], [1, 0], [1, 1], [0, 0]]], "too large a number"),
        ([[[True, 0], [1, 0], [1, 1], [True, 0]]], "not a number"),
        ([[[0, 0], [1, 1], [0, 0]]], "no area"),
        ([0, 0], "not nested"),
        ("POLYGON", "not nested"),
        (None, "not nested"),
        ([[]], "no coordinate"),
    ],
)
def test_a_feature_that_cannot_be_drawn_is_named(tmp_path, coordinates, words):
    """The number of the feature and the reason; the good feature before it is no fault."""
    path = collection(tmp_path / "a.geojson", feature([RING]), feature(coordinates))
    with pytest.raises(IntakeError, match=f"feature 2: .*{words}"):
        take_shapes(path)


@pytest.mark.parametrize("kind", ["Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"])
@pytest.mark.parametrize("coordinates", [[], [[]], [[[]]], [[[[]]]], [[], [[0, 0]]], [[[[0, 0], [1, 0], [1, 1], [0, 0]]], []]])
def test_hollow_lists_of_coordinates_are_told_or_taken_as_nothing(tmp_path, kind, coordinates):
    """GEOS is never handed a part without rings, which would end the program."""
    path = collection(tmp_path / "a.geojson", {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}})
    told = ""
    try:
        assert take_shapes(path).frame.geometry.is_empty.all()
    except IntakeError as wrong:
        told = str(wrong)
    assert not told or ("feature 1: " in told and "index" not in told)


def test_a_ring_that_is_open_is_closed_and_told(tmp_path):
    """Only the features that needed it are counted."""
    taken = take_shapes(collection(tmp_path / "a.geojson", feature([RING]), feature([RING[:-1]])))
    assert [(repair.about, repair.count, repair.examples) for repair in taken.repairs] == [("closed", 1, ("feature 2",))]
    assert shapely.equals(taken.frame.geometry[0], taken.frame.geometry[1])


def test_a_property_that_is_called_like_the_shapes_is_not_lost(tmp_path):
    """It gets another name, and the load report says so."""
    taken = take_shapes(collection(tmp_path / "a.geojson", feature([RING], geometry="flat", inside={"a": [1]})))
    assert taken.frame["geometry_property"][0] == "flat"
    assert json.loads(taken.frame["inside"][0]) == {"a": [1]}
    assert {repair.about for repair in taken.repairs} == {"geometry", "nested"}


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("CREATE VIEW v AS SELECT * FROM wards", "SQL view"),
        ("ALTER TABLE wards ADD COLUMN bad TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL", "computed"),
        ("DELETE FROM gpkg_contents", "no layer"),
        ("UPDATE gpkg_contents SET table_name = 'sqlite_master'", "not an ordinary table"),
        ("DELETE FROM wards", "no features"),
    ],
)
def test_a_geopackage_is_looked_through_first(tmp_path, statement, words):
    """Nothing in it may run, and its one layer is a table."""
    path = written(tmp_path, "gpkg")
    with sqlite3.connect(path) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            database.execute(f'DROP TRIGGER "{name}"')
        database.execute(statement)
    with pytest.raises(IntakeError, match=words):
        take_shapes(path)


def test_codes_that_are_categories_are_kept(tmp_path):
    """Parquet writes what repeats as a dictionary; it is text all the same."""
    wards().astype({"code": "category"}).to_parquet(tmp_path / "wards.parquet")
    taken = take_shapes(tmp_path / "wards.parquet")
    assert list(taken.frame["code"]) == list(wards()["code"])
    assert taken.repairs == ()


def test_nothing_is_written_beside_a_file(tmp_path):
    """Reading leaves the folder as it was, and the file's bytes too."""
    path = written(tmp_path, "gpkg")
    before = path.read_bytes()
    take_shapes(path)
    assert [file.name for file in tmp_path.iterdir()] == ["wards.gpkg"]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("name", "words"),
    [("../w.shp", "unsafe path"), ("/w.shp", "unsafe path"), ("a\\..\\w.shp", "unsafe path"), ("C:w.shp", "unsafe path"), ("w.tar", "archive inside"),
     ("w.vrt", "no Shapefile"), ("w.shp", "no .dbf")],
)  # fmt: skip
def test_an_archive_is_looked_through_first(tmp_path, name, words):
    """Before anything in it is unpacked."""
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr(name, b"x")
    with pytest.raises(IntakeError, match=words):
        take_shapes(tmp_path / "a.zip")
    assert [file.name for file in tmp_path.iterdir()] == ["a.zip"]


def test_rows_and_shapes_of_a_shapefile_must_agree(tmp_path):
    """A .dbf of another Shapefile gives every place another's code."""
    written(tmp_path, "zip")
    wards().head(5).to_file(tmp_path / "other.shp")
    with zipfile.ZipFile(tmp_path / "mixed.zip", "w") as archive:
        for ending in (".shp", ".shx", ".prj"):
            archive.write(tmp_path / f"wards{ending}", f"wards{ending}")
        archive.write(tmp_path / "other.dbf", "wards.dbf")
    with pytest.raises(IntakeError, match=r"5 rows and its \.shx 6 shapes"):
        take_shapes(tmp_path / "mixed.zip")


def test_the_reader_s_surroundings_are_closed():
    """No driver that fetches, runs or follows; any call goes to an address where nobody is."""
    assert CLOSED["GDAL_HTTP_PROXY"].startswith("http://127.0.0.1:9")
    assert {"OGR_VRT", "GDALG", "WFS", "CSV", "HTTP", "SQLite", "VRT", "WMS", "MRF"} <= set(CLOSED["GDAL_SKIP"].split(","))


def test_a_pipe_is_no_file(tmp_path):
    """Waiting for bytes that never come is refused at once."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("This system has no pipes with a name.")
    os.mkfifo(tmp_path / "pipe.geojson")
    with pytest.raises(IntakeError, match="no ordinary file"):
        take_shapes(tmp_path / "pipe.geojson")


def test_many_features_are_read_without_a_loop(tmp_path):
    """Ten thousand squares in well under a second of computing."""
    squares = [feature([(np.array(RING) + number).tolist()]) for number in range(10)] * 1000
    assert len(take_shapes(collection(tmp_path / "a.geojson", *squares)).frame) == 10_000
