"""The yardstick: two goalposts, held still."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geomap.scoring.scale import Ruler, Scale, fit_scale

NAMES, RULERS = ("one",), (Ruler("goalposts", 5, 95),)
NUMBERS = arrays(float, (8, 1), elements=st.floats(-1e6, 1e6))


def test_goalposts_stand_at_the_percentiles():
    """Of 0 to 100 the 5th percentile is 5 and the 95th is 95."""
    scale = fit_scale(NAMES, np.arange(101.0)[:, None], RULERS)
    assert (scale.low[0], scale.high[0]) == (5, 95)


def test_scores_run_from_0_to_10_between_the_posts_and_stop_there():
    """5 scores 0, 50 scores 5, 95 scores 10, and what lies beyond scores no more."""
    scale = Scale(NAMES, np.array([5.0]), np.array([95.0]))
    assert scale.apply(np.array([[0.0], [5.0], [50.0], [95.0], [400.0]])).ravel().tolist() == [0, 0, 5, 10, 10]
    assert scale.clipped(np.array([[0.0], [5.0], [50.0], [95.0], [400.0]])).tolist() == [2]


def test_where_all_places_were_alike_everybody_is_in_the_middle():
    """One value for all says nothing about who is worse; a missing one stays missing."""
    scores = fit_scale(NAMES, np.full((4, 1), 7.0), RULERS).apply(np.array([[7.0], [9.0], [np.nan]])).ravel()
    assert scores[:2].tolist() == [5, 5]
    assert np.isnan(scores[2])


def test_a_number_nobody_has_has_no_scale():
    """No value, no goalposts, no scores."""
    scale = fit_scale(NAMES, np.full((4, 1), np.nan), RULERS)
    assert np.isnan(scale.apply(np.array([[3.0]]))).all()
    assert scale.as_record() == {"one": {"low": None, "high": None}}


@given(NUMBERS)
def test_a_higher_value_never_scores_lower(values):
    """Order is kept."""
    scores = fit_scale(NAMES, values, RULERS).apply(np.sort(values, axis=0)).ravel()
    assert (np.diff(scores) >= 0).all()
    assert ((scores >= 0) & (scores <= 10)).all()


@given(NUMBERS, st.floats(0.5, 1000), st.floats(-1000, 1000))
def test_units_do_not_matter(values, factor, shift):
    """Metres or feet, Celsius or Fahrenheit: the scores are the same."""
    moved = values * factor + shift
    one, other = (fit_scale(NAMES, some, RULERS).apply(some) for some in (values, moved))
    spread = np.ptp(values)
    if spread > 1e-3 * max(1.0, np.abs(values).max()):
        assert one == pytest.approx(other, abs=1e-5)


def test_draws_pass_through():
    """A leading axis of draws gives the same scores as each draw alone."""
    scale = Scale(("one", "two"), np.array([0.0, 0.0]), np.array([1.0, 2.0]))
    draws = np.random.default_rng(1).uniform(size=(3, 4, 2))
    assert np.array_equal(scale.apply(draws)[1], scale.apply(draws[1]))


def test_fixed_goalposts_may_run_downwards():
    """Thirty scores 0 and ten scores 10: less is worse, as declared."""
    scale = fit_scale(NAMES, np.array([[12.0], [40.0]]), (Ruler("fixed", 30, 10),))
    assert scale.apply(np.array([[30.0], [20.0], [10.0], [5.0]])).ravel().tolist() == [0, 5, 10, 10]
    assert scale.clipped(np.array([[40.0], [20.0], [5.0]])).tolist() == [2]


def test_z_scores_are_measured_in_the_baselines_deviations():
    """Mean 20, deviation 10: two and a half deviations above score 10, the mean scores 5."""
    scale = fit_scale(NAMES, np.array([[10.0], [20.0], [30.0]]), (Ruler("z", -2.5, 2.5),))
    assert scale.apply(np.array([[20.0], [45.0], [-5.0]])).ravel().tolist() == [5, 10, 0]


def test_percentiles_are_those_of_the_baseline():
    """Above two of four and level with one: (2 + 3) / 2 / 4; next year's places do not move the ladder."""
    scale = fit_scale(NAMES, np.array([[1.0], [2.0], [3.0], [4.0]]), (Ruler("percentile"),))
    assert scale.apply(np.array([[3.0], [0.0], [9.0], [np.nan]])).ravel()[:3].tolist() == [6.25, 0, 10]
    assert scale.apply(np.array([[3.0]]))[0, 0] == 6.25


def test_steps_come_before_scaling_for_baseline_and_edition_alike():
    """With a logarithm 1, 10, 100 lie evenly."""
    scale = fit_scale(NAMES, np.array([[1.0], [100.0]]), (Ruler("goalposts", 0, 100, (np.log10,)),))
    assert scale.apply(np.array([[1.0], [10.0], [100.0]])).ravel() == pytest.approx([0, 5, 10])
