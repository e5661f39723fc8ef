"""Rates smoothed after the gate, and intervals that can be chosen."""

import numpy as np
import pytest

from geomap.assessment.journey import assess
from geomap.disclosure.gate import Rule, let_out
from geomap.errors import MethodologyError
from geomap.indicators.rate import Rate
from geomap.statistics.bym2 import bym2
from geomap.statistics.intervals import ohid_interval
from geomap.statistics.shrinkage import marshall
from tests.statistics.published import adjacency, told
from tests.toy import layer, methodology, residents, sources

COUNTS = "ward | number\n castle | {castle}\n market | 12\n park | 0\n harbour | 8\n mill | 5\n station | 30"
EVENTS, PEOPLE = np.array([20.0, 8, 12, 5, 30]), np.array([1000.0, 4000, 2000, 5000, 10_000])  # castle, harbour, market, mill, station
SHOWN = ["castle", "harbour", "market", "mill", "station"]
WORDS = {"measure": "rate", "layer": "counts", "events": ["number"], "per": {"layer": "residents", "field": "people"}}


def at(castle: int = 20, sensitivity: str = "open"):
    """The toy city with so many events in the castle."""
    return sources(layer("counts", COUNTS.format(castle=castle), sensitivity=sensitivity), residents())


def finished(castle: int = 20, *, below: int = 0, **words):
    """The rates, after the gate where a threshold is given."""
    rate, city = Rate.read({**{k: v for k, v in WORDS.items() if k != "measure"}, **words}, where="rate"), at(castle)
    observed = rate.observe(city, "wards")
    seen = let_out(observed, "counts" if below else "open", Rule(below, 5))
    return rate.finish(type(seen)(seen.frame, seen.guard, seen.notes, city.atlas["wards"]))


def test_byars_interval_can_be_chosen():
    """Exact below ten events, Byar's from ten on, as OHID's workbooks have them."""
    low, high = ohid_interval(EVENTS)
    found = finished(interval="byar").loc[SHOWN]
    assert found["low"].to_numpy() == pytest.approx(low / PEOPLE * 1000)
    assert found["high"].to_numpy() == pytest.approx(high / PEOPLE * 1000)


@pytest.mark.parametrize("row", range(4))
def test_the_limits_are_those_of_the_workbook(row):
    """Rates of the workbook of OHID, lower and upper limits."""
    case = [one for one in told("rates_phe")["rate"] if one["value"] is not None][row]
    counts = layer("counts", f"ward | number\n castle | {case['Numerator']}")
    people = layer("residents", f"ward | people\n castle | {case['Denominator']}")
    rate = Rate.read({**{k: v for k, v in WORDS.items() if k != "measure"}, "interval": "byar"}, where="rate")
    found = rate.finish(rate.observe(sources(counts, people), "wards")).loc["castle"]
    scale = case["value"] / found["value"]
    assert [found["low"] * scale, found["high"] * scale] == pytest.approx([case["lower95_0cl"], case["upper95_0cl"]], rel=1e-6)


def test_empirical_bayes_is_marshalls_and_bare():
    """Values are drawn to the city's rate; none has an interval, and the park has no number."""
    found = finished(smooth="empirical_bayes")
    assert found.loc[SHOWN, "value"].to_numpy() == pytest.approx(marshall(EVENTS, PEOPLE)[0] * 1000)
    assert found[["low", "high"]].isna().all(axis=None)
    assert found.loc["park", "status"] == "missing"


def test_an_edition_shows_empirical_bayes_without_an_interval():
    """The assumed error feeds scores alone, and a sentence says so."""
    one = {"id": "hate", "measure": {**WORDS, "smooth": "empirical_bayes"}}
    found = assess(at(), methodology(one), "wards").assessment
    assert found.numbers["hate"]["low"].isna().all()
    assert found.numbers["risk"].loc["castle", "high"] > found.numbers["risk"].loc["castle", "low"]
    assert any("none is shown" in note for note in found.node("hate").caveats)


def test_bym2_goes_by_the_neighbours():
    """The same as BYM2 on the six squares without the park, whose walls meet as drawn."""
    found = finished(smooth="bym2").loc[SHOWN]
    near = adjacency([[2, 3, 4], [1, 3, 4], [1, 2, 4, 5], [1, 2, 3, 5], [3, 4]])
    rate = EVENTS.sum() / PEOPLE.sum()
    direct = bym2(EVENTS, PEOPLE * rate, near)
    assert found["value"].to_numpy() == pytest.approx(direct.risk * rate * 1000)
    assert found["low"].to_numpy() == pytest.approx(direct.low * rate * 1000)
    assert (found["low"] < found["value"]).all()


@pytest.mark.parametrize("smooth", ["empirical_bayes", "bym2"])
def test_a_withheld_count_is_behind_no_smoothed_number(smooth):
    """Two or four events in the castle: to the last bit the same numbers everywhere, and none shown for the castle."""
    two, four = (finished(castle, below=5, smooth=smooth) for castle in (2, 4))
    assert two.equals(four)
    assert two.loc["castle", "status"] == "suppressed"
    assert np.isnan(two.loc["castle", "value"])


def test_too_few_places_are_not_smoothed():
    """Two districts cannot say how much places vary."""
    rate = Rate.read({**{k: v for k, v in WORDS.items() if k != "measure"}, "smooth": "empirical_bayes"}, where="rate")
    with pytest.raises(MethodologyError, match="too few to smooth"):
        rate.finish(rate.observe(at(), "districts"))
