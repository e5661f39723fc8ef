"""Toronto's 158 neighbourhoods from open data, with the rows that belong to no place."""

import pytest

from geomap.workspace.check import check
from geomap.workspace.workspace import Workspace
from tests.cities.real import laid


@pytest.fixture(scope="module")
def toronto(tmp_path_factory) -> Workspace:
    """The workspace with its edition."""
    return laid("toronto", tmp_path_factory.mktemp("toronto"))


def test_the_neighbourhoods_are_whole(toronto):
    """158 of them, all with a pressure and a capacity."""
    shown = toronto.latest_edition().level()
    assert len(shown.places) == 158
    assert shown.numbers["pressure"]["value"].notna().all()
    assert shown.numbers["capacity"]["value"].notna().all()


def test_hate_crimes_that_belong_to_no_place_are_reported(toronto):
    """1,805 records of 2014 to 2024: 1,774 in a neighbourhood, 31 that the police could not place."""
    record = next(record for record in check(toronto).joins if record["layer"] == "hate-crimes")
    assert (record["rows"], record["matched"]) == (1805, 1774)
    assert record["unmatched"] == {"marked as not placeable": 31}


def test_every_row_is_accounted_for(toronto):
    """Rows are matched or counted by reason, and nothing stops the build."""
    found = check(toronto)
    assert found.faults == ()
    for record in found.joins:
        assert record["rows"] == record["matched"] + sum(record["unmatched"].values()), record["layer"]
    assert {record["layer"]: record["matched"] for record in found.joins} == {
        "hate-crimes": 1774, "libraries": 100, "places-of-worship": 1407, "profile-2021": 158, "recreation-centres": 172, "turnout-2025": 158,
    }  # fmt: skip


def test_small_counts_of_hate_crimes_are_withheld(toronto):
    """No neighbourhood shows a count from 1 to 4; nought is shown as a true zero."""
    node = next(indicator.id for indicator in toronto.methodology.indicator if indicator.measure.layer == "hate-crimes")
    numbers = toronto.latest_edition().level().numbers[node]
    shown = numbers["n"].dropna()
    assert not shown.between(1, 4).any()
    assert (numbers["status"] == "suppressed").any()
    assert numbers.loc[shown.index[shown == 0], "status"].eq("zero").all()


def test_turnout_is_labelled_a_proxy(toronto):
    """Voting is not trust; the number's own words say so."""
    shown = toronto.latest_edition().level()
    node = next(node for node in shown.of_kind("indicator") if node.domain == "trust")
    assert "proxy" in f"{node.title} {node.reason} {' '.join(node.caveats)}".lower()
