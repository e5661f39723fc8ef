"""What councils have: the inventory, four ready recipes with their denominators, and the request that reads back."""

import json
from datetime import date

import numpy as np
import pandas as pd
import pytest

from geomap.cli.main import main
from geomap.errors import GeomapError
from geomap.layers.read import read_layer
from geomap.methodology.parts import Indicator
from geomap.methodology.read import read_methodology
from geomap.workspace.check import check
from geomap.workspace.inventory import by_topic, inventory
from geomap.workspace.lay_recipe import lay_recipe
from geomap.workspace.recipes import kinds, recipe_card, recipe_indicator, recipe_names
from geomap.workspace.request import request_sheet
from geomap.workspace.workspace import open_workspace

COUNCIL = {
    "school-drop-out": ("pupils", "dropped_out", "school_drop_out"),
    "planning-disputes": ("applications", "disputed", "planning_disputes"),
    "licensing": ("premises", "challenged", "licensing_challenges"),
    "employment-support": ("claimants", "without_support", "without_employment_support"),
}


def sample(city, path, whole: str, part: str) -> pd.DataFrame:
    """A hundred of each in every place and two years; in the first place eight, and in the second a number that is withheld."""
    codes = open_workspace(city).atlas["neighbourhoods"].codes
    table = pd.DataFrame({"place": list(codes) * 2, "period": ["2024"] * len(codes) + ["2025"] * len(codes), whole: 100, part: "20"})
    table.loc[table["place"] == codes[0], part] = "8"
    table.loc[table["place"] == codes[1], part] = "<5"
    table.to_csv(path, index=False)
    return table


@pytest.mark.parametrize("name", COUNCIL)
def test_a_sample_file_of_each_loads_without_edits_and_gives_the_share_done_by_hand(city, tmp_path, name):
    """8 of 100 are 8 %; the number that was withheld is withheld, not zero."""
    from geomap.assessment.estimate import estimate
    from geomap.disclosure.gate import Rule

    whole, part, key = COUNCIL[name]
    sample(city, tmp_path / "file.csv", whole, part)
    laid = lay_recipe(name, tmp_path / "file.csv", open_workspace(city))
    assert laid.boundaries == "neighbourhoods"
    path = city / "methodology.toml"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + laid.indicator, encoding="utf-8")
    workspace = open_workspace(city)
    assert check(workspace).faults == ()
    indicator = next(one for one in workspace.methodology.indicator if one.id == key)
    frame = estimate(indicator, workspace.sources, "neighbourhoods", Rule(5, 30)).table
    assert frame["value"].iloc[0] == pytest.approx(8.0)
    assert frame["status"].iloc[1] == "suppressed"
    assert frame[["low", "high"]].iloc[1].tolist() == pytest.approx([1.0, 4.0])
    assert frame["value"].iloc[2] == pytest.approx(20.0)


def test_every_recipe_says_what_is_skewed_and_what_could_be_misread():
    """And each indicator can be read."""
    import tomllib

    assert set(recipe_names()) == {*COUNCIL, "police-request"}
    for name in recipe_names():
        card = recipe_card(name)
        assert card["geomap:skewed"]
        assert card["geomap:misreading"]
        for one in tomllib.loads(recipe_indicator(name)).get("indicator", []):
            Indicator.read(one, where=name)


def test_a_table_with_other_columns_is_refused_and_nothing_is_written(city, tmp_path):
    """The columns that are wanted are named."""
    (tmp_path / "file.csv").write_text("ward,n\nN01,1\n", encoding="utf-8")
    with pytest.raises(GeomapError, match="the recipe 'licensing' needs"):
        lay_recipe("licensing", tmp_path / "file.csv", open_workspace(city))
    (tmp_path / "file.csv").write_text("place,period,premises,challenged\nX1,2025,1,1\n", encoding="utf-8")
    with pytest.raises(GeomapError, match="Only 0 of 1 rows"):
        lay_recipe("licensing", tmp_path / "file.csv", open_workspace(city))
    assert not (city / "layers/licensing").exists()
    assert not list((city / "layers").glob(".being-*"))


def test_a_messy_file_is_mended_at_the_one_door_with_a_record(city, tmp_path):
    """Semicolons, Windows-1250, a preamble, spaces around codes: kept as it was mended, and its card says so."""
    codes = open_workspace(city).atlas["neighbourhoods"].codes
    rows = [f" {code};2025;1 200;{part};Żoliborz" for code, part in zip(codes, ["<3", "*", "", "0", *["7"] * len(codes)], strict=False)]
    path = tmp_path / "file.csv"
    path.write_bytes("\n".join(["Licensing department", "place;period;premises;challenged;district", *rows, ""]).encode("cp1250"))
    laid = lay_recipe("licensing", path, open_workspace(city))
    layer = read_layer(laid.card.parent)
    assert layer.table["premises"].eq(1200).all()
    assert layer.suppressed["challenged"].tolist()[:4] == [True, True, False, False]
    assert layer.bounds["challenged"][0].tolist() == [1, 2]
    assert np.isnan(layer.bounds["challenged"][1]).all()
    assert np.isnan(layer.table["challenged"].iloc[2])
    assert layer.table["challenged"].iloc[3] == 0
    record = json.loads(laid.card.read_text(encoding="utf-8"))["geomap:intake"]
    assert {"encoding", "header", "thousands separator"} <= {one["about"] for one in record["repairs"]}


