"""Cards with a conscience: agreements end, issues are a closed list, what is left out is said, another period is refused."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from geomap.boundaries.crosswalk import Crosswalk
from geomap.cli.main import main
from geomap.editions.edition import read_edition
from geomap.errors import CardError, GeomapError, LayerError, MethodologyError, WorkspaceError
from geomap.layers.card import LayerCard
from geomap.layers.period import cut_short, demand_period, years_of
from geomap.layers.read import read_layer_card
from geomap.workspace.build import build
from geomap.workspace.check import check
from geomap.workspace.conscience import scruples
from geomap.workspace.honest import demand_honest, kept_inside, remarks_on
from geomap.workspace.issues import read_issues
from geomap.workspace.workspace import open_workspace
from tests.conftest import without_surveys
from tests.toy import WARDS, atlas, card, layer, methodology

ISSUES = """
[[issue]]
id = "hate-incidents"
title = "Hate incidents"
definition = "What is done to people for what they are taken to be."
named_by = "Residents' evenings, 2025"
unknown = "What is never reported."

[[issue]]
id = "rumours"
title = "Rumours"
definition = "Stories told of a group that are not so."
named_by = "Youth council"
"""


def edit(city: Path, name: str, change: Callable[[dict], object]) -> None:
    """A layer's card with something changed."""
    path = city / "layers" / name / "datapackage.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data), encoding="utf-8")


def said(city: Path, severity: str, today: date = date(2026, 1, 1)) -> list[str]:
    """The scruples of a severity."""
    return [one.sentence for one in scruples(open_workspace(city), today) if one.severity == severity]


def test_an_agreement_that_has_ended_stops_the_build_with_the_name_of_the_agency(city):
    """On its last day it holds."""
    agreed = {"with": "Marrowmere Police", "until": "2025-06-30", "reference": "ISA 12"}
    edit(city, "incidents", lambda one: one.update({"geomap:agreement": agreed}))
    assert said(city, "error", date(2025, 6, 30)) == []
    expected = "The agreement with Marrowmere Police (ISA 12) on the layer 'incidents' ended on 2025-06-30."
    assert said(city, "error", date(2025, 7, 1))[0].startswith(expected)
    assert any(fault.startswith(expected) for fault in check(open_workspace(city)).faults)
    with pytest.raises(MethodologyError, match="The agreement with Marrowmere Police"):
        build(open_workspace(city), draws=50)


def test_an_end_that_is_no_day_is_refused():
    """With an example."""
    with pytest.raises(GeomapError, match="is no day of the calendar; write it as 2026-12-31"):
        card("jobs", agreement={"with": "The police", "until": "soon"})


def test_an_issue_that_nobody_listed_is_refused_and_one_without_evidence_is_a_gap(city):
    """The list is closed: the allowed ones are named."""
    (city / "issues.toml").write_text(ISSUES, encoding="utf-8")
    edit(city, "online-log", lambda one: one.update({"geomap:issues": ["gossip"]}))
    edit(city, "residents", lambda one: one.pop("geomap:issues"))
    errors, warnings = said(city, "error"), said(city, "warning")
    assert (
        "The card of 'online-log' speaks of the issues ['gossip'], which issues.toml does not list; there are ['hate-incidents', 'rumours']."
        in errors
    )
    assert "No layer speaks to the issue 'rumours': what is said of it here rests on no data." in warnings
    assert any(one.startswith("The card of 'residents' does not say which issue") for one in warnings)


def test_a_workspace_without_a_list_of_issues_is_left_alone(city):
    """Nothing is asked of it."""
    (city / "issues.toml").unlink()
    assert read_issues(city) == ()
    assert not any("issue" in one for one in said(city, "warning") + said(city, "error"))


def test_issues_that_share_an_id_are_refused(tmp_path):
    """As are words that nobody knows."""
    (tmp_path / "issues.toml").write_text(ISSUES.replace('"rumours"', '"hate-incidents"'), encoding="utf-8")
    with pytest.raises(WorkspaceError, match="used more than once"):
        read_issues(tmp_path)


def test_what_was_considered_and_not_used_is_listed_in_check_and_in_the_edition(city):
    """Such a card needs no file; nothing may rest on it."""
    reason = "The register ends with 2019, before the new estates were built."
    folder = city / "layers/old-register"
    folder.mkdir()
    said_of_it = json.loads((city / "layers/assets-formal/datapackage.json").read_text(encoding="utf-8"))
    said_of_it |= {"name": "old-register", "geomap:not_used": reason}
    del said_of_it["resources"], said_of_it["geomap:places"]
    (folder / "datapackage.json").write_text(json.dumps(said_of_it), encoding="utf-8")
    record = next(one for one in check(open_workspace(city)).joins if one["layer"] == "old-register")
    assert record["notes"] == [f"considered, not used: {reason.rstrip('.')}"]
    listed = read_edition(build(open_workspace(without_surveys(city)), draws=50)).about["considered"]
    assert [(one["layer"], one["reason"]) for one in listed] == [("old-register", reason)]


def test_an_indicator_on_a_layer_that_is_not_used_is_refused(city):
    """With the reason that its card gives."""
    edit(city, "incidents", lambda one: one.update({"geomap:not_used": "Too few."}))
    assert any("uses the layer 'incidents', whose card says that it is not used: Too few." in one for one in said(city, "error"))


def test_modelled_numbers_are_told_apart_from_measured_ones(city):
    """A change of a model is no change of a place."""
    edit(city, "living-conditions", lambda one: one.update({"geomap:origin": "modelled"}))
    assert any(one.startswith("The numbers of 'living-conditions' are modelled") for one in said(city, "warning"))
    with pytest.raises(GeomapError, match="says measured, but geomap:evidence says model"):
        card("jobs", evidence="model", origin="measured")


