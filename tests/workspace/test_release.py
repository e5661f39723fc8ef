"""What shares and surveys tell of people is entered in the ledger, and an edition that would tell on few of them is refused."""

from dataclasses import dataclass, replace
from typing import Any

import pandas as pd
import pytest

from geomap.assessment.journey import assess
from geomap.boundaries.crosswalk import Crosswalk
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
    held: None = None


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
    """12 of 100 pupils are absent in the castle; and the hundred, which twelve and 12 % give."""
    castle = told("one", share("absent")).entries.set_index("place").loc["castle", ["low", "high", "threshold", "where"]]
    assert castle.to_numpy().tolist() == [[12, 12, 5, '{"events": ["absent"]}'], [100, 100, 5, '{"events": ["pupils"]}']]


def test_a_share_less_a_share_published_before_is_refused():
    """Absent or expelled 14, absent 12: two were expelled in the castle, three in the mill. Neither edition tells that alone."""
    before, after = told("2024 absent", share("absent")), told("2025 away", share("absent", "expelled"))
    demand_silent(Ledger(), before)
    demand_silent(Ledger(), after)
    with pytest.raises(DisclosureError, match=r"of castle.*'2024 absent'.*exactly 2 record"):
        demand_silent(Ledger((before,)), after)


def test_the_numbers_of_the_baseline_are_told_too():
    """An edition of 2025 shows those absent in 2024 as its baseline, 12 in the castle; whoever then reads 14 absent or expelled in 2024 has the two who were expelled."""
    later = told_in("2025", "2024", share("absent"))
    entries = later.entries[later.entries["where"].str.contains("absent")]
    of_2024 = entries[entries["until"] == "2024-12-31"].set_index("place")
    assert of_2024.loc["castle", ["low", "high", "since"]].tolist() == [12, 12, "2024-01-01"]
    assert "mill" in of_2024.index  # its three of 2025 are withheld, but its fifteen made the scale, which is told to the last digit
    before = told_in("2024", "2024", share("absent", "expelled"))
    demand_silent(Ledger((before,)), told_in("2025", "2025", share("absent")))


def told_in(period: str, baseline: str, *indicators: dict[str, Any]) -> Release:
    """What an edition of that period publishes of a school of two years; in 2025 three are absent in the mill."""
    years = [school().table.assign(year=year) for year in ("2024", "2025")]
    years[1].loc[years[1]["ward"] == "mill", "absent"] = 3
    both = layer("school", pd.concat(years, ignore_index=True), sensitivity="counts", period_field="year")
    heading = {"name": "toy", "title": "Toy", "version": "1", "period": period, "baseline": baseline, "levels": ["wards", "districts"]}
    rule = {"threshold": 5, "reason": "Because."}
    city = City(methodology(*indicators, methodology=heading, disclosure=rule), sources(both, residents(), period=period))
    return release_of(city, [assess(city.sources, city.methodology, level).assessment for level in ("wards", "districts")], f"of {period}")


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


def test_the_ledger_reads_no_words_of_a_flag():
    """98 of 100 pupils present leaves two: of the castle only the hundred is entered, whatever its flag says in words."""
    table = "ward | pupils | present\n castle | 100 | 98\n market | 200 | 150"
    measure = {"measure": "share", "layer": "school", "part": ["present"], "whole": ["pupils"]}
    city = City(methodology({"id": "share", "measure": measure}), sources(layer("school", table, sensitivity="counts"), residents()))
    found = assess(city.sources, city.methodology, "wards").assessment
    unsaid = replace(found, numbers={name: numbers.assign(flags="") for name, numbers in found.numbers.items() if name == "share"})
    for one in (found, unsaid):
        entries = release_of(city, [one], "one").entries
        assert entries[["place", "low"]].to_numpy().tolist() == [["market", 150], ["castle", 100], ["market", 200]]


