"""Rates: events against people, with an exact interval, and no false zero."""

import numpy as np
import pytest
from scipy.stats import chi2

from geomap.errors import DisclosureError, MethodologyError
from geomap.indicators.rate import Rate
from tests.toy import column, layer, residents, sources

INCIDENTS = """ward    | kind
               --------+-------
               castle  | threat
               castle  | threat
               castle  | threat
               market  | threat
               harbour | damage"""
RATE = Rate.read({"layer": "incidents", "per": {"layer": "residents", "field": "people"}}, where="rate")


def finished(rate: Rate, *layers, level="wards"):
    """The estimates of *rate* with nothing withheld."""
    return rate.finish(rate.observe(sources(*layers, residents()), level))


def test_a_rate_is_events_by_people_times_a_thousand():
    """Three events among 1,000 residents are 3 per 1,000; a place without events has a rate of 0, not a gap."""
    found = finished(RATE, layer("incidents", INCIDENTS, kind="incidents"))
    expected = column("ward | v\n castle | 3\n market | 0.5\n harbour | 0.25\n mill | 0\n station | 0")
    assert found["value"].dropna().to_dict() == expected.to_dict()
    assert found.loc["castle", "n"] == 3


def test_nobody_to_count_against_is_no_rate():
    """The park has no residents: its rate is missing, with the reason, never 0."""
    park = finished(RATE, layer("incidents", INCIDENTS, kind="incidents")).loc["park"]
    assert np.isnan(park["value"])
    assert (park["status"], park["flags"]) == ("missing", "no one to count against")


def test_the_interval_is_the_exact_poisson_interval():
    """Garwood's limits of a count of 3 are chi-square quantiles halved: 0.619 to 8.767."""
    castle = finished(RATE, layer("incidents", INCIDENTS, kind="incidents")).loc["castle"]
    assert castle["low"] == pytest.approx(chi2.ppf(0.025, 6) / 2)
    assert castle["high"] == pytest.approx(chi2.ppf(0.975, 8) / 2)


def test_a_count_of_none_still_has_an_upper_limit():
    """No event among 5,000 residents does not prove that there will be none: the limit is 3.689 events."""
    mill = finished(RATE, layer("incidents", INCIDENTS, kind="incidents")).loc["mill"]
    assert (mill["value"], mill["low"]) == (0, 0)
    assert mill["high"] == pytest.approx(3.6889 / 5, rel=1e-4)


def test_where_keeps_only_the_rows_that_are_meant():
    """Only threats are counted when only threats are asked for."""
    rate = Rate.read({**RATE.model_dump(), "where": {"kind": ["threat"]}}, where="rate")
    assert finished(rate, layer("incidents", INCIDENTS, kind="incidents"))["n"].sum() == 4


def test_years_divide_the_count():
    """Three events in two years are 1.5 a year."""
    rate = Rate.read({**RATE.model_dump(), "years": 2.0}, where="rate")
    assert finished(rate, layer("incidents", INCIDENTS, kind="incidents")).loc["castle", "value"] == 1.5


def test_a_table_that_does_not_list_a_place_says_nothing_of_it():
    """Counts given by place in a table: a place that is not listed is missing, not 0."""
    counts = layer("incidents", "ward | number\n castle | 3\n market | 0")
    rate = Rate.read({**RATE.model_dump(), "events": ["number"]}, where="rate")
    found = finished(rate, counts)
    assert found.loc["market", "value"] == 0
    assert found.loc[["harbour", "mill", "station"], "status"].eq("missing").all()


def test_where_nobody_looked_nothing_is_counted():
    """A place that the card names as not covered is not collected, even though no record there would otherwise be a 0."""
    gap = {"codes": ["station"], "boundaries": "wards", "reason": "Another force polices it."}
    found = finished(RATE, layer("incidents", INCIDENTS, kind="incidents", not_covered=gap))
    assert found.loc["station", "status"] == "not_collected"
    assert np.isnan(found.loc["station", "value"])


def test_counts_of_larger_places_are_sums():
    """The upper district has 4 events among 3,000 residents."""
    found = finished(RATE, layer("incidents", INCIDENTS, kind="incidents"), level="districts")
    assert found.loc["up", "value"] == pytest.approx(4 / 3)
    assert found.loc["up", "n"] == 4


def test_counts_cannot_be_divided_without_a_lookup():
    """Counts by district cannot be told apart by ward, and the error says what to do."""
    coarse = layer("incidents", "district | number\n up | 3\n down | 5", places={"boundaries": "districts", "field": "district"})
    rate = Rate.read({**RATE.model_dump(), "events": ["number"]}, where="rate")
    with pytest.raises(MethodologyError, match=r'levels = \["districts"\]'):
        finished(rate, coarse)


def test_points_count_where_they_lie():
    """Incidents with coordinates are counted in the ward around them."""
    points = layer("incidents", "east | north\n 0.5 | 0.5\n 0.6 | 0.4\n 1.5 | -0.5", points=True, kind="incidents", least_match=0)
    found = finished(RATE, points)
    assert found.loc[["castle", "mill"], "n"].tolist() == [2, 1]


def test_counts_about_people_are_nothing_to_count_against():
    """Six stops by 3,000 a thousand crimes are two crimes, which the gate would have withheld."""
    rate = Rate.read({"layer": "incidents", "per": {"layer": "crimes", "field": "number"}}, where="rate")
    with pytest.raises(DisclosureError, match="reads the layer 'crimes', whose sensitivity is counts"):
        finished(rate, layer("incidents", INCIDENTS, kind="incidents"), layer("crimes", "ward | number\n castle | 2", sensitivity="counts"))
