"""Parts into wholes, and what happens to what is missing."""

import numpy as np
import pytest

from geomap.scoring.combine import combine, turn
from geomap.scoring.gather import present
from geomap.scoring.tree import Branch, grow

PARTS = np.array([[2.0, 4.0, 9.0], [2.0, np.nan, 9.0], [np.nan, np.nan, 9.0]])
WEIGHTS = np.array([1.0, 1.0, 2.0])


def test_a_weighted_mean():
    """(2 + 4 + 2 × 9) / 4 = 6."""
    assert combine(PARTS, WEIGHTS, least_share=1.0)[0] == 6.0


@pytest.mark.parametrize(
    ("least_share", "expected"),
    [(1.0, [6.0, np.nan, np.nan]), (0.75, [6.0, 20 / 3, np.nan]), (0.5, [6.0, 20 / 3, 9.0]), (0.0, [6.0, 20 / 3, 9.0])],
)
def test_a_whole_needs_the_declared_share_of_its_weight(least_share, expected):
    """Present weights are 4, 3 and 2 of 4."""
    assert combine(PARTS, WEIGHTS, least_share=least_share) == pytest.approx(expected, nan_ok=True)


def test_nothing_known_is_nothing_said():
    """With no part there is no score, whatever the rule."""
    assert np.isnan(combine(np.array([np.nan, np.nan]), np.array([1.0, 1.0]), least_share=0.0))


def test_how_much_is_present():
    """A share of the weight, place by place."""
    assert present(PARTS, WEIGHTS).tolist() == [1.0, 0.75, 0.5]


def test_the_geometric_mean_lifts_before_it_multiplies():
    """0 and 10 become 1 and 10: √10. No zero annihilates the rest."""
    assert combine(np.array([0.0, 10.0]), np.array([1.0, 1.0]), way="geometric") == pytest.approx(np.sqrt(10))


def test_the_geometric_mean_is_missing_where_a_part_is():
    """A composite of four pillars cannot speak with three."""
    assert np.isnan(combine(np.array([5.0, np.nan]), np.array([1.0, 1.0]), way="geometric"))


def test_what_runs_the_other_way_is_turned():
    """7 of 10 where up is better is 3 of 10 where up is worse."""
    assert turn(np.array([[7.0, 7.0]]), np.array([True, False])).tolist() == [[3.0, 7.0]]


def test_the_default_model_by_hand():
    """Incidents 8, strain 6, trust 3, assets 5: pressure 7, capacity 4, resilience √(3.7 × 4.6), risk (8.2 × 6.4 × 6.4)^⅓."""
    branches = [
        Branch("pressure", "worse", "arithmetic", ("incidents", "strain"), (1.0, 1.0), 1.0),
        Branch("capacity", "better", "arithmetic", ("trust", "assets"), (1.0, 1.0), 1.0),
        Branch("resilience", "better", "geometric", ("pressure", "capacity"), (1.0, 1.0), 1.0),
        Branch("risk", "worse", "geometric", ("incidents", "strain", "capacity"), (1.0, 1.0, 1.0), 1.0),
    ]
    leaves = {name: np.array([score]) for name, score in {"incidents": 8.0, "strain": 6.0, "trust": 3.0, "assets": 5.0}.items()}
    scores = grow(branches, leaves, {"incidents": "worse", "strain": "worse", "trust": "better", "assets": "better"}).scores
    expected = {"pressure": 7.0, "capacity": 4.0, "resilience": np.sqrt(3.7 * 4.6), "risk": (8.2 * 6.4 * 6.4) ** (1 / 3)}
    assert {name: float(score[0]) for name, score in scores.items()} == pytest.approx(expected)


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        ("arithmetic", 5.0),
        ("geometric", (2.8 * 8.2) ** 0.5),
        ("harmonic", 2 / (1 / 2.8 + 1 / 8.2)),
        ("scaled_geometric", (10 - (8.2 * 2.8) ** 0.5) / 9 * 10),
        ("max", 8.0),
        ("min", 2.0),
    ],
)
def test_every_way_by_hand(way, expected):
    """Two and eight, alike in weight."""
    assert combine(np.array([2.0, 8.0]), np.array([1.0, 1.0]), way=way) == pytest.approx(expected)


def test_ordered_weights_go_to_the_highest_part_first():
    """Weights 3 and 1: the eight counts three times, wherever it stands; a missing part takes the last weight with it."""
    weights = np.array([3.0, 1.0])
    assert combine(np.array([[2.0, 8.0], [8.0, 2.0]]), weights, way="ordered").tolist() == [6.5, 6.5]
    assert combine(np.array([np.nan, 8.0]), weights, way="ordered", least_share=0.0) == 8.0


def test_a_rounded_branch_is_read_rounded():
    """2.25 and 2.35 to one decimal, then their mean."""
    branches = [
        Branch("a", "worse", "arithmetic", ("x", "y"), (1.0, 1.0), 1.0, digits=1),
        Branch("b", "worse", "arithmetic", ("a", "x"), (1.0, 1.0), 1.0),
    ]
    scores = grow(branches, {"x": np.array([2.0]), "y": np.array([2.5])}, {"x": "worse", "y": "worse"}).scores
    assert scores["a"][0] == pytest.approx(2.3)
    assert scores["b"][0] == pytest.approx(2.15)
