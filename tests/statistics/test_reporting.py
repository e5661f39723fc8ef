"""What uneven reporting would do, and years taken together."""

import numpy as np
import pytest

from geomap.statistics.pooling import pool
from geomap.statistics.reporting import scenario, tipping_ratio


def test_the_tipping_ratio():
    """A rate half as high again is explained away where reporting is half as complete again."""
    assert tipping_ratio([6.0, 4.0, 2.0], 4.0).tolist() == [1.5, 1.0, 0.5]


def test_the_tipping_ratio_tips():
    """Law: divided by so much more complete reporting, the rates are the same."""
    rates = np.array([9.0, 5.0, 3.0])
    assert rates / tipping_ratio(rates, 4.2) == pytest.approx(4.2)


def test_all_alike_changes_no_ratio():
    """Half reported everywhere: twice the rates, the same order."""
    assert scenario([1.0, 3.0], 0.5).tolist() == [2.0, 6.0]


def test_low_trust_hides_incidents():
    """Where trust is low less is reported, so that more lies behind the same recorded rate; complete reporting hides nothing."""
    behind = scenario([5.0, 5.0, 5.0], 0.5, [20.0, 50.0, 80.0], slope=1.0)
    assert (np.diff(behind) < 0).all()
    assert behind[1] == pytest.approx(10)


def test_years_are_pooled_until_few_places_are_small():
    """Two of four places have fewer than 10 events a year; with two years one, with three none."""
    counts = np.array([[20, 20, 20], [30, 30, 30], [4, 4, 5], [2, 7, 6]])
    found = pool(counts, [2022, 2023, 2024], share=0.25)
    assert found.years == (2023, 2024)
    assert found.sentence == "2023 to 2024 are taken together, because in 2024 alone 50% of places have fewer than 10 events, together 25%."


def test_a_missing_year_is_not_bridged():
    """2021 is not there: 2020 is not taken with 2022."""
    found = pool(np.full((3, 3), 4), [2020, 2022, 2023])
    assert (found.years, found.enough) == ((2022, 2023), False)
    assert found.sentence.endswith("still too many.")


def test_enough_events_need_no_pooling():
    """One year, and it says so."""
    assert pool(np.full((3, 2), 40), [2023, 2024]).years == (2024,)
