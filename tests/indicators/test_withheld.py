"""A count that its source withholds within limits is carried as those limits: neither missing, nor zero, nor a number."""

from dataclasses import replace

import pytest

from geomap.datapackage.package import Resource
from geomap.datapackage.tables import read_csv
from geomap.disclosure.gate import Rule, let_out, roll_up
from geomap.disclosure.rules import PRESETS
from geomap.indicators.rate import Rate
from geomap.indicators.share import Share
from tests.toy import layer, residents, sources

CSV = """ward,cases,others,all
castle,<5,10,200
market,*,10,100
park,0,0,50
harbour,,3,100
mill,<11,2,50
station,40,1,<5
"""
SHARE = Share.read({"layer": "cases", "part": ["cases"], "whole": ["all"]}, where="share")
BOTH = Share.read({"layer": "cases", "part": ["cases", "others"], "whole": ["all"]}, where="share")
RATE = Rate.read({"layer": "cases", "events": ["cases"], "per": {"layer": "residents", "field": "people"}}, where="rate")
RULE = Rule(threshold=5, survey_base=30)


@pytest.fixture
def cases(tmp_path):
    """The table above, as a layer reads it."""
    (tmp_path / "cases.csv").write_text(CSV)
    fields = [{"name": "ward", "type": "string"}, *({"name": name, "type": "integer"} for name in ("cases", "others", "all"))]
    resource = {"name": "d", "path": "cases.csv", "format": "csv", "schema": {"fields": fields}, "geomap:suppressed": ["<5", "<11", "*"]}
    table = read_csv(tmp_path / "cases.csv", Resource.read(resource, where="d"))
    return replace(layer("cases", table.frame), suppressed=table.suppressed, bounds=table.bounds)


def seen(measure, cases, sensitivity="counts", rule=RULE):
    """What is published of a measure."""
    observed = measure.observe(sources(cases, residents()), "wards")
    return measure.finish(let_out(observed, sensitivity, rule))


@pytest.mark.parametrize("sensitivity", ["counts", "open"])
def test_limits_and_status_are_carried_and_no_value(cases, sensitivity):
    """<5 of 200 is 0.5 % to 2 %; * says nothing; 0 is a number; a blank is missing."""
    found = seen(SHARE, cases, sensitivity)
    assert found.loc["park", ["status", "value"]].tolist() == ["value", 0.0]
    assert found.loc[["castle", "market", "mill"], "status"].eq("suppressed").all()
    assert found.loc["harbour", "status"] == "missing"
    assert found.loc[["castle", "market", "mill"], ["value", "n"]].isna().all().all()
    assert found.loc["castle", ["low", "high"]].tolist() == pytest.approx([0.5, 2.0])
    assert found.loc["mill", ["low", "high"]].tolist() == pytest.approx([2.0, 20.0])
    assert found.loc["castle", "used"] == pytest.approx(100 * 2.5 / 200)
    assert found.loc["market", ["low", "high", "used"]].isna().all()


def test_a_denominator_that_is_withheld_gives_no_share(cases):
    """40 of fewer than 5 cannot be told."""
    assert seen(SHARE, cases).loc["station", "status"] == "suppressed"
    assert seen(SHARE, cases).loc["station", ["low", "high", "used"]].isna().all()


def test_columns_that_are_added_up_carry_the_limits_of_one(cases):
    """10 and 1 to 4 are 11 to 14."""
    found = seen(BOTH, cases).loc["castle"]
    assert found["status"] == "suppressed"
    assert found[["low", "high"]].tolist() == pytest.approx([100 * 11 / 200, 100 * 14 / 200])


def test_a_rate_carries_them_too(cases):
    """Of its residents."""
    found = seen(RATE, cases).loc["castle"]
    assert found["status"] == "suppressed"
    assert found["low"] * 4 == pytest.approx(found["high"])


@pytest.mark.parametrize(("preset", "castle"), [("ons-10-5", (1, 9)), ("nhs-1-7-5", (1, 7)), ("threshold-5", (1, 4))])
def test_no_finer_band_is_told_than_the_rule_allows(cases, preset, castle):
    """The source says 1 to 4; the edition's own rule may say less."""
    rule = Rule(5, 30, counts=PRESETS[preset])
    found = seen(SHARE, cases, rule=rule).loc["castle"]
    assert found[["low", "high"]].tolist() == pytest.approx([castle[0] / 2, castle[1] / 2])
    assert found["status"] == "suppressed"


def test_what_the_source_withholds_is_in_the_larger_place_at_the_middle_of_its_band(cases):
    """Flagged, and with its width."""
    here = sources(cases, residents())
    published = let_out(SHARE.observe(here, "wards"), "counts", RULE)
    frame = roll_up(published, here.atlas.route("wards", "districts"), here.atlas["districts"].codes).frame
    assert frame["half"].max() >= 1.5
    assert frame["flags"].str.contains("withheld count").any()
