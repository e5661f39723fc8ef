"""Get the data: the files that geomap export gives, byte for byte, made when they are asked for and not before; and what must be known of them."""

import json
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import geopandas as gpd
import pyogrio
import pytest
import streamlit as st

from geomap.cli.main import main
from geomap.dashboard import file_button
from geomap.editions.edition import read_edition
from geomap.editions.errata import Erratum, add_erratum
from geomap.views.formats import FORMATS, command
from geomap.workspace.export import ENDINGS, MAP, RECIPE, WRITERS, name_of
from tests.dashboard.test_screens import run, words
from tests.editions.pairs import edition as toy

TODAY = datetime.now(UTC).date()


@pytest.fixture
def pressed(monkeypatch):
    """The files that the buttons of offer_file would give, by name, when they are pressed."""
    st.cache_resource.clear()

    def give(found, key, level="districts"):
        offered = {}
        monkeypatch.setattr(file_button.st, "download_button", lambda _label, data, **told: offered.update({told["file_name"]: data}))
        file_button.offer_file(found, found.level(level), FORMATS[key], TODAY)
        return {name: data() for name, data in offered.items()}

    return give


def workspace(folder):
    """A folder with one small edition and its methodology."""
    made = toy(folder)
    (folder / "methodology.toml").write_text((made.path / "methodology.toml").read_text(encoding="utf-8"), encoding="utf-8")
    return folder


def test_every_ending_of_the_command_line_is_offered():
    """And the map and the method beside them."""
    assert {one.ending for one in FORMATS.values()} == {*ENDINGS, MAP, RECIPE}


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_button_gives_what_geomap_export_writes(demo, edition, tmp_path, pressed, ending):
    """The file, and for a table the description beside it: the same bytes."""
    path = tmp_path / name_of(edition, "districts", ending)
    assert main(["export", str(demo), "--to", str(path), "--level", "districts"]) == 0
    assert pressed(edition, ending[1:]) == {one.name: one.read_bytes() for one in tmp_path.iterdir()}


def test_the_map_and_the_method_are_the_edition_s(demo, edition, tmp_path, pressed):
    """What geomap show writes, and the file that the edition holds."""
    page = tmp_path / "map.html"
    assert main(["show", str(demo), "--to", str(page), "--level", "districts"]) == 0
    assert list(pressed(edition, "html").values()) == [page.read_bytes()]
    assert pressed(edition, "toml") == {f"{edition.path.name}-methodology.toml": (edition.path / "methodology.toml").read_bytes()}


def test_gdal_opens_the_geopackage(edition, tmp_path, pressed):
    """The level, with shape and code, and its two tables."""
    path = tmp_path / "given.gpkg"
    path.write_bytes(pressed(edition, "gpkg")[name_of(edition, "districts", ".gpkg")])
    assert [name for name, _ in pyogrio.list_layers(path)] == ["districts", "columns", "about"]
    places = gpd.read_file(path, layer="districts")
    assert list(places["code"]) == list(edition.level("districts").places.index)
    assert places.geometry.is_valid.all()


def test_the_package_describes_every_table_it_holds(edition, pressed):
    """With the hash of each, so that any reader can check."""
    with ZipFile(BytesIO(pressed(edition, "zip")[name_of(edition, "districts", ".zip")])) as packed:
        described = {one["path"]: one["bytes"] for one in json.loads(packed.read("datapackage.json"))["resources"]}
        held = {one.filename: one.file_size for one in packed.infolist() if one.filename not in ("datapackage.json", "methodology.toml")}
    assert described == held
    assert set(held) == {name_of(edition, "districts", ending) for ending in WRITERS}


def test_nothing_is_made_before_a_button_is_pressed(demo, monkeypatch):
    """The page stands without any file."""

    def never(*_args, **_told):
        raise AssertionError("a file was made on load")

    st.cache_resource.clear()
    monkeypatch.setattr(file_button, "made", never)
    for key in FORMATS:
        assert not run(demo, monkeypatch, "get_data", format=key).exception


def test_a_file_is_made_once_and_anew_after_an_erratum(tmp_path, monkeypatch, pressed):
    """Whoever asks second is given the first one's bytes; what turned out wrong since stands in the next."""
    found = read_edition(workspace(tmp_path))
    asked = []
    make = file_button.made
    monkeypatch.setattr(file_button, "made", lambda *args, **told: asked.append(args[2]) or make(*args, **told))
    first = pressed(found, "geojson", "wards")
    assert pressed(found, "geojson", "wards") == first
    assert asked == [".geojson"]
    wrong = Erratum(edition=found.path.name, date="2026-01-02", what="Ward 7 counted twice.")
    add_erratum(found.path, wrong, nodes=[], places=[])
    name = name_of(found, "wards", ".geojson")
    assert b"counted twice" not in first[name]
    assert b"counted twice" in pressed(found, "geojson", "wards")[name]


def test_the_screen_says_what_must_be_known(demo, edition, monkeypatch):
    """For whom, what is withheld, the caveats, the sources with their licences, how to cite it, every column, every status."""
    test = run(demo, monkeypatch, "get_data")
    told, typed = words(test), "\n".join(str(one.value) for one in test.code)
    level = edition.level()
    status = level.wide()[[f"{node.id}_status" for node in level.of_kind("indicator")]]
    assert f"{int((status == 'suppressed').sum().sum())} of 915 numbers of indicators at this level are withheld" in told
    assert "not the people who live in them" in told
    assert "Incidents recorded by the police, Marrowmere Police, 2023 to 2025, Creative Commons Zero 1.0" in typed
    assert f"Draft, not published. Edition {edition.path.name}" in typed
    tables = [one.value for one in test.dataframe]
    assert list(tables[0]["name"]) == ["code", *edition.level().wide().columns]
    assert list(tables[1]["status"]) == ["value", "zero", "missing", "suppressed", "not_collected"]


def test_a_source_without_licence_is_named(tmp_path, monkeypatch):
    """An edition that holds none, as editions of before do."""
    told = words(run(workspace(tmp_path), monkeypatch, "get_data"))
    assert "no licence for" in told
    assert "trust; strain; wards" in told


@pytest.mark.parametrize("key", [key for key, one in FORMATS.items() if one.commands])
def test_what_is_typed_is_the_same_in_every_language(demo, monkeypatch, key):
    """A command line holds no sign that only a reader from right to left needs."""
    typed = [str(run(demo, monkeypatch, "get_data", lang=code, format=key).code[0].value) for code in ("en", "fr", "ar")]
    assert len(set(typed)) == 1
    assert typed[0].startswith("ogr2ogr -f PostgreSQL")
    assert typed[0].isascii()
    assert "lsoa_2021" in command(FORMATS["geojson"], "PostGIS", "x.geojson", "lsoa-2021")
