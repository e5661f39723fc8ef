"""What check says: what became of every row, all faults at once, and nothing that a build would then deny."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest

from geomap.errors import GeomapError
from geomap.workspace.build import build
from geomap.workspace.check import Checked, check
from geomap.workspace.workspace import open_workspace


def edit(path: Path, change: Callable[[dict], object]) -> None:
    """A card with something changed."""
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def replace(path: Path, old: str, new: str) -> None:
    """A text with *old* replaced; *old* must be there."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def faults(city: Path) -> tuple[str, ...]:
    """What must be mended before a build."""
    return check(open_workspace(city)).faults


@pytest.fixture(scope="module")
def found(demo: Path) -> Checked:
    """What check says of the demonstration city."""
    return check(open_workspace(demo))


def test_every_row_is_accounted_for(demo, found):
    """Rows are matched rows and unmatched rows by reason, of every layer that has places; no layer is left out."""
    assert found.faults == ()
    assert [record["layer"] for record in found.joins] == sorted(path.parent.name for path in demo.glob("layers/*/datapackage.json"))
    placed = [record for record in found.joins if record["matched"] is not None]
    assert len(placed) == 8
    for record in placed:
        assert record["rows"] == record["matched"] + sum(record["unmatched"].values()), record["layer"]
        lines = (demo / "layers" / record["layer"] / "data.csv").read_text(encoding="utf-8").splitlines()
        assert record["rows"] == len(lines) - 1


def test_rows_that_belong_to_no_place_are_counted_by_reason(found):
    """Of the incidents four have no coordinates and six lie outside; five points on a border went to one place each."""
    incidents = next(record for record in found.joins if record["layer"] == "incidents")
    assert incidents["unmatched"] == {"no coordinates": 4, "outside every place": 6}
    assert incidents["examples"]["outside every place"][0] == "(-16.2, 31.2)"
    assert incidents["notes"] == ["5 point(s) on a shared border went to the place whose code comes first."]


def test_a_layer_without_places_has_only_rows(found):
    """A register speaks of the city as a whole."""
    log = next(record for record in found.joins if record["layer"] == "online-log")
    assert (log["rows"], log["matched"], log["unmatched"], log["notes"]) == (1260, None, {}, ["for the city as a whole"])


def test_layers_that_serve_nothing_are_mentioned(found):
    """Not a fault; registers and observations need not be in an indicator."""
    assert found.warnings == (
        "The numbers of 'green-raster' are modelled, not measured: a change in them can be a change of the model, and they are no evidence of what an action did.",
        "The layer 'people-raster' is in no indicator.",
        "The layer 'resilience-survey' is in no indicator.",
    )


def test_checking_changes_nothing(city):
    """Check only reads."""
    before = {path: path.stat().st_mtime_ns for path in city.rglob("*")}
    check(open_workspace(city))
    assert {path: path.stat().st_mtime_ns for path in city.rglob("*")} == before


def test_methodology_boundaries_and_layers_are_faulted_at_once(city):
    """One broken file in each of the three, and two in the layers: all four are told, each with its file."""
    (city / "methodology.toml").write_text("[half", encoding="utf-8")
    (city / "boundaries/districts/datapackage.json").write_text("{", encoding="utf-8")
    edit(city / "layers/residents/datapackage.json", lambda card: card.update({"geomap:tier": "secret"}))
    (city / "layers/incidents/data.csv").unlink()
    methodology, boundaries, layers = faults(city)
    assert "methodology.toml is not valid TOML" in methodology
    assert "districts/datapackage.json is not valid JSON" in boundaries
    assert "2 layer(s)" in layers
    assert "residents/datapackage.json" in layers
    assert "geomap:tier" in layers
    assert "names the file 'data.csv', which is not there" in layers


def test_every_boundary_set_that_is_faulty_is_told(city):
    """Two broken cards are two faults, as with layers."""
    for name in ("districts", "neighbourhoods"):
        edit(city / "boundaries" / name / "datapackage.json", lambda card: card.update({"geomap:level": ""}))
    told = "\n".join(faults(city))
    assert "districts/datapackage.json" in told
    assert "neighbourhoods/datapackage.json" in told


def test_every_layer_whose_codes_do_not_match_is_told(city):
    """Two layers keyed to the wrong set are two faults, each with the set that fits better."""
    for name in ("residents", "assets-informal"):
        edit(city / "layers" / name / "datapackage.json", lambda card: card["geomap:places"].update(boundaries="districts"))
    informal, residents = faults(city)
    assert "Only 0 of 120 rows of the layer 'assets-informal'" in informal
    assert "The boundary set 'neighbourhoods' fits better: 1,220 of 1,220 rows. Name it in the card." in residents


