"""A place is found by code or by name, and a near miss is named."""

import dataclasses

import pytest

from geomap.assessment.places import place_called
from geomap.errors import EditionError
from tests.assessment.test_balance import CITY


@pytest.mark.parametrize("asked", ["castle", "CASTLE", "Castle", " castle "])
def test_codes_and_names_in_any_letters(asked):
    """All of them are Castle."""
    assert place_called(CITY, asked) == "castle"


def test_a_near_miss_is_named():
    """With its code."""
    with pytest.raises(EditionError, match=r"There is no ward 'harbor' in this edition\. Near it are Harbour \(harbour\)\."):
        place_called(CITY, "harbor")


def test_a_part_of_a_name_is_near():
    """Market is not called Mark, but it begins so."""
    with pytest.raises(EditionError, match=r"Near it are Market \(market\)"):
        place_called(CITY, "mark")


@pytest.mark.parametrize("asked", ["zzzzz", ""])
def test_nothing_near_shows_what_a_code_looks_like(asked):
    """The first place serves as an example."""
    with pytest.raises(EditionError, match=r"The first is Castle \(castle\)"):
        place_called(CITY, asked)


def test_two_of_one_name_must_be_told_apart_by_code():
    """Both are listed."""
    twins = dataclasses.replace(CITY, places=CITY.places.assign(name=["Bridge", "Bridge", "Harbour"]))
    with pytest.raises(EditionError, match=r"2 wards are called 'bridge': Bridge \(castle\); Bridge \(market\)\. Name one by its code\."):
        place_called(twins, "bridge")
