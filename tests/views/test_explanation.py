"""An explanation in words: what it says, that its lines add up, and what it never says."""

import json
import math
import re

import pytest

from geomap.symbology.numbers import signed
from geomap.views.explanation import as_data, explanation, in_words
from tests.assessment.small import assessed, indicator, recipe, whole
from tests.assessment.test_balance import AGREED, CITY

FORBIDDEN = re.compile(r"\b(caus\w*|driv(es|en|ing)|leads? to|predict\w*|due to)\b", re.IGNORECASE)
CASTLE = """Castle (castle), Toy city, 2025

Risk is 4.0 (4.0 to 4.0), in the class 2 to 4; higher needs attention.
That is 1.00 below the city's median score, 5.00. A ward with the median of every indicator that is known here, the city's median place, would score 4.88, which is 0.12 below that median score.
By part, in points:
   +1.12  Harm: 7.0, city's middle 4.8
   −2.00  Bonds: 9.0, city's middle 5.0
By indicator, in points:
   −2.00  TRUST: 90.0 %, city's middle 50.0
   +1.50  THEFT: 90.0 %, city's middle 50.0
   −0.38  NOISE: 10.0 %, city's middle 40.0
   −0.12  from the median place to the city's median score
   −1.00  together: the distance from the city's median score
Its worst part is Harm: 7.0 of 10, where higher needs attention. The score of the whole can hide that.
The better class next to it is 0 to 2. This alone would do, while the others stay: THEFT at 36.6 or less (now 90.0; %). All indicators at once would have to be 3.67 points of ten better.
The worse class next to it is 4 to 6. One of these alone would do, while the others stay: THEFT at 90.1 or more (now 90.0; %); NOISE at 10.1 or more (now 10.0; %); TRUST at 89.9 or less (now 90.0; %). All indicators at once would have to be 0.01 points of ten worse.
Without police records it would stay 3rd of 3; 0 wards change their rank, by 0.0 on average.
Of 3, it ranks between 1st and 3rd, by whose weights are taken: Residents (40 people) 3rd, Officers (9 people) 1st; by the agreed weights 3rd.
Its weight by kind of evidence: survey 50 %; police 38 %; census 12 %.
Its weight by provider: Survey 50 %; Police 38 %; Census 12 %.

This is what the score is made of. It does not say what brought it about, nor what would change it on the ground.
A toy."""


def told(city=CITY, agreed=AGREED, code="castle", node="risk"):
    """One explanation."""
    return explanation(city, agreed, code, node)[0]


def test_castle_read_aloud():
    """Every line of it, as a planner reads it."""
    assert in_words(CITY, "castle", explanation(CITY, AGREED, "castle", "risk")) == CASTLE


@pytest.mark.parametrize("code", ["castle", "market", "harbour"])
def test_nothing_is_said_of_what_brings_a_score_about(code):
    """Association and arithmetic only."""
    assert not FORBIDDEN.search(in_words(CITY, code, explanation(CITY, AGREED, code)))


def test_a_banner_is_marked():
    """Where more than half rests on one provider it stands out."""
    assert "! Harm rests for 75 % on one kind of evidence: police" in in_words(CITY, "castle", (told(node="harm"),))


def test_a_place_without_a_score_is_told_so():
    """And not explained away; its weights are told all the same."""
    agreed = recipe(indicator("a", "harm"), domain=[whole("harm")], index=[whole("risk", of=["harm"])])
    city = assessed(agreed, "ward | a\n castle |\n market | 3")
    text = in_words(city, "castle", explanation(city, agreed, "castle", "risk"))
    assert "Risk has no score here: too little is known." in text
    assert "together" not in text
    assert "Its weight by provider: Census 100 %." in text


def test_a_number_that_is_withheld_stays_withheld():
    """A stand-in is counted, which is said, and the value is not shown, as a number nor as a place to start from."""
    city = assessed(AGREED, "ward | theft | noise | trust\n castle | 9 | 1 | 9\n market | 5 | 5 | 5\n harbour | 1 | 4 | 0")
    city.numbers["theft"].loc["castle", ["value", "status"]] = [math.nan, "suppressed"]
    text = in_words(city, "castle", (told(city),))
    assert "THEFT: withheld to protect people; a stand-in is counted, city's middle" in text
    assert "now withheld to protect people" in text
    assert "THEFT: 90" not in text


def test_a_part_that_is_not_in_the_score_says_so():
    """Where it is missing, it has no points, and the others stand."""
    agreed = recipe(
        indicator("a", "harm"),
        indicator("b", "harm"),
        domain=[whole("harm")],
        index=[],
        missing={"rule": "renormalise", "reason": "Because."},
    )
    city = assessed(agreed, "ward | a | b\n castle | 3 |\n market | 4 | 5")
    text = in_words(city, "castle", explanation(city, agreed, "castle", "harm"))
    assert "B: not in the score (no number)" in text


def test_the_interval_says_where_else_the_score_could_be():
    """Castle's interval reaches over the limit of its class."""
    city = assessed(AGREED, "ward | theft | noise | trust\n castle | 9 | 1 | 8\n market | 5 | 5 | 5\n harbour | 1 | 4 | 0")
    city.numbers["risk"].loc["castle", ["low", "high"]] = [3.5, 5.0]
    assert told(city).standing.endswith(
        "in the class 4 to 6; higher needs attention. As surely as the data allow, it could as well be in 2 to 4."
    )


def test_the_numbers_told_to_machines_add_up():
    """The indicators' points, the rounding and the gap are the distance; and it is JSON."""
    data = json.loads(json.dumps(as_data(CITY, "castle", explanation(CITY, AGREED, "castle")), allow_nan=False))
    for score in data["scores"]:
        points = sum(value for name, value in score["points"].items() if name in ("theft", "noise", "trust") and value is not None)
        assert points + score["rounding"] + score["gap"] == pytest.approx(score["distance"], abs=1e-9)
        assert sum(score["balance"]["provider"].values()) == pytest.approx(100)


@pytest.mark.parametrize(("points", "words"), [(0.5, "+0.50"), (-0.5, "−0.50"), (-0.001, "+0.00"), (math.nan, "–")])
def test_points_carry_their_sign(points, words):
    """A nought has none to be afraid of."""
    assert signed(points) == words