def test_of_a_share_of_few_only_is_entered_that_they_are_few():
    """Nobody absent of two pupils: neither a zero nor a band is entered of them, since the edition tells neither; of all pupils that they are one to four."""
    table = "ward | pupils | absent\n castle | 2 | 0\n market | 200 | 20"
    measure = {"measure": "share", "layer": "school", "part": ["absent"], "whole": ["pupils"]}
    city = City(methodology({"id": "share", "measure": measure}), sources(layer("school", table, sensitivity="counts"), residents()))
    found = assess(city.sources, city.methodology, "wards").assessment
    entries = release_of(city, [found], "one").entries
    assert entries[["place", "low", "high"]].to_numpy().tolist() == [["market", 20, 20], ["castle", 1, 4], ["market", 200, 200]]


@pytest.mark.parametrize("whole", [["charged", "cautioned", "dropped"], ["cases"]], ids=["of all three", "of a column that is their sum"])
def test_the_shares_of_one_whole_tell_the_last_part(whole):
    """Of sixty cases in the castle forty were charged and eighteen cautioned; the two that were dropped are withheld, but the whole less the others is they."""
    table = (
        "ward | cases | charged | cautioned | dropped\n castle | 60 | 40 | 18 | 2\n market | 60 | 30 | 20 | 10\n park | 31 | 12 | 9 | 10"
    )
    shares = [
        {"id": one, "measure": {"measure": "share", "layer": "cases", "part": [one], "whole": whole}}
        for one in ("charged", "cautioned", "dropped")
    ]
    city = City(methodology(*shares), sources(layer("cases", table, sensitivity="counts"), residents()))
    found = assess(city.sources, city.methodology, "wards").assessment
    with pytest.raises(DisclosureError, match="of castle"):
        demand_silent(Ledger(), release_of(city, [found], "one"))


@pytest.mark.parametrize("measure", ["rate", "severity"])
def test_numbers_of_districts_alone_are_told_too(measure):
    """By district only: 53 thefts of 55 crimes, both made of what wards may show, leave two robberies in one ward; where wards are shown as well nothing new is entered of districts."""
    kinds = {"castle": (19, 2), "market": (19, 0), "park": (15, 0), "harbour": (30, 9), "mill": (20, 8), "station": (40, 12)}
    rows = [
        (ward, kind) for ward, both in kinds.items() for kind, many in zip(("theft", "robbery"), both, strict=True) for _ in range(many)
    ]
    crimes = layer("crime", pd.DataFrame(rows, columns=["ward", "kind"]), kind="incidents", sensitivity="counts")
    harm = layer("harm", pd.DataFrame({"kind": ["theft", "robbery"], "weight": [1, 9]}), kind="register", places=None)
    per = {"layer": "people", "field": "people"}
    everybody = layer("people", pd.DataFrame({"ward": sorted(kinds), "people": 1_000}))
    asked = {"measure": "rate"} if measure == "rate" else {"measure": "severity", "weights": {"layer": "harm"}}
    thefts = {"id": "thefts", "measure": {"measure": "rate", "layer": "crime", "per": per, "where": {"kind": ["theft"]}}}
    whole = {"id": "all", "measure": {"layer": "crime", "per": per, **asked}}

    open_ = {"id": "people", "measure": {"measure": "value", "layer": "people", "field": "people", "mean_by": per}}

    def released(**levels):
        city = City(methodology(*({**one, **levels} for one in (thefts, whole)), open_), sources(crimes, harm, everybody, residents()))
        return release_of(city, [assess(city.sources, city.methodology, level).assessment for level in ("wards", "districts")], "one")

    districts = released(levels=["districts"])
    assert set(districts.entries["boundaries"]) == {"districts"}
    assert set(released().entries["boundaries"]) == {"wards"}
    if measure == "rate":
        with pytest.raises(DisclosureError, match=r"of up.*exactly 2 record"):
            demand_silent(Ledger(), districts)
    else:
        robberies = districts.entries[districts.entries["where"].str.contains("robbery") & (districts.entries["place"] == "up")]
        assert robberies[["low", "high"]].to_numpy().tolist() == [[1, 4]]


def test_the_same_edition_again_tells_nothing_more():
    """Shares and surveys as they were."""
    some = (share("absent"), distrust())
    demand_silent(Ledger((told("one", *some),)), told("again", *some))


