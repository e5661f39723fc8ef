"""The geometric mean of parts of which one is missing, nought or negative."""

import numpy as np
from numpy.testing import assert_allclose

from geomap.scoring.gather import geometric_mean, scaled_geometric_mean

NAN = np.nan


def test_a_negative_part_leaves_no_geometric_mean():
    """There is no root of a negative product, and the other parts do not speak in its place."""
    assert_allclose(geometric_mean([[4.0, 9.0], [-4.0, 9.0], [NAN, 9.0], [0.0, 9.0]], [1, 1]), [6.0, NAN, 9.0, 0.0])


def test_a_part_that_is_left_out_may_be_negative_only_when_it_is_missing():
    """A weight of nought does not make a negative part harmless: the file says that it is a part."""
    assert np.isnan(geometric_mean([[-4.0, 9.0]], [0, 1])).all()


def test_the_scaled_mean_runs_from_0_to_10():
    """Both ends stay where they are, and a high part speaks louder than a low one."""
    low, middle, high = scaled_geometric_mean([[0.0, 0.0], [10.0, 0.0], [10.0, 10.0]], [1, 1])
    assert_allclose([low, high], [0.0, 10.0], atol=1e-12)
    assert middle > 5.0
