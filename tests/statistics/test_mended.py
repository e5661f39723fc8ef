"""Faults that were found once and stay mended."""

import numpy as np
import pytest

from geomap.errors import LayerError
from geomap.statistics.design import Design
from geomap.statistics.domains import Domains, domain_means
from geomap.statistics.intervals import byar_interval, korn_graubard_interval
from geomap.statistics.margins import rake_to_margins


@pytest.mark.parametrize("n", [2, 400, 450, 1_000, 2_000, 20_000])
def test_margins_that_can_be_met_are_met_however_far_they_are(n):
    """One answer of *n* stands for half of the people."""
    raked = rake_to_margins(Design.of(np.ones(n)), {"a": ["x"] + ["y"] * (n - 1)}, {"a": {"x": 500.0, "y": 500.0}})
    assert raked.weights[0] == pytest.approx(500)
    assert raked.weights[1:].sum() == pytest.approx(500)


def test_a_weight_that_is_no_number_is_a_users_error():
    """Not a fault deep in the arithmetic."""
    with pytest.raises(LayerError, match="cannot be made to meet the margins"):
        rake_to_margins(Design.of([1.0, np.nan]), {"a": ["x", "y"]}, {"a": {"x": 5.0, "y": 5.0}})


def test_a_category_without_margins_is_named_as_it_was_written():
    """Words, not the notation of an array."""
    with pytest.raises(LayerError, match=r"have no people in \['b'\], but"):
        rake_to_margins(Design.of(np.ones(2)), {"a": ["x", "b"]}, {"a": {"x": 5.0}})


def test_nothing_to_rake_on_changes_nothing():
    """Without margins the weights stay."""
    assert rake_to_margins(Design.of([1.0, 3.0]), {}, {}).weights.tolist() == [1.0, 3.0]


def test_an_unknown_error_gives_unknown_limits():
    """NaN is not 0."""
    assert np.isnan(korn_graubard_interval(0.3, np.nan, 50, 20)).all()


def test_rows_that_belong_to_no_group_spoil_none():
    """An unknown answer outside the group, or outside the part that is asked about, does not count."""
    found = domain_means(Design.of(np.ones(4)), [1.0, 2.0, 4.0, np.nan], Domains.of(["a", "a", "a", None])).loc["a"]
    assert found["mean"] == pytest.approx(7 / 3)
    assert np.isfinite(found["se"])
    assert Design.of(np.ones(3)).mean([1.0, 2.0, np.nan], within=[1, 1, 0])[0] == 1.5


def test_byars_lower_limit_is_never_negative():
    """One event at 99.8 %."""
    assert byar_interval([0.1, 1], 0.998)[0].tolist() == [0.0, 0.0]
