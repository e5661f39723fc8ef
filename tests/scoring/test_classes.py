"""The classes of a score."""

import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.scoring.classes import SCORE_CUTS, class_of, limits_of
from geomap.symbology.classes import classify


def test_a_score_on_a_limit_lies_below_it():
    """2 is in the first class, a hair more is in the second, and nothing is beyond the last."""
    assert class_of([0.0, 2.0, 2.0 + 1e-12, 8.0, 10.0, 11.0]).tolist() == [0, 0, 1, 3, 4, 4]


@settings(deadline=None)
@given(score=st.floats(0, 10))
def test_every_score_lies_in_its_class(score):
    """Over the lower end, not over the upper."""
    low, high = limits_of(int(class_of(score)))
    assert low <= score <= high
    assert score > low or score == 0.0


@settings(deadline=None)
@given(scores=st.lists(st.floats(0, 10), min_size=1, max_size=6))
def test_sentences_and_maps_draw_the_same_classes(scores):
    """The map's signs are these classes."""
    value = np.array(scores)
    table = pd.DataFrame({"value": value, "low": value, "high": value, "status": "value"})
    assert classify(table, fixed=SCORE_CUTS).digits == "".join(map(str, class_of(value)))
