"""Hot as counted, hot smoothed, hot both ways: small places drop out, places that rest on many events stay."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.assessment import Node
from geomap.assessment.exposure import is_counted
from geomap.assessment.hotspots_smoothed import BOTH, RAW, SMOOTH, raw_and_smoothed
from geomap.errors import UsageError
from geomap.statistics.intervals import poisson_interval
from geomap.statistics.shrinkage import marshall
from geomap.views.hotspots_smoothed import as_data, in_words, smoothed_map, table
from tests.assessment.grid import squares

SIDE = 16
METHOD = "Recorded events per 1,000 of people (residents); exact Poisson interval."


def city():
    """Two blocks of a high rate: one where many live, one where hardly anybody does; places without any event; one withheld."""
    rng = np.random.default_rng(8)
    people, events = np.full((SIDE, SIDE), 2_000.0), rng.poisson(4.0, (SIDE, SIDE)).astype(float)
    events[2:6, 2:6] = rng.poisson(30.0, (4, 4))
    people[10:14, 10:14], events[10:14, 10:14] = 100.0, 1.0
    events[0, 15] = 0
    rate, (low, high) = 1_000 * events / people, poisson_interval(events)
    assessment = squares(SIDE, harm=rate.ravel(), calm=rng.random(SIDE**2))
    table = assessment.numbers["harm"].assign(n=events.ravel(), low=(1_000 * low / people).ravel(), high=(1_000 * high / people).ravel())
    table.loc[table.index[0], ["value", "n", "low", "high"]], table.loc[table.index[0], "status"] = np.nan, "suppressed"
    node = Node("harm", "Harm", "indicator", "worse", "", 1, "2025", method=METHOD)
    from dataclasses import replace

    return (
        replace(assessment, nodes=(node, assessment.nodes[1]), numbers={**assessment.numbers, "harm": table}),
        events.ravel(),
        people.ravel(),
    )


def test_the_block_with_many_events_stays_and_the_thin_one_goes():
    """One event among a hundred people is a rate of ten in a thousand, and hardly any evidence."""
    found = raw_and_smoothed(city()[0], "harm", permutations=9_999)
    hot = found.places["hot"].to_numpy().reshape(SIDE, SIDE)
    assert (hot[3:5, 3:5] == BOTH).all()
    assert (hot[11:13, 11:13] == RAW).all()
    assert hot[0, 0] == "no number"
    assert found.count(BOTH) + found.count(RAW) == (found.raw.places["spot"] == "high-high").sum()
    assert found.count(BOTH) + found.count(SMOOTH) == (found.smooth.places["spot"] == "high-high").sum()


def test_the_smoothed_rates_are_marshalls_with_zeros_among_them():
    """From published rates, counts and limits alone: the same as from events and people, but for the place that is withheld."""
    assessment, events, people = city()
    found = raw_and_smoothed(assessment, "harm", permutations=99)
    np.testing.assert_allclose(found.places["smoothed"].to_numpy()[1:], 1_000 * marshall(events[1:], people[1:])[0], rtol=1e-6)
    assert np.isnan(found.places["smoothed"].iloc[0])


def test_another_indicator_may_be_the_smoothed_one():
    """Such as a BYM2 rate of the same edition; the words name it."""
    assessment = city()[0]
    found = raw_and_smoothed(assessment, "harm", "calm", permutations=999)
    assert found.how == "Calm"
    pd.testing.assert_series_equal(found.places["smoothed"].iloc[1:], assessment.numbers["calm"]["value"].iloc[1:], check_names=False)
    assert "Smoothed: Neighbours are no more alike" in in_words(assessment, found)


def test_the_map_the_words_and_the_table_say_the_same():
    """Counts, and what each of them means in plain words."""
    assessment = city()[0]
    found = raw_and_smoothed(assessment, "harm", permutations=9_999)
    drawn, words = smoothed_map(assessment, found), in_words(assessment, found)
    assert drawn.digits.count("2") == found.count(RAW)
    assert drawn.digits[0] == "S"
    assert drawn.hover[0] == "withheld to protect people"
    assert f"Hot as counted only: {found.count(RAW)} squares (1 events in the middle one" in words
    assert "may be high by chance" in words
    assert table(assessment, found)["hot"].iloc[0] == BOTH
    assert as_data(assessment, found)["counts"][RAW] == found.count(RAW)


def test_only_a_rate_as_counted_has_two_readings():
    """A number that is no rate is refused, with what to do."""
    assessment = city()[0]
    assert [is_counted(node) for node in assessment.nodes] == [True, False]
    with pytest.raises(UsageError, match="no rate of counted events"):
        raw_and_smoothed(assessment, "calm")
