"""Fast normals are normal."""

import numpy as np
import pytest
from scipy import stats

from geomap.scoring.normals import Normals


def test_they_are_normal():
    """Four million cannot be told from a normal by their moments or by Kolmogorov and Smirnov."""
    drawn = Normals(np.random.SeedSequence(1)).draw(4, 1_000_000).ravel()
    assert (drawn.mean(), drawn.std()) == (pytest.approx(0, abs=0.002), pytest.approx(1, abs=0.0015))
    assert (stats.skew(drawn), stats.kurtosis(drawn)) == (pytest.approx(0, abs=0.005), pytest.approx(0, abs=0.01))
    assert stats.kstest(drawn[:1_000_000], "norm").pvalue > 0.001


def test_the_tail_is_drawn_and_not_cut():
    """Beyond four standard deviations lie 6.3 of 100,000, on either side, and no two are the same cell."""
    drawn = Normals(np.random.SeedSequence(2)).draw(10, 1_000_000).ravel()
    far = drawn[np.abs(drawn) > 4]
    assert len(far) == pytest.approx(633, abs=4 * 633**0.5)
    assert len(np.unique(far)) > 0.95 * len(far)
    assert (far > 0).mean() == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize("size", [1, 4, 7])
def test_the_stream_is_the_same_however_it_is_asked_for(size):
    """Ten at once or ten times one."""
    once = Normals(np.random.SeedSequence(3)).draw(200, size)
    stream = Normals(np.random.SeedSequence(3))
    assert once.tobytes() == np.concatenate([stream.draw(draws, size) for draws in (1, 150, 49)]).tobytes()
