"""Groups too small to be seen by themselves are taken as one, just as far as the gate would withhold them."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geomap.disclosure.bases import hidden_bases
from geomap.statistics.thin import too_thin


def test_a_small_group_takes_the_next_smallest_along():
    """Four alone would be told by the total; with the twelve they are sixteen, still under twenty, so that the thirty join them."""
    assert too_thin({"a": 4, "b": 90, "c": 12, "d": 30, "nobody": 0}, 20) == {"a", "c", "d"}
    assert too_thin({"a": 4, "b": 90, "c": 16}, 20) == {"a", "c"}
    assert too_thin({"a": 20, "b": 90}, 20) == frozenset()
    assert too_thin({"a": 4, "b": 9}, 0) == frozenset()


@given(st.lists(st.integers(0, 60), min_size=1, max_size=8), st.integers(1, 40))
def test_they_are_those_whose_number_is_withheld(counts, fewest):
    """The groups of one column, whose total is always known."""
    n = np.array(counts, dtype=float)
    line = pd.Series("", index=range(len(n))), pd.Series(-1, index=range(len(n)))
    assert too_thin(dict(enumerate(counts)), fewest) == set(np.flatnonzero(hidden_bases(n, [line], fewest)))
