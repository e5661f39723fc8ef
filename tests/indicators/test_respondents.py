"""What is said of a survey's design tells nobody how many answered."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.estimate import estimate
from geomap.indicators.respondents import respondents
from geomap.layers.layer import Layer
from tests.toy import layer, methodology, residents, sources

MARGINS = pd.DataFrame({"variable": "sex", "category": ["f", "m"], "people": [3_000, 3_000]})


def survey(castle: int, *, women: int = 30, sensitivity: str = "survey") -> Layer:
    """Answers of thirty in each ward, but of so many in the castle; so many of all are women."""
    sizes = dict.fromkeys(("market", "park", "harbour", "mill", "station"), 30) | {"castle": castle}
    rows = [(ward, number % 5 + 1) for ward, size in sizes.items() for number in range(size)]
    table = pd.DataFrame(rows, columns=["ward", "trust"]).assign(sex=lambda own: np.where(np.arange(len(own)) < women, "f", "m"))
    said = layer("survey", table, kind="survey", sensitivity=sensitivity, survey={"mode": "paper", "stratum_field": "ward"})
    return Layer(said.card, said.table, extras={"margins": MARGINS})


@pytest.mark.parametrize("rake", [(), ("sex",)])
def test_the_design_of_a_survey_about_people_is_told_without_their_number(rake):
    """Two or three in the castle, and one woman more: the same sentences, of which none counts anybody; those of an open survey say it."""
    some = [respondents(survey(castle, women=women), rake, "2025").notes for castle, women in ((2, 30), (3, 30), (3, 31))]
    assert some[0] == some[1] == some[2]
    assert not any("people answered" in note for note in some[0])
    assert any("152 people answered" in note for note in respondents(survey(2, sensitivity="open"), rake, "2025").notes)


def test_a_group_that_was_hardly_reached_is_told_in_round_words():
    """Four women of 152 answers for half of the people: their answers count more than three times, in whatever number they are."""
    told = [respondents(survey(2, women=women), ("sex",), "2025").notes for women in (4, 5)]
    assert all("The answers of the people least reached count more than 3 times." in some for some in told)


def test_limits_tell_nobody_how_many_answered_elsewhere():
    """Whoever answered in the castle is in the design, by which the other wards' limits change from the fifth digit on; three are published."""
    measure = {"measure": "survey_share", "layer": "survey", "question": "trust", "agree": [1, 2]}
    recipe = methodology({"id": "trust", "measure": measure}, disclosure={"threshold": 5, "survey_base": 20, "reason": "Because."})
    indicator, rule = recipe.indicator[0], recipe.disclosure.rule()
    tables = [estimate(indicator, sources(survey(castle), residents()), "wards", rule).table.drop(index="castle") for castle in (2, 3, 4)]
    for other in tables[1:]:
        pd.testing.assert_frame_equal(tables[0], other, check_exact=True)