def test_every_layer_that_names_no_set_there_is_is_told(city):
    """Each by its name, with the sets there are; the ledger of the others is still shown."""
    for name in ("residents", "assets-informal"):
        edit(city / "layers" / name / "datapackage.json", lambda card: card["geomap:places"].update(boundaries="moons"))
    found = check(open_workspace(city))
    told = "\n".join(found.faults)
    assert "residents" in told
    assert "assets-informal" in told
    assert "neighbourhoods" in told
    assert any(record["layer"] == "incidents" for record in found.joins)


def test_a_level_that_is_no_boundary_set_is_told(city):
    """With the sets there are."""
    replace(city / "methodology.toml", 'levels = ["neighbourhoods", "districts"]', 'levels = ["neighbourhoods", "boroughs"]')
    assert faults(city) == ("There is no boundary set 'boroughs'. The sets are ['districts', 'neighbourhoods'].",)


def test_every_indicator_that_cannot_be_built_is_told(city):
    """One names no layer there is, others a layer that an edition for everybody may not hold."""
    replace(city / "methodology.toml", 'layer = "green-raster"', 'layer = "blue-raster"')
    replace(city / "methodology.toml", 'tier = "partners"', 'tier = "public"')
    told = faults(city)
    assert [fault.split("'")[1] for fault in told] == ["trust_council", "trust_police", "neighbours_help", "green"]
    assert "which is partners and may not be in a public edition" in told[0]
    assert "No such layer: 'blue-raster'. The layers are" in told[-1]


@pytest.mark.parametrize("room", ["layers/incidents", "boundaries/districts"])
def test_two_folders_of_one_name_are_told(city, room):
    """A copied folder must not silently take the place of the first: both folders are named."""
    shutil.copytree(city / room, (city / room).parent / "zz-copy")
    told = "\n".join(faults(city))
    assert "zz-copy" in told
    assert room.split("/")[1] in told


CARD = "layers/{}/datapackage.json"
BROKEN = {
    "a column that is not there": ("methodology.toml", 'field = "people"', 'field = "souls"'),
    "points without a CRS": (CARD.format("incidents"), '"crs": "EPSG:4326"', '"crs": ""'),
    "points in a CRS there is not": (CARD.format("incidents"), '"crs": "EPSG:4326"', '"crs": "EPSG:1"'),
    "text for numbers": (CARD.format("residents"), '"number"', '"string"'),
    "text for dates": (CARD.format("incidents"), '"date"', '"string"'),
    "text for answers": ("methodology.toml", "agree = [4, 5]", 'agree = ["4", "5"]'),
    "margins without categories": (CARD.format("trust-survey"), '"name": "margins"', '"name": "totals"'),
    "a layer without places": ("methodology.toml", 'layer = "incidents"', 'layer = "online-log"'),
}


@pytest.mark.parametrize("how", BROKEN)
def test_what_a_build_refuses_check_tells_before(city, how):
    """Whatever a file or the methodology gets wrong, check finds the fault, and it has words."""
    file, old, new = BROKEN[how]
    replace(city / file, old, new)
    assert faults(city)
    with pytest.raises(GeomapError):
        build(open_workspace(city), draws=50)


@pytest.mark.parametrize("content", [b"no picture", b"II*\x00 and no more"])
def test_a_raster_that_is_none_is_told_before_a_build(city, content):
    """By its first bytes, or by what comes after."""
    (city / "layers/green-raster/green.tif").write_bytes(content)
    assert "green.tif" in faults(city)[0]
    with pytest.raises(GeomapError, match=r"green\.tif"):
        build(open_workspace(city), draws=50)


def test_a_gap_between_places_is_told_once(city):
    """By the reading of the file; a district's neighbours and its parent are looked at apart."""
    path = city / "boundaries/neighbourhoods/neighbourhoods.geojson"
    shapes = json.loads(path.read_text(encoding="utf-8"))
    frame = gpd.GeoDataFrame.from_features(shapes["features"], crs=4326)
    inner = next(at for at, shape in enumerate(frame.geometry) if frame.drop(index=at).union_all().buffer(1e-9).interiors and shape.area)
    del shapes["features"][inner]
    path.write_text(json.dumps(shapes), encoding="utf-8")
    told = [warning for warning in check(open_workspace(city)).warnings if "gap" in warning]
    assert len(told) == 1
    assert told[0].startswith("The boundary set 'neighbourhoods': There are 1 gap(s) between places")
