"""Order statistics of draws that come in pieces."""

import numpy as np
import pytest

from geomap.scoring.streaming import OrderStatistics

SHARES = (0.025, 0.5, 0.975)
ALL = 2**40


def streamed(draws: np.ndarray, room: int, piece: int = 100, **how) -> OrderStatistics:
    """All draws, handed over in pieces."""
    found = OrderStatistics(draws.shape[1], len(draws), dtype=draws.dtype, room=room, **how)
    for start in range(0, len(draws), piece):
        found.add(draws[start : start + piece])
    return found


def counted(draws: np.ndarray) -> np.ndarray:
    """The order statistics by sorting everything."""
    last = len(draws) - 1
    return np.sort(draws, axis=0)[[int(0.025 * last), int(0.5 * last), last - int(0.025 * last)]]


def scores(draws: int = 5_000, places: int = 300) -> np.ndarray:
    """Places of different height and doubt, one of them in two heaps, one certain."""
    rng = np.random.default_rng(1)
    found = rng.normal(rng.normal(0, 5, places), rng.uniform(0.1, 3, places), (draws, places))
    found[:, 0] = np.where(rng.random(draws) < 0.5, -40, 40)
    found[:, 1] = 3.0
    return found.astype(np.float32)


def test_what_fits_the_room_is_exact():
    """Held draws are sorted."""
    values, errors = streamed(scores(), ALL).at(SHARES)
    assert np.array_equal(values, counted(scores()))
    assert (errors == 0).all()


@pytest.mark.parametrize("room", [2**18, 2**20, 2**21])
def test_what_does_not_fit_is_within_the_error_it_states(room):
    """No order statistic is further from the sorted one than said; one of a well-behaved place is within a twentieth of its standard deviation."""
    draws = scores()
    found = streamed(draws, room)
    values, errors = found.at(SHARES)
    assert not found.exact
    assert (np.abs(values - counted(draws)) <= errors + 1e-6).all()
    if room >= 2**20:
        assert (errors[:, 2:] < 0.05 * draws[:, 2:].std(axis=0)).all()


def test_the_error_holds_when_the_first_draws_mislead():
    """The pilot saw nothing but zeros; later draws fall into the open bins, whose error is their whole width."""
    draws = np.random.default_rng(1).normal(0, 5, (3_000, 40)).astype(np.float32)
    draws[:300] = 0
    values, errors = streamed(draws, 2**15).at(SHARES)
    assert (np.abs(values - counted(draws)) <= errors).all()


def test_whole_numbers_are_exact_in_bins_of_one_and_within_the_error_otherwise():
    """Ranks of a few hundred places need no wider bin; of fifty thousand they do."""
    rng = np.random.default_rng(1)
    few, many = rng.integers(1, 300, (5_000, 50)).astype(np.uint16), rng.integers(1, 50_000, (5_000, 50)).astype(np.uint16)
    values, errors = streamed(few, 2**18, missing=65_535).at(SHARES)
    assert np.array_equal(values, counted(few))
    assert (errors == 0).all()
    values, errors = streamed(many, 2**18, missing=65_535).at(SHARES)
    assert (np.abs(values - counted(many)) <= errors).all()
    assert 0 < errors.max() < 500


@pytest.mark.parametrize("room", [2**16, ALL])
def test_what_is_missing_is_left_out(room):
    """A place with half of its draws has the order statistics of that half, one with none has none."""
    draws = scores(2_000, 20)
    draws[::2, 5], draws[:, 6] = np.nan, np.nan
    values, errors = streamed(draws, room).at(SHARES)
    assert (np.abs(values[:, 5] - counted(draws[1::2, 5])) <= errors[:, 5] + 1e-6).all()
    assert np.isnan(values[:, 6]).all()


@pytest.mark.parametrize("room", [2**16, ALL])
def test_the_standard_deviation_is_that_of_all_draws(room):
    """In bins or not; what is missing is left out, and one value has none."""
    draws = scores(2_000, 20)
    draws[1:, 5], draws[::2, 6] = np.nan, np.nan
    found = streamed(draws, room)
    found.at(SHARES)
    assert found.deviation()[[0, 7, 8]] == pytest.approx(draws[:, [0, 7, 8]].std(axis=0, ddof=1, dtype=float))
    assert found.deviation()[6] == pytest.approx(draws[1::2, 6].std(ddof=1, dtype=float))
    assert np.isnan(found.deviation()[5])


@pytest.mark.parametrize("room", [2**18, ALL])
def test_the_pieces_change_no_byte(room):
    """One draw at a time or all at once."""
    draws = scores(1_500, 60)
    first, *others = (np.concatenate(streamed(draws, room, piece).at(SHARES)).tobytes() for piece in (1, 77, 1_500))
    assert others == [first, first]
