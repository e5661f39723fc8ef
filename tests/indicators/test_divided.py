"""Counts of people carried from places that were divided are whole numbers: the fraction told how many there were in the divided place."""

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.assessment.estimate import Estimate, estimate
from geomap.assessment.journey import assess
from geomap.boundaries.crosswalk import Crosswalk
from geomap.disclosure.ledger import Ledger, Release
from geomap.errors import DisclosureError
from geomap.indicators.bring import IN_WHOLE, in_whole
from geomap.workspace.publish import demand_silent
from geomap.workspace.release import release_of
from tests.toy import layer, methodology, residents, sources
from tests.workspace.test_release import City

WALK = Crosswalk(
    "beats",
    "wards",
    pd.DataFrame(
        [("b1", "castle", 0.6371), ("b1", "market", 0.3629), *((f"b{at}", ward, 1.0) for at, ward in enumerate(("castle", "market", "park", "harbour", "mill", "station"), 2))],
        columns=["origin", "place", "share"],
    ),
    "by area",
)  # fmt: skip
BEATS = {"b1": 2, "b2": 10, "b3": 12, "b4": 9, "b5": 8, "b6": 20, "b7": 30}
PER = {"layer": "residents", "field": "people"}
RATE = {"measure": "rate", "layer": "crime", "per": PER}
BY_BEAT = {"boundaries": "beats", "field": "beat"}


