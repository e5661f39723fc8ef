"""Who works where on what: counts by hand, holes in words, whom to call first."""

import pandas as pd

from geomap.assessment.at_hand import at_hand
from geomap.views.stakeholders import CITY, holes, matrix, mechanisms, partners

PLACES = pd.DataFrame({"parent": ["", ""]}, index=["D1", "D2"])
NAMES = {"D1": "Quay", "D2": "Hill"}
REGISTER = pd.DataFrame(
    [
        ("Club", "trust", "support", "D1"),
        ("Council", "trust", "lead", "D1"),
        ("Council", "trust", "lead", "D1"),
        ("Police", "tension", "lead", "D2"),
    ],
    columns=["organisation", "issue", "role", "district"],
)
EXIST = pd.DataFrame({"name": ["Board", "Circle"], "formality": ["formal", "informal"], "issue": ["trust", "tension"], "note": ["", ""]})


def test_each_organisation_counts_once_a_cell():
    """Two at the quay for trust, one on the hill for tension, nobody elsewhere."""
    found = matrix(at_hand([REGISTER], [PLACES]), NAMES, ["trust", "tension"])
    assert found.to_dict("index") == {"Quay": {"trust": 2, "tension": 0}, "Hill": {"trust": 0, "tension": 1}}
    assert holes(found) == ("Trust: nobody is listed for 1 of 2 (Hill).", "Tension: nobody is listed for 1 of 2 (Quay).")


def test_who_works_in_the_whole_city_fills_the_holes():
    """A row of its own in the matrix."""
    everywhere = pd.DataFrame([("Union", "trust", "lead", ""), ("Union", "tension", "lead", "")], columns=REGISTER.columns)
    found = matrix(at_hand([REGISTER, everywhere], [PLACES]), NAMES, ["trust", "tension"])
    assert found.loc[CITY].tolist() == [1, 1]
    assert holes(found) == ("Every issue has somebody listed everywhere.",)


def test_those_that_lead_are_called_first():
    """Each once."""
    assert list(partners(at_hand([REGISTER], [PLACES]), "D1", "trust")["organisation"]) == ["Council", "Club"]
    assert partners(at_hand([REGISTER], [PLACES]), "D2", "trust").empty


def test_mechanisms_by_issue_and_formality():
    """Without the columns that say nothing."""
    there = at_hand([EXIST], [PLACES])
    assert list(mechanisms(there, issue="trust")["name"]) == ["Board"]
    assert list(mechanisms(there, formality="informal")["name"]) == ["Circle"]
    assert list(mechanisms(there)) == ["name", "formality", "issue"]


def test_an_empty_register_is_all_holes():
    """No row, no fault."""
    found = matrix(at_hand([], [PLACES]), NAMES, ["trust"])
    assert found["trust"].tolist() == [0, 0]
