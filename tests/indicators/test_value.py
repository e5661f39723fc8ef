"""Numbers a source already gives per place."""

import pytest

from geomap.errors import DisclosureError, LayerError, MethodologyError
from geomap.indicators.value import Value
from tests.toy import layer, residents, sources

SCORES = """ward    | score
            --------+------
            castle  |    10
            market  |    40
            harbour |    20
            mill    |    30
            station |    50"""
VALUE = Value.read({"layer": "scores", "field": "score", "mean_by": {"layer": "residents", "field": "people"}}, where="value")


def finished(value, *layers, level="wards"):
    """The estimates of *value*."""
    return value.finish(value.observe(sources(*layers, residents()), level))


def test_a_value_is_what_the_source_gives():
    """Every value as it stands; a place that is not listed is missing."""
    found = finished(VALUE, layer("scores", SCORES))
    assert found.loc["castle", "value"] == 10
    assert found.loc["park", "status"] == "missing"


def test_a_larger_place_shows_the_mean_weighted_by_people():
    """The upper district: (10 × 1,000 + 40 × 2,000) / 3,000 = 30; nobody lives in the park."""
    assert finished(VALUE, layer("scores", SCORES), level="districts").loc["up", "value"] == pytest.approx(30)


def test_a_mean_over_some_of_its_parts_says_so():
    """Without the mill's score the district's mean is over the others, and flagged."""
    found = finished(VALUE, layer("scores", "ward | score\n harbour | 20\n station | 50"), level="districts").loc["down"]
    assert found["value"] == pytest.approx((20 * 4 + 50 * 10) / 14)
    assert found["flags"] == "mean over the parts that have a value"


def test_a_mean_needs_weights():
    """Without weights a mean over larger places would be a guess, so it is refused."""
    bare = Value.read({"layer": "scores", "field": "score"}, where="value")
    with pytest.raises(MethodologyError, match="need mean_by"):
        finished(bare, layer("scores", SCORES), level="districts")


def test_a_smaller_place_shows_its_parents_value_only_when_asked():
    """Trust by district: refused by ward unless coarser = show, and then labelled."""
    trust = layer("scores", "district | score\n up | 60\n down | 40", places={"boundaries": "districts", "field": "district"})
    with pytest.raises(MethodologyError, match='coarser = "show"'):
        finished(VALUE, trust)
    shown = finished(Value.read({**VALUE.model_dump(), "coarser": "show"}, where="value"), trust)
    assert shown.loc[["castle", "mill"], "value"].tolist() == [60, 40]
    assert shown.loc["castle", "flags"] == "value of its district"


def test_two_rows_for_a_place_are_refused():
    """A value is one row a place; two are an error that names the place."""
    with pytest.raises(LayerError, match=r"more than one row for \['castle'\]"):
        finished(VALUE, layer("scores", "ward | score\n castle | 1\n castle | 2"))


def test_a_proportion_among_so_many_answers_has_wilsons_interval():
    """A share of .5 among 100 answers lies between 40.4 % and 59.6 %."""
    value = Value.read({"layer": "scores", "field": "score", "answers": 100, "scale": 100.0}, where="value")
    castle = finished(value, layer("scores", "ward | score\n castle | 0.5")).loc["castle"]
    assert castle[["value", "low", "high", "n"]].tolist() == pytest.approx([50, 40.38, 59.62, 100], abs=0.01)


def test_people_who_are_withheld_weigh_no_mean():
    """A mean of two known values tells the weights of both."""
    guarded = layer("residents", "ward | people\n castle | 2\n market | 9", sensitivity="counts")
    with pytest.raises(DisclosureError, match="mean_by"):
        VALUE.observe(sources(layer("scores", "ward | score\n castle | 10\n market | 20"), guarded), "districts")
