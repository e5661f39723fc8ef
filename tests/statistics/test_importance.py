"""What decides a composite: shares that algebra gives, orders of entry counted one by one, and the laws shares keep."""

import json
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import floats, integers, lists
from numpy.testing import assert_allclose

from geomap.statistics import importance
from geomap.statistics.importance import correlation_ratios, effective_weights, lmg
from tests.shared import shared

BOTH = pytest.mark.parametrize("by", ["correlation_ratio", "lmg"])
GRID = np.stack(np.meshgrid(*[np.arange(9.0)] * 3), axis=-1).reshape(-1, 3)  # every combination once, so that parts are independent exactly
weights = lists(floats(0.1, 1), min_size=3, max_size=3).map(np.array)


@pytest.fixture(scope="module")
def asem():
    """Eight physical indicators of 43 countries (COINr), brought to 1–100, and their weighted mean."""
    found = json.loads(shared("data", "methods", "composite_methods.json").read_text())["values"]["aggregate"]
    return np.array([list(row.values()) for row in found["X"]]), np.array(found["amean"])


def r_squared(parts, composite):
    """The share of the composite's variance that a regression on *parts* explains."""
    columns = np.column_stack([np.ones(len(composite)), parts])
    left = composite - columns @ np.linalg.lstsq(columns, composite, rcond=None)[0]
    return 1 - left.var() / composite.var()


def order_by_order(parts, composite):
    """What each part adds to R² when it enters, averaged over every order in turn."""
    orders = list(permutations(range(parts.shape[1])))
    added = np.zeros(parts.shape[1])
    for order in orders:
        for at, part in enumerate(order):
            added[part] += r_squared(parts[:, order[: at + 1]], composite) - r_squared(parts[:, order[:at]], composite)
    return added / len(orders)


@given(weights, weights)
@settings(deadline=None)
def test_independent_parts_count_by_weight_and_spread_squared(nominal, spread):
    """Of a weighted sum of independent parts each decides w²var over the sum: exactly by LMG; the correlation ratio takes off chance, which a grid has not."""
    parts = GRID * spread
    truth = (nominal * spread) ** 2 / ((nominal * spread) ** 2).sum()
    assert_allclose(lmg(parts, parts @ nominal), truth, atol=1e-9)
    assert_allclose(effective_weights(parts, parts @ nominal), truth, atol=0.015)


def test_lmg_is_the_mean_over_all_orders_of_entry(asem):
    """Five indicators of the ASEM index explain, in the mean of all 120 orders, what the subsets say, and together R²."""
    parts, composite = asem[0][:, :5], asem[1]
    found = lmg(parts, composite)
    assert_allclose(found, order_by_order(parts, composite), atol=1e-12)
    assert found.sum() == pytest.approx(r_squared(parts, composite), abs=1e-12)


def test_drawn_orders_come_near_all_orders(asem, monkeypatch):
    """With 4,000 orders drawn, half of them reversed, no share of the eight is off by more than 0.01, and the sum is R² still."""
    exact = lmg(*asem)
    monkeypatch.setattr(importance, "EXACT", 7)
    drawn = lmg(*asem, seed=4)
    assert np.abs(drawn - exact).max() < 0.01
    assert drawn.sum() == pytest.approx(1, abs=1e-7)
    assert np.array_equal(drawn, lmg(*asem, seed=4))
    assert not np.array_equal(drawn, lmg(*asem, seed=5))


@pytest.mark.parametrize("others", [2, 14])
def test_a_part_that_comes_twice_splits_what_it_decides(others):
    """Two copies share alike, exactly or over drawn orders, and together they decide at least what one of them with both weights does."""
    random = np.random.default_rng(others)
    single = random.normal(size=(400, others + 1))
    double = np.column_stack([single[:, :1], single])
    shares = lmg(double, double.sum(axis=1))
    assert shares[0] == pytest.approx(shares[1], abs=1e-9 if others == 2 else 0.02)
    assert shares[:2].sum() >= lmg(single, double.sum(axis=1))[0] - 0.03
    assert shares.sum() == pytest.approx(1, abs=1e-7)


