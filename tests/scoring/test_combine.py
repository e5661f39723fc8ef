"""Parts into wholes, and what happens to what is missing."""

import numpy as np
import pytest

from geomap.scoring.combine import arithmetic, geometric, present_share, turn
from geomap.scoring.tree import Branch, grow

PARTS = np.array([[2.0, 4.0, 9.0], [2.0, np.nan, 9.0], [np.nan, np.nan, 9.0]])
WEIGHTS = np.array([1.0, 1.0, 2.0])


def test_a_weighted_mean():
    """(2 + 4 + 2 × 9) / 4 = 6."""
    assert arithmetic(PARTS, WEIGHTS, least_share=1.0)[0] == 6.0


@pytest.mark.parametrize(
    ("least_share", "expected"),
    [(1.0, [6.0, np.nan, np.nan]), (0.75, [6.0, 20 / 3, np.nan]), (0.5, [6.0, 20 / 3, 9.0]), (0.0, [6.0, 20 / 3, 9.0])],
)
def test_a_whole_needs_the_declared_share_of_its_weight(least_share, expected):
    """Present weights are 4, 3 and 2 of 4."""
    assert arithmetic(PARTS, WEIGHTS, least_share=least_share) == pytest.approx(expected, nan_ok=True)


def test_nothing_known_is_nothing_said():
    """With no part there is no score, whatever the rule."""
    assert np.isnan(arithmetic(np.array([np.nan, np.nan]), np.array([1.0, 1.0]), least_share=0.0))


def test_how_much_is_present():
    """A share of the weight, place by place."""
    assert present_share(PARTS, WEIGHTS).tolist() == [1.0, 0.75, 0.5]


def test_the_geometric_mean_lifts_before_it_multiplies():
    """0 and 10 become 1 and 10: √10. No zero annihilates the rest."""
    assert geometric(np.array([0.0, 10.0]), np.array([1.0, 1.0])) == pytest.approx(np.sqrt(10))


def test_the_geometric_mean_is_missing_where_a_part_is():
    """A composite of four pillars cannot speak with three."""
    assert np.isnan(geometric(np.array([5.0, np.nan]), np.array([1.0, 1.0])))


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
