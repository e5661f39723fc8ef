"""What the tables of surveys tell is entered in the ledger: what two publications together would tell of a small group is refused, ordinary ones are not."""

from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.journey import assess
from geomap.disclosure.ledger import Ledger, Release
from geomap.errors import DisclosureError
from geomap.layers.layer import Layer
from geomap.workspace.listen import listened
from geomap.workspace.publish import demand_silent
from geomap.workspace.release import NOTHING, release_of
from tests.toy import layer, methodology, residents, sources
from tests.workspace.test_release import WARDS, City, distrust

RESIDENTS = {"layer": "residents", "field": "people"}
OPEN = {"id": "people", "title": "People", "measure": {"measure": "value", "layer": "residents", "field": "people", "mean_by": RESIDENTS}}
QUESTIONS = {name: {"wording": f"Do you trust {name}?", "scale": [1, 5], "agree": [4, 5]} for name in ("trust", "police")}


def people(sizes: dict[str, tuple[int, int]] | None = None, *, period: str = "2025", weight: float = 1.0) -> pd.DataFrame:
    """So many young and so many old in each ward (ten each, unless *sizes* says otherwise); all answer both questions."""
    told = dict.fromkeys(WARDS, (10, 10)) | (sizes or {})
    rows = [
        (ward, group, one % 5 + 1)
        for ward, both in told.items()
        for group, size in zip(("young", "old"), both, strict=True)
        for one in range(size)
    ]
    table = pd.DataFrame(rows, columns=["ward", "group", "trust"])
    return table.assign(police=table["trust"], sex=np.where(np.arange(len(table)) % 2, "f", "m"), period=period, weight=weight)


def told(
    name: str,
    table: pd.DataFrame,
    *indicators: dict[str, Any],
    period: str = "2025",
    asked: tuple[str, ...] = ("trust",),
    before: Ledger = NOTHING,
    **rule: Any,
) -> Release:
    """What an edition with the tables of this survey publishes, under a base of five."""
    fieldwork = {"mode": "paper", "questions": {one: QUESTIONS[one] for one in asked}, "weight_field": "weight"}
    said = layer("survey", table, kind="survey", sensitivity="survey", period_field="period", period="2024/2026", survey=fieldwork)
    heading = {"name": "toy", "title": "Toy city", "version": "1", "period": period, "baseline": period, "levels": ["wards", "districts"]}
    listing = [{"layer": "survey", "reason": "Because.", **rule}]
    recipe = methodology(OPEN, *indicators, methodology=heading, survey=listing)
    city = City(recipe, sources(said, residents(), period=period))
    found = [assess(city.sources, recipe, level).assessment for level in ("wards", "districts")]
    return release_of(city, found, name, listened(city), before=before)


def published(said: Layer, **rule: Any) -> Release:
    """What an edition with one open number and the tables of *said* publishes, under a base of five."""
    recipe = methodology(OPEN, survey=[{"layer": said.name, "reason": "Because.", **rule}])
    city = City(recipe, sources(said, residents()))
    found = [assess(city.sources, recipe, level).assessment for level in ("wards", "districts")]
    return release_of(city, found, "one", listened(city))


def test_who_answered_by_group_alone_can_be_published():
    """Margins, no residents per place, and no question: 60 young and 60 old in the city are entered, and no place; without the three of the park where those would be told."""
    margins = pd.DataFrame({"variable": "group", "category": ["young", "old"], "people": [3_000, 3_000]})
    for sizes, young, ground in (({}, 60, "city"), ({"park": (3, 0)}, 50, "city, without park")):
        said = layer("survey", people(sizes), kind="survey", sensitivity="survey", survey={"mode": "paper"})
        release = published(replace(said, extras={"margins": margins}))
        demand_silent(Ledger(), release)
        demand_silent(Ledger((release,)), release)
        assert release.entries.set_index("where")["low"].to_dict() == {'{"group": ["old"]}': young, '{"group": ["young"]}': young}
        assert set(release.entries["boundaries"]) == {ground} <= set(release.outlines)


def handed(answers: str | int, agreed: int = 40) -> Release:
    """Of 400 in the castle so many agreed, and half of 400 in each other ward; only the shares are known, and how many answered, or how many usually do."""
    table = pd.DataFrame({"ward": list(WARDS), "asked": "police", "n": 400})
    table["share"] = np.where(table["ward"] == "castle", agreed / 400, 0.5)
    said = layer("survey", table, kind="survey", sensitivity="survey", survey={"mode": "web"})
    return published(said, aggregates={"question": "asked", "share": "share", "answers": answers})


def test_shares_of_an_assumed_number_of_answers_can_be_published():
    """A usual number is no count, so nothing is entered."""
    release = handed(1_000)
    demand_silent(Ledger(), release)
    assert release.entries.empty


