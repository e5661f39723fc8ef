"""Who was not heard enough is said, and of a survey about people no number of answers."""

from dataclasses import replace

import pandas as pd
import pytest

from geomap.assessment.estimate import estimate
from geomap.assessment.heard import under_heard
from tests.toy import layer, methodology, residents, sources

GUARDED = {"kind": "survey", "sensitivity": "survey", "survey": {"mode": "web"}}
WORDS = "Weighting raises their answers; it cannot add the views of those who did not answer."


def heard(counts, people, base=5, **said):
    """What is said of groups of which so many answered and so many live here; of one variable, or by variable of several."""
    variables = people if isinstance(next(iter(people.values())), dict) else {"age": people}
    columns = [name for name in variables if "*" not in name]
    rows = [group if isinstance(group, tuple) else (group,) for group, count in counts.items() for _ in range(count)]
    margins = [(name, group, count) for name, groups in variables.items() for group, count in groups.items()]
    extras = {"margins": pd.DataFrame(margins, columns=["variable", "category", "people"])}
    return under_heard(
        replace(layer("survey", pd.DataFrame(rows, columns=columns), **said), extras=extras), tuple(variables)[-1:], "2025", base
    )


def named(sentences):
    """Of whom the sentences speak."""
    return [one.split(" is ")[0].removeprefix("Not heard enough: ") for one in sentences]


def test_who_is_not_heard_enough_is_said():
    """A group wholly under four fifths of its share is named, with its numbers where the layer is open; one that might be enough is not."""
    counts, people = {"young": 10, "old": 90}, {"young": 500, "old": 500}
    assert heard(counts, people, base=0) == (
        f"Not heard enough: age young is 10% of answers but 50% of residents (ratio 0.20, 0.11–0.36). {WORDS}",
    )
    assert heard(counts, people, **GUARDED) == (f"Not heard enough: age young is 50% of residents, and clearly less of answers. {WORDS}",)


@pytest.mark.parametrize("young", [3, 6, 12])
def test_the_words_are_the_same_whether_a_number_is_withheld_or_not(young):
    """Three and nine under a base of ten, or six and six, or twelve and none."""
    people = {"young": 4_000, "middle": 4_000, "old": 2_000}
    said = heard({"young": young, "middle": 12 - young, "old": 200}, people, base=10, **GUARDED)
    assert said == tuple(
        f"Not heard enough: age {group} is 40% of residents, and clearly less of answers. {WORDS}" for group in ("young", "middle")
    )


def test_a_group_of_which_what_is_told_leaves_many_is_not_called_unheard():
    """Three are withheld beside sixty: there might be 62."""
    assert heard({"young": 3, "middle": 60, "old": 200}, {"young": 500, "middle": 500, "old": 1_000}, base=10, **GUARDED) == ()


@pytest.mark.parametrize(("young", "unheard"), [(23, {"young * f", "young * m"}), (90, set())])
def test_whether_a_crossing_was_heard_is_asked_of_what_its_columns_leave(young, unheard):
    """Three women are young, and with them the men are withheld, of whom there are 20 or 87: of either there may be all young but one. Eight old men may be all men but one."""
    counts = {("young", "f"): 3, ("young", "m"): young - 3, ("old", "f"): 300, ("old", "m"): 8}
    crossed = {" * ".join(group): 1_000 for group in counts}
    variables = {"age": {"young": 2_000, "old": 2_000}, "sex": {"f": 2_000, "m": 2_000}, "age * sex": crossed}
    said = {one.removeprefix("age * sex ") for one in named(heard(counts, variables, **GUARDED))}
    assert (said & {"young * f", "young * m"}) == unheard


def survey(young_men, sensitivity):
    """Ten of sixty women are young, and of sixty men so many, in four wards; as many young live here as old."""
    rows = [
        (ward, sex, "young" if one < young else "old", 1 + one % 5)
        for sex, young in (("f", 10), ("m", young_men))
        for one in range(60)
        for ward in [("harbour", "mill", "station", "castle")[one % 4]]
    ]
    table = pd.DataFrame(rows, columns=["ward", "sex", "age", "trust"])
    questions = {"trust": {"wording": "Do you trust?", "scale": [1, 5], "agree": [4, 5]}}
    said = layer("survey", table, kind="survey", sensitivity=sensitivity, survey={"mode": "paper", "questions": questions})
    return replace(said, extras={"margins": pd.DataFrame({"variable": "age", "category": ["young", "old"], "people": [3_000, 3_000]})})


def unheard(young_men, sensitivity="survey", **where):
    """What an indicator of those people tells of who was not heard."""
    measure = {"measure": "survey_mean", "layer": "survey", "question": "trust", "rake": ["age"], "where": where}
    recipe = methodology({"id": "trust", "measure": measure})
    notes = estimate(recipe.indicator[0], sources(survey(young_men, sensitivity), residents()), "wards", recipe.disclosure.rule()).notes
    return [note for note in notes if note.startswith("Not heard enough")]


def test_everybody_and_some_are_told_in_the_same_words():
    """Twelve of 120 are young, ten of the women: the two ratios told that two of the men are. It is said of the whole survey, with no number of answers."""
    both = [unheard(men, **where) for men in (2, 3) for where in ({}, {"sex": ["f"]})]
    assert both == [[f"Not heard enough: age young is 50% of residents, and clearly less of answers. {WORDS}"]] * 4


def test_an_open_survey_tells_of_the_rows_that_are_taken():
    """Ten of sixty women."""
    assert unheard(2, "open", sex=["f"]) == [
        f"Not heard enough: age young is 17% of answers but 50% of residents (ratio 0.33, 0.19–0.59). {WORDS}"
    ]
