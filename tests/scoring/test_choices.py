"""The spread of ranks over choices of method."""

import numpy as np
import pytest

from geomap.scoring.choices import Ways, choice_spread
from geomap.scoring.tree import Branch

UPS = {"one": "worse", "two": "worse"}
PAIR = [Branch("whole", "worse", "arithmetic", ("one", "two"), (1.0, 1.0), 1.0)]
LEAVES = {"one": np.array([9.0, 1.0, 4.0]), "two": np.array([0.0, 7.0, 4.0])}


def spread(branches=PAIR, draws=400, seed=1, **ways):
    """The spread of the toy whole."""
    return choice_spread(branches, UPS, Ways(**{"scales": {"agreed": LEAVES}, **ways}), draws=draws, seed=[seed])["whole"]


def test_with_nothing_to_choose_there_is_no_spread():
    """4.5, 4 and 4: ranks 1, 2 and 2."""
    found = spread()
    assert found.low.tolist() == [1, 2, 2]
    assert found.high.tolist() == [1, 2, 2]


def test_weights_in_a_band_reach_every_rank_they_can():
    """With weights from 0.5 to 1.5 the first place is now worst and now best; the even one is never worst."""
    found = spread(band=0.5)
    assert (found.low[0], found.high[0]) == (1, 3)
    assert (found.low[2], found.high[2]) == (2, 3)


def test_tight_weights_spread_less():
    """A Dirichlet close to the agreed weights."""
    wide, tight = spread(concentration=2.0), spread(concentration=20_000.0)
    assert (wide.high - wide.low).sum() > (tight.high - tight.low).sum()


def test_another_way_to_combine_is_a_choice():
    """Geometric: (1 + 8.1)(1) = 9.1, 1.9 × 7.3 = 13.9, 4.6² = 21.2: the order turns round, in half of the draws."""
    found = spread(combine=("arithmetic", "geometric"))
    assert (found.low[0], found.high[0]) == (1, 3)
    assert (found.low[2], found.high[2]) == (1, 2)


def test_a_way_that_is_not_the_branchs_own_leaves_it_alone():
    """An index that is a maximum by agreement stays one."""
    only_max = [Branch("whole", "worse", "max", ("one", "two"), (1.0, 1.0), 1.0)]
    assert spread(only_max, combine=("arithmetic", "geometric")).low.tolist() == [1, 2, 3]


def test_an_indicator_left_out():
    """By either indicator alone the first place is worst or best."""
    found = spread(leave_out=0.5)
    assert (found.low[0], found.high[0]) == (1, 3)


def test_other_scales_are_a_choice():
    """On the other scale the order is turned."""
    other = {name: 10 - values for name, values in LEAVES.items()}
    found = spread(scales={"agreed": LEAVES, "other": other})
    assert (found.low[0], found.high[0]) == (1, 3)


def test_a_rule_for_what_is_missing_is_a_choice():
    """With half of the weight enough, a place with one part is ranked in half of the draws, and spreads over the ranks it has there."""
    leaves = {"one": np.array([9.0, 1.0, 4.0]), "two": np.array([0.0, 7.0, np.nan])}
    assert np.isnan(spread(scales={"agreed": leaves}).low[2])
    assert spread(scales={"agreed": leaves}, least_shares=(None, 0.5)).low[2] == 2


def test_the_same_seed_gives_the_same_spread():
    """And another one nearly the same."""
    one, again, other = (spread(concentration=5.0, seed=seed) for seed in (1, 1, 2))
    assert one.low.tolist() == again.low.tolist()
    assert np.abs(one.low - other.low).max() <= 1


@pytest.mark.parametrize("way", ["geometric", "harmonic"])
def test_a_part_that_changes_its_way_keeps_its_scale(way):
    """Where the parts of a branch are alike, every mean gives the same, so that the composite above keeps its order whatever the way."""
    leaves = {"one": np.array([9.0, 1.0, 4.0]), "two": np.array([9.0, 1.0, 4.0])}
    nested = [
        Branch("part", "worse", "arithmetic", ("one", "two"), (1.0, 1.0), 1.0),
        Branch("whole", "better", "min", ("part", "one"), (1.0, 1.0), 1.0),
    ]
    found = spread(nested, scales={"agreed": leaves}, combine=("arithmetic", way))
    assert found.low.tolist() == found.high.tolist() == [1, 3, 2]
