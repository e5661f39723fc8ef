"""What shares and surveys tell of people is entered in the ledger, and an edition that would tell on few of them is refused."""

from dataclasses import dataclass
from typing import Any

import pandas as pd
import pytest

from geomap.assessment.journey import assess
from geomap.disclosure.ledger import Ledger, Release
from geomap.errors import DisclosureError
from geomap.indicators.sources import Sources
from geomap.methodology.recipe import Methodology
from geomap.workspace.publish import demand_silent
from geomap.workspace.release import release_of
from tests.toy import layer, methodology, residents, sources

SCHOOL = """ward    | pupils | absent | expelled
            --------+--------+--------+---------
            castle  |    100 |     12 |        2
            market  |    200 |     30 |       10
            park    |    100 |      9 |        0
            harbour |    150 |     20 |        7
            mill    |    120 |     15 |        3
            station |    300 |     40 |       11"""
WARDS = ("castle", "market", "park", "harbour", "mill", "station")


@dataclass(frozen=True)
class City:
    """As much of a workspace as tells what an edition of it publishes."""

    methodology: Methodology
    sources: Sources


def told(name: str, *indicators: dict[str, Any], survey_base: int = 5, groups: tuple[int, int] = (10, 10)) -> Release:
    """What an edition of the toy city with these indicators publishes."""
    rule = {"threshold": 5, "survey_base": survey_base, "reason": "Because."}
    city = City(methodology(*indicators, disclosure=rule), sources(school(), survey(*groups), residents()))
    found = [assess(city.sources, city.methodology, level).assessment for level in ("wards", "districts")]
    return release_of(city, found, name)


def school():
    """Pupils who are absent often, and who were expelled."""
    return layer("school", SCHOOL, sensitivity="counts")


def survey(young: int, old: int):
    """So many young and so many old who answered in each ward."""
    rows = [(ward, group, 1 + one % 5) for ward in WARDS for group, count in (("young", young), ("old", old)) for one in range(count)]
    return layer(
        "survey", pd.DataFrame(rows, columns=["ward", "group", "trust"]), kind="survey", sensitivity="survey", survey={"mode": "paper"}
    )


def share(*part: str) -> dict[str, Any]:
    """The share of pupils in those columns."""
    return {
        "id": "share",
        "title": "Pupils away",
        "measure": {"measure": "share", "layer": "school", "part": list(part), "whole": ["pupils"]},
    }


def distrust(measure: str = "survey_share", **where: list[str]) -> dict[str, Any]:
    """Distrust among those who are *where*."""
    agree = {"agree": [1, 2]} if measure == "survey_share" else {}
    return {
        "id": "distrust",
        "title": "Distrust",
        "measure": {"measure": measure, "layer": "survey", "question": "trust", "where": where} | agree,
    }


def test_a_share_tells_the_count_it_is_made_of():
    """12 of 100 pupils are absent in the castle."""
    entries = told("one", share("absent")).entries.set_index("place")
    assert entries.loc["castle", ["low", "high", "threshold", "where"]].tolist() == [12, 12, 5, '{"events": ["absent"]}']


def test_a_share_less_a_share_published_before_is_refused():
    """Absent or expelled 14, absent 12: two were expelled in the castle, three in the mill. Neither edition tells that alone."""
    before, after = told("2024 absent", share("absent")), told("2025 away", share("absent", "expelled"))
    demand_silent(Ledger(), before)
    demand_silent(Ledger(), after)
    with pytest.raises(DisclosureError, match=r"of castle.*'2024 absent'.*exactly 2 record"):
        demand_silent(Ledger((before,)), after)


def test_a_share_and_a_rate_of_the_same_people_are_held_together():
    """Whoever takes the rate of the one from the share of both has the same two pupils."""
    per = {"layer": "residents", "field": "people"}
    rate = {"id": "rate", "title": "Absent", "measure": {"measure": "rate", "layer": "school", "events": ["absent"], "per": per}}
    with pytest.raises(DisclosureError, match="earlier publication 'rates'"):
        demand_silent(Ledger((told("rates", rate),)), told("shares", share("absent", "expelled")))


@pytest.mark.parametrize("measure", ["survey_share", "survey_mean"])
def test_everybody_less_one_group_is_the_few_others_who_answered(measure):
    """12 answered in each ward, 8 of them young: the four old ones are under the base of five, and their answers could be worked out."""
    everybody = told("everybody", distrust(measure), groups=(8, 4))
    young = told("the young", distrust(measure, group=["young"]), groups=(8, 4))
    demand_silent(Ledger(), everybody)
    demand_silent(Ledger(), young)
    with pytest.raises(DisclosureError, match=r"earlier publication 'everybody'.*exactly 4 record"):
        demand_silent(Ledger((everybody,)), young)


def test_groups_that_are_large_enough_may_both_be_told():
    """Eight young and eight old, of sixteen."""
    everybody = told("everybody", distrust(), groups=(8, 8))
    demand_silent(Ledger((everybody,)), told("the young", distrust(group=["young"]), groups=(8, 8)))


def test_a_survey_with_wards_that_are_withheld_may_be_published_by_district():
    """Nothing is entered of a ward under the base, whose answers its district may leave out."""
    found = told("few", distrust(), survey_base=15, groups=(4, 4))
    assert set(found.entries["boundaries"]) == {"districts"}
    demand_silent(Ledger(), found)


def test_the_same_edition_again_tells_nothing_more():
    """Shares and surveys as they were."""
    some = (share("absent"), distrust())
    demand_silent(Ledger((told("one", *some),)), told("again", *some))
