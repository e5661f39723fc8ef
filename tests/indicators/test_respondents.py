"""What is said of a survey's design tells nobody how many answered."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.estimate import estimate
from geomap.indicators.respondents import FEW_TOGETHER, NOBODY, Aside, respondents
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


def asked():
    """The share who trust, and the rule of the gate."""
    measure = {"measure": "survey_share", "layer": "survey", "question": "trust", "agree": [1, 2]}
    recipe = methodology({"id": "trust", "measure": measure}, disclosure={"threshold": 5, "survey_base": 20, "reason": "Because."})
    return recipe.indicator[0], recipe.disclosure.rule()


@pytest.mark.parametrize("rake", [(), ("sex",)])
def test_the_design_of_a_survey_about_people_is_told_without_their_number(rake):
    """Two or three in the castle, and one woman more: the same sentences, of which none counts anybody; those of an open survey say it."""
    some = [respondents(survey(castle, women=women), sources(), rake).notes for castle, women in ((2, 30), (3, 30), (3, 31))]
    assert some[0] == some[1] == some[2]
    assert not any("people answered" in note for note in some[0])
    assert any("152 people answered" in note for note in respondents(survey(2, sensitivity="open"), sources(), rake).notes)


def test_a_group_that_was_hardly_reached_is_told_in_round_words():
    """Four women of 152 answers for half of the people: their answers count more than three times, in whatever number they are."""
    told = [respondents(survey(2, women=women), sources(), ("sex",)).notes for women in (4, 5)]
    assert all("The answers of the people least reached count more than 3 times." in some for some in told)


def test_limits_tell_nobody_how_many_answered_elsewhere():
    """Two, three or four in the castle, whom nothing tells: the other wards' numbers are the same."""
    indicator, rule = asked()
    tables = [estimate(indicator, sources(survey(castle), residents()), "wards", rule).table.drop(index="castle") for castle in (2, 3, 4)]
    for other in tables[1:]:
        pd.testing.assert_frame_equal(tables[0], other, check_exact=True)


def test_who_is_told_nowhere_moves_no_weight():
    """Four women or four men in the castle, and half of all others women: everybody else weighs the same, as if those four had not been asked."""

    def weighed(sex, aside):
        said = survey(4)
        answers = said.table.assign(sex=["f" if number % 2 else "m" for number in range(len(said.table))])
        answers.loc[answers["ward"] == "castle", "sex"] = sex
        rows = Layer(said.card, answers, extras=said.extras)
        return respondents(rows, sources(rows), ("sex",), aside=aside).design.weights[answers["ward"] != "castle"]

    aside = Aside(frozenset({"castle"}))
    np.testing.assert_array_equal(weighed("f", aside), weighed("m", aside))
    np.testing.assert_allclose(weighed("f", aside), 40.0)
    assert weighed("f", NOBODY).max() - weighed("f", NOBODY).min() > 0.5


def test_groups_of_which_few_answered_are_weighted_as_one():
    """Nine women, with twenty men the smallest group but one, and others: women and men weigh the same, whichever of the two is how many; a sentence says so without their names."""

    def weighed(women):
        said = survey(2)
        sexes = np.where(np.arange(len(said.table)) < women, "f", np.where(np.arange(len(said.table)) < 29, "m", "other"))
        margins = pd.DataFrame({"variable": "sex", "category": ["f", "m", "other"], "people": [3_000, 2_000, 1_000]})
        rows = Layer(said.card, said.table.assign(sex=sexes), extras={"margins": margins})
        return respondents(rows, sources(rows), ("sex",), aside=Aside(fewest=20))

    nine, ten = weighed(9), weighed(10)
    np.testing.assert_array_equal(nine.design.weights, ten.design.weights)
    np.testing.assert_allclose(nine.design.weights[:29], 5_000 / 29)
    assert FEW_TOGETHER in nine.notes
    assert nine.notes == ten.notes


def test_no_limit_tells_what_people_of_one_stratum_said():
    """Five who agree in the castle and one in the market, or three and three: the district's limits are the same, though wards are strata; a sentence says that they are one."""
    indicator, rule = asked()

    def told(castle, market):
        said = survey(30)
        at = said.table.groupby("ward").cumcount()
        agreeing = at < said.table["ward"].map({"castle": castle, "market": market}).fillna(15)
        rows = Layer(said.card, said.table.assign(trust=np.where(agreeing, 1, 5)), extras=said.extras)
        return estimate(indicator, sources(rows, residents()), "districts", rule)

    pd.testing.assert_frame_equal(told(5, 1).table, told(3, 3).table, check_exact=True)
    assert any("takes all strata of the sample as one" in note for note in told(3, 3).notes)
