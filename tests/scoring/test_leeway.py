"""Choices drawn from what could as well have been chosen."""

import numpy as np
import pytest

from geomap.errors import MethodologyError
from geomap.scoring.leeway import Leeway

MANY = 20_000


def drawn(draws: int = MANY, **how):
    """Choices for weights of 1, 2 and 5."""
    return Leeway((1.0, 2.0, 5.0), **how).stream(np.random.SeedSequence(1)).draw(draws)


def test_without_leeway_the_agreed_method_is_drawn():
    """Every draw has the weights as they were given, to the byte."""
    found = drawn(3)
    assert found.weights.tolist() == [[1, 2, 5]] * 3
    assert (found.normalisation[0], found.aggregation[0], found.missing[0]) == ("min_max", "arithmetic", "renormalise")


def test_weights_from_dirichlet_have_its_mean_its_variance_and_the_agreed_total():
    """Of share p with concentration c the variance is p (1 - p)/(c + 1)."""
    weights, share = drawn(concentration=40.0).weights, np.array([1, 2, 5]) / 8
    assert weights.sum(axis=1) == pytest.approx(8)
    assert weights.mean(axis=0) == pytest.approx([1, 2, 5], rel=0.02)
    assert weights.var(axis=0) == pytest.approx(64 * share * (1 - share) / 41, rel=0.05)


def test_a_band_is_even_and_its_total_moves_unless_asked():
    """±20 % of each weight, from end to end."""
    free, kept = drawn(band=0.2).weights, drawn(band=0.2, keep_total=True).weights
    assert (free.min(axis=0) >= [0.8, 1.6, 4]).all()
    assert (free.max(axis=0) <= [1.2, 2.4, 6]).all()
    assert free.var(axis=0) == pytest.approx((0.4 * np.array([1, 2, 5])) ** 2 / 12, rel=0.05)
    assert free.sum(axis=1).std() > 0.5
    assert kept.sum(axis=1) == pytest.approx(8)


def test_one_indicator_at_most_is_left_out_and_the_others_take_its_weight():
    """In three draws of ten, each as often."""
    weights = drawn(drop=0.3).weights
    gone = weights == 0
    assert gone.sum(axis=1).max() == 1
    assert gone.mean(axis=0) == pytest.approx([0.1, 0.1, 0.1], abs=0.01)
    assert weights.sum(axis=1) == pytest.approx(8)


def test_a_weight_of_zero_stays_zero_and_is_never_the_one_left_out():
    """Nothing is left out where nothing was in."""
    weights = Leeway((0.0, 1.0, 1.0), concentration=5.0, drop=1.0).stream(np.random.SeedSequence(1)).draw(500).weights
    assert (weights[:, 0] == 0).all()
    assert ((weights[:, 1:] == 0).sum(axis=1) == 1).all()


def test_each_way_is_as_likely_as_another():
    """Of three normalisations each is a third."""
    found = drawn(normalisation=("min_max", "percentile", "z")).normalisation
    assert [np.mean(found == way) for way in ("min_max", "percentile", "z")] == pytest.approx([1 / 3] * 3, abs=0.015)


def test_one_more_choice_leaves_the_others_as_they_were():
    """Each kind has its own source of chance."""
    assert np.array_equal(drawn(50, band=0.2).weights, drawn(50, band=0.2, aggregation=("arithmetic", "geometric")).weights)


def test_every_fault_is_told_at_once():
    """All six."""
    with pytest.raises(MethodologyError) as told:
        Leeway((-1.0, 2.0), concentration=0.0, band=2.0, drop=3.0)
    assert len(told.value.faults) == 6
