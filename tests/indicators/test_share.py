"""Shares of counted wholes, with the interval that chance alone would give."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.estimate import estimate
from geomap.disclosure.gate import Rule
from geomap.errors import DisclosureError, MethodologyError
from geomap.indicators.share import Share
from tests.toy import layer, methodology, residents, sources

HOUSEHOLDS = """ward    | poor | all
                --------+------+-----
                castle  |   50 | 200
                market  |   30 | 100
                park    |    0 |   0
                harbour |      | 100
                mill    |    5 |  50"""
SHARE = Share.read({"layer": "households", "part": ["poor"], "whole": ["all"]}, where="share")


def finished(share, *layers, level="wards"):
    """The estimates of *share* with nothing withheld."""
    return share.finish(share.observe(sources(*layers, residents()), level))


def test_a_share_is_part_of_whole_in_per_cent():
    """50 of 200 households are 25 %."""
    found = finished(SHARE, layer("households", HOUSEHOLDS))
    assert found["value"].dropna().to_dict() == {"castle": 25.0, "market": 30.0, "mill": 10.0}


def test_unknown_parts_and_empty_wholes_are_missing():
    """No cell, no household, no row: three reasons, none of them 0 %."""
    found = finished(SHARE, layer("households", HOUSEHOLDS)).loc[["park", "harbour", "station"]]
    assert found["status"].eq("missing").all()
    assert found["value"].isna().all()


def test_the_interval_is_wilsons():
    """Wilson's limits of 50 in 200 (Wilson 1927): 19.5 % to 31.4 %."""
    castle = finished(SHARE, layer("households", HOUSEHOLDS)).loc["castle"]
    z, n, p = 1.959963984540054, 200, 0.25
    middle, half = (p + z * z / (2 * n)) / (1 + z * z / n), z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    assert castle[["low", "high"]].tolist() == pytest.approx([100 * (middle - half), 100 * (middle + half)])


def test_a_count_may_be_taken_as_exact():
    """With interval = none the share has no doubt of its own."""
    exact = Share.read({**SHARE.model_dump(), "interval": "none"}, where="share")
    castle = finished(exact, layer("households", HOUSEHOLDS)).loc["castle"]
    assert castle["low"] == castle["high"] == castle["value"] == 25.0


def test_a_larger_place_adds_up_before_it_divides():
    """The upper district: 80 of 300 households, not the mean of the shares."""
    found = finished(SHARE, layer("households", HOUSEHOLDS), level="districts")
    assert found.loc["up", "value"] == pytest.approx(100 * 80 / 300)


def test_a_district_with_an_unknown_ward_is_unknown():
    """The lower district has a ward whose count nobody knows, so its share is missing."""
    assert finished(SHARE, layer("households", HOUSEHOLDS), level="districts").loc["down", "status"] == "missing"


def test_the_whole_may_stand_in_another_layer():
    """Members per resident: 100 of 1,000."""
    clubs = layer("clubs", "ward | members\n castle | 100")
    share = Share.read({"layer": "clubs", "part": ["members"], "per": {"layer": "residents", "field": "people"}}, where="share")
    assert finished(share, clubs).loc["castle", "value"] == 10.0


def test_a_part_carried_over_never_exceeds_its_whole():
    """120 of 100 after a lookup is 100 %, with limits inside 0 and 100."""
    odd = layer("households", "ward | poor | all\n castle | 120 | 100")
    castle = finished(SHARE, odd).loc["castle"]
    assert castle["value"] == 100.0
    assert castle["high"] <= 100.0 + 1e-9


@pytest.mark.parametrize("given", [{}, {"whole": ["all"], "per": {"layer": "residents", "field": "people"}}])
def test_a_share_needs_exactly_one_whole(given):
    """Neither no whole nor two."""
    with pytest.raises(MethodologyError, match="give either whole"):
        Share.read({"layer": "households", "part": ["poor"], **given}, where="share", error=MethodologyError)


@pytest.mark.parametrize("level", ["wards", "districts"])
def test_a_whole_of_few_people_is_told_by_no_part(level):
    """Nobody of two, one of four, all three: the same table and the same words, so that neither the part nor the whole is told."""
    tables, notes = [], []
    for part, whole in ((0, 2), (1, 4), (3, 3)):
        few = layer("households", HOUSEHOLDS + f"\n station | {part} | {whole}", sensitivity="counts")
        found = estimate(
            methodology({"id": "poor", "measure": SHARE.model_dump()}).indicator[0], sources(few, residents()), level, Rule(5, 5)
        )
        tables.append(found.table)
        notes.append(found.notes)
    for other in tables[1:]:
        pd.testing.assert_frame_equal(tables[0], other)
    assert notes[0] == notes[1] == notes[2]
    if level == "wards":
        station = tables[0].loc["station"]
        assert station[["value", "low", "high", "n", "used"]].isna().all()
        assert (station["status"], station["flags"]) == ("suppressed", "withheld: a share of fewer than 5 in all")
        assert "1 place(s) have fewer than 5 in all; their shares are withheld." in notes[0]


def test_a_whole_of_a_layer_about_people_is_refused():
    """What is counted against goes through no gate."""
    share = Share.read({"layer": "clubs", "part": ["members"], "per": {"layer": "households", "field": "all"}}, where="share")
    with pytest.raises(DisclosureError, match=r"per, mean_by or people: all. reads the layer 'households'.*Name an open layer"):
        finished(share, layer("clubs", "ward | members\n castle | 100"), layer("households", HOUSEHOLDS, sensitivity="counts"))