def crimes(**counts: int):
    """Crimes of each ward: *counts* by kind in the castle, elsewhere twenty thefts and ten assaults."""
    elsewhere = {"theft": 20, "assault": 10}
    rows = [(ward, kind) for ward in WARDS for kind, count in (counts if ward == "castle" else elsewhere).items() for _ in range(count)]
    return layer("crimes", pd.DataFrame(rows, columns=["ward", "kind"]), kind="incidents", sensitivity="counts")


def told_of_crimes(name: str, *indicators: dict[str, Any], **counts: int) -> Release:
    """What an edition with these indicators tells of those crimes; the weights are an example."""
    weights = layer("harm", "kind | weight\n homicide | 5000\n assault | 100\n theft | 1", kind="register", places=None)
    city = City(methodology(*indicators), sources(crimes(**counts), weights, residents()))
    return release_of(city, [assess(city.sources, city.methodology, level).assessment for level in ("wards", "districts")], name)


def counted(measure: str, **said: Any) -> dict[str, Any]:
    """An indicator of crimes against residents."""
    return {
        "id": measure,
        "title": measure,
        "measure": {"measure": measure, "layer": "crimes", "per": {"layer": "residents", "field": "people"}} | said,
    }


SEVERITY = counted("severity", weights={"layer": "harm"})


def test_a_weighted_sum_tells_the_count_of_each_kind_and_that_there_is_no_other():
    """Known weights give the counts back: 24 thefts, and of the assaults only the band; no homicide and nothing else."""
    entries = told_of_crimes("one", SEVERITY, theft=24, assault=3).entries
    castle = entries[entries["place"] == "castle"].set_index("where")[["low", "high"]].T.to_dict("list")
    assert castle == {
        '{"kind": ["assault"]}': [1, 4], '{"kind": ["theft"]}': [24, 24], '{"kind": {"not": ["assault", "theft"]}}': [0, 0],
    }  # fmt: skip


def test_a_weighted_sum_of_some_kinds_says_nothing_of_others():
    """With where only those kinds are entered."""
    entries = told_of_crimes("one", counted("severity", weights={"layer": "harm"}, where={"kind": ["theft"]}), theft=24, assault=3).entries
    assert set(entries["where"]) == {'{"kind": ["theft"]}'}


@pytest.mark.parametrize("assaults", [1, 3, 4])
def test_a_weighted_sum_beside_the_rate_of_all_is_refused(assaults):
    """27 crimes less 24 thefts are the withheld assaults, whether both are in one edition or in two, whichever comes first."""
    many = {"theft": 24, "assault": assaults}
    sums, all_of_them = told_of_crimes("sums", SEVERITY, **many), told_of_crimes("rates", counted("rate"), **many)
    demand_silent(Ledger(), sums)
    demand_silent(Ledger(), all_of_them)
    for before, after in ((sums, all_of_them), (all_of_them, sums)):
        with pytest.raises(DisclosureError, match=f"of castle.*earlier publication '{before.name}'.*exactly {assaults} record"):
            demand_silent(Ledger((before,)), after)
    with pytest.raises(DisclosureError, match=r"of castle.*the other numbers of this release"):
        demand_silent(Ledger(), told_of_crimes("both", SEVERITY, counted("rate"), **many))


def test_a_weighted_sum_beside_the_rates_of_its_kinds_tells_nothing_more():
    """Each kind with its own band, as the sum has it."""
    many = {"theft": 24, "assault": 3}
    kinds = [counted("rate", where={"kind": [kind]}) | {"id": kind} for kind in many]
    demand_silent(Ledger((told_of_crimes("kinds", *kinds, **many),)), told_of_crimes("sums", SEVERITY, **many))


def test_a_weighted_sum_of_revised_records_is_refused():
    """The same kinds, published again with one assault more, were revised: the difference is told, and refused."""
    before, after = told_of_crimes("one", SEVERITY, theft=24, assault=8), told_of_crimes("two", SEVERITY, theft=24, assault=9)
    with pytest.raises(DisclosureError, match="published otherwise in 'one'"):
        demand_silent(Ledger((before,)), after)


