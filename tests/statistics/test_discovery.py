"""The false discovery rate, by the example of its authors and by simulation."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.statistics.discovery import benjamini_hochberg
from tests.shared import shared


def test_the_fifteen_tests_of_benjamini_and_hochberg():
    """Section 3.2 of the paper: fifteen p-values, of which four are rejected at 5 %."""
    told = json.loads(shared("data/methods/editions_bias_misc.json").read_text(encoding="utf-8"))["bh1995"]
    found = benjamini_hochberg(told["p"])
    assert found == pytest.approx(told["bh"], abs=1e-12)
    assert (found <= 0.05).sum() == 4


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_no_adjusted_value_is_below_its_own_and_order_is_kept(p):
    """A law of the procedure."""
    found = benjamini_hochberg(p)
    assert (found >= np.array(p) - 1e-15).all()
    assert (np.diff(found[np.argsort(p, kind="stable")]) >= -1e-15).all()


def test_what_is_no_test_is_left_out():
    """NaN neither counts nor is found."""
    found = benjamini_hochberg([np.nan, 0.01, np.nan, 0.04])
    assert np.isnan(found[[0, 2]]).all()
    assert found[[1, 3]] == pytest.approx([0.02, 0.04])
    assert len(benjamini_hochberg([])) == 0
