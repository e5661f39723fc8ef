"""Standardised rates and ratios as measures, held to OHID's workbooks and to sums by hand."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.estimate import estimate
from geomap.disclosure.gate import Rule, let_out
from geomap.disclosure.rules import PRESETS
from geomap.errors import DisclosureError, LayerError, MethodologyError
from geomap.indicators.standardised_rate import StandardisedRate
from geomap.indicators.standardised_ratio import StandardisedRatio
from geomap.statistics.standardisation import ESP2013, fay_feuer
from tests.statistics.published import told
from tests.toy import drawn, layer, methodology, sources

PLACES = dict(zip(("testdata_big", "testdata_small", "testdata_tiny"), ("castle", "market", "mill"), strict=True))
WORDS = {"layer": "cases", "events": ["count"], "bands": ["ageband"], "per": {"layer": "people", "field": "pop"}}
BY_AGE = """ward    | age   | people
            castle  | young | 1000
            castle  | old   | 1000
            market  | young | 3000
            market  | old   | 1000"""


def workbook(which: str):
    """The three areas of a workbook as three wards, their events and people by age."""
    frame = pd.DataFrame(told("rates_phe")[which]).assign(ward=lambda rows: rows["area"].map(PLACES))
    frame = frame.fillna({"count": 0.0, "pop": 1.0 if which == "dsr_input" else 0.0})
    return sources(layer("cases", frame[["ward", "ageband", "count"]]), layer("people", frame[["ward", "ageband", "pop"]])), frame


def finished(measure, city, level="wards"):
    """The estimates with nothing withheld."""
    return measure.finish(measure.observe(city, level))


def records(young: int, old: int, *, unknown: int = 0, **said):
    """Recorded events of castle, ten young and ten old ones of market, and who lives there."""
    rows = [("castle", "young")] * young + [("castle", "old")] * old + [("castle", None)] * unknown
    rows += [("market", "young")] * 10 + [("market", "old")] * 10
    return sources(layer("cases", pd.DataFrame(rows, columns=["ward", "age"]), kind="incidents", **said), layer("people", drawn(BY_AGE)))


RATIO = StandardisedRatio.read({"layer": "cases", "bands": ["age"], "per": {"layer": "people", "field": "people"}}, where="ratio")
BY_STANDARD = StandardisedRatio.read({**RATIO.model_dump(), "standard": {"young": 0.1, "old": 0.2}}, where="ratio")


def test_the_direct_rate_is_that_of_the_workbook():
    """With the European Standard Population: rate and limits as OHID has them, and none for nine events."""
    city, frame = workbook("dsr_input")
    ages = frame["ageband"].drop_duplicates()
    standard = dict(zip(ages, map(float, ESP2013), strict=True))
    rate = StandardisedRate.read({**WORDS, "standard": standard, "scale": 10_000, "interval": "byar"}, where="rate")
    found = finished(rate, city)
    for row in told("rates_phe")["dsr"][:3]:
        place = found.loc[PLACES[row["area"]]]
        if row["value"] is None:
            assert np.isnan(place["value"])
            assert place["status"] == "missing"
        else:
            expected = [row["value"], row["lower95_0cl"], row["upper95_0cl"]]
            assert place[["value", "low", "high"]].tolist() == pytest.approx(expected, rel=1e-7)


def test_the_direct_rate_has_a_gamma_interval_unless_asked_otherwise():
    """Fay and Feuer's, against the city's own people."""
    city, frame = workbook("dsr_input")
    found = finished(StandardisedRate.read({**WORDS, "scale": 1.0}, where="rate"), city).loc["castle"]
    tables = [frame.pivot_table(index="ward", columns="ageband", values=name, sort=False) for name in ("count", "pop")]
    direct = fay_feuer(tables[0].loc["castle"], tables[1].loc["castle"], tables[1].sum())
    assert found[["value", "low", "high"]].tolist() == pytest.approx([float(side) for side in (direct.rate, direct.low, direct.high)])


def test_the_ratio_is_that_of_the_workbook():
    """With the rates of a reference population: observed over expected, with Byar's limits."""
    city, frame = workbook("isr_input")
    first = frame.drop_duplicates("ageband").set_index("ageband")
    standard = (first["refcount"] / first["refpop"]).to_dict()
    found = finished(StandardisedRatio.read({**WORDS, "standard": standard, "scale": 1.0, "interval": "byar"}, where="ratio"), city)
    for row in told("rates_phe")["isr"][:3]:
        expected = [row[name] / row["ref_rate"] for name in ("value", "lower95_0cl", "upper95_0cl")]
        assert found.loc[PLACES[row["area"]], ["value", "low", "high"]].tolist() == pytest.approx(expected, rel=1e-7)


