"""What each command does, and what it says when it cannot."""

import json

import geopandas as gpd
import pandas as pd
import pytest

from geomap.cli import main
from geomap.editions.edition import read_edition
from tests.conftest import without_surveys


def tell(capsys, *words: object) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of a command."""
    code = main([str(word) for word in words])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_init_says_what_comes_next(tmp_path, capsys):
    """A workspace in a new folder, then the command to go on with; a check of it lists the blanks with exit code 3."""
    code, out, _ = tell(capsys, "init", tmp_path / "new")
    assert code == 0
    assert f"geomap add FILE --to {tmp_path / 'new'}" in out
    code, _, err = tell(capsys, "check", tmp_path / "new")
    assert code == 3
    assert err.count("is blank") == 7


def test_add_shows_guesses_and_blanks(city, tmp_path, capsys):
    """The card, what was guessed, and each blank on a line of its own."""
    (tmp_path / "counts.csv").write_text("neighbourhood,people\nN01,5\nN02,6\n", encoding="utf-8")
    code, out, _ = tell(capsys, "add", tmp_path / "counts.csv", "--to", city)
    assert code == 0
    assert f"Wrote {city / 'layers/counts/datapackage.json'}." in out
    assert "places {'boundaries': 'neighbourhoods', 'field': 'neighbourhood'}" in out
    assert "\n  - geomap:skewed: one sentence: who or what is missing" in out
    again = tell(capsys, "add", tmp_path / "counts.csv", "--to", city)
    assert again[0] == 3
    assert "Name another with --name" in again[2]


def test_check_prints_the_ledger(demo, capsys):
    """A line for each layer with its rows, what was left over and why, then that all is well."""
    code, out, err = tell(capsys, "check", demo)
    assert (code, err) == (0, "")
    assert "residents: 1,220 rows, 1,220 matched to neighbourhoods, none left over." in out
    assert "incidents: 4,649 rows, 4,639 matched to neighbourhoods, 10 not: 4 no coordinates []; 6 outside every place" in out
    assert "online-log: 1,260 rows, for the city as a whole." in out
    assert "Note: The layer 'people-raster' is in no indicator." in out
    assert out.endswith("All is well; 'geomap build' will work.\n")


def test_check_prints_all_faults_with_exit_code_three(city, capsys):
    """A broken card and a broken methodology, each on a line that says it must be mended."""
    (city / "methodology.toml").write_text("[half", encoding="utf-8")
    (city / "layers/residents/datapackage.json").write_text("{", encoding="utf-8")
    code, out, err = tell(capsys, "check", city)
    assert (code, out) == (3, "")
    assert err.count("Must be mended: ") == 2
    assert "methodology.toml is not valid TOML" in err
    assert "residents/datapackage.json is not valid JSON" in err


def test_build_takes_seed_draws_and_folder(city, tmp_path, capsys):
    """The edition lies in the folder that was named, says with what it was built, and the workspace is as it was."""
    code, out, _ = tell(capsys, "build", without_surveys(city), "--seed", 7, "--draws", 50, "--out", tmp_path / "out", "--json")
    edition = read_edition(tmp_path / "out")
    told = json.loads(out)
    assert (code, told["edition"], told["draws"]) == (0, str(edition.path), 50)
    assert (edition.about["seed"], edition.about["draws"]) == (7, 50)
    assert told["levels"] == [{"level": "neighbourhoods", "places": 61}, {"level": "districts", "places": 8}]
    assert not (city / "editions").exists()
    code, _, err = tell(capsys, "app", city)
    assert (code, f"{city} has no edition yet. Run 'geomap build {city}' first." in err) == (3, True)


def test_a_changed_edition_is_not_built_over(demo, edition, tmp_path, capsys):
    """Exit code 4, and the way out."""
    target = tmp_path / edition.path.name
    target.mkdir()
    code, _, err = tell(capsys, "build", demo, "--out", tmp_path, "--draws", edition.about["draws"])
    assert code == 4
    assert "Move that folder away and build again." in err


@pytest.mark.parametrize(("ending", "level", "places"), [("csv", "", 61), ("geojson", "districts", 8), ("gpkg", "neighbourhoods", 61)])
def test_export_writes_each_format(demo, tmp_path, capsys, ending, level, places):
    """So many places, with their codes, and a description beside the file."""
    path = tmp_path / f"places.{ending}"
    code, out, _ = tell(capsys, "export", demo, "--to", path, *(["--level", level] if level else []), "--json")
    table = (
        pd.read_csv(path, encoding="utf-8-sig")
        if ending == "csv"
        else gpd.read_file(path, **({"layer": level} if ending == "gpkg" else {}))
    )
    assert (code, json.loads(out)["places"], len(table), table["code"].is_unique) == (0, places, places, True)
    assert json.loads(out)["files"] == [str(path), str(tmp_path / "datapackage.json")]


@pytest.mark.parametrize(("words", "title"), [([], "Pressure and capacity"), (["--node", "risk", "--level", "districts"], "Risk")])
def test_show_writes_a_page(demo, tmp_path, capsys, words, title):
    """Of both composites, or of what was asked for."""
    code, out, _ = tell(capsys, "show", demo, "--to", tmp_path / "map.html", *words)
    assert (code, "needs no internet" in out) == (0, True)
    assert f"<p>{title}, 2025</p>" in (tmp_path / "map.html").read_text(encoding="utf-8")


def test_show_lays_over_the_map_what_was_asked_for(demo, tmp_path, capsys):
    """Hot spots as outlines, what protects as points and numbers; an id that is none is told with those there are."""
    page = tmp_path / "map.html"
    assert tell(capsys, "show", demo, "--to", page, "--node", "risk", "--protects", "--hot-spots", "risk")[0] == 0
    data = json.loads(page.read_text(encoding="utf-8").split('id="geomap-data">')[1].split("</script>")[0])["data"]
    spots, assets = data["overlays"]
    assert (spots["title"], assets["title"]) == ("Hot spots: Risk", "What protects")
    assert sum(mark["count"] for mark in spots["marks"]) == sum(len(codes) for _, codes in spots["outlines"]) > 0
    assert len(assets["points"]) == sum(mark["count"] for mark in assets["marks"] if mark["look"] == "round") > 0
    code, _, told = tell(capsys, "show", demo, "--to", page, "--hot-spots", "nothing")
    assert code != 0
    assert "There is no 'nothing' in this edition" in told


def test_demo_writes_a_city_that_can_be_checked(tmp_path, capsys):
    """And says that it is invented."""
    code, out, _ = tell(capsys, "demo", tmp_path / "city", "--seed", 5)
    assert (code, "which is invented" in out, f"geomap build {tmp_path / 'city'}" in out) == (0, True, True)
    assert tell(capsys, "check", tmp_path / "city")[0] == 0


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ("build nowhere", 3, "There is no folder"),
        ("check layers", 3, "Run 'geomap init"),
        ("export nowhere --to x.csv", 4, "Run 'geomap build nowhere' to make one"),
        ("export . --to x.shp", 2, "must end in one of .geojson, .gpkg, .csv"),
        ("export . --to x", 2, "must end in one of"),
        ("show . --to x.png", 2, "must end in one of .html"),
        ("export . --to gone/x.csv", 2, "There is no folder gone. Make it first, or name another"),
        ("show . --to gone/x.html", 2, "There is no folder gone"),
        ("export . --to x.csv --level moons", 4, "no level 'moons'. It has ['neighbourhoods', 'districts']"),
        ("show . --to x.html --level moons", 4, "no level 'moons'"),
        ("show . --to x.html --node moons", 4, "no 'moons' in this edition. There are ['pressure'"),
        ("build . --draws 3", 3, "draws: Input should be greater than or equal to 20 (was given: 3)"),
        ("build . --seed -1", 3, "seed: Input should be greater than or equal to 0 (was given: -1)"),
        ("app nowhere", 3, "Run 'geomap init nowhere'"),
        ("add methodology.toml --to .", 2, "geomap takes .csv"),
        ("init .", 3, "is a workspace already"),
    ],
)
def test_a_mistake_is_told_in_words(demo, capsys, monkeypatch, words, code, said):
    """What is wrong and what to do, on standard error, and no file is written."""
    monkeypatch.chdir(demo)
    before = sorted(demo.iterdir())
    found, out, err = tell(capsys, *words.split())
    assert (found, out) == (code, "")
    assert said in err
    assert sorted(demo.iterdir()) == before


@pytest.mark.parametrize("broken", ["methodology.toml", "layers/residents/datapackage.json", "boundaries/districts/datapackage.json"])
def test_a_broken_file_stops_a_build_in_words(city, capsys, broken):
    """The file is named, nothing is built."""
    (city / broken).write_text("{", encoding="utf-8")
    code, out, err = tell(capsys, "build", city)
    assert (code, out) == (3, "")
    assert f"{city / broken} is not valid" in err
    assert not (city / "editions").exists()