def crimes(sensitivity: str = "counts", **beats: int):
    """So many crimes in each beat, half of them in 2024, of two kinds in turns."""
    counts = BEATS | beats
    rows = [(beat, 2024 + one % 2, ("theft", "arson")[one // 2 % 2]) for beat, count in counts.items() for one in range(count)]
    frame = pd.DataFrame(rows, columns=["beat", "year", "kind"])
    return layer("crime", frame, kind="incidents", sensitivity=sensitivity, places=BY_BEAT)


def school(sensitivity: str = "counts", *, absent: dict[str, float], pupils: dict[str, float]):
    """Absent pupils by beat."""
    frame = pd.DataFrame({"beat": list(BEATS), "pupils": 100.0, "absent": 50.0}).set_index("beat")
    frame.loc[list(absent), "absent"] = list(absent.values())
    frame.loc[list(pupils), "pupils"] = list(pupils.values())
    return layer("school", frame.reset_index(), sensitivity=sensitivity, places=BY_BEAT)


def estimated(measure: dict[str, Any], *layers: Any, level: str = "wards") -> Estimate:
    """What may be published of *measure*."""
    recipe = methodology({"id": "one", "measure": measure})
    return estimate(recipe.indicator[0], sources(*layers, residents(), crosswalks=(WALK,)), level, recipe.disclosure.rule())


def test_the_fraction_of_a_divided_place_is_not_told():
    """10 and 0.6371 × 2 crimes are 11, 12 and 0.3629 × 2 are 13; the rates are made of these, and one sentence says so."""
    found = estimated(RATE, crimes())
    assert found.table["n"][["castle", "market", "park"]].tolist()[:2] == [11, 13]
    assert found.table["value"][["castle", "market"]].tolist() == pytest.approx([11, 6.5])
    assert found.notes.count(IN_WHOLE) == 1
    assert estimated(RATE, crimes(), level="districts").table.loc["up", "n"] == 24


def test_what_is_open_stays_as_it_is():
    """Whoever has published the beats may carry them over as exactly as they like."""
    found = estimated(RATE, crimes("open"))
    assert found.table.loc["castle", "n"] == pytest.approx(11.2742)
    assert IN_WHOLE not in found.notes


def test_what_nobody_divided_stays_as_it_is():
    """Where each beat lies in one ward nothing is rounded, and nothing said."""
    whole = WALK.frame.assign(share=1.0).drop_duplicates("origin")
    recipe = methodology({"id": "one", "measure": RATE})
    found = estimate(
        recipe.indicator[0], sources(crimes(), residents(), crosswalks=(Crosswalk("beats", "wards", whole, "lookup"),)), "wards", recipe.disclosure.rule()
    )  # fmt: skip
    assert IN_WHOLE not in found.notes


@pytest.mark.parametrize("level", ["wards", "districts"])
def test_a_weighted_sum_is_made_of_whole_numbers_of_each_kind(level):
    """Castle: 40 and 0.6371 × 11 thefts are 47, 38 and 0.6371 × 10 arsons 44. Market: 30 and 4 of either; nobody lives in the park."""
    weights = layer("weights", "kind | weight\n theft | 1\n arson | 2")
    measure = {"measure": "severity", "layer": "crime", "per": PER, "weights": {"layer": "weights", "kind": "kind", "weight": "weight"}}
    table = estimated(measure, crimes(b1=21, b2=78, b3=60), weights, level=level).table
    place = {"wards": "castle", "districts": "up"}[level]
    assert table.loc[place, "n"] == {"wards": 91, "districts": 91 + 68}[level]


def test_less_than_one_is_no_true_zero():
    """0.3629 of a crime in the market is a small count, which is withheld; none at all stays a zero."""
    some, none = (estimated(RATE, crimes(b1=count, b3=0)).table.loc["market"] for count in (1, 0))
    assert (some["status"], none["status"]) == ("suppressed", "zero")
    assert none["n"] == 0


@settings(deadline=None, max_examples=12)
@given(divided=st.integers(0, 12))
def test_two_counts_of_a_divided_place_that_round_alike_are_told_alike(divided):
    """Law: everything published, with its notes, is the same for every count of the divided beat that leaves the same whole numbers."""
    carried = [round(10 + 0.6371 * divided), round(12 + 0.3629 * divided)]
    found = estimated(RATE, crimes(b1=divided))
    assert found.table.loc[["castle", "market"], "n"].tolist() == carried
    assert found.notes == estimated(RATE, crimes()).notes


def test_parts_and_wholes_of_people_are_whole_numbers():
    """0.6371 × 41 of 0.6371 × 97 pupils beside 50 of 100: 76 of 162."""
    found = estimated(
        {"measure": "share", "layer": "school", "part": ["absent"], "whole": ["pupils"]}, school(absent={"b1": 41}, pupils={"b1": 97})
    )
    assert found.table.loc["castle", ["n", "value"]].tolist() == pytest.approx([76, 100 * 76 / 162])


def test_all_but_less_than_one_is_not_all():
    """Of 110.2 pupils in the market all but 0.36 were absent: that is not everybody, so it is withheld."""
    few = school(absent={"b1": 27, "b3": 100}, pupils={"b1": 28, "b3": 100})
    found = estimated({"measure": "share", "layer": "school", "part": ["absent"], "whole": ["pupils"]}, few)
    assert found.table.loc["market", "status"] == "suppressed"


def test_years_are_added_up_before_they_are_rounded():
    """One crime in each year: 0.3629 in either are 0.73 of the market, which is 1 and not 2; 12 and 0.73 are 13."""
    dated = crimes()
    whole = layer("crime", dated.table, kind="incidents", sensitivity="counts", places=BY_BEAT, period_field="year", period="2024/2025")
    found = estimated(RATE | {"pool": {"most": 2, "least": 30}}, whole)
    assert found.years == (2024, 2025)
    assert found.table.loc["market", "n"] == 13
    assert found.notes.count(IN_WHOLE) == 1


def test_bands_that_the_source_withholds_have_no_fractions_either():
    """20 arrests and 0.6371 × (1 to 4) more are told as 21 to 23."""
    arrests = layer("arrests", pd.DataFrame({"beat": list(BEATS), "count": [None, *[20.0] * 6]}), sensitivity="counts", places=BY_BEAT)
    mask = pd.isna(arrests.table["count"]).to_numpy()
    ends = np.array([arrests.table["count"]] * 2, dtype=float).T
    ends[mask] = (1.0, 4.0)
    held = type(arrests)(arrests.card, arrests.table, suppressed={"count": mask}, bounds={"count": ends})
    castle = estimated({"measure": "rate", "layer": "arrests", "events": ["count"], "per": PER}, held).table.loc["castle"]
    assert "21–23" in castle["flags"]
    assert castle[["low", "high"]].tolist() == pytest.approx([21, 23])


def released(*indicators: dict[str, Any], name: str = "one", **beats: int) -> Release:
    """What an edition with these indicators publishes of so many crimes in each beat."""
    recipe = methodology(*indicators)
    city = City(recipe, sources(crimes(**beats), residents(), crosswalks=(WALK,)))
    return release_of(city, [assess(city.sources, recipe, level).assessment for level in ("wards", "districts")], name)


CRIME = {"id": "crime", "title": "Crime", "measure": RATE}
MANY = {"b2": 20, "b3": 24, "b4": 20, "b5": 20}


def test_the_ledger_is_told_what_is_published():
    """The castle is entered as exactly 11 crimes, and the edition may leave."""
    release = released(CRIME)
    entries = release.entries[release.entries["boundaries"] == "wards"].set_index("place")
    assert entries.loc["castle", ["low", "high"]].tolist() == [11, 11]
    demand_silent(Ledger(), release)


def test_records_that_came_to_a_divided_place_are_still_too_few_to_tell():
    """Three more crimes in the divided beat: the castle's number tells of two, so the second edition is refused."""
    first = released(CRIME, b1=20, **MANY)
    with pytest.raises(DisclosureError):
        demand_silent(Ledger((first,)), released(CRIME, name="two", b1=23, **MANY))


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=6))
def test_whole_numbers_keep_order_and_are_none_for_none_only(hundredths):
    """Law: less than one away from the count, 0 where it was 0 and nowhere else, and never in another order."""
    counts = pd.Series(sorted(hundredths)) / 100
    told = in_whole(counts)
    assert ((told - counts).abs() < 1).all()
    assert ((told == 0) == (counts == 0)).all()
    assert told.is_monotonic_increasing
