"""Sobol' indices, against the Ishigami function, sums of choices whose variances are known, and SALib where it is installed."""

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, lists
from numpy.testing import assert_allclose
from scipy import stats

from geomap.statistics.sobol import Between, OneOf, sobol
from tests.shared import shared

ROUND = [Between(-np.pi, np.pi)] * 3


def ishigami(x):
    """Ishigami and Homma's (1990) function with a = 7 and b = 0.1."""
    return np.sin(x[0]) + 7 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])


def test_the_ishigami_function_has_its_analytic_indices():
    """With 4,096 samples all six indices lie within 0.002 of the analytic ones, a fifth of the tolerance, and within their limits."""
    analytic = json.loads(shared("data", "methods", "composite_methods.json").read_text())["sobol_ishigami"]
    found = sobol(ishigami, ROUND, n=4_096)
    assert_allclose(found.first, analytic["S1"], atol=0.002)
    assert_allclose(found.total, analytic["ST"], atol=0.002)
    for kind, truth in (("first", analytic["S1"]), ("total", analytic["ST"])):
        low, high = getattr(found, f"{kind}_low"), getattr(found, f"{kind}_high")
        assert ((low <= truth) & (truth <= high)).all()


def test_indices_are_those_of_salib():
    """SALib 1.6's estimates of the same function from 4,096 samples of its own differ by at most 0.005."""
    sample = pytest.importorskip("SALib.sample.sobol", reason="SALib is not installed; it is not needed")
    analyze = pytest.importorskip("SALib.analyze.sobol")
    problem = {"num_vars": 3, "names": ["a", "b", "c"], "bounds": [[-np.pi, np.pi]] * 3}
    points = sample.sample(problem, 4_096, calc_second_order=False, seed=1)
    theirs, ours = analyze.analyze(problem, ishigami(points.T), calc_second_order=False, seed=1), sobol(ishigami, ROUND, n=4_096)
    assert_allclose(ours.first, theirs["S1"], atol=0.005)
    assert_allclose(ours.total, theirs["ST"], atol=0.005)


def test_a_sum_of_unlike_choices_divides_its_variance_exactly():
    """A die of three ways (variance 2/3), a coin with odds 1 to 3 (3/16) and a number up to 2 (1/3) add up: each explains its share, alone or not."""
    variances = np.array([2 / 3, 3 / 16, 1 / 3])
    found = sobol(lambda x: x[0] + x[1] + x[2], [OneOf.equally(3), OneOf((1, 3)), Between(0, 2)], n=8_192)
    assert_allclose(found.first, variances / variances.sum(), atol=0.003)
    assert_allclose(found.total, found.first, atol=0.006)


def test_two_coins_that_matter_only_together_have_no_effect_alone():
    """Whether two fair coins differ depends on neither alone: first-order indices 0, total indices 1."""
    found = sobol(lambda x: (x[0] != x[1]).astype(float), [OneOf.equally(2)] * 2, n=4_096)
    assert_allclose(found.first, 0, atol=0.01)
    assert_allclose(found.total, 1, atol=0.01)


def test_several_outputs_are_each_what_they_are_alone():
    """Outputs are rows: the first choice, their sum, and a number that never changes, whose indices are 0."""
    choices = [Between(), Between()]
    found = sobol(lambda x: np.stack([x[0], x[0] + x[1], 0 * x[0] + 0.1]), choices, n=256)
    assert found.first.shape == found.total_high.shape == (3, 2)
    assert_allclose(found.first[0], sobol(lambda x: x[0], choices, n=256).first, atol=1e-12)
    assert_allclose(found.total_low[1], sobol(lambda x: x[0] + x[1], choices, n=256).total_low, atol=1e-12)
    assert not np.any([found.first[2], found.first_low[2], found.first_high[2], found.total[2], found.total_high[2]])


def test_one_choice_explains_everything():
    """A function of one choice has one index, 1."""
    found = sobol(lambda x: x[0] ** 2, [Between()], n=1_024)
    assert found.first.shape == (1,)
    assert_allclose([found.first, found.total], 1, atol=0.01)


def test_frozen_distributions_are_choices_too():
    """Normal choices with standard deviations 1 and 2 explain a fifth and four fifths of their sum."""
    found = sobol(lambda x: x[0] + x[1], [stats.norm(), stats.norm(scale=2)], n=4_096)
    assert_allclose(found.first, [0.2, 0.8], atol=0.01)


@given(integers(0, 2**32 - 1))
@settings(max_examples=10, deadline=None)
def test_a_seed_decides_everything_and_batches_nothing(seed):
    """The same seed gives the same indices and limits, however few samples the function is given at a time."""
    whole, pieces = (sobol(ishigami, ROUND, n=64, resamples=20, batch=batch, seed=seed) for batch in (10_000, 7))
    assert all(np.array_equal(getattr(whole, name), getattr(pieces, name)) for name in vars(whole))


def test_limits_narrow_as_samples_grow_and_widen_with_the_level():
    """Sixteen times the samples halve the limits at least; 99 % limits hold 80 % limits."""
    few, many = sobol(ishigami, ROUND, n=512), sobol(ishigami, ROUND, n=8_192)
    assert (many.first_high - many.first_low < (few.first_high - few.first_low) / 2).all()
    narrow, wide = (sobol(ishigami, ROUND, n=512, level=level) for level in (0.8, 0.99))
    assert (wide.total_low <= narrow.total_low).all()
    assert (wide.total_high >= narrow.total_high).all()


@given(lists(integers(1, 9), min_size=1, max_size=6))
def test_each_way_is_chosen_as_often_as_its_odds_say(odds):
    """Over evenly spread probabilities each way comes as often as its share of the odds."""
    probability = (np.arange(sum(odds)) + 0.5) / sum(odds)
    assert np.bincount(OneOf(tuple(odds)).ppf(probability).astype(int), minlength=len(odds)).tolist() == odds


def test_what_cannot_be_computed_is_said():
    """No choices, samples that are no power of 2, results that are no numbers, and odds of nothing are refused in words."""
    with pytest.raises(ValueError, match="at least one choice and a power of 2"):
        sobol(ishigami, [], n=64)
    with pytest.raises(ValueError, match="there are 3 and 100"):
        sobol(ishigami, ROUND, n=100)
    with pytest.raises(ValueError, match="one finite number per sample"):
        sobol(lambda x: np.where(x[0] > 0, np.nan, 1.0), ROUND, n=64)
    with pytest.raises(ValueError, match="one finite number per sample"):
        sobol(lambda x: x[0].sum(keepdims=True), ROUND, n=64)
    with pytest.raises(ValueError, match="odds above 0"):
        OneOf((1, 0))
