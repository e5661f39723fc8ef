"""Distance to the nearest asset, and assets within reach."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import LayerError
from geomap.indicators.nearest import Nearest
from geomap.indicators.reach import Reach
from tests.toy import layer, residents, sources

PEOPLE = {"layer": "residents", "field": "people"}
LIBRARIES = layer("libraries", "east | north | kind\n 0.5 | 0.5 | library\n 2.5 | -0.5 | hall", points=True, kind="assets")


def finished(measure, *layers, level="wards"):
    """The estimates of *measure*."""
    return measure.finish(measure.observe(sources(*layers, residents()), level))


def test_nearest_is_the_straight_line_from_the_middle():
    """A library in the middle of the castle: 0 m there, 1,000 m from the market, √2 km from the mill (the hall is 1,000 m away)."""
    found = finished(Nearest.read({"layer": "libraries"}, where="nearest"), LIBRARIES)["value"]
    assert found.to_dict() == pytest.approx({"castle": 0, "market": 1000, "park": 1000, "harbour": 1000, "mill": 1000, "station": 0})


def test_only_the_assets_that_are_meant():
    """Halls are not libraries."""
    found = finished(Nearest.read({"layer": "libraries", "where": {"kind": ["library"]}}, where="nearest"), LIBRARIES)["value"]
    assert found["mill"] == pytest.approx(1000 * np.sqrt(2))


def test_a_larger_place_shows_what_its_people_walk():
    """The upper district: 1,000 people at 0 m and 2,000 at 1,000 m walk 667 m on average; the empty park does not count."""
    found = finished(Nearest.read({"layer": "libraries", "mean_by": PEOPLE}, where="nearest"), LIBRARIES, level="districts")
    assert found.loc["up", "value"] == pytest.approx(2000 / 3)


def test_a_distance_says_that_it_is_as_the_crow_flies():
    """No planner should take it for a walk."""
    observed = Nearest.read({"layer": "libraries"}, where="nearest").observe(sources(LIBRARIES, residents()), "wards")
    assert "Straight-line distance" in observed.notes[-1]


def test_reach_counts_what_lies_within():
    """Within 1,100 m of the market's middle there is the library alone; within 1,500 m both."""
    near = finished(Reach.read({"layer": "libraries", "within": 1100.0}, where="reach"), LIBRARIES)["value"]
    far = finished(Reach.read({"layer": "libraries", "within": 1500.0}, where="reach"), LIBRARIES)["value"]
    assert (near["market"], far["market"]) == (1, 2)


def test_reach_per_head_counts_the_people_within_reach():
    """Within 1,100 m of the castle live the castle, the market and the harbour: 1 library for 7,000 people."""
    measure = Reach.read({"layer": "libraries", "within": 1100.0, "per": PEOPLE}, where="reach")
    assert finished(measure, LIBRARIES).loc["castle", "value"] == pytest.approx(10_000 / 7_000)


def test_assets_without_points_cannot_be_measured():
    """A list by ward has no distance, and the error says what to use instead."""
    listed = layer("libraries", "ward | kind\n castle | library", kind="assets")
    with pytest.raises(LayerError, match="Count it with a rate instead"):
        finished(Nearest.read({"layer": "libraries"}, where="nearest"), listed)


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(-1, 1)), min_size=1, max_size=8), st.tuples(st.floats(0, 3), st.floats(-1, 1)))
def test_one_asset_more_brings_nobody_further(places, another):
    """A new asset shortens the way or leaves it, everywhere."""

    def distances(points):
        table = "east | north\n" + "\n".join(f"{east} | {north}" for east, north in points)
        return finished(Nearest.read({"layer": "assets"}, where="nearest"), layer("assets", table, points=True, kind="assets"))["value"]

    assert (distances([*places, another]) <= distances(places) + 1e-6).all()