def test_columns_about_persons_are_refused(city, tmp_path):
    """A recipe takes in no more than any table may hold."""
    codes = open_workspace(city).atlas["neighbourhoods"].codes
    rows = [f"{code},2025,100,7,anna.{at}@example.org" for at, code in enumerate(codes)]
    (tmp_path / "file.csv").write_text("\n".join(["place,period,premises,challenged,email", *rows]))
    with pytest.raises(GeomapError, match="cannot be taken in"):
        lay_recipe("licensing", tmp_path / "file.csv", open_workspace(city))
    assert not (city / "layers/licensing").exists()


def test_the_inventory_names_about_forty_kinds_with_owner_and_trap():
    """Without a workspace it is what to ask for."""
    found = inventory(None, date(2026, 1, 1))
    assert len(found) == len(kinds()) >= 40
    assert (found[["may_say", "usual_owner", "usual_traps"]] != "").all().all()
    assert set(found["missing"]) == {"nothing is held of it"}


def test_the_inventory_says_what_is_held_how_fresh_and_what_is_missing(city):
    """Every layer of the workspace is in it, once."""
    found = inventory(open_workspace(city), date(2027, 6, 1))
    held = found[found["held_as"] != ""].set_index("held_as")
    assert sorted(held.index) == sorted(open_workspace(city).layers)
    assert held.loc["incidents", "years_old"] == 2
    assert held.loc["incidents", "missing"] == "the review is overdue"


def test_the_request_reads_back_as_it_is(city, tmp_path, capsys):
    """Filled in by the police, small numbers as <5, and returned: no edit is needed."""
    sheet = tmp_path / "request.csv"
    assert main(["request", str(city), "--to", str(sheet)]) == 0
    page = sheet.with_suffix(".txt").read_text(encoding="utf-8")
    assert "write <5 for 1 to 4" in page
    assert len(page.splitlines()) < 30
    back = pd.read_csv(sheet, dtype=str)
    assert list(back.columns[:3]) == ["place", "name", "period"]
    back[list(back.columns[3:])] = "12"
    back.loc[0, "hate_incidents"] = "<5"
    back.to_csv(sheet, index=False)
    assert main(["recipe", "police-request", str(sheet), "--to", str(city)]) == 0
    layer = read_layer(city / "layers/police-request")
    assert len(layer.table) == len(open_workspace(city).atlas["neighbourhoods"].codes)
    assert layer.suppressed["hate_incidents"].sum() == 1
    assert check(open_workspace(city)).faults == ()
    capsys.readouterr()


def test_the_request_can_ask_for_another_level(city):
    """Such as districts."""
    table, page = request_sheet(open_workspace(city), level="districts", period="2026")
    assert len(table) == len(open_workspace(city).atlas["districts"].codes)
    assert "for 2026" in page
    assert read_methodology(city / "methodology.toml").methodology.period != "2026"


def test_the_commands_answer(city, tmp_path, capsys):
    """In words and as files."""
    assert main(["inventory", str(city), "--to", str(tmp_path / "stock.csv")]) == 0
    assert main(["inventory"]) == 0
    assert main(["recipe"]) == 0
    assert main(["recipe", "licensing"]) == 0
    assert main(["recipe", "licensing", str(tmp_path / "absent.csv")]) == 2
    assert "school drop-out" in capsys.readouterr().out
    assert len(pd.read_csv(tmp_path / "stock.csv")) > 40


def test_the_catalogue_sets_each_topic_beside_what_is_held(city):
    """Trust is held, from somebody, of some age; debt advice is not; a card that cannot be read is told, not fatal; restricted layers are hidden from partners."""
    card = city / "layers/residents/datapackage.json"
    card.write_text("{", encoding="utf-8")
    survey = city / "layers/trust-survey/datapackage.json"
    survey.write_text(
        survey.read_text(encoding="utf-8").replace('"geomap:tier": "partners"', '"geomap:tier": "restricted"'), encoding="utf-8"
    )
    rows = by_topic(inventory(open_workspace(city), date(2027, 6, 1), tier="partners")).set_index("topic")
    everything = by_topic(inventory(open_workspace(city), date(2027, 6, 1))).set_index("topic")
    assert "debt advice" in rows.at["economy", "not_held"]
    assert "residents" in rows.at["other", "titles"]
    assert "to mend" in rows.at["other", "to_do"]
    assert rows.at["incidents", "held"] == 1
    assert rows.at["incidents", "years_old"] == "2"
    assert (rows.at["trust", "held"], everything.at["trust", "held"]) == (1, 2)
