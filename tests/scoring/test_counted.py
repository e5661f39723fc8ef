"""Ranks by counting, beside the ranks of scipy."""

import numpy as np
import pytest
from scipy import stats

from geomap.scoring.counted import CELLS, MOST_SHARING, CountedRanks


def sorted_ranks(drawn: np.ndarray) -> np.ndarray:
    """1 = the largest, ties share the lowest."""
    return np.array([stats.rankdata(-row, method="min") for row in drawn]).astype(int)


def scores(places: int, draws: int = 6) -> np.ndarray:
    """Normal scores."""
    return np.random.default_rng(places).normal(50, 3, (draws, places)).astype(np.float32)


@pytest.mark.parametrize("places", [2, 100, 5_000, 33_000, 70_000])
def test_ranks_are_within_the_error_they_state(places):
    """Which is at most half of what may share a cell; on average they are neither too high nor too low by half a rank."""
    drawn, count = scores(places), CountedRanks(places)
    off = count(drawn).astype(int) - sorted_ranks(drawn)
    assert np.abs(off).max() <= count.error <= MOST_SHARING // 2
    assert abs(off.mean()) < 0.5


def test_places_that_do_not_share_a_cell_are_ranked_exactly():
    """Scores a hundredth of the range apart, in any order."""
    drawn = np.random.default_rng(1).permutation(101).astype(np.float32)[None]
    count = CountedRanks(101)
    assert np.array_equal(count(drawn), sorted_ranks(drawn))
    assert count.error == 0


def test_places_of_one_cell_share_the_middle_rank():
    """Five within a cell take up ranks 2 to 6 and have rank 4, two take up 7 and 8 and have 7."""
    cell = np.float32(1 / CELLS)
    drawn = np.array([[1, *(0.5 + cell * np.linspace(0, 0.1, 5)), 0.25, 0.25, 0]], dtype=np.float32)
    count = CountedRanks(drawn.shape[1])
    assert count(drawn).tolist() == [[1, 4, 4, 4, 4, 4, 7, 7, 9]]
    assert count.error == 2


@pytest.mark.parametrize(
    "spoil",
    [
        lambda drawn: drawn.__setitem__((slice(None), 7), 1e5),
        lambda drawn: drawn.__setitem__((slice(None), slice(0, 500)), 50.0),
        lambda drawn: drawn.__setitem__(slice(None), 50.0),
    ],
)
def test_what_crowds_a_cell_is_sorted(spoil):
    """One place far out, five hundred really tied, all tied: exact, and no error is stated."""
    drawn, count = scores(5_000), CountedRanks(5_000)
    spoil(drawn)
    assert np.array_equal(count(drawn), sorted_ranks(drawn))
    assert count.error == 0


def test_a_missing_score_has_no_rank():
    """As in the sorted ranks."""
    drawn = scores(5_000)
    drawn[2, 3] = np.nan
    found = CountedRanks(5_000)(drawn)
    assert found[2, 3] == 65_535
    assert (np.delete(found[2], 3) < 5_000).all()
