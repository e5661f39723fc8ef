"""The yardstick: two goalposts, held still."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geomap.scoring.scale import Scale, fit_scale

NAMES = ("one",)
NUMBERS = arrays(float, (8, 1), elements=st.floats(-1e6, 1e6))


def test_goalposts_stand_at_the_percentiles():
    """Of 0 to 100 the 5th percentile is 5 and the 95th is 95."""
    scale = fit_scale(NAMES, np.arange(101.0)[:, None], low=5, high=95)
    assert (scale.low[0], scale.high[0]) == (5, 95)


def test_scores_run_from_0_to_10_between_the_posts_and_stop_there():
    """5 scores 0, 50 scores 5, 95 scores 10, and what lies beyond scores no more."""
    scale = Scale(NAMES, np.array([5.0]), np.array([95.0]))
    assert scale.apply(np.array([[0.0], [5.0], [50.0], [95.0], [400.0]])).ravel().tolist() == [0, 0, 5, 10, 10]
    assert scale.clipped(np.array([[0.0], [5.0], [50.0], [95.0], [400.0]])).tolist() == [2]


def test_where_all_places_were_alike_everybody_is_in_the_middle():
    """One value for all says nothing about who is worse; a missing one stays missing."""
    scores = fit_scale(NAMES, np.full((4, 1), 7.0), low=5, high=95).apply(np.array([[7.0], [9.0], [np.nan]])).ravel()
    assert scores[:2].tolist() == [5, 5]
    assert np.isnan(scores[2])


def test_a_number_nobody_has_has_no_scale():
    """No value, no goalposts, no scores."""
    scale = fit_scale(NAMES, np.full((4, 1), np.nan), low=5, high=95)
    assert np.isnan(scale.apply(np.array([[3.0]]))).all()
    assert scale.as_record() == {"one": {"low": None, "high": None}}


@given(NUMBERS)
def test_a_higher_value_never_scores_lower(values):
    """Order is kept."""
    scores = fit_scale(NAMES, values, low=5, high=95).apply(np.sort(values, axis=0)).ravel()
    assert (np.diff(scores) >= 0).all()
    assert ((scores >= 0) & (scores <= 10)).all()


@given(NUMBERS, st.floats(0.5, 1000), st.floats(-1000, 1000))
def test_units_do_not_matter(values, factor, shift):
    """Metres or feet, Celsius or Fahrenheit: the scores are the same."""
    moved = values * factor + shift
    one, other = (fit_scale(NAMES, some, low=5, high=95).apply(some) for some in (values, moved))
    spread = np.ptp(values)
    if spread > 1e-3 * max(1.0, np.abs(values).max()):
        assert one == pytest.approx(other, abs=1e-5)


def test_draws_pass_through():
    """A leading axis of draws gives the same scores as each draw alone."""
    scale = Scale(("one", "two"), np.array([0.0, 0.0]), np.array([1.0, 2.0]))
    draws = np.random.default_rng(1).uniform(size=(3, 4, 2))
    assert np.array_equal(scale.apply(draws)[1], scale.apply(draws[1]))
