"""The effect of the treated over their controls, held to a textbook's numbers and to statsmodels'."""

import json

import numpy as np
import pytest

from geomap.statistics.difference_in_differences import difference_in_differences, of_means
from tests.shared import shared

TREATED, CONTROLS = [2.0, 3.5, 1.0], [0.5, -0.5, 1.0, 0.2, 0.8]


def test_the_fast_food_study():
    """Card and Krueger (1994), table 3: employment in New Jersey against Pennsylvania, 2.76 (1.36), to the rounding of what goes in."""
    told = json.loads(shared("data/methods/editions_bias_misc.json").read_text(encoding="utf-8"))["did"]
    estimate, se = of_means(told["treated_change"], told["control_change"])
    assert estimate == pytest.approx(told["did"], abs=0.02)
    assert se == pytest.approx(told["se"], abs=0.005)


def test_several_treated_places_are_hc2():
    """Statsmodels 0.15, OLS of changes on a dummy with cov_type HC2; limits by Welch's degrees of freedom as scipy's ttest_ind gives them."""
    found = difference_in_differences(TREATED, CONTROLS)
    assert (found.estimate, found.se) == pytest.approx((1.7666666666666666, 0.7725139337110869))
    assert found.df == pytest.approx(2.535463387562483)
    assert (found.low, found.high) == pytest.approx((-0.9673647611070444, 4.500698094440377))


def test_one_treated_place_is_ordinary_least_squares():
    """Statsmodels 0.15: with one treated place the residuals are the controls' alone."""
    found = difference_in_differences([3.5], CONTROLS)
    assert (found.estimate, found.se, found.df) == pytest.approx((3.1, 0.6434283176858168, 4))
    assert (found.low, found.high) == pytest.approx((1.3135566, 4.8864434))


def test_published_errors_count_where_they_are_larger():
    """Controls that happen to agree do not make a noisy number certain."""
    sure = difference_in_differences([3.0], [1.0, 1.0, 1.0, 1.0])
    assert sure.se == 0
    unsure = difference_in_differences([3.0], [1.0, 1.0, 1.0, 1.0], errors=([2.0], [1.0] * 4))
    assert unsure.se == pytest.approx(np.sqrt(4 + 4 / 16))
    assert unsure.low < 0 < unsure.high


def test_too_few_controls_give_no_number():
    """Two tell nothing of how such places vary."""
    assert np.isnan(difference_in_differences([3.0], [1.0, 2.0]).estimate)


def test_an_interval_holds_no_effect_as_often_as_it_says():
    """4,000 times one treated place and ten controls of the same kind: about 95 %."""
    chance = np.random.default_rng(5)
    held = [
        found.low <= 0 <= found.high for found in (difference_in_differences(one[:1], one[1:]) for one in chance.normal(0, 1, (4_000, 11)))
    ]
    assert np.mean(held) == pytest.approx(0.95, abs=0.012)
