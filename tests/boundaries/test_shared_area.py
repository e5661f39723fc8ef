"""Areas of overlap from edges are those that GEOS finds by laying one polygon over the other."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as any_of

from geomap.boundaries.shared_area import shared_areas


def laid_over(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The area of each overlap, by GEOS."""
    return shapely.area(shapely.intersection(old[:, None], new[None, :]))


def by_edges(old: np.ndarray, new: np.ndarray) -> np.ndarray:
    """The same, from edges."""
    found, table = shared_areas(old, new), np.zeros((len(old), len(new)))
    table[found["origin"], found["place"]] = found["area"]
    return table


def city(seed: int, *, moved: float, merged: int) -> np.ndarray:
    """A coverage of crooked quarters, some of them merged into one, with holes and in parts; *moved* shifts a third of the corners."""
    rng = np.random.default_rng(7)
    corners = np.stack(np.meshgrid(np.arange(7.0), np.arange(7.0)), axis=-1) + rng.uniform(-0.2, 0.2, (7, 7, 2))
    rng = np.random.default_rng(seed)
    corners[rng.random((7, 7)) < 1 / 3] += moved * rng.uniform(-1, 1, 2)
    cells = [
        shapely.Polygon([corners[y, x], corners[y, x + 1], corners[y + 1, x + 1], corners[y + 1, x]]) for y in range(6) for x in range(6)
    ]
    group = np.where(rng.random(36) < merged / 36, 0, np.arange(1, 37))
    return np.array([shapely.union_all([cell for cell, own in zip(cells, group, strict=True) if own == one]) for one in np.unique(group)])


@given(any_of.integers(0, 10_000), any_of.sampled_from([0.0, 0.05, 0.2]), any_of.integers(0, 18), any_of.integers(0, 18))
@settings(max_examples=60, deadline=None)
def test_two_vintages_of_a_city_share_what_geos_says(seed, moved, old_merged, new_merged):
    """Moved corners, merged and divided quarters, holes and parts."""
    old, new = city(seed, moved=0.0, merged=old_merged), city(seed + 1, moved=moved, merged=new_merged)
    assert np.abs(by_edges(old, new) - laid_over(old, new)).max() < 1e-9


@pytest.mark.parametrize("turned", [False, True])
def test_rings_may_run_either_way(turned):
    """Which way a ring is drawn says nothing."""
    old, new = city(1, moved=0.0, merged=0), city(2, moved=0.2, merged=4)
    assert np.abs(by_edges(shapely.reverse(old) if turned else old, new) - laid_over(old, new)).max() < 1e-9


def test_places_that_overlap_each_other_are_laid_over_one_by_one():
    """Then edges cannot tell, and are not asked."""
    new = np.array([shapely.box(0, 0, 2, 2), shapely.box(1, 1, 3, 3), shapely.box(0, 0, 1, 1)])
    old = np.array([shapely.box(0.5, 0.5, 2.5, 2.5)])
    assert np.allclose(by_edges(old, new), laid_over(old, new))


def test_sets_far_from_the_origin_lose_no_digit():
    """Coordinates of a national grid are large; areas are not."""
    shift = np.array([530_000.0, 5_180_000.0])
    old, new = (
        shapely.transform(some, lambda points: points * 100 + shift)
        for some in (city(1, moved=0.0, merged=0), city(2, moved=0.1, merged=3))
    )
    assert np.abs(by_edges(old, new) - laid_over(old, new)).max() < 1e-6
