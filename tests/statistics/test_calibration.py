"""Survey estimates and their doubt: sums done by hand on a few respondents, and laws."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats, lists, sampled_from

from geomap.statistics.calibration import calibrate
from geomap.statistics.design import Design, design_effect, kish_effective_size
from geomap.statistics.domains import Domains, domain_means

answers = lists(floats(-100, 100), min_size=4, max_size=12)


@pytest.mark.parametrize(
    ("design", "y", "mean", "variance"),
    [
        (Design.of([1, 1, 1, 1]), [1, 2, 3, 4], 2.5, 5 / 12),  # s²/n with s² = 5/3
        (Design.of([2, 2, 2, 2], fpc=[8] * 4), [1, 2, 3, 4], 2.5, 5 / 24),  # half of the population asked, half the variance
        (Design.of([1, 1, 1, 1], fpc=[4] * 4), [1, 2, 3, 4], 2.5, 0),  # everybody asked
        (Design.of([1, 1, 1, 1], stratum=list("aabb")), [1, 3, 10, 14], 7, 5 / 4),  # (2/2 + 8/2) / 4
        (Design.of([1, 1, 1, 1], psu=list("aabb")), [0, 0, 1, 1], 0.5, 1 / 4),  # two houses that agree count as two answers
        (Design.of([1, 3]), [0, 1], 0.75, 9 / 64),  # 2 × ((1 × -0.75)² + (3 × 0.25)²) / 4²
    ],
)
def test_a_mean_has_the_error_that_a_hand_finds(design, y, mean, variance):
    """Mean and squared error of four answers: plain, with half or all of the population, in strata, in clusters, weighted."""
    assert design.mean(y) == pytest.approx((mean, variance**0.5), rel=1e-12)


def test_a_total_and_a_ratio_have_the_errors_that_a_hand_finds():
    """Total 10 × (1+2+3+4), squared error 100 × 4 × 5/3; twice as many cars as homes in each place leaves the ratio no doubt."""
    design = Design.of([10] * 4)
    assert design.total([1, 2, 3, 4]) == pytest.approx((100, (2_000 / 3) ** 0.5), rel=1e-12)
    assert design.ratio([2, 4, 6, 8], [1, 2, 3, 4]) == pytest.approx((2, 0), abs=1e-12)
    assert design.ratio([1, 2, 3, 4], [1, 1, 1, 1]) == pytest.approx(design.mean([1, 2, 3, 4]), rel=1e-12)


def test_degrees_of_freedom_are_primary_units_less_strata():
    """House 1 of north is not house 1 of south: four houses in two strata leave 2."""
    design = Design.of([1] * 6, stratum=list("nnnsss"), psu=[1, 1, 2, 1, 2, 2])
    assert design.df == 2
    assert Design.of([1] * 6).df == 5


def test_a_stratum_with_one_primary_unit_is_named():
    """Of the strata coded 0, 1, 2 the second has a single house, whatever the number of its answers."""
    assert Design.of([1] * 6, stratum=list("aabbcc"), psu=[1, 2, 3, 3, 4, 5]).lonely == (1,)
    assert Design.of([1] * 6).lonely == ()


def test_each_group_has_the_mean_and_error_of_its_rows_within_the_whole_design():
    """Groups at once are the groups one by one; rows without a group belong to none; n counts rows."""
    design = Design.of([1, 2, 3, 1, 2, 3, 5], stratum=list("aaabbbb"))
    y, groups = np.array([1.0, 4, 2, 8, 5, 7, 99]), ["north", "south", "north", "south", "north", "south", None]
    found = domain_means(design, y, Domains.of(groups))
    codes, means, errors = found.index, found["mean"].to_numpy(), found["se"].to_numpy()
    assert codes.tolist() == ["north", "south"]
    assert found["n"].tolist() == [3, 3]
    assert means == pytest.approx([(1 + 6 + 10) / 6, (8 + 8 + 21) / 6], rel=1e-12)
    assert errors == pytest.approx([design.mean(y, within=[code == group for group in groups])[1] for code in codes], rel=1e-12)


@given(answers, floats(0.01, 100), floats(0.1, 10))
def test_the_unit_of_weights_and_answers_is_free(y, times, scale):
    """All weights times a number leave a mean and its error; all answers times a number multiply both."""
    weights = np.arange(1.0, len(y) + 1)
    mean, se = Design.of(weights).mean(y)
    assert Design.of(weights * times).mean(np.array(y) * scale) == pytest.approx((mean * scale, se * scale), rel=1e-9, abs=1e-9)


@given(answers)
def test_covariance_has_each_totals_variance_on_its_diagonal(y):
    """The matrix is symmetric, a total's squared error is its diagonal, and a sum's variance is the sum of all four cells."""
    design, x = Design.of(np.arange(1.0, len(y) + 1)), np.linspace(-1, 3, len(y))
    covariance = design.covariance(np.column_stack([x, y]))
    assert covariance[0, 1] == covariance[1, 0]
    assert np.sqrt(np.diag(covariance)) == pytest.approx([design.total(x)[1], design.total(y)[1]], rel=1e-9)
    assert covariance.sum() == pytest.approx(design.total(x + y)[1] ** 2, rel=1e-9, abs=1e-6)


def test_linear_calibration_moves_each_weight_in_proportion_to_its_covariate():
    """1 + 2 + 3 = 6 is to be 20: weights 1 + x/1, as 6 + 1 × (1 + 4 + 9) = 20; the total of x then has no error."""
    design = calibrate(Design.of([1, 1, 1]), [[1], [2], [3]], [20], how="linear")
    assert design.weights == pytest.approx([2, 3, 4], rel=1e-12)
    assert design.total([1, 2, 3]) == pytest.approx((20, 0), abs=1e-9)


def test_unequal_weights_count_as_fewer_answers():
    """Weights 1, 1, 2: 4² / 6 = 2 2/3 answers of 3, a design effect of 9/8."""
    assert kish_effective_size([1, 1, 2]) == pytest.approx(8 / 3, rel=1e-12)
    assert design_effect([1, 1, 2]) == pytest.approx(9 / 8, rel=1e-12)


@given(lists(floats(0.01, 100), min_size=1, max_size=20), sampled_from([0.5, 1, 40]))
def test_effective_answers_are_at_most_the_answers(weights, times):
    """From 1 to n, n where all weights are the same, and the unit of the weights does not matter."""
    effective = kish_effective_size(weights)
    assert 1 - 1e-9 <= effective <= len(weights) + 1e-9
    assert kish_effective_size(np.array(weights) * times) == pytest.approx(effective, rel=1e-9)
    assert kish_effective_size([times] * len(weights)) == pytest.approx(len(weights), rel=1e-12)
