"""A postcode finds its place, however it is typed and whatever level is shown."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.assessment.postcodes import postcodes

WARDS = pd.DataFrame({"parent": ["D1", "D1", "D2"]}, index=["W1", "W2", "W3"])
DISTRICTS = pd.DataFrame({"parent": [None, None]}, index=["D1", "D2"])
LIST = pd.DataFrame({"Post code": ["MM1 1AA", "MM1 1AB", "MM1 2AA", "MM9 9ZZ"], "ward": ["W1", "W2", "W3", "ELSEWHERE"]})
PEOPLE = pd.DataFrame({"organisation": ["Ark"], "postcode": ["MM1 3AA"], "ward": ["W1"]})


def found(word, level, *tables):
    """What *word* finds at *level*, as pairs."""
    return list(postcodes([*tables] or [PEOPLE, LIST], [WARDS, DISTRICTS], level.index).fitting(word).items())


@pytest.mark.parametrize("word", ["MM1 1AA", "mm11aa", " mm1-1aa "])
def test_it_is_found_however_it_is_typed(word):
    """Alone, though others begin alike; an organisation's own postcode is no list."""
    assert found(word, WARDS) == [("MM1 1AA", "W1")]


def test_a_beginning_finds_all_that_begin_so():
    """In order; a postcode of another city is not there, nor is anything for nothing."""
    assert found("mm1", WARDS) == [("MM1 1AA", "W1"), ("MM1 1AB", "W2"), ("MM1 2AA", "W3")]
    assert found("MM9", WARDS) == found("  ", WARDS) == []
    assert found("mm13aa", WARDS) == []


def test_it_is_brought_to_the_level_on_show():
    """A ward's postcode lies in its district; a district's lies in no ward."""
    assert found("mm1 2aa", DISTRICTS) == [("MM1 2AA", "D2")]
    coarse = pd.DataFrame({"postcode": ["MM1 1AA"], "district": ["D1"]})
    assert found("mm1 1aa", WARDS, coarse) == []
    assert found("mm1 1aa", DISTRICTS, coarse, LIST) == [("MM1 1AA", "D1")]


def test_places_that_lie_in_each_other_come_to_an_end():
    """A ring of parents finds nothing."""
    ring = pd.DataFrame({"parent": ["B", "A"]}, index=["A", "B"])
    table = pd.DataFrame({"postcode": ["MM1 1AA"], "ward": ["A"]})
    assert postcodes([table], [ring], pd.Index(["C"])).lies_in.empty


@given(st.lists(st.from_regex(r"[A-Z]{2}[0-9] [0-9][A-Z]{2}", fullmatch=True), min_size=1, max_size=20, unique=True))
def test_each_of_a_list_finds_itself(codes):
    """And its first letter finds it among others."""
    table = pd.DataFrame({"postcode": codes, "ward": "W1"})
    listed = postcodes([table], [WARDS], WARDS.index)
    for code in codes:
        assert listed.fitting(code).to_dict() == {code: "W1"}
        assert code in listed.fitting(code[0]).index
