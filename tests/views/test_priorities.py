"""The planner's list: reasons beyond doubt only, ranks never alone, no rank in a public edition, and a sheet that runs nothing."""

import dataclasses
import re

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.at_hand import at_hand
from geomap.views.csv import sheet
from geomap.views.priorities import NOBODY, NONE_LISTED, NOTHING, issues_of, narrowed, priorities


@pytest.fixture(scope="module")
def there(edition):
    """What the demonstration city's registers hold."""
    return at_hand(
        [edition.register(name) for name in ("mechanisms", "stakeholders", "biases")], [edition.level(one).places for one in edition.levels]
    )


@pytest.fixture(scope="module")
def listed(edition, there):
    """Its list by risk."""
    return priorities(edition.level(), "risk", there)


def test_every_place_is_there_the_worst_first_with_ranks_from_and_to(edition, listed):
    """The order is that of the score; a rank is never one number alone."""
    risk = edition.level().numbers["risk"]["value"]
    assert list(listed["code"]) == list(risk.sort_values(ascending=False, na_position="last", kind="stable").index)
    assert all(re.fullmatch(r"\d+ to \d+", rank) for rank in listed["rank"][listed["code"].map(risk).notna()])


def test_a_better_score_is_turned(edition, there):
    """By resilience the lowest stands first."""
    lowest = edition.level().numbers["resilience"]["value"].idxmin()
    assert priorities(edition.level(), "resilience", there)["code"].iloc[0] == lowest


def test_reasons_are_beyond_doubt_and_on_the_worse_side(edition, listed):
    """Each title named has its whole interval beyond the median of the city; a place without any says so."""
    shown = edition.level()
    titles = {node.title: node for node in shown.of_kind("indicator")}
    for row in listed.itertuples():
        for title in () if row.reasons == NOTHING else row.reasons.split("; "):
            table, worse = shown.numbers[titles[title].id], titles[title].up == "worse"
            end, middle = table.at[row.code, "scaled_low" if worse else "scaled_high"], table["scaled"].median()
            assert end > middle if worse else end < middle
    assert (listed["reasons"] == NOTHING).any()


def test_who_to_call_is_active_there_on_these_issues(listed, there):
    """As the register says, by district."""
    row = listed.iloc[0]
    issues = [issue.replace(" ", "-") for issue in row["issues"].split("; ")]
    assert set(row["partners"].split("; ")) == set(there.active(there.partners, row["code"], issues)["organisation"])


def test_the_list_is_narrowed(listed):
    """By issue, district, trust, and what nobody covers."""
    issue = issues_of(listed)[0]
    assert narrowed(listed, issue=issue)["issues"].str.contains(issue).all()
    assert set(narrowed(listed, within="Southmarch")["within"]) == {"Southmarch"}
    assert set(narrowed(listed, trusted="B")["trust"]) <= {"A", "B"}
    bare = narrowed(listed, uncovered=True)
    assert ((bare["mechanisms"] == NONE_LISTED) | (bare["partners"] == NOBODY)).all()
    assert 0 < len(bare) < len(listed)


def test_a_public_edition_ranks_nobody(edition, there):
    """Fifths in words, in the order of names."""
    shown = edition.level()
    numbers = {name: table.assign(fifth_low=2.0, fifth_high=3.0) for name, table in shown.numbers.items()}
    listed = priorities(dataclasses.replace(shown, tier="public", numbers=numbers), "risk", there)
    assert not {"rank", "in_worst_tenth"} & set(listed)
    assert listed["fifth"].iloc[0] == "anywhere from the second fifth to the middle fifth"
    assert list(listed["name"]) == sorted(listed["name"])


def test_without_registers_the_list_stands(edition):
    """Nothing and nobody is listed, and said to be so."""
    listed = priorities(edition.level("districts"), "risk", at_hand([], []))
    assert set(listed["mechanisms"]) == {NONE_LISTED}
    assert set(listed["partners"]) == {NOBODY}


def test_the_sheet_runs_nothing():
    """A name that a spreadsheet would run begins with an apostrophe; numbers stay numbers."""
    table = pd.DataFrame({"name": ["=1+1", "@SUM(A1)", "plain, with a comma"], "value": [-1.5, np.nan, 2]})
    assert sheet(table).decode("utf-8-sig").splitlines() == ["name,value", "'=1+1,-1.5", "'@SUM(A1),", '"plain, with a comma",2.0']
