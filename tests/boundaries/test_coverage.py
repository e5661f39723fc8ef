"""Whether the places of a set cover their city once."""

import shapely

from geomap.boundaries.coverage import coverage
from tests.shared import shared
from tests.toy import EAST, KM, NORTH, atlas, boundaries, square

RING = {f"r{east}{north}": square(east, north) for east in range(3) for north in range(3) if (east, north) != (1, 1)}


def test_a_city_without_fault_is_not_spoken_of():
    """Six wards, two districts."""
    sets = atlas().sets
    assert [coverage(places, sets).sentences() for places in sets.values()] == [(), ()]


def test_a_missing_place_is_a_gap():
    """Eight squares around nothing: one square kilometre."""
    found = coverage(boundaries("ring", RING), {})
    assert found.gaps == (KM * KM,)
    assert found.sentences()[0].startswith("The boundary set 'ring': 1 gap(s) between places, 1.000 km² in all, the largest 1.000 km²")


def test_places_that_lie_over_each_other_are_told_with_their_area():
    """A tenth of a square kilometre."""
    found = coverage(boundaries("two", {"a": square(0, 0), "b": square(0.9, 0)}), {})
    assert found.overlaps.round(3).to_dict() == {("a", "b"): 100_000.0}


def test_a_sliver_is_counted_apart():
    """One metre wide and a kilometre long: two people drew one border."""
    found = coverage(boundaries("two", {"a": square(0, 0), "b": shapely.box(EAST + KM - 1, NORTH, EAST + 2 * KM, NORTH + KM)}), {})
    assert (found.slivers, len(found.overlaps)) == (1, 0)


def test_a_place_that_touches_no_other_is_an_island():
    """It has no neighbours."""
    assert coverage(boundaries("three", {"a": square(0, 0), "b": square(1, 0), "far": square(9, 9)}), {}).islands == ("far",)


def test_a_parent_that_does_not_hold_its_child_is_told():
    """The park is said to lie in the district down, and lies in up."""
    sets = atlas().sets
    wards = boundaries("wards", dict(zip(sets["wards"].codes, sets["wards"].frame.geometry, strict=True)),
                       dict(sets["wards"].frame["parent"]) | {"park": "down"}, "districts")  # fmt: skip
    assert coverage(wards, sets).astray.to_dict() == {"park": 1.0}


def test_london_s_areas_cover_it_once():
    """The LSOAs of 2021 are a coverage: no overlap, no island."""
    from tests.boundaries.test_overlay import read

    found = coverage(read(shared("data", "london", "boundaries", "lsoa_2021.gpkg"), "LSOA21CD", 27700, "lsoa-2021"), {})
    assert (len(found.overlaps), found.islands) == (0, ())
