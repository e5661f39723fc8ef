"""Whether places can be told apart: sums done by hand, a real survey, and how often chance alone says yes."""

import json
from math import erf, exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, lists, tuples
from numpy.testing import assert_allclose
from scipy import stats

from geomap.statistics.chi_square import chi_square
from geomap.statistics.telling_apart import (
    groups_that_cannot_be_told_apart,
    homogeneity,
    probability_worse,
    probability_worse_of_draws,
)
from tests.shared import shared

cities = lists(tuples(integers(-20, 20), floats(0.1, 10)), min_size=2, max_size=12).map(lambda rows: np.array(rows).T)


def phi(z):
    """The normal probability below *z*."""
    return (1 + erf(z / 2**0.5)) / 2


def test_homogeneity_by_hand():
    """1, 2 and 4 with errors 1, 1 and 2: weights 1, 1 and 1/4, mean 16/9, Q = 49/81 + 4/81 + 100/81 = 17/9 on 2 degrees, p = e^(-Q/2)."""
    test = homogeneity([1, 2, 4], [1, 1, 2])
    assert test.statistic == pytest.approx(17 / 9, rel=1e-12)
    assert (test.df, test.p) == (2, pytest.approx(exp(-17 / 18), rel=1e-12))


def test_seven_wards_of_somerville_cannot_be_told_apart():
    """Trust in the local police from 0.50 to 0.86 among 14 to 41 answers: with the city's share for every error, p = 0.14 (shares rounded)."""
    survey = json.loads(shared("data", "methods", "real_small_data.json").read_text())["somerville_2015_trust_police"]
    share, n = np.array(survey["direct"]), np.array(survey["n"])
    city = (share * n).sum() / n.sum()
    test = homogeneity(share, np.sqrt(city * (1 - city) / n))
    assert test.p == pytest.approx(survey["homogeneity_p"], abs=0.005)


def test_among_equal_places_the_test_errs_as_often_as_it_says():
    """In 4,000 cities of eight equal places 5 % have p under 0.05, and p is spread evenly."""
    random = np.random.default_rng(5)
    se = random.uniform(0.2, 2, size=32_000)
    test = groups_that_cannot_be_told_apart(7 + random.normal(size=32_000) * se, se, np.repeat(np.arange(4_000), 8))
    assert test.p.shape == (4_000,)
    assert 0.04 <= (test.p < 0.05).mean() <= 0.06
    assert stats.kstest(test.p, "uniform").pvalue > 0.01


def test_real_differences_are_found():
    """Five places three errors apart are told apart."""
    assert homogeneity([0, 3, 6, 9, 12], np.ones(5)).p < 1e-9


def test_each_group_is_tested_on_its_own():
    """Groups give what their places give alone; no group, a gap, one place and an empty group do not disturb."""
    score = np.array([1, 5, 2, 5.5, 4, np.nan, 9, 3])
    se = np.array([1, 0.2, 1, 0.2, 2, 1, 1, np.nan])
    groups = [0, 1, 0, 1, 0, 0, 2, 1]
    test = groups_that_cannot_be_told_apart(score, se, groups, count=4)
    assert_allclose(test.statistic, [17 / 9, 3.125, np.nan, np.nan], rtol=1e-12)
    assert test.df.tolist() == [2, 1, 0, 0]
    assert test.p[1] == pytest.approx(2 * (1 - phi(3.125**0.5)), rel=1e-9)
    assert np.isnan(test.p[2:]).all()
    assert np.isnan(groups_that_cannot_be_told_apart(score, se, np.full(8, -1), count=1).p).all()


def test_scores_without_error_differ_or_do_not():
    """Exact scores that differ have Q = ∞ and p = 0; that agree, 0 and 1; one exact score is the mean that others are held to."""
    differ, agree = homogeneity([1, 2, 5], [0, 0, 1]), homogeneity([0.1, 0.1, 0.1], [0, 0, 0])
    assert (differ.statistic, differ.p) == (np.inf, 0)
    assert (agree.statistic, agree.p) == (0, 1)
    assert homogeneity([2, 3, 4], [0, 1, 2]).statistic == pytest.approx(1 + 1)


@given(cities, floats(-50, 50), floats(0.1, 10))
def test_units_do_not_matter_to_the_test(city, shift, times):
    """Moving all scores, or changing their unit, changes nothing."""
    score, se = city
    assert homogeneity(shift + times * score, times * se).statistic == pytest.approx(homogeneity(score, se).statistic, rel=1e-6, abs=1e-8)


def test_how_surely_one_is_worse_than_the_next_by_hand():
    """The table runs 9, 5, 4: four apart with errors 3 and 4 is 0.8 of 5, one apart with errors 4 and 0 a quarter."""
    found = probability_worse([5, np.nan, 9, 4, 7], [4, 1, 3, 0, np.nan])
    assert_allclose(found, [phi(0.25), np.nan, phi(0.8), np.nan, np.nan], rtol=1e-12)


def test_ties_are_even_chances():
    """Equal scores have 1/2, with error or without; unequal ones without error are certain."""
    assert_allclose(probability_worse([3, 3, 3, 2], [1, 0, 0, 0]), [0.5, 0.5, 1, np.nan])


@given(cities)
def test_each_place_is_at_least_as_likely_as_not_to_be_worse_than_the_next(city):
    """Down the table probabilities are 1/2 to 1, one fewer than places; they do not depend on the order of rows."""
    found = probability_worse(*city)
    assert np.isnan(found).sum() == 1
    assert (found[~np.isnan(found)] >= 0.5).all()
    score = city[0] + np.arange(city.shape[1]) / 100
    assert_allclose(probability_worse(score[::-1], city[1][::-1])[::-1], probability_worse(score, city[1]), rtol=1e-12)


def test_draws_count_who_is_worse_and_ties_half():
    """The table runs west, east, north: in four draws west beats east twice and ties once, east beats north in all it has, south has no score."""
    score = [2.0, 1.0, 3.0, np.nan]
    draws = np.array([[2, 1, 3, 0], [2, 1, 2, 0], [2, np.nan, 1, 9], [2, 1, 4, 5]])
    assert_allclose(probability_worse_of_draws(score, draws), [1, np.nan, 2.5 / 4, np.nan])


def test_draws_of_independent_normal_errors_agree_with_the_formula():
    """From 20,000 draws of six places no probability is off by more than 0.012, and chunks averaged by size give the whole."""
    random = np.random.default_rng(9)
    score, se = random.normal(size=6), random.uniform(0.2, 1, size=6)
    draws = score + random.normal(size=(20_000, 6)) * se
    whole = probability_worse_of_draws(score, draws)
    assert_allclose(whole, probability_worse(score, se), atol=0.012)
    chunks = [probability_worse_of_draws(score, part) * len(part) for part in (draws[:3_000], draws[3_000:])]
    assert_allclose(sum(chunks) / 20_000, whole)


def test_chi_square_has_its_table():
    """5 % points of one, two and ten degrees of freedom; nothing is known on none."""
    found = chi_square([3.841459, 5.991465, 18.307038, 1], [1, 2, 10, 0])
    assert_allclose(found.p[:3], 0.05, rtol=1e-6)
    assert np.isnan([found.p[3], found.statistic[3]]).all()
