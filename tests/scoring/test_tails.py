"""Values near the ends are those that sorting finds."""

import numpy as np
import pytest

from geomap.scoring.tails import near_the_ends

RNG = np.random.default_rng(4)
SHAPES = {
    "normal": RNG.normal(3, 2, (50, 1_000)),
    "one-sided": RNG.exponential(1, (50, 1_000)),
    "heavy": RNG.standard_cauchy((50, 1_000)),
    "two heaps": np.where(RNG.random((50, 1_000)) < 0.5, -1, 1) + 0.01 * RNG.random((50, 1_000)),
    "a rare jump": RNG.normal(0, 0.01, (50, 1_000)) + 5 * (RNG.random((50, 1_000)) < 0.01),
    "certain": np.full((50, 1_000), 7.0),
    "few": RNG.normal(0, 1, (50, 3)),
    "one": RNG.normal(0, 1, (50, 1)),
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("share", [0.0, 0.025, 0.3, 0.5])
def test_they_are_those_of_the_sorted_row(shape, share):
    """Whatever the shape and however near."""
    rows = SHAPES[shape].astype(np.float32)
    last = rows.shape[1] - 1
    number = int(share * last)
    found = near_the_ends(rows, number, rows.mean(axis=1, dtype=float), rows.std(axis=1, dtype=float))
    assert np.array_equal(found, np.sort(rows, axis=1)[:, [number, last - number]].T)


def test_a_wrong_mean_costs_time_and_not_truth():
    """No mean and no deviation: everything is sorted."""
    rows = SHAPES["normal"].astype(np.float32)
    found = near_the_ends(rows, 25, np.full(50, np.nan), np.full(50, np.nan))
    assert np.array_equal(found, np.sort(rows, axis=1)[:, [25, 974]].T)
