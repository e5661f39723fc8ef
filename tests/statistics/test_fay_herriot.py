"""The area-level model on the milk expenditure of 43 areas, against R's sae; and its laws."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, lists
from numpy.testing import assert_allclose

from geomap.statistics.fay_herriot import benchmark, fay_herriot, smoothed_variance
from tests.shared import shared


@pytest.fixture(scope="module")
def milk():
    """Direct estimates, their variances, and indicators of four major areas (Arora and Lahiri 1997; You and Chapman 2006)."""
    rows = pd.read_csv(shared("data", "methods", "milk.csv"))
    return (
        rows["yi"].to_numpy(),
        rows["SD"].to_numpy() ** 2,
        np.column_stack([np.ones(len(rows)), *(rows["MajorArea"] == area for area in (2, 3, 4))]),
    )


@pytest.mark.parametrize(("how", "name"), [("reml", "milk_REML"), ("ml", "milk_ML"), ("moment", "milk_FH")])
def test_estimates_and_errors_are_those_of_r(milk, how, name):
    """R's sae 1.3 (Molina and Marhuenda 2015) stops at a relative step of 1e-4, so agreement is to 1e-4 of σ² and 1e-5 of the rest."""
    r = json.loads(shared("data", "methods", "fay_herriot_milk.json").read_text())["values"][name]
    direct, variance, areas = milk
    found = fay_herriot(direct, variance, areas, how=how)
    assert_allclose(found.between, r["refvar"], rtol=1e-4)
    assert_allclose(found.beta, r["beta"], rtol=1e-4)
    assert_allclose(found.beta_se, r["se_beta"], rtol=1e-4)
    assert_allclose(found.estimate, r["eblup"], rtol=1e-5)
    assert_allclose(found.mse, r["mse"], rtol=1e-4)


def test_reml_is_converged(milk):
    """The converged variance of the reference, to all its digits."""
    assert fay_herriot(*milk).between == pytest.approx(0.0185503348, abs=5e-11)


def test_a_place_nobody_was_asked_in_gets_what_the_others_say(milk):
    """Its own weight is 0, its error is the spread between places and that of the coefficients."""
    direct, variance, areas = milk
    direct = np.where(np.arange(len(direct)) == 3, np.nan, direct)
    found = fay_herriot(direct, variance, areas)
    assert found.own[3] == 0
    assert found.estimate[3] == found.synthetic[3]
    assert found.mse[3] > found.between
    others = np.arange(len(direct)) != 3
    assert_allclose(found.estimate[others], fay_herriot(direct[others], variance[others], areas[others]).estimate, rtol=1e-10)


@given(lists(floats(0.1, 0.9), min_size=5, max_size=12), floats(0.001, 0.1))
def test_every_place_lies_between_its_own_answer_and_the_common_mean(direct, variance):
    """With one common mean an estimate never leaves the way from its own data to that mean."""
    found = fay_herriot(direct, np.full(len(direct), variance))
    low, high = np.minimum(direct, found.synthetic), np.maximum(direct, found.synthetic)
    assert (low - 1e-9 <= found.estimate).all()
    assert (found.estimate <= high + 1e-9).all()
    assert ((found.own >= 0) & (found.own < 1)).all()


def test_places_that_do_not_differ_are_all_the_mean():
    """Less spread than chance alone gives: nothing between places, no weight on their own data."""
    found = fay_herriot([0.50, 0.51, 0.49, 0.50, 0.52], np.full(5, 0.01))
    assert found.between == 0
    assert_allclose(found.estimate, np.full(5, 0.504), rtol=1e-9)


def test_too_few_places_are_no_model():
    """Two places say nothing about how places differ."""
    with pytest.raises(ValueError, match="too few"):
        fay_herriot([0.5, 0.6], [0.01, 0.01])


@given(lists(integers(1, 1_000), min_size=3, max_size=8), floats(0.2, 0.8))
def test_benchmarked_estimates_average_to_the_city(people, whole):
    """By the people who live there."""
    share = np.array(people) / sum(people)
    moved, _ = benchmark(np.linspace(0.3, 0.6, len(people)), share, whole)
    assert moved @ share == pytest.approx(whole)


def test_smoothed_variance_is_that_of_the_citys_share():
    """A quarter over 25 answers; without answers there is none."""
    assert smoothed_variance(0.5, [25, 0]).tolist() == pytest.approx([0.01, np.nan], nan_ok=True)
