"""Messy tables through add: what the card proposes reads without edits, what was mended is on record, and names wait for a person's word."""

import json
from pathlib import Path

import pandas as pd
import pytest

from geomap.errors import CardError, IntakeError
from geomap.intake.tables import take_table
from geomap.layers.read import read_layer
from geomap.workspace.add import add_file
from geomap.workspace.describe import answered, questions
from geomap.workspace.inspect import inspect
from geomap.workspace.proposal import propose
from geomap.workspace.workspace import open_workspace
from tests.intake.tables import HOSTILE, MUST, manifest
from tests.workspace.test_add import fill, inside

CODES = [f"N{n:02d}" for n in range(1, 13)]


def added(city: Path, content: bytes, name: str = "messy.csv", **asked: bool) -> tuple[dict, pd.DataFrame, tuple[str, ...]]:
    """The card, the layer as it is read, and what was told."""
    path = city.parent / name
    path.write_bytes(content)
    result = add_file(path, city, **asked)
    fill(result.card)
    return json.loads(result.card.read_text(encoding="utf-8")), read_layer(result.card.parent).table, result.told


def test_decimal_commas_and_preamble_are_mended_with_a_record(city):
    """The copy is rewritten, the card says so, and the layer reads as numbers."""
    rows = "".join(f"{code};{n},5\n" for n, code in enumerate(CODES))
    card, table, told = added(city, f"Source: council\n\nneighbourhood;rate\n{rows}".encode("cp1252"))
    assert table["rate"].tolist() == [n + 0.5 for n in range(12)]
    assert card["geomap:intake"]["rewritten"]
    assert {repair["about"] for repair in card["geomap:intake"]["repairs"]} >= {"decimal comma", "header"}
    assert any("decimal comma" in one for one in told)


def test_withheld_cells_are_named_in_the_card_and_stay_withheld(city):
    """The file is kept to the byte; its marks stand in geomap:suppressed."""
    content = ("neighbourhood,people\n" + "".join(f"{code},{'<5' if n == 3 else n + 20}\n" for n, code in enumerate(CODES))).encode()
    card, table, _ = added(city, content)
    assert card["resources"][0]["geomap:suppressed"] == ["<5"]
    assert table["people"].isna().sum() == 1
    assert inside(city / "layers" / "messy")["messy.csv"] == content


def test_names_wait_for_a_persons_word(city):
    """Proposed at first; joined with --by-name."""
    names = take_names(city)
    content = ("place,people\n" + "".join(f"{name.upper()},{n + 20}\n" for n, name in enumerate(names))).encode()
    card, _, told = added(city, content, "by-hand.csv", by_name=True)
    assert card["geomap:places"]["boundaries"] == "neighbourhoods"
    (city.parent / "unsaid.csv").write_bytes(content)
    result = add_file(city.parent / "unsaid.csv", city)
    assert any("--by-name" in one for one in result.told)
    assert any("names" in one for one in told)


def take_names(city: Path) -> list[str]:
    """The names of the demonstration city's neighbourhoods."""
    (shapes,) = (city / "boundaries" / "neighbourhoods").glob("*.geojson")
    return [feature["properties"]["name"] for feature in json.loads(shapes.read_text(encoding="utf-8"))["features"]]


def test_personal_data_are_not_taken_in(city, tmp_path):
    """Nothing is written."""
    (tmp_path / "victims.csv").write_text("neighbourhood,victim_name\nN01,A. Person\nN02,B. Person\n", encoding="utf-8")
    with pytest.raises(IntakeError, match="personal data"):
        add_file(tmp_path / "victims.csv", city)
    assert not (city / "layers" / "victims").exists()


@pytest.mark.parametrize("row", manifest("table", "table-privacy", "survey", "xlsx"), ids=lambda row: row["file"])
def test_inspect_says_of_each_table_what_its_manifest_says(row):
    """The same door behind the command; points are counted where they lie."""
    zeros = "leading_zero" in row["file"] or row["file"] == "xlsx_numeric_codes.xlsx"
    places = HOSTILE / "_reference" / ("wards_leading_zero.geojson" if zeros else "wards.geojson")
    told = inspect(HOSTILE / row["file"], "survey" if row["kind"] == "survey" else "table", boundaries=places)
    assert told.outcome == MUST[row["must"]], told.messages
    assert row["message_about"].lower() in " ".join(told.messages).lower()


def test_what_add_writes_is_what_was_taken(city):
    """The frame of the door and the frame of the layer are one."""
    content = (
        "neighbourhood,income,when\n" + "".join(f'{code},"£{n + 10},000",{n + 13}/02/2024\n' for n, code in enumerate(CODES))
    ).encode("latin-1")
    _, table, _ = added(city, content)
    taken = take_table(city.parent / "messy.csv")
    assert table["income"].tolist() == taken.frame["income"].tolist()
    assert table["when"].tolist() == taken.frame["when"].tolist()


def test_names_that_are_nearly_alike_are_asked_for_in_the_form(city):
    """A person says yes, and they mean those places; or no, and their rows belong to none."""
    names = take_names(city)
    path = city.parent / "near.csv"
    written = [names[0] + "e", "Nowhere at all", *names[1:]]
    path.write_text("place,people\n" + "".join(f"{name},{n + 20}\n" for n, name in enumerate(written)), encoding="utf-8")
    workspace = open_workspace(city)
    proposal = propose(path, workspace, by_name=True)
    (asked,) = (one for one in questions(proposal, workspace) if one.key == "geomap:names")
    assert "Nowhere at all: no place here" in asked.words
    pairs = {answer: answered(proposal, {"geomap:names": answer})["geomap:names"] for answer in asked.choices}
    assert [one["confirmed"] for one in pairs.values()] == [True, True]
    assert [bool(one["pairs"][written[0]]) for one in pairs.values()] == [False, True]


def test_a_column_for_each_year_is_proposed_as_rows_and_waits_for_a_person(city):
    """The card names the columns and is not read before somebody confirms; then it holds a row for each place and year."""
    path = city.parent / "births.csv"
    path.write_text(
        "neighbourhood,2019,2020,2021\n" + "".join(f"{code},{n},{n + 1},{n + 2}\n" for n, code in enumerate(CODES)), encoding="utf-8"
    )
    result = add_file(path, city)
    fill(result.card)
    card = json.loads(result.card.read_text(encoding="utf-8"))
    assert card["geomap:melt"]["columns"] == ["2019", "2020", "2021"]
    assert any("one number over the years" in one for one in result.told)
    with pytest.raises(CardError, match="confirmed"):
        read_layer(result.card.parent)
    card["geomap:melt"]["confirmed"] = True
    result.card.write_text(json.dumps(card), encoding="utf-8")
    table = read_layer(result.card.parent).table
    assert len(table) == 3 * len(CODES)
    assert table["value"].sum() == sum(3 * n + 3 for n in range(len(CODES)))
