"""How the places of a set lie among others."""

from geomap.boundaries.coverage import coverage
from tests.shared import shared
from tests.toy import atlas, boundaries, square


def test_a_city_without_fault_is_not_spoken_of():
    """Six wards, two districts."""
    sets = atlas().sets
    assert [coverage(places, sets).sentences() for places in sets.values()] == [(), ()]


def test_a_place_that_touches_no_other_is_an_island():
    """It has no neighbours."""
    assert coverage(boundaries("three", {"a": square(0, 0), "b": square(1, 0), "far": square(9, 9)}), {}).islands == ("far",)


def test_a_parent_that_does_not_hold_its_child_is_told():
    """The park is said to lie in the district down, and lies in up."""
    sets = atlas().sets
    wards = boundaries("wards", dict(zip(sets["wards"].codes, sets["wards"].frame.geometry, strict=True)),
                       dict(sets["wards"].frame["parent"]) | {"park": "down"}, "districts")  # fmt: skip
    assert coverage(wards, sets).astray.to_dict() == {"park": 1.0}


def test_no_area_of_london_is_an_island():
    """The LSOAs of 2021 all touch others."""
    from tests.boundaries.test_overlay import read

    found = coverage(read(shared("data", "london", "boundaries", "lsoa_2021.gpkg"), "LSOA21CD", 27700, "lsoa-2021"), {})
    assert found.islands == ()
