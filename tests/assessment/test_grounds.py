"""Whose answers stay out of which places: the same in every table and every number of a survey."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.estimate import estimate
from geomap.assessment.grounds import CITY, Grounds
from geomap.indicators.respondents import LEFT_OUT
from tests.toy import PARENT, WARDS, layer, methodology, residents, sources

BASE = 10
SIZES = {"castle": 4, "market": 30, "park": 30, "harbour": 30, "mill": 30, "station": 30}


def survey(blank=(), **said):
    """Answers of four in the castle and of thirty in each other ward; who is in one of the wards *blank* answered in one row of three only."""
    rows = pd.DataFrame({"ward": np.repeat(list(SIZES), list(SIZES.values()))})
    rows["trust"] = np.where(rows["ward"].isin(blank) & (rows.index % 3 > 0), np.nan, rows.index % 2)
    rows[["east", "north"]] = [np.array(WARDS[ward]) + 0.5 for ward in rows["ward"]]
    questions = {"trust": {"wording": "Do you trust?", "scale": [0, 1], "agree": [1]}}
    return layer("survey", rows, kind="survey", sensitivity="survey", survey={"mode": "paper", "questions": questions}, **said)


def asked(said, level, **more):
    """The share who trust, at *level*."""
    measure = {"measure": "survey_share", "layer": "survey", "question": "trust", "agree": [1]}
    recipe = methodology(
        {"id": "trust", "measure": measure, **more}, disclosure={"threshold": 3, "survey_base": BASE, "reason": "Because."}
    )
    return estimate(recipe.indicator[0], sources(said, residents()), level, recipe.disclosure.rule()).table


@pytest.mark.parametrize("points", [False, True])
def test_a_place_that_others_would_tell_stays_out_of_larger_ones(points):
    """By the codes of wards, or by where each answer was given."""
    table = asked(survey(points=points), "districts")
    assert table["n"].to_dict() == {"up": 60, "down": 90}
    assert table["flags"].to_dict() == {"up": LEFT_OUT, "down": ""}


def test_what_is_shown_of_districts_alone_could_be_told_by_a_table_of_wards():
    """The indicator has no number by ward, but what people said may be tabled by ward: the castle stays out all the same."""
    assert asked(survey(), "districts", levels=["districts"])["n"]["up"] == 60


def test_who_is_told_nowhere_is_told_nowhere_whatever_they_answered():
    """Ten of the market answered: by this question alone two wards would be withheld together, but the castle is out for good, so that the market goes too."""
    said, base = survey(blank=["market"]), 11
    grounds = Grounds.of(said, sources(said))
    away = grounds.away(said.table["trust"].notna().to_numpy(), base)
    assert away == {"wards": frozenset(), "districts": {"castle", "market"}, CITY: {"castle", "market"}}
    assert grounds.aside(base).places == {"castle"}


def test_levels_that_are_not_shown_here_count_all_the_same():
    """Tables by district only: the castle stays out of them, and wards have no row."""
    said = survey()
    grounds = Grounds.of(said, sources(said), ["districts"])
    assert list(grounds.levels) == ["districts", CITY]
    left = grounds.left(np.ones(len(said.table), dtype=bool), BASE)
    assert set(said.table["ward"][left["districts"]]) == {"castle"}
    assert PARENT["castle"] == "up"
