"""Ranks of many draws at once."""

import numpy as np
import pytest
from scipy import stats

from geomap.scoring.packed import missing_rank, ranks


def counted(row: np.ndarray) -> np.ndarray:
    """Ranks by another author: 1 = the largest, ties share the lowest."""
    return stats.rankdata(-row, method="min")


@pytest.mark.parametrize("places", [1, 2, 3, 63, 64, 127, 128, 129, 191, 1_000, 5_003])
def test_ranks_are_scipys_whatever_the_number_of_places(places):
    """Windows overlap at every length."""
    drawn = np.random.default_rng(places).normal(50, 3, (5, places))
    assert np.array_equal(ranks(drawn), [counted(row) for row in drawn])


def test_tied_places_share_the_lowest_rank():
    """Two at 9 are both first, and the next is third."""
    assert ranks(np.array([[9.0, 7.0, 9.0, 8.0]])).tolist() == [[1, 4, 1, 3]]


def test_many_ties_are_ties():
    """Scores of one decimal among 4,000 places."""
    drawn = np.random.default_rng(1).normal(size=(3, 4_000)).round(1)
    assert np.array_equal(ranks(drawn), [counted(row) for row in drawn])


def test_crowded_scores_are_ranked_as_well():
    """One place ten thousand times further out than the rest: the first sixteen bits tell nothing of the others."""
    drawn = np.random.default_rng(1).normal(size=(2, 2_000))
    drawn[:, 7] = 1e4
    assert np.array_equal(ranks(drawn), [counted(row) for row in drawn])


def test_a_score_that_differs_by_arithmetic_alone_is_tied():
    """0.1 + 0.2 is 0.3."""
    assert ranks(np.array([[0.1 + 0.2, 0.3, 0.7]])).tolist() == [[2, 2, 1]]


def test_missing_scores_have_no_rank_and_push_nobody():
    """The others are ranked among themselves."""
    assert ranks(np.array([[3.0, np.nan, 6.0], [np.nan, np.nan, np.nan]])).tolist() == [[2, 65_535, 1], [65_535] * 3]


def test_more_places_than_sixteen_bits_hold():
    """70,000 places need a wider number."""
    drawn = np.random.default_rng(1).normal(size=(1, 70_000))
    assert np.array_equal(ranks(drawn)[0], counted(drawn[0]))
    assert missing_rank(70_000) == 2**32 - 1
