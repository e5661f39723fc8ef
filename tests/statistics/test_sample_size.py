"""Planning a survey: textbook numbers and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers

from geomap.statistics.sample_size import detectable_change, interviews_for, margin_of


def test_a_thousand_interviews_have_the_margins_everybody_knows():
    """±3.1 points, and two waves of a thousand show a change of about 6 points with 80 % power."""
    assert margin_of(1_000) == pytest.approx(0.0310, abs=5e-5)
    assert detectable_change(1_000, 1_000) == pytest.approx(0.0626, abs=5e-5)
    assert interviews_for(0.05) == 385


def test_a_small_ward_needs_fewer():
    """385 without limit become 278 of 1,000 (Cochran 1977)."""
    assert interviews_for(0.05, people=1_000) == 278


@given(floats(0.01, 0.3), floats(1, 4), integers(50, 100_000))
def test_the_interviews_asked_for_reach_the_margin(margin, deff, people):
    """And one fewer does not; nobody is asked twice."""
    n = float(interviews_for(margin, deff=deff, people=people))
    assert 1 <= n <= people
    if n < people:
        assert margin_of(n, deff=deff, people=people) <= margin * (1 + 1e-9)
    if n > 1:
        assert margin_of(n - 1, deff=deff, people=people) > margin * (1 - 1e-6)


@given(integers(10, 10_000), floats(1, 4))
def test_weights_and_clusters_widen_every_margin(n, deff):
    """By the root of the design effect."""
    assert margin_of(n, deff=deff) == pytest.approx(margin_of(n) * np.sqrt(deff))
