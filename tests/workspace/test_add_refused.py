"""What cannot be taken into a workspace: refused in words, and the workspace stays as it was."""

import json
from pathlib import Path

import pytest

from geomap.errors import GeomapError, IntakeError, LayerError, UsageError, WorkspaceError
from geomap.workspace.add import add_file
from geomap.workspace.proposal import FORMATS


@pytest.fixture
def counts(tmp_path) -> Path:
    """A good file."""
    path = tmp_path / "counts.csv"
    path.write_text("neighbourhood,people\nN01,5\nN02,6\n", encoding="utf-8")
    return path


def refused(path: Path, city: Path, error: type[GeomapError] | tuple[type[GeomapError], ...], **named: str) -> str:
    """What is said; nothing in or beside the workspace has changed."""
    before = sorted(city.parent.rglob("*"))
    with pytest.raises(error) as wrong:
        add_file(path, city, **named)
    assert sorted(city.parent.rglob("*")) == before
    return str(wrong.value)


@pytest.mark.parametrize("name", ["../x", "..", "a/b", "/x", ".hidden", "-x", "Upper", "two words", "x\n", "ü", "a\\b", "C:x"])
def test_a_name_that_leads_elsewhere_is_refused(city, counts, name):
    """Only small letters, digits, dots and dashes; the error shows the name and an example."""
    said = refused(counts, city, UsageError, name=name)
    assert f"'{name}' cannot be the name" in said
    assert "--name my-layer" in said


def test_a_name_too_long_for_a_folder_is_refused(city, counts):
    """In words, like any other name that cannot be."""
    assert "name" in refused(counts, city, UsageError, name="x" * 300)


@pytest.mark.parametrize(("file", "name"), [("...csv", "data"), ("Ärger & Söhne.csv", "rger-s-hne")])
def test_a_name_taken_from_the_file_is_harmless(city, tmp_path, counts, file, name):
    """Whatever the file is called, the layer lies in the workspace."""
    path = tmp_path / "in" / file
    path.parent.mkdir()
    path.write_bytes(counts.read_bytes())
    assert add_file(path, city).card.parent == city / "layers" / name


@pytest.mark.parametrize("file", ["report.pdf", "table.xls", "shapes.shp", "no-ending", "table.csv.gz"])
def test_an_ending_that_is_not_supported_is_told_with_those_that_are(city, tmp_path, file):
    """The file, its ending, and all the endings that could be."""
    (tmp_path / file).write_bytes(b"x")
    said = refused(tmp_path / file, city, UsageError)
    assert file in said
    assert all(ending in said for ending in FORMATS)


def test_a_file_that_is_not_there_is_told(city, tmp_path):
    """By its name; a folder is no file."""
    assert "no file" in refused(tmp_path / "gone.csv", city, UsageError)
    (tmp_path / "folder.csv").mkdir()
    assert "folder.csv" in refused(tmp_path / "folder.csv", city, UsageError)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("empty.csv", b""),
        ("ragged.csv", b"a,b\n1,2\n3,4,5,6\n"),
        ("binary.csv", b"a,b\n1,\x81\n"),
        ("cut.geojson", b'{"type":"FeatureCollection","features":['),
        ("list.json", b"[]"),
        ("none.geojson", b'{"type":"FeatureCollection","features":[]}'),
        ("shape.geojson", b'{"type":"FeatureCollection","features":[{"type":"Feature","properties":{},"geometry":{"type":"Moon"}}]}'),
        ("number.geojson", b'{"type":"FeatureCollection","features":[1]}'),
        ("fake.gpkg", b"a,b\n"),
        ("cut.gpkg", b"SQLite format 3\x00and no more"),
    ],
)
def test_a_file_that_is_not_what_its_ending_says_is_refused(city, tmp_path, file, content):
    """The error names the file, and nothing of it is taken in."""
    (tmp_path / file).write_bytes(content)
    assert file in refused(tmp_path / file, city, (LayerError, IntakeError))


def test_features_without_any_shape_are_no_boundaries(city, tmp_path):
    """A file in which nothing is drawn is refused, not taken for polygons."""
    (tmp_path / "blank.geojson").write_text(
        '{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"a":1},"geometry":null}]}', encoding="utf-8"
    )
    refused(tmp_path / "blank.geojson", city, (LayerError, IntakeError))


@pytest.mark.parametrize("folder", ["nowhere", "layers"])
def test_a_folder_that_is_no_workspace_is_told(city, counts, folder):
    """The error says how to start one."""
    with pytest.raises(WorkspaceError, match=rf"{folder}.*Run 'geomap init"):
        add_file(counts, city / folder)
    assert not (city / folder / "layers").exists()


def test_shapes_with_columns_about_persons_are_refused(city, tmp_path):
    """A point for each incident with the name of a victim: the column is named, and nothing is written."""
    path = tmp_path / "incidents.geojson"
    features = [
        {
            "type": "Feature",
            "properties": {"victim_name": name, "kind": "assault"},
            "geometry": {"type": "Point", "coordinates": [0.1, 51.5]},
        }
        for name in ("Ada Lovelace", "Mary Seacole", "Grace Hopper")
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    said = refused(path, city, IntakeError)
    assert "victim_name" in said
    assert "personal data" in said
    assert "Ada" not in said
