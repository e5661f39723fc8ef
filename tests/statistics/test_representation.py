"""Who answered against who lives here."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists
from numpy.testing import assert_allclose

from geomap.statistics.representation import r_indicator, representation
from tests.shared import shared

HALVES = pd.Series({"young": 0.5, "old": 0.5})


def test_the_r_indicator_is_the_published_one():
    """Response by type of school, as R's categorical propensities give it."""
    r = json.loads(shared("data", "methods", "editions_bias_misc.json").read_text())["r_indicator"]
    counts = np.array([r["counts"][kind] for kind in "EHM"])
    found = r_indicator(counts[:, 1], counts[:, 0])
    assert_allclose(found.rates, [r["rates"][kind] for kind in "EHM"], rtol=1e-10)
    assert found.r == pytest.approx(r["R"], rel=1e-10)
    assert_allclose(found.partial, [r["partial_cat"][kind] for kind in "EHM"], rtol=1e-10)


@given(lists(integers(1, 500), min_size=2, max_size=6), integers(1, 20))
def test_groups_that_answer_at_one_rate_are_all_represented(people, times):
    """R is 1, every ratio is 1, nobody is under- or over-represented."""
    counts = np.array(people, dtype=float)
    found = r_indicator(counts, counts * times)
    assert found.r == pytest.approx(1, abs=1e-6)
    assert_allclose(found.partial, 0, atol=1e-9)
    table = representation(pd.Series(counts), counts.sum(), pd.Series(counts / counts.sum()))
    assert_allclose(table["ratio"], 1, rtol=1e-9)
    assert (table["low"] <= 1).all()
    assert (table["high"] >= 1).all()


def test_a_group_heard_half_as_often_is_flagged():
    """At a true ratio of one half and 400 heard, the interval lies wholly under 1 in at least 95 of 100 samples (seeded)."""
    generator = np.random.default_rng(7)
    people = pd.Series({"few": 0.2, "many": 0.8})
    found = [
        representation(pd.Series({"few": heard, "many": 400 - heard}), 400, people).loc["few", "high"]
        for heard in generator.binomial(400, 0.1, 1_000)
    ]
    assert np.mean(np.array(found) < 1) >= 0.95


def test_a_group_without_residents_has_no_ratio():
    """Nobody lives there, so nobody can be missing."""
    assert np.isnan(representation(pd.Series({"a": 3, "b": 0}), 3, pd.Series({"a": 1.0, "b": 0.0})).loc["b", "ratio"])


def test_representation_is_share_of_answers_over_share_of_people():
    """10 of 100 answers from half of the people: a ratio of 0.2, and an interval around it."""
    found = representation(pd.Series({"young": 10, "old": 90}), 100, HALVES).loc["young"]
    assert found["ratio"] == pytest.approx(0.2)
    spread = 1.96 * np.sqrt(1 / 10 - 1 / 100)
    assert found[["low", "high"]].tolist() == pytest.approx([0.2 * np.exp(-spread), 0.2 * np.exp(spread)], rel=1e-4)


def test_a_silent_group_has_the_rule_of_three():
    """Nobody of a group among 100 answers: at most 3.69 answers were to be expected."""
    found = representation(pd.Series({"young": 0, "old": 100}), 100, HALVES).loc["young"]
    assert (found["ratio"], found["low"]) == (0, 0)
    assert found["high"] == pytest.approx(3.69 / 50)