def test_copies_of_one_part_decide_alike_by_the_correlation_ratio():
    """A composite of two copies is decided half by each: their ratios are 1 and the shares a half."""
    part = np.random.default_rng(0).lognormal(size=50)
    assert_allclose(correlation_ratios(np.column_stack([part, part]), part), 1, atol=1e-9)
    assert_allclose(effective_weights(np.column_stack([part, part]), part), 0.5)


@BOTH
@given(integers(0, 10_000), integers(1, 14))
@settings(deadline=None, max_examples=25)
def test_effective_weights_sum_to_one_and_none_is_negative(by, seed, count):
    """Whatever the parts and however they correlate, shares are shares, and none depends on units."""
    random = np.random.default_rng(seed)
    parts = random.normal(size=(60, count)) @ random.normal(size=(count, count))
    composite = parts @ random.dirichlet(np.ones(count))
    shares = effective_weights(parts, composite, by=by)
    assert shares.sum() == pytest.approx(1, abs=1e-9)
    assert (shares >= -1e-9).all()
    assert_allclose(effective_weights(parts * 1_000 + 5, -3 * composite, by=by), shares, atol=1e-6)


def test_a_curve_is_seen_by_the_correlation_ratio():
    """The square of x over -1 to 1 has no correlation with x and is decided by x all the same."""
    x = np.linspace(-1, 1, 401)
    assert np.corrcoef(x, x**2)[0, 1] == pytest.approx(0, abs=1e-12)
    assert correlation_ratios(x[:, None], x**2)[0] > 0.99


def test_a_part_with_few_values_has_the_ratio_of_its_group_means():
    """A part of 0 and 1 explains 16 of 20 by its means of 1 and 5; less chance, 1 - 0.2 × 7/6."""
    part, composite = np.repeat([0.0, 1.0], 4), np.array([0, 2, 0, 2, 4, 6, 4, 6.0])
    assert correlation_ratios(part[:, None], composite)[0] == pytest.approx(1 - 0.2 * 7 / 6)


def test_chance_is_taken_off():
    """Parts that have nothing to do with the composite explain 0.00 to 0.02 in the mean of 400, where a raw R² of 40 places would give 0.08."""
    random = np.random.default_rng(8)
    found = correlation_ratios(random.normal(size=(40, 400)), random.normal(size=40))
    assert 0 <= found.mean() < 0.04
    assert (found == 0).mean() > 0.4


def test_places_with_gaps_are_left_out(asem):
    """A place that lacks a part does not count for that part, nor for any in LMG."""
    parts, composite = asem[0].copy(), asem[1]
    parts[3, 2] = np.nan
    kept = np.delete(parts, 3, axis=0), np.delete(composite, 3)
    assert_allclose(lmg(parts, composite), lmg(*kept))
    assert correlation_ratios(parts, composite)[2] == correlation_ratios(*kept)[2]
    assert correlation_ratios(parts, composite)[1] == correlation_ratios(*asem)[1]


@BOTH
def test_what_does_not_vary_decides_nothing(by):
    """A constant part has no share; a constant composite has no shares to give, NaN."""
    parts = np.column_stack([np.full(30, 0.1), np.arange(30.0)])
    assert_allclose(effective_weights(parts, np.arange(30.0), by=by), [0, 1], atol=1e-9)
    assert np.isnan(effective_weights(parts, np.full(30, 0.3), by=by)).all()


def test_too_few_places_are_refused_in_words():
    """LMG of two complete places would explain anything."""
    with pytest.raises(ValueError, match="Only 2 of 3 places have a value for every part"):
        lmg([[1, 2], [3, np.nan], [2, 2]], [1, 2, 3])
