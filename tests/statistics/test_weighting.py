"""Weights that data suggest, against R, pymcdm and shares worked out by hand."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import integers
from numpy.testing import assert_allclose

from geomap.statistics.weighting import critic_weights, entropy_weights, pca_loadings, pca_weights
from tests.shared import shared

ALL = pytest.mark.parametrize("weigh", [pca_weights, entropy_weights, critic_weights])
cities = integers(0, 100_000).map(lambda seed: np.random.default_rng(seed).lognormal(size=(20, 4)))


@pytest.fixture(scope="module")
def published():
    """What COINr, R and pymcdm say."""
    return json.loads(shared("data", "methods", "composite_methods.json").read_text())


def test_entropy_and_critic_weights_are_those_of_pymcdm(published):
    """Five places and four parts of a textbook, to the eight digits printed, with and without a part that is a cost."""
    table = published["entropy"]
    assert_allclose(entropy_weights(table["matrix"]), table["weights"], atol=6e-9)
    assert_allclose(critic_weights(table["matrix"]), table["critic_no_direction"], atol=6e-9)
    cost_first = critic_weights(table["matrix"], higher_is_better=[False, True, True, True])
    assert_allclose(cost_first, table["critic_col0_is_cost"], atol=6e-9)


def test_pca_weights_are_the_squares_of_rs_first_component(published):
    """Entries of R's first component of the ASEM indicators, squared; loadings are the component times its standard deviation, turned to be positive."""
    parts = np.array([list(row.values()) for row in published["values"]["aggregate"]["X"]])
    first, deviation = np.array(published["values"]["pca"]["PC1"]), published["values"]["pca"]["sdev"][0]
    assert_allclose(pca_weights(parts), first**2, rtol=1e-10)
    assert_allclose(pca_loadings(parts), -first * deviation, rtol=1e-10)


def test_two_parts_weigh_half_each_by_pca_and_their_loadings_follow_from_their_correlation():
    """Two parts with correlation r have loadings √((1 + |r|)/2), of one sign if r is positive: here r = 0.5."""
    parts = np.array([[1, 2], [2, 1], [3, 3.0]])
    assert_allclose(pca_weights(parts), 0.5)
    assert_allclose(pca_loadings(parts), 0.75**0.5)


def test_entropy_by_hand():
    """Shares 1/3 each have entropy 1 and weigh nothing; 1/2, 1/2, 0 have ln 2/ln 3, and an all-in-one share 0."""
    parts = np.array([[1.0, 1, 5], [1, 1, 0], [1.001, 0, 0]])
    loose = 1 - np.log(2) / np.log(3)
    assert_allclose(entropy_weights(parts), [0, loose / (loose + 1), 1 / (loose + 1)], atol=1e-6)


def test_critic_by_hand():
    """Three parts, two alike and one opposed: conflicts 0 + 2, 0 + 2 and 2 + 2 at equal contrast give 1/4, 1/4 and 1/2."""
    up = np.array([0.0, 3, 4, 9])
    assert_allclose(critic_weights(np.column_stack([up, 10 * up, -up])), [0.25, 0.25, 0.5])
    assert_allclose(critic_weights(up[:, None]), [1])


@ALL
@given(cities)
def test_weights_are_shares_that_follow_their_parts(weigh, city):
    """They sum to 1, none is negative, a change of units changes none, and parts in another order have theirs."""
    weights = weigh(city)
    assert weights.sum() == pytest.approx(1)
    assert (weights >= 0).all()
    assert_allclose(weigh(city * [1, 10, 0.01, 1_000]), weights, atol=1e-9)
    assert_allclose(weigh(city[:, ::-1]), weights[::-1], atol=1e-9)


@ALL
def test_places_with_gaps_are_left_out(weigh):
    """A row that lacks a part changes nothing."""
    city = np.random.default_rng(2).lognormal(size=(12, 3))
    assert_allclose(weigh(np.vstack([city, [1, np.nan, 2]])), weigh(city))


@given(cities)
def test_loadings_sum_to_something_positive_and_turn_with_their_parts(city):
    """Turning every part over turns nothing over; the first component explains what its squared loadings sum to, at least 1."""
    loadings = pca_loadings(city)
    assert loadings.sum() >= 0
    assert (loadings**2).sum() >= 1
    assert_allclose(np.abs(pca_loadings(-city)), np.abs(loadings), atol=1e-9)


@ALL
def test_what_data_cannot_weigh_is_refused_in_words(weigh):
    """A part that does not vary, and too few places."""
    with pytest.raises(ValueError, match="Part 2 is the same in every place"):
        weigh([[1, 5], [2, 5], [3, 5]])
    with pytest.raises(ValueError, match="Only 2 of 2 places"):
        weigh([[1, 5], [2, 4]])


def test_shares_and_contrasts_that_do_not_exist_are_refused_in_words():
    """Negative values have no entropy, copies no contrast, and each part one direction."""
    with pytest.raises(ValueError, match="no value may be below 0"):
        entropy_weights([[1, -1], [2, 4], [0, 1]])
    with pytest.raises(ValueError, match="none contrasts with another"):
        critic_weights([[1, 2], [2, 4], [4, 8]])
    with pytest.raises(ValueError, match="2 parts but 1 directions"):
        critic_weights([[1, 2], [2, 4], [4, 1]], higher_is_better=[True])
