"""How sure a score is."""

import numpy as np
import pytest

from geomap.scoring.doubt import doubt_of, drawn
from geomap.scoring.draws import Spread
from geomap.scoring.scale import Scale
from geomap.scoring.tree import Branch

OPEN = np.array([-np.inf]), np.array([np.inf])
BRANCH = Branch("all", "worse", "arithmetic", ("one",), (1.0,), 1.0)
SCALE = Scale(("one",), np.array([0.0]), np.array([10.0]))


def spread(middle, low, high, bounds=OPEN) -> Spread:
    """One indicator in so many places."""
    return Spread(*(np.array(side, dtype=float)[:, None] for side in (middle, low, high)), *bounds)


def test_draws_have_the_interval_they_were_given():
    """95 of 100 draws lie inside, and as many below as above, also where the sides differ."""
    draws = spread([5.0], [4.0], [8.0]).draw(200_000, np.random.default_rng(1)).ravel()
    assert np.quantile(draws, [0.025, 0.5, 0.975]) == pytest.approx([4.0, 5.0, 8.0], abs=0.03)


def test_draws_keep_to_their_bounds():
    """A rate is never negative."""
    draws = spread([0.5], [0.0], [3.0], (np.array([0.0]), np.array([np.inf]))).draw(10_000, np.random.default_rng(1))
    assert draws.min() >= 0


def test_the_same_seed_draws_the_same():
    """Editions are rebuilt to the byte."""
    one, other = (drawn([BRANCH], spread([2, 5], [1, 4], [3, 6]), SCALE, {"one": "worse"}, draws=60, seed=[7, 0])["all"] for _ in range(2))
    assert np.array_equal(one, other)


def test_the_number_of_draws_need_not_fill_its_chunks():
    """31 draws are 31."""
    assert drawn([BRANCH], spread([2], [1], [3]), SCALE, {"one": "worse"}, draws=31, seed=[7])["all"].shape == (1, 31)


def test_certain_scores_have_certain_ranks():
    """Without doubt in the inputs the rank set is the rank; 1 is the worst."""
    score = np.array([3.0, 9.0, 6.0])
    found = doubt_of(score, np.repeat(score[:, None], 50, axis=1), worst_is_high=True)
    assert found.rank.tolist() == found.rank_low.tolist() == found.rank_high.tolist() == [3, 1, 2]
    assert doubt_of(score, np.repeat(score[:, None], 50, axis=1), worst_is_high=False).rank.tolist() == [1, 3, 2]


def test_what_cannot_be_told_apart_shares_every_rank():
    """Three places with the same score and doubt may each be first or last."""
    score = np.full(3, 5.0)
    found = doubt_of(score, np.random.default_rng(1).normal(5, 1, (3, 500)), worst_is_high=True)
    assert found.rank.tolist() == [1, 1, 1]
    assert (found.rank_low.tolist(), found.rank_high.tolist()) == ([1, 1, 1], [3, 3, 3])


def test_a_place_without_a_score_has_no_rank():
    """The others are ranked among themselves."""
    score = np.array([3.0, np.nan, 6.0])
    found = doubt_of(score, np.repeat(score[:, None], 50, axis=1), worst_is_high=True)
    assert np.isnan([found.rank[1], found.rank_low[1], found.p_worst[1]]).all()
    assert found.rank[[0, 2]].tolist() == [2, 1]


def test_the_chance_of_standing_among_the_worst_fifth():
    """Of ten places the worst two: the two far ahead are there always, the others never."""
    score = np.array([*np.linspace(1, 2, 8), 8.0, 9.0])
    draws = score[:, None] + np.random.default_rng(1).normal(0, 0.01, (10, 400))
    assert doubt_of(score, draws, worst_is_high=True).p_worst.tolist() == [0.0] * 8 + [1.0, 1.0]


def test_more_doubt_means_wider_ranks():
    """The same scores with ten times the error have rank sets that hold the narrower ones."""
    score, noise = np.linspace(1, 9, 9), np.random.default_rng(1).normal(size=(9, 800))
    sure, unsure = (doubt_of(score, score[:, None] + noise * error, worst_is_high=True) for error in (0.1, 1.0))
    assert (unsure.rank_low <= sure.rank_low).all()
    assert (unsure.rank_high >= sure.rank_high).all()
    assert (unsure.rank_high - unsure.rank_low).sum() > (sure.rank_high - sure.rank_low).sum()


def test_sets_for_all_places_hold_those_for_each():
    """What holds for all places at once is no narrower than what holds for each on its own; it can be left out."""
    score, noise = np.linspace(1, 9, 9), np.random.default_rng(1).normal(size=(9, 800))
    found = doubt_of(score, score[:, None] + noise, worst_is_high=True)
    assert (found.rank_low_all <= found.rank_low).all()
    assert (found.rank_high_all >= found.rank_high).all()
    assert np.isnan(doubt_of(score, score[:, None] + noise, worst_is_high=True, at_once=False).rank_low_all).all()


def test_the_chance_to_rank_before_the_next_line():
    """Far apart 1, level with the next 1/2, and the last has no next."""
    score = np.array([9.0, 5.0, 5.0, 1.0])
    draws = score[:, None] + np.random.default_rng(1).normal(0, 0.1, (4, 4_000))
    chance = doubt_of(score, draws, worst_is_high=True).p_worse_next
    assert chance[[0, 2]].tolist() == [1.0, 1.0]
    assert chance[1] == pytest.approx(0.5, abs=0.03)
    assert np.isnan(chance[3])
    assert np.isnan(doubt_of(score, draws, worst_is_high=False).p_worse_next[0])


def test_the_chance_of_standing_among_the_worst_tenth():
    """Of ten places the worst one."""
    score = np.array([*np.linspace(1, 2, 9), 9.0])
    draws = score[:, None] + np.random.default_rng(1).normal(0, 0.01, (10, 400))
    assert doubt_of(score, draws, worst_is_high=True).p_worst_tenth.tolist() == [0.0] * 9 + [1.0]
