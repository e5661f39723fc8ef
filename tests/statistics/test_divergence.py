"""Perceived against recorded."""

import numpy as np
import pytest

from geomap.statistics.divergence import CANNOT_TELL, divergence, standardised

PLACES, RUNS = 60, 200


def test_when_both_measure_the_same_truth_almost_nothing_is_flagged():
    """The rule |z - z| > 1 flags a quarter of places when nothing differs; false-discovery control under 2 % (seeded, 200 cities)."""
    generator = np.random.default_rng(11)
    flagged, naive = [], []
    for _ in range(RUNS):
        truth = generator.normal(0, 1, PLACES)
        felt, seen = truth + generator.normal(0, 0.7, PLACES), truth + generator.normal(0, 0.7, PLACES)
        found = divergence((felt, np.full(PLACES, 0.49)), (seen, np.full(PLACES, 0.49)))
        flagged.append(found["differs"].mean())
        naive.append(np.mean(np.abs((felt - felt.mean()) / felt.std() - (seen - seen.mean()) / seen.std()) > 1))
    assert np.mean(naive) > 0.15
    assert np.mean(flagged) < 0.02


def test_a_place_where_much_is_felt_and_nothing_recorded_is_named():
    """One of many places stands apart in opinion only."""
    generator = np.random.default_rng(3)
    truth = generator.normal(0, 1, PLACES)
    felt, seen = truth.copy(), truth.copy()
    felt[0], seen[0] = 4.0, -3.0
    found = divergence((felt, np.full(PLACES, 0.01)), (seen, np.full(PLACES, 0.01)))
    assert found.loc[0, "word"] == "felt, not recorded"
    assert found.loc[0, "differs"]
    assert found.loc[0, "low"] > 0
    assert not found.loc[1:, "differs"].any()


def test_places_that_cannot_be_told_apart_are_called_so():
    """No spread beyond chance, in one of the two: nothing is said about any place."""
    alike, apart = np.array([0.50, 0.51, 0.49, 0.50]), np.array([1.0, 5.0, 9.0, 3.0])
    found = divergence((alike, np.full(4, 0.01)), (apart, np.full(4, 0.01)))
    assert set(found["word"]) == {CANNOT_TELL}
    assert not found["differs"].any()
    assert np.isnan(standardised(alike, np.full(4, 0.01))[0]).all()


def test_a_missing_place_stays_missing():
    """It is neither high nor low."""
    values = np.array([1.0, 5.0, np.nan, 9.0, 3.0])
    found = divergence((values, np.full(5, 0.01)), (values, np.full(5, 0.01)))
    assert np.isnan(found.loc[2, "difference"])
    assert found.loc[2, "word"] == CANNOT_TELL
    assert found.loc[1, "difference"] == pytest.approx(0)
