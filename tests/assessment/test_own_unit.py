"""From a score back to the value it stands for, on every kind of scale."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.assessment.own_unit import value_at
from geomap.scoring.scale import fit_scale
from tests.assessment.small import assessed, indicator, recipe, whole

REASON = {"reason": "Because."}
GOALPOSTS, Z, PERCENTILE = {"low": 10, "high": 90, **REASON}, {"method": "z", **REASON}, {"method": "percentile", **REASON}
LOG, TURNED_ROOT = ({"step": "log"},), ({"step": "root", "power": 2}, {"step": "linear", "multiply": -1})
VALUES = np.array([1.0, 4.0, 9.0, 16.0, 25.0, 36.0, 49.0, 64.0, 81.0, 100.0])


def measured(scale: dict, values: np.ndarray = VALUES, steps: tuple = ()):
    """A city of places with these values, on this scale."""
    agreed = recipe(indicator("a", "harm", steps=steps, scale=scale), domain=[whole("harm")], index=[])
    ruler = (agreed.indicator[0].scale).ruler(agreed.indicator[0].steps)
    scores = fit_scale(("a",), values[:, None], [ruler]).apply(values[:, None])[:, 0]
    table = pd.DataFrame({"ward": [f"w{number}" for number in range(len(values))], "a": scores})
    assessment = assessed(agreed, table)
    assessment.numbers["a"]["value"] = values
    return agreed, assessment, scores


def fixed(low: float, high: float) -> dict:
    """A scale between two values."""
    return {"method": "fixed", "low": low, "high": high, **REASON}


@pytest.mark.parametrize(
    ("scale", "steps"),
    [
        *((scale, steps) for scale in (GOALPOSTS, Z) for steps in ((), LOG, TURNED_ROOT)),
        *((fixed(80, 5), ()), (fixed(0.5, 4), LOG), (fixed(-9, -1), TURNED_ROOT)),
    ],
)
def test_every_place_between_the_posts_gets_its_own_value_back(scale, steps):
    """The scores of the edition lead back to the values of the edition, through transformations too, and where low is better."""
    agreed, assessment, scores = measured(scale, steps=steps)
    inside = (scores > 0) & (scores < 10)
    back = [value_at(assessment, agreed, "a", score) for score in scores[inside]]
    assert inside.sum() >= 3
    assert back == pytest.approx(VALUES[inside], rel=1e-6)


@settings(deadline=None)
@given(score=st.floats(0.5, 9.5))
def test_percentiles_are_read_between_the_places(score):
    """Between two places next to each other, and never beyond the last."""
    agreed, assessment, scores = measured(PERCENTILE)
    assert value_at(assessment, agreed, "a", score) == pytest.approx(np.interp(score, scores, VALUES))
    assert np.isnan(value_at(assessment, agreed, "a", 9.9))


def test_a_city_on_its_goalposts_does_not_tell_the_line():
    """Two values, both at an end: what lies between them is not known, and nothing is made up."""
    agreed, assessment, _ = measured({"low": 5, "high": 95, **REASON}, np.array([1.0] * 5 + [9.0] * 5))
    assert np.isnan(value_at(assessment, agreed, "a", 5.0))


def test_beyond_what_the_city_knows_steps_are_not_undone():
    """A logarithm is undone between the values there are."""
    agreed, assessment, _ = measured(fixed(-5, 20), steps=({"step": "log"},))
    assert np.isnan(value_at(assessment, agreed, "a", 9.0))
