"""Weights raked to the population's margins: what they must meet, what they must keep, and when they cannot."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import fixed_dictionaries, integers, lists

from geomap.errors import LayerError
from geomap.statistics.calibration import calibrate
from geomap.statistics.design import Design
from geomap.statistics.margins import rake_to_margins

REMEDY = "Check that the margins describe the same population, or rake on fewer of them"
SEXES, AGES = ("f", "m"), ("young", "middle", "old")
CELLS = [(sex, age) for sex in SEXES for age in AGES]
people = integers(1, 1_000)
sizes = lists(integers(1, 6), min_size=len(CELLS), max_size=len(CELLS))
margins = fixed_dictionaries(
    {"sex": fixed_dictionaries(dict.fromkeys(SEXES, people)), "age": fixed_dictionaries(dict.fromkeys(AGES, people))}
)


def test_raking_on_one_variable_is_post_stratification():
    """Three of A and one of B become 30 people each: weights 10, 10, 10, 30; two of A agree: 1/3, squared error 2/81."""
    design = rake_to_margins(Design.of([1] * 4), {"ward": list("AAAB")}, {"ward": {"A": 30, "B": 30}})
    assert design.weights == pytest.approx([10, 10, 10, 30], rel=1e-9)
    assert design.mean([1, 1, 0, 0]) == pytest.approx((1 / 3, 2**0.5 / 9), rel=1e-9)


@given(sizes, margins)
def test_raked_weights_meet_every_margin_and_keep_what_margins_do_not_say(sizes, margins):
    """Each category has its people, scaled to the first variable's total; a weight is one factor per sex times one per age."""
    rows = [cell for cell, count in zip(CELLS, sizes, strict=True) for _ in range(count)]
    columns = {name: np.array([row[at] for row in rows]) for at, name in enumerate(("sex", "age"))}
    design = rake_to_margins(Design.of(np.ones(len(rows))), columns, margins)
    whole = sum(next(iter(margins.values())).values())
    for name, wanted in margins.items():
        got = {category: design.weights[columns[name] == category].sum() for category in wanted}
        assert got == pytest.approx(
            {category: count * whole / sum(wanted.values()) for category, count in wanted.items()}, rel=1e-9, abs=1e-9 * whole
        )
    logs = np.log([design.weights[rows.index(cell)] for cell in CELLS]).reshape(2, 3)
    assert np.ptp(logs[0] - logs[1]) == pytest.approx(0, abs=1e-7)


def test_margins_with_other_totals_are_brought_to_the_first():
    """100 people by sex, 1 by age in shares: ages are 25 and 75 of the 100."""
    columns = {"sex": list("ffmm"), "age": list("yoyo")}
    design = rake_to_margins(Design.of([1] * 4), columns, {"sex": {"f": 60, "m": 40}, "age": {"y": 0.25, "o": 0.75}})
    assert design.weights == pytest.approx([15, 45, 10, 30], rel=1e-9)


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ({"A": 30, "B": 20, "C": 10}, r"Nobody in the survey is \['C'\] \('ward'\), but residents are\. Merge categories"),
        ({"A": 30}, r"The margins of 'ward' have no people in \[.*'B'.*\], but respondents do\. Add them to the margins"),
        ({"A": 30, "B": 0}, r"The margins of 'ward' have no people in \[.*'B'.*\], but respondents do\. Add them to the margins"),
    ],
)
def test_an_empty_cell_is_named_with_a_remedy(people, words):
    """People whom nobody answered for, and answers of people who are not there, are errors that say what to do."""
    with pytest.raises(LayerError, match=words):
        rake_to_margins(Design.of([1] * 3), {"ward": list("AAB")}, {"ward": people})


def test_a_category_without_people_or_answers_is_left_out():
    """Nobody lives in C and nobody answered from there: nothing to meet, no error."""
    design = rake_to_margins(Design.of([1] * 3), {"ward": list("AAB")}, {"ward": {"A": 30, "B": 20, "C": 0}})
    assert design.weights == pytest.approx([15, 15, 20], rel=1e-9)


@pytest.mark.parametrize("how", ["linear", "raking"])
def test_margins_that_contradict_each_other_are_an_error_with_a_remedy(how):
    """All women are young and all men old, so 60 women with 50 young cannot be: no weights do that, however near."""
    women = [[1, 0, 1], [1, 0, 1], [0, 1, 0], [0, 1, 0]]
    with pytest.raises(LayerError, match=REMEDY):
        calibrate(Design.of([1] * 4), women, [60, 40, 50], how=how)


def test_raking_does_not_reach_a_mean_outside_the_answers():
    """Ages 20 to 50 cannot average 60 with weights above 0; linear weights could, by falling below."""
    ages, wanted = np.column_stack([np.ones(4), [2, 3, 4, 5]]), [10, 60]
    with pytest.raises(LayerError, match=REMEDY):
        calibrate(Design.of([1] * 4), ages, wanted)
    linear = calibrate(Design.of([1] * 4), ages, wanted, how="linear").weights
    assert linear @ ages == pytest.approx(wanted, rel=1e-9)
    assert linear.min() < 0
