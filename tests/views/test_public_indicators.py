"""On a public map an indicator is told by the fifth a place is in, as surely as its interval and the places of the same value allow."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.assessment.public import fifths_of_values
from geomap.views.choropleth import choropleth
from tests.assessment.grid import squares


def public(values, width=np.nan, up="worse"):
    """A public city of squares with an indicator, whose intervals reach *width* to both sides."""
    side = int(len(values) ** 0.5)
    some = squares(side, harm=np.asarray(values, dtype=float))
    table = some.numbers["harm"].assign(low=lambda one: one["value"] - width, high=lambda one: one["value"] + width)
    return replace(some, tier="public", nodes=(replace(some.nodes[0], up=up),), numbers={"harm": table})


@pytest.mark.parametrize(("up", "first"), [("worse", 1), ("better", 5)])
def test_five_places_a_fifth(up, first):
    """25 numbers, each fifth holds five; 24, the highest, is in the fifth that needs attention most where more is worse."""
    some = public(np.arange(25), up=up)
    found = fifths_of_values(some.numbers["harm"], up)
    assert found["fifth"].value_counts().to_dict() == dict.fromkeys(range(1, 6), 5)
    assert found["fifth"].iloc[-1] == first
    drawn = choropleth(some, "harm")
    assert drawn.digits == "0" * 5 + "1" * 5 + "2" * 5 + "3" * 5 + "4" * 5
    assert set(drawn.faded) == {"0"}
    assert {one.label for one in drawn.legend if one.count} >= {"in the middle fifth", "in the fifth that needs attention most"}
    assert "in the middle fifth" in drawn.hover[12]


def test_an_interval_leaves_more_fifths_open():
    """By hand: 10 ± 2 of 0 to 24 may stand anywhere from 13th to 17th, the middle and the fourth fifth; such a place is paler and says so."""
    found = fifths_of_values(public(np.arange(25), width=2.0).numbers["harm"], "worse").iloc[10]
    assert (found["fifth"], found["fifth_low"], found["fifth_high"]) == (3, 3, 4)
    drawn = choropleth(public(np.arange(25), width=2.0), "harm")
    assert drawn.faded[10] == "1"
    assert "anywhere from the middle fifth to the fourth fifth" in drawn.hover[10]


def test_places_with_the_same_number_are_not_told_apart():
    """Three in five have none at all: the third to the last fifth, and nobody is put into one of them."""
    found = fifths_of_values(public([0] * 15 + list(range(1, 11))).numbers["harm"], "worse").iloc[0]
    assert (found["fifth"], found["fifth_low"], found["fifth_high"]) == (4, 3, 5)


@given(
    st.lists(st.one_of(st.integers(0, 6), st.just(np.nan)), min_size=9, max_size=9), st.sampled_from(["worse", "better"]), st.floats(0, 4)
)
def test_the_fifth_is_among_those_left_open(values, up, width):
    """Law: whatever the ties, gaps and intervals; a place without a number is in none."""
    found = fifths_of_values(public(values, width, up).numbers["harm"], up)
    assert (found["fifth"].isna() == found["value"].isna()).all()
    known = found.dropna(subset="value")
    assert ((known["fifth_low"] <= known["fifth"]) & (known["fifth"] <= known["fifth_high"]) & known["fifth"].between(1, 5)).all()
