"""The correlation of places: plain where places are independent, careful where neighbours are alike."""

import numpy as np
import pytest
from scipy.stats import pearsonr

from geomap.statistics.modified_t import correlation

SIDE = 14
POINTS = np.array([(row, column) for row in range(SIDE) for column in range(SIDE)], dtype=float)


def field(rng: np.random.Generator, rounds: int) -> np.ndarray:
    """Noise, averaged over a window of 3 × 3 so many times."""
    found = rng.standard_normal((SIDE + 8, SIDE + 8))
    for _ in range(rounds):
        found = sum(np.roll(found, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)) / 9
    return found[4:-4, 4:-4].ravel()


def test_places_that_tell_apart_are_worth_what_they_are():
    """Without any likeness of neighbours, r, p and the interval are nearly Pearson's own."""
    rng = np.random.default_rng(2)
    x = rng.standard_normal(SIDE**2)
    y = 0.2 * x + rng.standard_normal(SIDE**2)
    ours, plain = correlation(x, y, POINTS), pearsonr(x, y)
    assert ours.r == pytest.approx(plain.statistic)
    assert ours.effective == pytest.approx(SIDE**2, rel=0.15)
    assert [ours.low, ours.high] == pytest.approx(plain.confidence_interval(), abs=0.02)


@pytest.mark.parametrize(("rounds", "count"), [(1, 60), (4, 60), pytest.param(4, 1_000, marks=pytest.mark.slow)])
def test_smooth_fields_without_a_tie_are_rarely_called_tied(rounds, count):
    """At p ≤ .05 about one in twenty; the plain test finds many times as many."""
    rng = np.random.default_rng(8)
    found = [correlation(field(rng, rounds), field(rng, rounds), POINTS) for _ in range(count)]
    assert np.mean([one.p <= 0.05 for one in found]) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / count)
    assert np.mean([abs(one.r) > 1.96 / SIDE for one in found]) > 0.2


def test_a_tie_between_smooth_fields_is_still_found():
    """One field and the same with a little noise."""
    rng = np.random.default_rng(1)
    x = field(rng, 2)
    found = correlation(x, x + 0.3 * x.std() * rng.standard_normal(SIDE**2), POINTS)
    assert found.p < 1e-4
    assert found.effective < 80


def test_thousands_of_places_need_no_more_memory():
    """Of 5,000 places, 3,000 tell how alike places are; the same seed, the same answer."""
    rng = np.random.default_rng(5)
    points, x, y = rng.random((5_000, 2)), rng.standard_normal(5_000), rng.standard_normal(5_000)
    assert correlation(x, y, points) == correlation(x, y, points)
    assert correlation(x, y, points).effective == pytest.approx(5_000, rel=0.2)
