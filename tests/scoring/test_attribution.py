"""What lies between two scores adds up exactly, for every way to combine and through every tree."""

import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.scoring.attribution import attribute, slopes
from geomap.scoring.combine import Combine, combine
from geomap.scoring.tree import Branch

WAYS = get_args(Combine)
SCORES = st.one_of(st.floats(0, 10), st.sampled_from([0.0, 5.0, 10.0]))
WEIGHTS = st.floats(0.1, 5)
LEAVES = ("a", "b", "c", "d", "e")


def lists(of: st.SearchStrategy, count: int) -> st.SearchStrategy:
    """Lists of a fixed length."""
    return st.lists(of, min_size=count, max_size=count)


@pytest.mark.parametrize("way", WAYS)
@settings(deadline=None)
@given(here=lists(SCORES, 4), there=lists(SCORES, 4), weights=lists(WEIGHTS, 4), gaps=st.sets(st.integers(0, 3), max_size=3))
def test_slopes_leave_no_remainder(way, here, there, weights, gaps):
    """Σ slope × (here − there) is the difference of the wholes; what is missing has no slope."""
    here, there, weights = np.array(here), np.array(there), np.array(weights)
    here[list(gaps)] = there[list(gaps)] = np.nan
    found = slopes(way, here, there, weights)
    whole = combine(here, weights, way=way, least_share=0.0) - combine(there, weights, way=way, least_share=0.0)
    assert np.nansum(found * (here - there)) == pytest.approx(whole, abs=1e-9)
    assert (found[list(gaps)] == 0).all()
    assert (found >= 0).all()


@pytest.mark.parametrize("way", WAYS)
@settings(deadline=None)
@given(here=lists(st.integers(0, 10), 3), there=lists(st.integers(0, 10), 3), weights=lists(WEIGHTS, 3))
def test_the_way_back_is_the_way_there(way, here, there, weights):
    """Neither place is privileged: exchanged, they have the same slopes."""
    here, there, weights = (np.array(some, dtype=float) for some in (here, there, weights))
    assert slopes(way, here, there, weights) == pytest.approx(slopes(way, there, here, weights), abs=1e-9)


def test_the_sums_by_hand():
    """From (2, 4) to (4, 4): a mean gives each point half; the highest does not move; the lowest takes it all."""
    here, there, equal = np.array([4.0, 4.0]), np.array([2.0, 4.0]), np.ones(2)
    assert slopes("arithmetic", here, there, equal).tolist() == [0.5, 0.5]
    assert slopes("max", here, there, equal)[0] == 0.0
    assert slopes("min", here, there, equal)[0] == 1.0


def test_a_part_that_overtakes_is_counted_for_its_own_stretch():
    """From (0, 5) to (10, 5) the first part leads for half of the way, and the highest rises by its 5 points there."""
    found = slopes("max", np.array([10.0, 5.0]), np.array([0.0, 5.0]), np.ones(2))
    assert found.tolist() == [0.5, 0.5]


def test_equal_parts_share_alike():
    """Two parts that go the same way together carry the same."""
    for way in WAYS:
        one, other = slopes(way, np.array([8.0, 8.0]), np.array([3.0, 3.0]), np.ones(2))
        assert one == pytest.approx(other)


def test_a_geometric_mean_is_split_by_logarithms():
    """Contributions stand to each other as w ln(here/there) of the lifted parts."""
    here, there, weights = np.array([9.0, 2.0]), np.array([4.0, 5.0]), np.array([2.0, 1.0])
    points = slopes("geometric", here, there, weights) * (here - there)
    logs = weights * np.log((1 + 0.9 * here) / (1 + 0.9 * there))
    assert points[0] / points[1] == pytest.approx(logs[0] / logs[1])


def nested(ways, ups, weights, digits=None, *, from_zero=False) -> tuple[Branch, ...]:
    """Two domains (one inside the other), an index of both and of a leaf, and a composite that reaches a domain twice."""
    one, two, index, composite = ways
    from_zero = from_zero and index in ("geometric", "harmonic")
    return (
        Branch("inner", ups[0], one, ("a", "b", "c"), tuple(weights[:3]), 0.5),
        Branch("outer", ups[1], two, ("inner", "d"), tuple(weights[:2]), 0.5, digits=digits),
        Branch("index", ups[2], index, ("outer", "e"), tuple(weights[1:3]), 0.0, from_zero=from_zero),
        Branch("composite", ups[3], composite, ("index", "outer", "inner"), tuple(weights[:3]), 0.3),
    )


UPS = st.sampled_from(["worse", "better"])
TREES = st.builds(
    nested, lists(st.sampled_from(WAYS), 4), lists(UPS, 4), lists(WEIGHTS, 3), digits=st.sampled_from([None, 1, 0]), from_zero=st.booleans()
)


@settings(max_examples=200, deadline=None)
@given(
    branches=TREES,
    ups=lists(UPS, 5),
    here=lists(lists(SCORES, 2), 5),
    there=lists(SCORES, 5),
    gaps=st.sets(st.integers(0, 4), max_size=4),
)
def test_contributions_add_up_through_every_tree(branches, ups, here, there, gaps):
    """Turned, nested, rounded, shared and missing parts: leaves and rounding sum to the difference at the root, in two places at once."""
    places, middle = np.array(here), np.repeat(np.array(there)[:, None], 2, axis=1)
    places[list(gaps), 0] = middle[list(gaps), 0] = np.nan
    leaves, middle = dict(zip(LEAVES, places, strict=True)), dict(zip(LEAVES, middle, strict=True))
    for branch in branches:
        found = attribute(branches, leaves, middle, dict(zip(LEAVES, ups, strict=True)), branch.id)
        total = sum((np.nan_to_num(found.points[name]) for name in LEAVES if name in found.points), found.rounding)
        difference = found.here[branch.id] - found.there[branch.id]
        assert total == pytest.approx(difference, abs=1e-9, nan_ok=True)


def test_a_domain_adds_what_its_indicators_add():
    """The points of a domain are those of its indicators together."""
    branches = nested(("geometric", "harmonic", "scaled_geometric", "arithmetic"), ["worse"] * 4, [1.0, 2.0, 3.0])[:3]
    here, there = {name: np.array(float(place)) for place, name in enumerate(LEAVES, 3)}, dict.fromkeys(LEAVES, np.array(5.0))
    found = attribute(branches, here, there, dict.fromkeys(LEAVES, "worse"), "index").points
    assert found["outer"] == pytest.approx(found["inner"] + found["d"])
    assert found["inner"] == pytest.approx(found["a"] + found["b"] + found["c"])


def test_what_is_not_in_the_score_has_no_points():
    """A domain of which too little is known is left out of the index, and so is the one indicator that is known."""
    branches = (
        Branch("thin", "worse", "arithmetic", ("a", "b"), (1.0, 1.0), 1.0),
        Branch("index", "worse", "arithmetic", ("thin", "c"), (1.0, 1.0), 0.0),
    )
    here = {"a": np.array(9.0), "b": np.array(math.nan), "c": np.array(7.0)}
    found = attribute(branches, here, here | {"a": np.array(5.0), "c": np.array(5.0)}, dict.fromkeys("abc", "worse"), "index")
    assert np.isnan(found.points["a"])
    assert np.isnan(found.points["thin"])
    assert found.points["c"] == 2.0
