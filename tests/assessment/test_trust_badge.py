"""The letter of trust is the worst of four looks, and says which held it down."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.trust_badge import badges
from geomap.assessment.words import bias_sentence

BIAS = {"id": "b", "source": "Police", "mechanism": "reporting", "direction": "under", "groups": "", "mitigation": "", "residual": ""}


@pytest.fixture
def shown(edition):
    """The demonstration city without its own caveats, so that no bias holds a letter down."""
    whole = edition.level()
    return dataclasses.replace(whole, nodes=tuple(dataclasses.replace(node, caveats=()) for node in whole.nodes))


def with_numbers(shown, node: str, **columns):
    """The assessment with other columns of one node in its first places."""
    table = shown.numbers[node].copy()
    for name, values in columns.items():
        table[name] = [*values, *table[name].iloc[len(values) :]]
    return dataclasses.replace(shown, numbers={**shown.numbers, node: table})


def test_the_width_of_the_interval_alone(shown):
    """Up to one point of ten A, two B, four C, more D; no interval D."""
    made = with_numbers(shown, "socioeconomic", low=[5.0] * 4 + [np.nan], high=[6.0, 7.0, 9.0, 9.1, np.nan])
    found = badges(made, "socioeconomic").head(5)
    assert list(found["grade"]) == ["A", "B", "C", "D", "D"]
    assert found["why"].iloc[3] == "its interval is 4.1 points of ten wide"
    assert found["why"].iloc[4] == "it has no interval"


def test_what_has_no_number_and_what_comes_from_elsewhere(shown):
    """One of five indicators is a fifth of the weight: B; two are two fifths: C; three D. Taken from a borough counts as much."""
    made = with_numbers(shown, "socioeconomic", low=[5.0] * 3, high=[5.5] * 3)
    for name, places in {"low_income": 3, "without_work": 2, "overcrowding": 1}.items():
        made = with_numbers(made, name, status=["missing"] * (places - 1) + ["value"], flags=[""] * (places - 1) + ["value of its borough"])
    found = badges(made, "socioeconomic").head(3)
    assert list(found["missing"].round(9)) == [0.4, 0.2, 0.0]
    assert list(found["borrowed"].round(9)) == [0.2, 0.2, 0.2]
    assert list(found["grade"]) == ["C", "B", "B"]
    assert "20 % of its weight comes from a larger place or a model" in found["why"].iloc[2]


@pytest.mark.parametrize(("severity", "grade"), [("1", "A"), ("2", "B"), ("3", "D")])
def test_a_known_bias_holds_it_down(shown, severity, grade):
    """Of severity 2 on a fifth of the weight B; of severity 3 D; of 1 it is told, but holds nothing down."""
    row = BIAS | {"severity": severity}
    nodes = tuple(dataclasses.replace(node, caveats=(bias_sentence(row),)) if node.id == "low_income" else node for node in shown.nodes)
    made = with_numbers(dataclasses.replace(shown, nodes=nodes), "socioeconomic", low=[5.0], high=[5.5])
    assert badges(made, "socioeconomic", pd.DataFrame([row]))["grade"].iloc[0] == grade


def test_the_demonstration_city_has_every_reason(edition):
    """Where nobody lives there is no score, so D; elsewhere the police register's bias holds the letter at B or lower."""
    found = badges(edition.level(), "risk", edition.register("biases"))
    empty = edition.level().numbers["risk"]["value"].isna()
    assert (found.loc[empty, "grade"] == "D").all()
    assert set(found.loc[~empty, "grade"]) <= {"B", "C", "D"}
    assert (found["biased"] > 0).all()
