"""Need × lack of access, by hand and on the demonstration city."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.funnel import funnel, overdispersion
from geomap.assessment.gap import BOTH, UNKNOWN, gap
from geomap.errors import UsageError
from geomap.views.funnel import funnel_words
from geomap.views.gap import gap_map, gap_table, gap_words


class Two:
    """Four places with a need and an access, as much of an assessment as a gap reads."""

    def __init__(self, up: str = "better") -> None:
        """Access is *up* when high."""
        self.places = pd.DataFrame(index=list("abcd"))
        self.ups = {"need": "worse", "access": up}
        need = {"value": [1.0, 2.0, 3.0, np.nan], "low": [0.5, 1.5, 2.5, np.nan], "high": [1.5, 2.5, 3.5, np.nan]}
        access = {"value": [30.0, 20.0, 10.0, 5.0], "low": [29.0, 18.0, 9.0, 4.0], "high": [31.0, 22.0, 11.0, 6.0]}
        self.numbers = {"need": pd.DataFrame(need, index=self.places.index), "access": pd.DataFrame(access, index=self.places.index)}

    def node(self, name: str) -> object:
        """Which way it points."""
        return type("Node", (), {"up": self.ups[name], "title": name})


def test_the_gap_by_hand():
    """Of three known places c has most need and least access; d is not known and is not counted."""
    found = gap(Two(), "need", "access")
    assert found["gap"].tolist()[:3] == [0, 0.25, 1]
    assert np.isnan(found.loc["d", "gap"])
    assert found["label"].tolist() == ["neither", "neither", BOTH, UNKNOWN]
    assert found["picked"].tolist() == [False, False, True, False]
    assert found.loc["c", "certain"]


def test_a_distance_is_a_lack_when_it_is_long():
    """With access that is worse when high, a has the longest way and the least need: nobody is picked."""
    found = gap(Two("worse"), "need", "access")
    assert found["lack"].tolist()[:3] == [1, 0.5, 0]
    assert not found["picked"].any()


def test_need_must_be_need(edition):
    """Capacity is no need, and nothing is set against itself."""
    for need, access in (("capacity", "pressure"), ("pressure", "pressure")):
        with pytest.raises(UsageError, match="does not say where need is"):
            gap(edition.level(), need, access)


def test_the_gap_of_the_demonstration_city(edition):
    """The table, the map and the words speak of the same places."""
    assessment = edition.level()
    found = gap(assessment, "pressure", "capacity")
    table, words = gap_table(assessment, found, "pressure", "capacity"), gap_words(assessment, found, "pressure", "capacity")
    assert 0 < len(table) == int(found["picked"].sum()) == gap_map(assessment, found, "pressure", "capacity").digits.count("0")
    assert all(name in words for name in table["name"])
    assert table["gap"].is_monotonic_decreasing


def test_the_funnel_of_the_demonstration_city(edition):
    """Expected counts add up to the recorded ones, places beyond the wider limits are named, the spread over chance is told."""
    assessment = edition.level()
    found = funnel(assessment, "harassment")
    assert found["expected"].sum() == pytest.approx(found["events"].sum())
    high = found["label"].eq("high (0.001)")
    assert (found.loc[high, "ratio"] > found.loc[high, "high_998"] * 0.999).all()
    assert assessment.places["name"][found.index[0]] in funnel_words(assessment, found, "harassment")
    assert overdispersion(found) > 1
    withheld = assessment.numbers["harassment"]["status"] == "suppressed"
    assert not withheld[found.index].any()


def test_only_rates_have_funnels(edition):
    """A share of households is no count of events."""
    with pytest.raises(UsageError, match="no rate"):
        funnel(edition.level(), "low_income")