def test_handed_shares_are_entered_as_what_they_were_before_they_were_rounded():
    """151 of 400 is 37.75 %, shown as 37.8 %, which of 400 might be another count."""
    release = handed("n", 151)
    demand_silent(Ledger(), release)
    castle = release.entries[(release.entries["place"] == "castle") & release.entries["where"].str.contains("agreed")]
    assert castle[["low", "high"]].to_numpy().tolist() == [[151, 151]]


def test_the_tables_enter_how_many_answered():
    """Twenty in a ward, sixty in a district, 120 in the city; nobody lives elsewhere."""
    entries = told("one", people()).entries
    trust = entries[entries["what"] == "survey: answers to trust"].set_index(["boundaries", "place"])
    assert trust.loc[("wards", "castle"), ["low", "high", "threshold", "since", "until"]].tolist() == [
        20,
        20,
        5,
        "2025-01-01",
        "2025-12-31",
    ]
    assert trust.loc[("districts", "up"), "low"] == 60
    assert trust.loc[("city", "city"), "low"] == 120
    assert trust.loc[("elsewhere", "elsewhere"), "high"] == 0


def test_everybody_in_a_table_less_one_group_in_an_indicator_is_the_others():
    """13 answered in the castle, nine of them young: the table tells all, the indicator the young, and the four old ones are left."""
    table = people({"castle": (9, 4)})
    everybody, young = told("everybody", table), told("the young", table, distrust(group=["young"]))
    demand_silent(Ledger(), everybody)
    with pytest.raises(DisclosureError, match=r"of castle.*earlier publication 'everybody'.*exactly 4 record"):
        demand_silent(Ledger((everybody,)), young)


def test_the_sum_over_wards_tells_nobody_who_was_withheld():
    """Three answered in the park, whose district leaves them out, also where tables are by district only. Whoever had shown the district with them told the three."""
    table = people({"park": (3, 0)})
    wards = told("wards", table)
    demand_silent(Ledger(), wards)
    districts = told("districts", table, levels=["districts"])
    demand_silent(Ledger((wards,)), districts)
    entries = districts.entries[districts.entries["what"].str.contains(": answers to")]
    with_them = entries.assign(
        boundaries=entries["boundaries"].str.replace(r", without .*", "", regex=True),
        low=entries["low"] + 3 * entries["place"].isin(["up", "city"]),
        high=entries["high"] + 3 * entries["place"].isin(["up", "city"]),
    )
    whole = replace(districts, entries=with_them, outlines=wards.outlines | districts.outlines)
    with pytest.raises(DisclosureError, match=r"of up.*exactly 3 record"):
        demand_silent(Ledger((wards,)), whole)


def test_another_margin_tells_who_was_left_out_of_the_first():
    """Four of 19 in the castle say no group, and the table by group keeps silent of them; an indicator of both groups would tell the four."""
    table = people({"castle": (15, 4)})
    table["group"] = table["group"].where((table["group"] != "old") | (table["ward"] != "castle"))
    everybody = told("everybody", table)
    demand_silent(Ledger(), everybody)
    with pytest.raises(DisclosureError, match="exactly 4 record"):
        demand_silent(Ledger((everybody,)), told("both", table, distrust(group=["young", "old"])))


def test_the_table_and_an_indicator_of_one_question_withhold_alike():
    """In one edition: neither the district nor the city tells the park, by group or not."""
    demand_silent(Ledger(), told("one", people({"park": (3, 0)}), distrust(), by=["group"]))


def test_the_same_edition_again_is_not_refused():
    """Nor with other weights, a second question, or another way to split: a corrected edition and a richer one."""
    table = people({"park": (3, 0), "mill": (2, 3)})
    first = Ledger((told("one", table, by=["group"]),))
    for again in (
        told("again", table, by=["group"]),
        told("corrected", table.assign(weight=2.0), by=["group"]),
        told("richer", table, by=["group"], asked=("trust", "police")),
        told("by sex", table, by=["sex"]),
        told("with a number", table, distrust(), by=["group"]),
    ):
        demand_silent(first, again)


def test_next_year_is_not_refused():
    """Other people answered, of whom the tables of this year say nothing; both waves stand in the new edition."""
    now, later = people({"park": (3, 0)}), people({"castle": (9, 4)}, period="2026")
    demand_silent(
        Ledger((told("2025", now, by=["group"]),)), told("2026", pd.concat([now, later], ignore_index=True), by=["group"], period="2026")
    )


def test_two_answers_more_of_the_same_wave_are_refused():
    """Late answers: 20 in the castle, then 22. The two would be told."""
    with pytest.raises(DisclosureError, match="the records were revised"):
        demand_silent(Ledger((told("one", people()),)), told("late", people({"castle": (11, 11)})))


