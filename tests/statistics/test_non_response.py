"""How far the silent would have to differ: sums by hand, the law that defines it, and its sentences."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis.strategies import floats

from geomap.statistics.non_response import LESS, MORE, OPEN, tipping_point
from geomap.views.non_response import sentences


def test_by_hand():
    """60 % (55 to 65), half answered: the limit falls to 50 when the others agree 10 points less often. One in ten answered: 5.6 points do."""
    found = tipping_point([60, 60, 30, 52, 90], [55, 55, 26, 47, 88], [65, 65, 34, 57, 92], rate=0.5)
    assert found["verdict"].tolist() == [MORE, MORE, LESS, OPEN, MORE]
    assert found["needed"].tolist() == pytest.approx([-10, -10, 32, np.nan, -76], nan_ok=True)
    assert found["others"].tolist() == pytest.approx([50, 50, 62, np.nan, 14], nan_ok=True)
    assert tipping_point([60], [55], [65], rate=0.1)["needed"][0] == pytest.approx(-5 / 0.9)


def test_where_nothing_could_change_it():
    """95 % of nine tenths: the others would have to agree less often than never."""
    assert not tipping_point([95], [93], [97], rate=0.9)["possible"][0]
    assert np.isnan(tipping_point([95], [93], [97], rate=1.0)["needed"][0])


@given(floats(51, 99), floats(0.01, 0.99))
def test_at_the_tipping_point_the_limit_meets_the_half(low, rate):
    """By definition: the limit plus what the silent add is the threshold."""
    found = tipping_point([low + 0.5], [low], [low + 1], rate=rate).iloc[0]
    assert low + (1 - rate) * found["needed"] == pytest.approx(50)


def test_sentences_say_what_falls_most_easily_first():
    """Open ones last; and what it is not."""
    found = tipping_point([60, 90, 52], [55, 88, 47], [65, 92, 57], rate=0.5).assign(
        value=[60, 90, 52], period="2025", institution=["police", "schools", "council"], issue="", wording="", rate=50.0
    )
    said = sentences(found)
    assert said[0].startswith("50 of 100 who were asked answered.")
    assert (
        said[1]
        == "Trust in police (60 %, more than half): that falls if those who did not answer agree 10 points less often, 50 % of them."
    )
    assert "open even among those who answered" in said[3]
    assert sentences(pd.DataFrame(columns=found.columns)) == ()
