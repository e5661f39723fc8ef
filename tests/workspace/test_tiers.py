"""Editions of tiers are built apart, from what each may hold: nothing of a layer that may not be shared so widely is in any file of them."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest

from geomap.cli.main import main
from geomap.editions.edition import Edition, read_edition
from geomap.errors import DisclosureError, MethodologyError, UsageError
from geomap.layers.shielded import without_pins
from geomap.methodology.read import FILE, read_methodology
from geomap.methodology.tiers import part_for
from geomap.views.profile import profile
from geomap.views.table import table
from geomap.workspace.build import build
from geomap.workspace.check import check
from geomap.workspace.fair_words import labels_in
from geomap.workspace.workspace import open_workspace
from tests.conftest import copy_demo, without_surveys
from tests.dashboard.test_screens import run, words
from tests.toy import layer

CANARY = "zqcanaryqz"
KEPT_BACK = {
    "partners": ("trust-survey", "stakeholders", "engagement", "online-log", "interventions"),
    "restricted": ("resilience-survey",),
}


def planted(folder: Path) -> Path:
    """The demonstration city with a canary in the data, the card and the file names of every layer that is not public."""
    for name in (name for some in KEPT_BACK.values() for name in some):
        card = folder / "layers" / name / "datapackage.json"
        told = json.loads(card.read_text(encoding="utf-8"))
        told["title"] += f" {CANARY}"
        told["geomap:skewed"] += f" {CANARY}."
        card.write_text(json.dumps(told), encoding="utf-8")
        data = folder / "layers" / name / "data.csv"
        rows = pd.read_csv(data, dtype=str, keep_default_na=False)
        text = next(
            column
            for column in rows.columns
            if not rows[column].str.fullmatch(r"[-0-9.]*").any() and column not in ("neighbourhood", "date", "week")
        )
        rows.loc[rows.index[0], text] = CANARY
        rows.to_csv(data, index=False)
    return folder


@pytest.fixture(scope="module")
def public(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the public edition of the planted city and everything that can be made of it: exports, pages, the change since an edition."""
    home = tmp_path_factory.mktemp("tiers")
    city = planted(copy_demo(home / "city"))
    path = build(open_workspace(city, "public"), draws=50)
    out = home / "out"
    out.mkdir()
    for ending in ("csv", "geojson", "gpkg"):
        (out / ending).mkdir()
        assert main(["export", str(path), "--to", str(out / ending / f"city.{ending}")]) == 0
    assert main(["report", str(path), "--all", "--level", "districts", "--to", str(out / "reports")]) == 0
    assert main(["report", str(path), "N25", "--to", str(out / "report.html")]) == 0
    for node in ("pressure", "hate_incidents"):
        assert main(["show", str(path), "--to", str(out / f"{node}.html"), "--node", node]) == 0
    for ending in ("html", "csv"):
        assert main(["compare", str(path), str(path), "--node", "pressure", "--to", str(out / f"change.{ending}")]) == 0
    return home


@pytest.fixture(scope="module")
def edition(public: Path) -> Edition:
    """That edition."""
    return read_edition(public / "city" / "editions-public")