def test_what_an_older_ledger_says_of_a_district_that_left_answers_out_is_understood():
    """Then the district was entered as if it were whole: 40, the sum of two wards. It still is, and the city may be told."""
    table = people({"park": (3, 0), "mill": (2, 0)})
    now = told("now", table)
    old = told("then", table, distrust()).entries
    old = old[~old["boundaries"].isin(["city", "elsewhere"])].assign(boundaries=lambda rows: rows["boundaries"].str.split(",").str[0])
    old = old[np.isfinite(old["high"]) & (old["low"] > 0)].reset_index(drop=True)
    demand_silent(Ledger((Release("then", old, {name: now.outlines[name] for name in ("wards", "districts")}),)), now)


def test_who_answered_tells_no_group_by_the_others():
    """Three in the park: its district is told, so another ward of it keeps silent too."""
    table = told("one", people({"park": (3, 0)}), people=RESIDENTS).entries
    who = table[(table["what"] == "survey: who answered") & (table["boundaries"] == "wards")].set_index("place")
    assert np.isinf(who["high"]).sum() != 1


def blank(table: pd.DataFrame, column: str, count: int, ward: str = "castle") -> pd.DataFrame:
    """The same answers, of which the first *count* of a ward leave *column* blank."""
    rows = table.index[table["ward"] == ward][:count]
    return table.assign(**{column: table[column].mask(table.index.isin(rows))})


@pytest.mark.parametrize("column", ["group", "ward"])
def test_the_few_without_a_group_or_a_place_are_told_by_no_sum(column):
    """Three people of the castle left a blank: everybody less the groups, or the city less the wards, would tell them at the first publishing."""
    demand_silent(Ledger(), told("one", blank(people(), column, 3), by=["group"], people=RESIDENTS))


def test_those_without_a_group_cost_nothing_where_they_are_many():
    """Eight of the castle left their group blank, more than the base of five: every group is shown."""
    entries = told("one", blank(people({"castle": (20, 10)}), "group", 8), by=["group"]).entries
    assert np.isfinite(entries["high"]).all()
    groups = entries[(entries["what"] == "survey: answers to trust") & (entries["where"] != "{}")]
    assert len(groups) == 2 * (6 + 2 + 1)


def by_age() -> pd.DataFrame:
    """Fives within tens of age: in the castle three are 20 to 24, ten each are 25 to 29, 30 to 34 and 35 to 39; everywhere else ten each."""
    rows = [
        (ward, ten, five, one % 5 + 1)
        for ward in WARDS
        for five, ten in (("20-24", "20-29"), ("25-29", "20-29"), ("30-34", "30-39"), ("35-39", "30-39"))
        for one in range(3 if (ward, five) == ("castle", "20-24") else 10)
    ]
    table = pd.DataFrame(rows, columns=["ward", "tens", "fives", "trust"])
    return table.assign(police=table["trust"], period="2025", weight=1.0)


def test_tens_of_age_less_their_fives_are_known_to_the_ledger():
    """13 in their twenties are published, and later the ten of 25 to 29: three are left."""
    twenties, older = (
        told("tens", by_age(), distrust(tens=["20-29"])),
        told("fives", by_age(), distrust(fives=["25-29"]), by=["tens"]),
    )
    with pytest.raises(DisclosureError, match="exactly 3 record"):
        demand_silent(Ledger((twenties,)), older)


def test_tens_and_fives_of_age_beside_each_other_are_told_safely():
    """In one table the other half of the ten keeps silent too, so that the first publishing goes through."""
    release = told("one", by_age(), by=["fives", "tens"])
    demand_silent(Ledger(), release)
    castle = release.entries[(release.entries["place"] == "castle") & np.isfinite(release.entries["high"])]
    assert not castle["where"].str.contains("25-29").any()
    assert castle["where"].str.contains("30-34").any()


def test_fives_of_age_that_were_published_before_their_tens_are_known_too():
    """Ten are 25 to 29, and nothing said then that they are in their twenties; later the 13 of 20 to 29 are published: three are left."""
    fives = Ledger((told("fives", by_age(), distrust(fives=["25-29"])),))
    with pytest.raises(DisclosureError, match="exactly 3 record"):
        demand_silent(fives, told("tens", by_age(), distrust(tens=["20-29"]), before=fives))


def test_a_place_where_nobody_answered_is_no_place_that_is_left_out():
    """Its district is whole; of a park with three answers, which stay out, the district is entered without its ground, in tables and in indicators alike."""
    nobody, few = (told("one", people({"park": (park, 0)}), distrust()).entries for park in (0, 3))
    assert set(nobody["boundaries"]) == {"wards", "districts", "city", "elsewhere"}
    lacking = few[few["place"].isin(["up", "city"])]
    assert set(lacking["boundaries"]) == {"districts, without park", "city, without park"}
    assert set(lacking.loc[lacking["indicator"] == "Distrust", "boundaries"]) == {"districts, without park"}
