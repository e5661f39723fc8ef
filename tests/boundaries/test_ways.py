"""Ways along streets, held to a town whose ways can be added up by hand, and to all ways one by one."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.boundaries import ways
from geomap.boundaries.ways import straight, straight_to_nearest, streets_from

CROSSING = gpd.GeoSeries([shapely.LineString([(0, 0), (1000, 0), (1000, 500)]), shapely.LineString([(0, 0), (0, 300)])], crs=27700)
HOMES, LIBRARY = np.array([[0.0, 300.0], [1000.0, 480.0], [500.0, 40.0]]), np.array([[1000.0, 500.0]])


def test_a_way_follows_the_street():
    """From the end of the lane: 300 m down, 1,000 m along, 500 m up; the third home stands 40 m beside the middle of the road."""
    found = streets_from(CROSSING).within(HOMES, LIBRARY, 2_000)
    cost = dict(zip(found.origin.tolist(), found.cost.tolist(), strict=True))
    assert cost == pytest.approx({0: 1800, 1: 20, 2: 40 + 500 + 500}, abs=20)
    assert cost[0] == pytest.approx(1800)
    assert streets_from(CROSSING).to_nearest(HOMES, LIBRARY) == pytest.approx([1800, cost[1], cost[2]])


def test_what_costs_too_much_is_no_pair():
    """Within 1,100 m the first home reaches nothing."""
    assert sorted(streets_from(CROSSING).within(HOMES, LIBRARY, 1_100).origin.tolist()) == [1, 2]


def test_minutes_instead_of_metres():
    """The long street takes 15 minutes, the lane 4; beside streets 80 metres are a minute."""
    streets = streets_from(CROSSING, np.array([15.0, 4.0]), off_street=80.0)
    assert streets.to_nearest(HOMES, LIBRARY)[[0, 2]] == pytest.approx([19, 0.5 + 10], abs=0.2)


def test_a_bridge_is_no_crossing():
    """Two streets that cross without a shared point do not meet: no way leads from one to the other."""
    lines = gpd.GeoSeries([shapely.LineString([(0, 0), (100, 0)]), shapely.LineString([(50, -70), (50, 71)])], crs=27700)
    assert np.isinf(streets_from(lines).to_nearest(np.array([[0.0, 0.0]]), np.array([[50.0, 71.0]])))


@settings(deadline=None, max_examples=20)
@given(seed=st.integers(0, 10_000))
def test_all_ways_are_found(seed):
    """Law: on a grid of streets every way is its Manhattan distance, whether many origins or many assets, some sources at a time; none is shorter than the straight line."""
    rng = np.random.default_rng(seed)
    grid = [shapely.LineString([(0, 100 * row), (700, 100 * row)]) for row in range(8)]
    grid += [shapely.LineString([(100 * row, 0), (100 * row, 700)]) for row in range(8)]
    nodes = gpd.GeoSeries([shapely.segmentize(line, 100) for line in grid], crs=27700)
    one, two = (rng.integers(0, 8, (count, 2)) * 100.0 for count in (9, 5))
    streets, far = streets_from(nodes), np.abs(one[:, None] - two).sum(axis=2)
    old, ways.AT_ONCE = ways.AT_ONCE, 500
    try:
        for origins, assets, cost in ((one, two, far), (two, one, far.T)):
            found = streets.within(origins, assets, 600)
            told = np.full(cost.shape, np.inf)
            told[found.origin, found.asset] = found.cost
            assert np.array_equal(np.isfinite(told), cost <= 600)
            np.testing.assert_allclose(told[cost <= 600], cost[cost <= 600], atol=1e-9)
            np.testing.assert_allclose(streets.to_nearest(origins, assets), cost.min(axis=1), atol=1e-9)
            assert (straight_to_nearest(origins, assets) <= cost.min(axis=1) + 1e-9).all()
    finally:
        ways.AT_ONCE = old


def test_straight_pairs():
    """3-4-5."""
    found = straight(np.array([[0.0, 0.0], [9.0, 9.0]]), np.array([[3.0, 4.0]]), 5)
    assert (found.origin.tolist(), found.asset.tolist(), found.cost.tolist()) == ([0], [0], [5.0])