def test_a_card_names_its_provider():
    """Somebody answers for the data."""
    with pytest.raises(GeomapError, match="name the organisation that provides the data"):
        card("jobs", contributors=[])


@pytest.mark.parametrize("name", ["skewed", "misreading"])
def test_the_two_sentences_are_required(name):
    """Blank is not an answer."""
    with pytest.raises(GeomapError, match=f"geomap:{name}: is blank"):
        card("jobs", **{name: " "})


@pytest.mark.parametrize(
    ("words", "years"),
    [("2025", (2025, 2025)), ("2019/2021", (2019, 2021)), ("June 2019 to May 2021", (2019, 2021)), ("2024/25", (2024, 2025)), ("1999-00", (1999, 2000)),
     ("quarter to 2023-12-31", (2023, 2023)), ("202502-202601", None), ("the last year", None)],
)  # fmt: skip
def test_the_years_a_period_names(words, years):
    """Ranges by their ends; a month is no year."""
    assert years_of(words) == years


def test_a_source_that_serves_another_period_than_its_card_says_is_refused():
    """No row is of the year the card names: the years found are told."""
    table = "ward | period | jobs\ncastle | 2023 | 1\nmarket | 2023-06 | 2\npark | 2025 | 3"
    with pytest.raises(LayerError, match=r"speak of 2024, but 3 of 3 dated rows lie outside: 2023: 2 row\(s\)"):
        demand_period(layer("jobs", table, period_field="period", period="2024"))
    demand_period(layer("jobs", table, period_field="period", period="2023 to 2025"))


def test_a_longer_series_may_hold_the_period_that_is_used():
    """The card names the part in use; a window that has moved on does not hold it."""
    table = "ward | period | jobs\ncastle | 2019 | 1\nmarket | 2022 | 2\npark | 2023 | 3"
    demand_period(layer("jobs", table, period_field="period", period="2022"))
    with pytest.raises(LayerError, match="2022: 1 row"):
        demand_period(layer("jobs", table, period_field="period", period="2018 to 2020"))
    assert cut_short(layer("jobs", table, period_field="period", period="2021 to 2023")).endswith(
        "no row is of 2021; was the file cut short?"
    )
    assert cut_short(layer("jobs", table, period_field="period", period="2022")) == ""


def test_the_period_is_held_to_the_data_of_a_workspace(city):
    """The incidents are of 2023 to 2025; a card that says 2019 is told of them."""
    edit(city, "incidents", lambda one: one.update({"geomap:period": "2019"}))
    told = "\n".join(check(open_workspace(city)).faults)
    assert "says that its data speak of 2019" in told
    assert "2024:" in told


OLD = {ward: ward for ward in WARDS} | {"keep": "castle"}  # the keep was a ward of its own until 2015


def toy(table, tmp_path, **said):
    """A workspace of the toy city with one layer of events, and the lookup from the wards of 2015."""
    walk = Crosswalk("wards-2015", "wards", pd.DataFrame({"origin": OLD.keys(), "place": OLD.values(), "share": 1.0}), "lookup")
    recipe = methodology({"id": "r", "measure": {"measure": "rate", "layer": "events", "per": {"layer": "residents", "field": "people"}}})
    events = layer("events", pd.DataFrame(table), **said)
    return SimpleNamespace(layers={"events": events}, atlas=atlas(walk), methodology=recipe, path=tmp_path)


@pytest.mark.parametrize(
    ("table", "said", "begins"),
    [
        ({"ward": [*["castle", "market", "mill"] * 9, "keep"]}, {}, "The codes of 'events' match 27 of 28 rows of 'wards', but fit 'wards-2015': 28 of 28 better"),
        ({"ward": ["castle", "market"], "year": ["2024", "2024"]}, {"period_field": "year", "period": "2024 to 2025"}, "The card of 'events' says 2024 to 2025, but no row is of 2025"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("sensitivity", ["open", "counts"])
def test_what_depends_on_the_rows_of_a_guarded_layer_is_told_to_its_owner_alone(table, said, begins, sensitivity, tmp_path):
    """One row of another vintage, no row of a year: an edition that said so would tell a count of 1, or a true zero."""
    made = toy(table, tmp_path, kind="incidents", sensitivity=sensitivity, **said)
    told, inside = ([one for one in some if one.startswith(begins)] for some in (demand_honest(made), kept_inside(made)))
    assert (len(told), len(inside)) == ((1, 0) if sensitivity == "open" else (0, 1))
    assert any(one.sentence.startswith(begins) for one in remarks_on(made))


def test_a_build_prints_what_the_edition_keeps_inside(city, capsys):
    """The owner need not ask for a check."""
    edit(city, "incidents", lambda one: one.update({"geomap:period": "2022 to 2025"}))
    assert main(["build", str(without_surveys(city)), "--draws", "20"]) == 0
    sentence = "The card of 'incidents' says 2022 to 2025, but no row is of 2022; was the file cut short?"
    assert f"Note: {sentence}" in capsys.readouterr().out
    assert sentence not in read_edition(city).about["warnings"]


def test_a_card_that_is_no_layer_without_a_file(city):
    """Only what is not used may come without one."""
    edit(city, "residents", lambda one: one.pop("resources"))
    with pytest.raises(CardError, match="a card names at least one file"):
        read_layer_card(city / "layers/residents")
    assert LayerCard.model_fields["resources"].default == ()