def files_in(public: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of the edition and of what was made of it, also those that are hidden."""
    for root in (public / "city" / "editions-public", public / "out"):
        for path in sorted(root.rglob("*")):
            if path.is_file():
                yield str(path.relative_to(public)), path.read_bytes()


def test_the_canary_is_in_no_file_of_the_public_edition(public):
    """Editions, exports, maps and the page and table of a change: nothing of what may not be shared so widely; and the canary would be found, since it is in the layers."""
    found = list(files_in(public))
    assert len(found) > 20
    assert {Path(name).suffix for name, _ in found} >= {".csv", ".geojson", ".gpkg", ".html", ".json", ".toml"}
    assert [name for name, content in found if CANARY.encode() in content.lower()] == []
    assert CANARY in (public / "city/layers/resilience-survey/data.csv").read_text(encoding="utf-8")


def test_no_name_of_a_layer_that_is_kept_back_is_told(public):
    """Not even that there is such a layer."""
    names = [name.encode() for some in KEPT_BACK.values() for name in some]
    assert [(file, name) for file, content in files_in(public) for name in names if name in content] == []


def test_there_is_no_rank_in_any_file(public, edition):
    """No column, no word of a rank; fifths stand in their place."""
    tables = [name for name, content in files_in(public) if b"_rank" in content or b"rank_low" in content or b"p_worst" in content]
    assert tables == []
    columns = gpd.read_file(public / "out/gpkg/city.gpkg", layer="neighbourhoods").columns
    assert {"pressure_fifth", "pressure_fifth_low", "pressure_fifth_high"} <= set(columns)
    numbers = edition.level().numbers["pressure"].dropna(subset="value")
    assert numbers["fifth"].between(1, 5).all()
    assert ((numbers["fifth_low"] <= numbers["fifth"]) & (numbers["fifth"] <= numbers["fifth_high"])).all()


def test_no_word_labels_a_place(public):
    """In every file, also in what the page's own script says."""
    assert [
        (name, labels_in(content.decode("utf-8", "ignore")))
        for name, content in files_in(public)
        if labels_in(content.decode("utf-8", "ignore"))
    ] == []


@pytest.mark.parametrize(
    "text",
    ["families at risk", "an at-risk ward", "Problem areas", "the ghetto", "a no-go zone", "the worst neighbourhoods", "p_worst_tenth"],
)
def test_such_words_are_known(text):
    """The grep is no accident of a pattern that finds nothing."""
    assert labels_in(text)


@pytest.mark.parametrize(
    "text", ["the INFORM risk index", "a problem with the roof", "the worst part of it is trust", "nobody goes there by bus"]
)
def test_ordinary_words_are_left_alone(text):
    """A number may be called risk, and a roof may have a problem."""
    assert not labels_in(text)


def test_a_text_that_labels_places_stops_a_public_build(city):
    """The planner is told where it stands; the partners' edition is theirs to word."""
    path = city / FILE
    path.write_text(path.read_text(encoding="utf-8").replace("The harm this mapping is about;", "Families at risk;"), encoding="utf-8")
    with pytest.raises(DisclosureError, match="at risk"):
        build(open_workspace(city, "public"), draws=20)
    assert not list((city / "editions-public").glob("marrowmere*"))


def test_what_stands_in_words_of_a_place_holds_no_rank(edition):
    """The profile says the fifth, the table stands in the order of names."""
    shown = edition.level()
    assert all("fifth" in one.rank for one in profile(shown, "N01").domains)
    listed = table(shown, "pressure")
    assert listed["name"].is_monotonic_increasing
    assert "rank" not in listed
    assert listed["fifth"].str.contains("fifth").all()


def test_what_protects_comes_first_on_the_map(edition, public, monkeypatch):
    """The map opens on what places have to answer with and shows the places that protect; so does the page that stands alone."""
    test = run(edition.path, monkeypatch)
    assert not test.exception
    assert test.selectbox(key="layer").value == "assets"
    assert test.toggle(key="assets").value
    test.toggle(key="assets").set_value(False).run()
    assert test.query_params["assets"] in ("0", ["0"])
    assert main(["show", str(edition.path), "--to", str(public / "first.html")]) == 0
    assert "<p>Protective assets, 2025</p>" in (public / "first.html").read_text(encoding="utf-8")


def test_ranks_cannot_be_asked_for_either(public, capsys):
    """What-if would show them."""
    assert main(["whatif", str(public / "city/editions-public"), "--without", "hate_incidents"]) == UsageError.exit_code
    assert "holds no ranks" in capsys.readouterr().err


def test_the_page_of_files_gives_no_ranks(edition, monkeypatch):
    """It says for whom the edition is, and explains the columns that the public files have."""
    test = run(edition.path, monkeypatch, "get_data")
    assert not test.exception
    assert "This edition is for the public" in words(test)
    columns = set(test.dataframe[0].value["name"])
    assert columns == {"code", *edition.level().wide().columns}
    assert "pressure_fifth" in columns
    assert not any("_rank" in name or "_p_worst" in name for name in columns)


def test_what_is_missing_is_said(edition):
    """Indices without one of their parts are not there, and the edition says that something is not."""
    assert {node.id for node in edition.level().of_kind("index")} == {"pressure"}
    assert any("may not be shared so widely" in caveat for caveat in edition.caveats)
    assert edition.about["tier"] == "public"


def test_the_public_methodology_is_one_that_can_be_read(public, edition):
    """The copy in the edition means what the workspace's methodology means for the public, to its fingerprint."""
    assert edition.methodology.fingerprint == open_workspace(public / "city", "public").methodology.fingerprint


def test_editions_of_tiers_lie_apart_and_leave_the_default_alone(city):
    """Building for the public moves nothing that the dashboard reads."""
    path = build(open_workspace(city, "public"), draws=20)
    assert path.parent == city.resolve() / "editions-public"
    assert not (city / "editions").exists()


def method_for_all(city: Path) -> Path:
    """The city with the methodology that says of itself that it is public, and a restricted layer in no indicator, which a register names."""
    (city / FILE).write_text(open_workspace(city, "public").methodology_text, encoding="utf-8")
    shutil.copytree(city / "layers" / "mechanisms", city / "layers" / CANARY)
    card = city / "layers" / CANARY / "datapackage.json"
    told = json.loads(card.read_text(encoding="utf-8"))
    told |= {"name": CANARY, "title": f"Raids {CANARY}", "geomap:tier": "restricted", "geomap:issues": []}
    card.write_text(json.dumps(told), encoding="utf-8")
    biases = city / "layers" / "biases" / "data.csv"
    rows = pd.read_csv(biases, dtype=str, keep_default_na=False)
    pd.concat([rows, rows.head(1).assign(layer=CANARY)]).to_csv(biases, index=False)
    return city


def test_what_a_methodology_says_of_its_tier_counts_where_none_is_asked_for(city):
    """A restricted layer that is in no indicator is in no file of a public edition: no card, no hash, no count of rows, no warning, no line of a register; its owner still sees it."""
    workspace = open_workspace(method_for_all(without_surveys(city)))
    path = build(workspace, draws=20)
    assert read_edition(path).about["tier"] == "public"
    assert path.parent == city.resolve() / "editions"
    assert [
        str(file.relative_to(path)) for file in path.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes().lower()
    ] == []
    assert [file.name for file in path.rglob("*") if CANARY in file.name] == []
    assert (path / FILE).read_text(encoding="utf-8") == (city / FILE).read_text(encoding="utf-8")
    assert any(record["layer"] == CANARY for record in check(workspace).joins)


def test_an_indicator_above_the_tier_of_its_methodology_is_told(city):
    """It is not left out in silence: the owner named no tier, so the method is wrong."""
    recipe = without_surveys(city) / FILE
    recipe.write_text(recipe.read_text(encoding="utf-8").replace('tier = "partners"', 'tier = "public"', 1), encoding="utf-8")
    with pytest.raises(MethodologyError, match="which is partners and may not be in a public edition"):
        build(open_workspace(city), draws=20)


def test_a_restricted_edition_holds_everything(city):
    """The same methodology, to the letter of its meaning."""
    whole = read_methodology(city / FILE)
    again = part_for(whole, "restricted", frozenset(open_workspace(city).layers))
    assert again.missing == ""
    assert again.methodology.indicator == whole.indicator


def test_where_nothing_may_be_shared_there_is_no_edition(city):
    """Said in words, with what to do."""
    with pytest.raises(MethodologyError, match="Ask the providers"):
        part_for(read_methodology(city / FILE), "public", frozenset())


def test_an_informal_place_is_never_a_point():
    """Formal places keep their pin, informal and shielded ones lose everything that says where exactly they are."""
    rows = """name    | formality   | east | north | address   | lng
              --------+-------------+------+-------+-----------+-----
              library | formal      |    1 |     2 | Square 1  | 0.1
              circle  | informal    |    3 |     4 | Lane 7    | 0.2
              refuge  | shielded    |    5 |     6 | Nowhere 2 | 0.3
              kitchen | semi-formal |    7 |     8 | Yard 4    | 0.4"""
    shown = without_pins(layer("assets", rows, points=True, kind="register"))
    assert shown[["east", "north", "address", "lng"]].isna().all(axis=1).tolist() == [False, True, True, True]
    assert shown["name"].tolist() == ["library", "circle", "refuge", "kitchen"]
