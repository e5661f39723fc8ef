"""A data file is taken in whole or not at all, and its first card leaves blank what only a person knows."""

import json
from pathlib import Path

import pytest

from geomap.boundaries.read import read_boundaries
from geomap.errors import GeomapError, WorkspaceError
from geomap.layers.read import read_layer
from geomap.workspace.add import add_file
from geomap.workspace.begin import begin
from geomap.workspace.blanks import ASKED

FILES = [
    ("wards.geojson", "boundaries", None),
    ("wards.gpkg", "boundaries", None),
    ("libraries.geojson", "layers", "assets"),
    ("libraries.gpkg", "layers", "assets"),
    ("counts.csv", "layers", "table"),
    ("old.txt", "layers", "table"),
    ("marked.csv", "layers", "table"),
    ("places.csv", "layers", "assets"),
    ("metres.csv", "layers", "incidents"),
    ("green.tif", "layers", "raster"),
]
SAID = {
    "contributors": [{"title": "The council", "roles": ["provider"]}],
    "licenses": [{"name": "CC-BY-4.0"}],
    "geomap:kind": "table",
    "geomap:places": {"boundaries": "neighbourhoods", "field": "neighbourhood"},
    "geomap:period": "2025",
    "geomap:evidence": "administrative",
    "geomap:sensitivity": "open",
    "geomap:tier": "public",
    "geomap:skewed": "Some are missing.",
    "geomap:misreading": "It can mislead.",
    "geomap:level": "ward",
    "geomap:date": "2025-01-01",
    "geomap:code": "code",
    "geomap:name": "name",
}


def fill(card: Path) -> None:
    """What a person does: a word for every blank that is asked for."""
    data = json.loads(card.read_text(encoding="utf-8"))
    data |= {
        key: said for key, said in SAID.items() if key in data and data[key] in ("", [{"name": ""}], [{"title": "", "roles": ["provider"]}])
    }
    card.write_text(json.dumps(data), encoding="utf-8")


def inside(folder: Path) -> dict[str, bytes]:
    """All files below *folder*."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(("name", "room", "kind"), FILES)
def test_a_file_of_every_kind_finds_its_room(city, files, name, room, kind):
    """Polygons become boundaries, all else a layer; the copy is the file to the byte, and beside it lies nothing but the card."""
    card = add_file(files / name, city).card
    told = json.loads(card.read_text(encoding="utf-8"))
    assert card.parent == city / room / Path(name).stem
    assert told.get("geomap:kind") == kind
    assert inside(card.parent)[told["resources"][0]["path"]] == (files / name).read_bytes()
    assert len(inside(card.parent)) == 2
    assert (files / name).is_file()


@pytest.mark.parametrize("name", [name for name, *_ in FILES if name != "metres.csv"])
def test_a_card_can_be_read_once_its_blanks_are_filled(city, files, name):
    """Before, the error names exactly what add asked for; after, the file is a boundary set or a layer."""
    added = add_file(files / name, city)
    read = read_boundaries if added.card.parent.parent.name == "boundaries" else read_layer
    asked = [blank.split(":")[0] if not blank.startswith("geomap:") else ":".join(blank.split(":")[:2]) for blank in added.blanks]
    with pytest.raises(GeomapError) as wrong:
        read(added.card.parent)
    assert sorted(fault.split(" → ")[0].split(": is blank")[0] for fault in wrong.value.faults) == sorted(asked)
    fill(added.card)
    assert read(added.card.parent)


def test_blanks_are_asked_for_in_words(city, files):
    """Each with what is wanted; what the file tells is not asked for."""
    added = add_file(files / "counts.csv", city)
    assert set(added.blanks) == {
        f"{key}: {ASKED[key]}"
        for key in (
            "contributors",
            "licenses",
            "geomap:period",
            "geomap:evidence",
            "geomap:sensitivity",
            "geomap:tier",
            "geomap:skewed",
            "geomap:misreading",
        )
    }
    assert "places {'boundaries': 'neighbourhoods', 'field': 'neighbourhood'}" in added.guesses


def test_coordinates_in_metres_ask_for_their_crs(city, files):
    """Columns called easting and northing could lie anywhere; the blank is named like any other."""
    added = add_file(files / "metres.csv", city)
    assert any("crs" in blank for blank in added.blanks)


def test_a_parent_is_guessed_from_its_codes(city, files):
    """Wards whose column holds the codes of the districts lie in them."""
    card = json.loads(add_file(files / "wards.gpkg", city).card.read_text(encoding="utf-8"))
    assert card["geomap:parent"] == {"boundaries": "districts", "field": "district"}
    assert (card["geomap:code"], card["geomap:name"]) == ("code", "name")


def test_places_cannot_be_guessed_before_the_boundaries_are_described(tmp_path, files):
    """The blank says why, so that a person fills the boundaries' cards in first."""
    begin(tmp_path / "new")
    add_file(files / "wards.gpkg", tmp_path / "new")
    blanks = add_file(files / "counts.csv", tmp_path / "new").blanks
    assert any(blank.startswith("geomap:places") and "the boundaries' own cards have blanks" in blank for blank in blanks)


def test_codes_that_repeat_leave_the_kind_to_a_person(city, files):
    """Rows of one place could be a survey, incidents or a table of groups."""
    (files / "answers.csv").write_text("neighbourhood,answer\nN01,5\nN01,4\n", encoding="utf-8")
    assert any(blank.startswith("geomap:kind") for blank in add_file(files / "answers.csv", city).blanks)


def test_what_was_added_is_never_overwritten(city, files):
    """The second time is refused with a way out; the card a person filled in stays, and another name is free."""
    card = add_file(files / "counts.csv", city).card
    fill(card)
    before = inside(city)
    with pytest.raises(WorkspaceError, match=r"layers/counts is there already\. Name another with --name"):
        add_file(files / "counts.csv", city)
    assert inside(city) == before
    assert add_file(files / "counts.csv", city, name="counts-2").card.parent.name == "counts-2"


def test_a_failure_leaves_nothing_half_written(city, files, monkeypatch):
    """A disk that fills up while the file is copied leaves the workspace as it was."""

    def fill_up(source, target):
        Path(target).write_bytes(Path(source).read_bytes()[:5])
        raise OSError(28, "No space left on device")

    before = sorted(city.rglob("*"))
    monkeypatch.setattr("geomap.workspace.add.shutil.copyfile", fill_up)
    with pytest.raises(OSError, match="No space left"):
        add_file(files / "counts.csv", city)
    assert sorted(city.rglob("*")) == before