def test_open_crimes_are_entered_nowhere():
    """What is published elsewhere needs no ledger."""
    city = City(
        methodology(SEVERITY),
        sources(
            layer("crimes", crimes(theft=3).table, kind="incidents"),
            layer("harm", "kind | weight\n assault | 9\n theft | 1", kind="register", places=None),
            residents(),
        ),
    )
    assert release_of(city, [assess(city.sources, city.methodology, "wards").assessment], "open").entries.empty


def test_kinds_in_parts_of_a_divided_place_that_do_not_add_up_are_explained():
    """Half of a beat's seventeen thefts and seventeen robberies lies in the castle: nine each, but seventeen in all. The edition cannot be judged, and the sentence says what to do."""
    shares = [("b1", "castle", 0.5), ("b1", "market", 0.5), *((ward, ward, 1.0) for ward in WARDS[2:])]
    walk = Crosswalk("beats", "wards", pd.DataFrame(shares, columns=["origin", "place", "share"]), "by area")
    rows = [(beat, kind) for beat in ("b1", *WARDS[2:]) for kind in ("theft", "robbery") for _ in range(17)]
    crimes = layer(
        "crime",
        pd.DataFrame(rows, columns=["beat", "kind"]),
        kind="incidents",
        sensitivity="counts",
        places={"boundaries": "beats", "field": "beat"},
    )
    per = {"layer": "residents", "field": "people"}
    asked = [
        {"id": kind, "measure": {"measure": "rate", "layer": "crime", "per": per, "where": {"kind": [kind]}}}
        for kind in ("theft", "robbery")
    ]
    city = City(
        methodology(*asked, {"id": "all", "measure": {"measure": "rate", "layer": "crime", "per": per}}),
        sources(crimes, residents(), crosswalks=(walk,)),
    )
    found = assess(city.sources, city.methodology, "wards").assessment
    with pytest.raises(DisclosureError, match=r"do not fit the other numbers of this edition.*publish the one or the other"):
        demand_silent(Ledger(), release_of(city, [found], "one"))


def test_fewer_years_that_were_too_short_to_pool_are_entered():
    """Of twelve crimes in the castle fewer than nine are thefts, or thefts would stand alone: four robberies at least, of which only that they are one to four is told. Both years are entered, and so is the one."""
    rows = [
        (ward, year, kind)
        for year, castle in (("2024", (20, 20)), ("2025", (8, 4)))
        for ward in WARDS
        for kind, many in zip(
            ("theft", "robbery"), castle if ward == "castle" else (6, 20) if (ward, year) == ("market", "2025") else (30, 25), strict=True
        )
        for _ in range(many)
    ]
    crimes = layer(
        "crime",
        pd.DataFrame(rows, columns=["ward", "year", "kind"]),
        kind="incidents",
        sensitivity="counts",
        period_field="year",
        period="2024-2025",
    )
    per = {"layer": "residents", "field": "people"}
    thefts = {
        "id": "thefts",
        "measure": {
            "measure": "rate",
            "layer": "crime",
            "per": per,
            "where": {"kind": ["theft"]},
            "pool": {"most": 2, "least": 9, "share": 0.2},
        },
    }
    robberies = {"id": "robberies", "measure": {"measure": "rate", "layer": "crime", "per": per, "where": {"kind": ["robbery"]}}}
    whole = {"id": "all", "measure": {"measure": "rate", "layer": "crime", "per": per}}
    city = City(methodology(thefts, robberies, whole), sources(crimes, residents()))
    found = assess(city.sources, city.methodology, "wards").assessment
    assert found.node("thefts").years == (2024, 2025)
    release = release_of(city, [found], "one")
    of_castle = release.entries[(release.entries["place"] == "castle") & release.entries["where"].str.contains("theft")]
    assert of_castle[["since", "low"]].to_numpy().tolist() == [["2024-01-01", 28], ["2025-01-01", 8]]
    with pytest.raises(DisclosureError, match="of castle"):
        demand_silent(Ledger(), release)
