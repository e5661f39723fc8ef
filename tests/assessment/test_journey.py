"""From layers to an assessment, in the toy city and in the demonstration city."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.journey import assess
from geomap.errors import MethodologyError
from tests.toy import layer, methodology, residents, sources

SCORES = """ward    | year | score
            --------+------+------
            castle  | 2024 |     0
            market  | 2024 |    10
            harbour | 2024 |    20
            mill    | 2024 |    30
            station | 2024 |    40
            castle  | 2025 |    40
            market  | 2025 |    10
            harbour | 2025 |    20
            mill    | 2025 |
            station | 2025 |    80"""
STRAIN = {
    "id": "score",
    "measure": {"measure": "value", "layer": "scores", "field": "score", "mean_by": {"layer": "residents", "field": "people"}},
}
HEADING = {"name": "toy", "title": "Toy city", "version": "1", "period": "2025", "baseline": "2024", "levels": ["wards", "districts"]}


def scores() -> pd.DataFrame:
    """Scores of two years."""
    return layer("scores", SCORES, period_field="year")


def assessed(*indicators, level="wards", **changed):
    """The toy city's assessment."""
    return assess(sources(scores(), residents()), methodology(*indicators, **{"methodology": HEADING, **changed}), level)


def test_the_scale_is_that_of_the_baseline():
    """In 2024 scores ran from 0 to 40, so in 2025 a 40 scores 10, a 10 scores 2.5 and an 80 is beyond the ruler."""
    found = assessed(STRAIN)
    risk = found.assessment.numbers["risk"]["value"]
    assert risk.dropna().to_dict() == {"castle": 10.0, "market": 2.5, "harbour": 5.0, "station": 10.0}
    assert found.scale.as_record() == {"score": {"low": 0.0, "high": 40.0}}
    assert found.clipped == {"score": 1}


def test_a_place_without_a_number_has_no_score_and_no_rank():
    """The mill's score is unknown and the park is not listed: missing, all the way up."""
    numbers = assessed(STRAIN).assessment.numbers
    for node in ("score", "strain", "risk"):
        assert numbers[node].loc[["mill", "park"], "status"].eq("missing").all()
        assert numbers[node].loc[["mill", "park"], "value"].isna().all()
    assert numbers["risk"].loc[["mill", "park"], ["rank", "rank_low", "rank_high"]].isna().all(axis=None)


def test_the_baseline_is_remembered_where_it_can_be_compared():
    """Castle rose from 0 to 10; the mill has no number this year, so nothing is said of its change."""
    previous = assessed(STRAIN).assessment.numbers["risk"]["previous"]
    assert previous["castle"] == 0.0
    assert np.isnan(previous["mill"])


def test_a_number_without_an_error_gets_a_declared_one():
    """Half a point of ten on a ruler of 40 is ±2, said in the caveats; so ranks do not look certain."""
    found = assessed(STRAIN).assessment
    assert found.numbers["score"].loc["market", ["low", "high"]].tolist() == [8.0, 12.0]
    assert any("publishes no error" in caveat for caveat in found.node("score").caveats)


def test_every_score_lies_in_its_interval_and_every_rank_in_its_set():
    """A number outside its own interval would be absurd."""
    table = assessed(STRAIN).assessment.numbers["risk"].dropna()
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()
    assert ((table["rank_low"] <= table["rank"]) & (table["rank"] <= table["rank_high"])).all()


def test_the_caveats_of_a_layer_travel_with_its_number():
    """Who is missing and what could be misread stand with the indicator; what it is not stands with all of it."""
    found = assessed(STRAIN).assessment
    assert {"The scores leave somebody out.", "The scores can mislead."} <= set(found.node("score").caveats)
    assert any("association" in caveat for caveat in found.caveats)
    assert any("not the people who live in them" in caveat for caveat in found.caveats)


def test_a_level_without_an_indicator_is_refused():
    """A map with nothing on it helps nobody."""
    with pytest.raises(MethodologyError, match="No indicator applies at the level 'districts'"):
        assessed({**STRAIN, "levels": ["wards"]}, level="districts")


def test_a_restricted_layer_is_in_no_edition_of_partners():
    """The tier of a layer bounds where its numbers may go."""
    secret = layer("scores", SCORES, period_field="year", tier="restricted")
    with pytest.raises(MethodologyError, match="which is restricted and may not be in a partners edition"):
        assess(sources(secret, residents()), methodology(STRAIN, methodology=HEADING), "wards")


def test_a_missing_rule_that_propagates_makes_the_domain_missing():
    """With two indicators and one unknown, propagate says nothing and renormalise says what is left."""
    half = {
        **STRAIN,
        "id": "half",
        "measure": {"measure": "rate", "layer": "events", "events": ["n"], "per": {"layer": "residents", "field": "people"}},
    }
    events = layer("events", "ward | n\n market | 5\n harbour | 8\n station | 9")
    where = sources(scores(), residents(), events)
    base = {**HEADING, "baseline": "2025"}
    strict, loose = (
        assess(
            where, methodology(STRAIN, half, methodology=base, missing={"rule": rule, "reason": "Because."}), "wards"
        ).assessment.numbers["strain"]
        for rule in ("propagate", "renormalise")
    )
    assert strict.loc["castle", "status"] == "missing"
    assert loose.loc["castle", ["status", "present"]].tolist() == ["value", 0.5]


def test_the_same_seed_gives_the_same_assessment_and_another_seed_another():
    """Rebuilding is exact; the seed is a choice, not the clock."""
    rate = {
        "id": "events",
        "measure": {"measure": "rate", "layer": "events", "events": ["n"], "per": {"layer": "residents", "field": "people"}},
    }
    where = sources(residents(), layer("events", "ward | n\n castle | 6\n market | 5\n harbour | 8\n mill | 7\n station | 9"))
    one, two, three = (
        assess(where, methodology(rate, uncertainty={"draws": 100, "seed": seed}), "wards").assessment.numbers["risk"] for seed in (1, 1, 2)
    )
    pd.testing.assert_frame_equal(one, two)
    assert not one["low"].equals(three["low"])


WIDE = {"method": "fixed", "low": 0, "high": 1000, "reason": "Because."}


def test_places_that_cannot_be_told_apart_are_said_so():
    """With so much doubt that every difference could be chance, the first caveat says it; with little, nothing is said."""
    first, other = (
        assessed(STRAIN, scale=WIDE, uncertainty={"draws": 200, "seed": 1, "unknown_error": points}).assessment.node("risk").caveats
        for points in (2.0, 0.01)
    )
    assert "cannot be told apart" in first[0]
    assert not any("cannot be told apart" in caveat for caveat in other)
