"""Shares of answers, weighted to the people who live there."""

import numpy as np
import pytest

from geomap.errors import LayerError
from geomap.indicators.survey_share import SurveyShare
from geomap.layers.layer import Layer
from tests.toy import drawn, layer, sources

ANSWERS = """ward    | age   | trust
             --------+-------+------
             castle  | young |     1
             castle  | old   |     5
             castle  | old   |     4
             castle  | old   |     9
             market  | young |     2
             market  | old   |     5"""
MARGINS = "variable | category | people\n age | young | 500\n age | old | 500"
FIELDWORK = {"dont_know": [9], "mode": "web"}


def asked(rake=(), table=ANSWERS, margins=MARGINS, level="wards"):
    """What the survey says at *level*."""
    said = layer("survey", table, kind="survey", sensitivity="survey", survey=FIELDWORK)
    said = Layer(said.card, said.table, None, None, {"margins": drawn(margins)})
    measure = SurveyShare.read({"layer": "survey", "question": "trust", "agree": [4, 5], "rake": list(rake)}, where="survey")
    return measure.observe(sources(said), level)


def test_a_share_is_of_those_who_answered():
    """Two of three in the castle agree; who does not know does not count."""
    found = asked().frame
    assert found.loc["castle", "value"] == pytest.approx(100 * 2 / 3)
    assert found.loc["castle", "n"] == 3


def test_nobody_asked_is_no_answer():
    """Wards without a respondent are missing, with a base of 0."""
    found = asked().frame.loc["mill"]
    assert np.isnan(found["value"])
    assert (found["status"], found["n"]) == ("missing", 0)


def test_weights_meet_the_margins():
    """Two young and four old answers stand for as many young as old: each young one counts twice as much as an old one.

    In the castle the young one (weight 2) says no, two old ones (weight 1 each) say yes: 2 of 4.
    """
    assert asked(rake=["age"]).frame.loc["castle", "value"] == pytest.approx(50)


def test_margins_may_be_crossed():
    """Young women are four of ten and all agree; age and sex by themselves would make them one of four."""
    answers = """ward    | age   | sex    | trust
                 --------+-------+--------+------
                 castle  | young | female |     5
                 castle  | young | male   |     1
                 castle  | old   | female |     1
                 castle  | old   | male   |     1"""
    margins = "variable | category | people\n" + "\n".join(
        f"age * sex | {group} | {people}"
        for group, people in (("young * female", 400), ("young * male", 100), ("old * female", 100), ("old * male", 400))
    )
    alone = margins + "\n age | young | 500\n age | old | 500\n sex | female | 500\n sex | male | 500"
    assert asked(rake=["age * sex"], table=answers, margins=margins).frame.loc["castle", "value"] == pytest.approx(40)
    assert asked(rake=["age", "sex"], table=answers, margins=alone).frame.loc["castle", "value"] == pytest.approx(25)
    with pytest.raises(LayerError, match="no column 'gender'"):
        asked(rake=["age * gender"], table=answers, margins=margins)


def test_a_group_nobody_answered_for_is_named():
    """Weighting cannot speak for those who are not there."""
    with pytest.raises(LayerError, match=r"Nobody in the survey is \['child'\]"):
        asked(rake=["age"], margins=MARGINS + "\n age | child | 100")


def test_intervals_hold_the_share_and_stay_between_0_and_100():
    """Korn–Graubard limits lie around the share, never outside what a share can be."""
    found = asked(rake=["age"]).frame.dropna(subset=["value"])
    assert (found["low"] <= found["value"]).all()
    assert (found["value"] <= found["high"]).all()
    assert found["low"].ge(0).all()
    assert found["high"].le(100).all()


def test_larger_places_hold_all_their_answers():
    """The upper district has the five answers of its wards that are answers."""
    assert asked(level="districts").frame.loc["up", "n"] == 5