def test_the_citys_own_rates_expect_as_many_as_there_were():
    """40 events: young 20 of 4,000, old 20 of 2,000; castle is due 15, market 25, in all 40."""
    found = finished(RATIO, records(10, 10))
    assert found.loc["castle", "value"] == pytest.approx(100 * 20 / 15)
    assert found.loc["market", "value"] == pytest.approx(100 * 20 / 25)


def test_events_of_unknown_age_are_expected_as_the_others():
    """Ten more without an age: all that is expected grows to 50, so castle is due 18.75."""
    found = finished(RATIO, records(10, 10, unknown=10))
    assert found.loc["castle", "value"] == pytest.approx(100 * 30 / 18.75)


def test_bands_of_few_events_share_a_rate():
    """One old one makes no rate: all have the same, so only sizes count."""
    rows = [("castle", "young")] * 12 + [("market", "old")]
    city = sources(layer("cases", pd.DataFrame(rows, columns=["ward", "age"]), kind="incidents"), layer("people", drawn(BY_AGE)))
    assert finished(RATIO, city).loc["castle", "value"] == pytest.approx(100 * 12 / (13 * 2000 / 6000))


def test_a_withheld_count_changes_nothing_of_its_own_ratio():
    """Castle's count is withheld: its ratio is not told, only the band that 1 to 4 of the 300 expected are."""
    seen = let_out(BY_STANDARD.observe(records(2, 1, sensitivity="counts"), "wards"), "counts", Rule(5, 5))
    castle = BY_STANDARD.finish(seen).loc["castle"]
    assert castle["status"] == "suppressed"
    assert np.isnan(castle["value"])
    assert castle[["low", "high"]].tolist() == pytest.approx([100 / 300, 400 / 300])


@pytest.mark.parametrize("rule", ["threshold-5", "ons-10-5"])
def test_withheld_counts_change_no_ratio_of_the_others(rule):
    """One or four in castle: the expected numbers are those of the standard, whoever is withheld."""
    one = methodology({"id": "ratio", "measure": BY_STANDARD.model_dump()}).indicator[0]
    tables = [
        estimate(one, records(young, old, sensitivity="counts"), "wards", Rule(5, 5, PRESETS[rule])).table
        for young, old in ((1, 0), (2, 2))
    ]
    pd.testing.assert_frame_equal(*tables)


def test_the_citys_own_rates_of_people_are_refused():
    """What is expected of all places adds up to all events, so those of one place that is withheld are all less the shown ones."""
    with pytest.raises(DisclosureError, match="Give the rates of a standard"):
        RATIO.observe(records(10, 10, sensitivity="counts"), "wards")


def test_a_direct_rate_of_people_is_refused_with_the_other_way():
    """Counts by age could be worked out from it."""
    rate = StandardisedRate.read({"layer": "cases", "bands": ["age"], "per": {"layer": "people", "field": "people"}}, where="rate")
    with pytest.raises(DisclosureError, match="standardised_ratio"):
        rate.observe(records(10, 10, sensitivity="counts"), "wards")


def test_bands_are_worded_alike():
    """An age nobody has is a fault, and so is a standard for other ages."""
    with pytest.raises(LayerError, match="Word the bands alike"):
        RATIO.observe(sources(layer("cases", "ward | age\n castle | ancient", kind="incidents"), layer("people", drawn(BY_AGE))), "wards")
    odd = StandardisedRatio.read({**RATIO.model_dump(), "standard": {"young": 0.1}}, where="ratio")
    with pytest.raises(MethodologyError, match="Write one for each"):
        odd.observe(records(1, 1), "wards")
