"""How many agreed is entered in the ledger beside how many answered: a share and its base give it, so two shares give what lies between them."""

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
from geomap.workspace.release import release_of
from tests.toy import layer, methodology, residents, sources
from tests.workspace.test_release import WARDS, City

QUESTION = {"trust": {"wording": "Do you trust?", "scale": [1, 5], "agree": [4, 5]}}
RESIDENTS = {"layer": "residents", "field": "people"}
OPEN = {"id": "people", "title": "People", "measure": {"measure": "value", "layer": "residents", "field": "people", "mean_by": RESIDENTS}}


def people(**castle: tuple[int, int]) -> pd.DataFrame:
    """Of each group so many who agree and so many who do not: twelve and twelve everywhere, in the castle as *castle* says."""
    usual = dict.fromkeys(("young", "old"), (12, 12))
    rows = [
        (ward, group, answer)
        for ward in WARDS
        for group, both in (usual | castle if ward == "castle" else usual).items()
        for answer, size in zip((5, 1), both, strict=True)
        for _ in range(size)
    ]
    return pd.DataFrame(rows, columns=["ward", "group", "trust"]).assign(weight=1.0, half="one")


def told(name: str, table: pd.DataFrame, *indicators: dict[str, Any], questions: dict[str, Any] = QUESTION, **rule: Any) -> Release:
    """What an edition with these indicators, and with tables where *rule* says how, publishes under a base of twenty."""
    fieldwork = {"mode": "paper", "questions": questions, "weight_field": "weight"}
    said = layer("survey", table, kind="survey", sensitivity="survey", survey=fieldwork)
    limits = {"threshold": 5, "survey_base": 20, "reason": "Because."}
    listing = {"survey": [{"layer": "survey", "reason": "Because.", **rule}]} if rule else {}
    recipe = methodology(OPEN, *indicators, disclosure=limits, **listing)
    city = City(recipe, sources(said, residents()))
    found = [assess(city.sources, recipe, level).assessment for level in ("wards", "districts")]
    return release_of(city, found, name, listened(city))


def trust(agree: tuple[int, ...] = (4, 5), measure: str = "survey_share", **where: list[str]) -> dict[str, Any]:
    """The share who agree among those who are *where*."""
    asked = {"measure": measure, "layer": "survey", "question": "trust", "where": where, "agree": list(agree)}
    return {"id": "trust", "title": "Trust", "measure": asked}


FEW_OLD = people(young=(15, 9), old=(2, 22))


@pytest.mark.parametrize("weight", [1.0, 2.5])
def test_a_share_of_all_less_the_share_of_a_group_is_how_many_of_the_others_agreed(weight):
    """48 answered in the castle and 17 agreed; 24 are young, of whom 15 agreed. Of the 24 old ones, who are many enough to be shown, two agreed."""
    table = FEW_OLD.assign(weight=weight)
    everybody, young = told("everybody", table, trust()), told("the young", table, trust(group=["young"]))
    demand_silent(Ledger(), everybody)
    demand_silent(Ledger(), young)
    for before, after in ((everybody, young), (young, everybody)):
        with pytest.raises(DisclosureError, match=f"of castle.*earlier publication '{before.name}'.*exactly 2 record"):
            demand_silent(Ledger((before,)), after)


def test_a_named_answer_that_is_in_no_table_is_entered_of_nobody():
    """Three in the castle, and nobody else, named a threat: the table has no such row, and the ledger no such filter."""
    table = people().assign(why=lambda rows: np.where(rows["trust"] == 1, "noise; litter", "noise"))
    few = table.assign(why=table["why"].where(table.index >= 3, "noise; threats"))
    several = QUESTION | {"why": {"wording": "Why?", "kind": "several"}}
    named = {text for text in told("few", few, questions=several, levels=["wards"]).entries["where"] if ", named " in text}
    assert {text.split(", named ")[1].split('"')[0] for text in named} == {"noise", "litter"}


def test_few_who_did_not_agree_are_few_as_well():
    """22 of the 24 old ones agreed, so two did not."""
    table = people(young=(15, 9), old=(22, 2))
    with pytest.raises(DisclosureError, match=r"of castle.*exactly 2 record"):
        demand_silent(Ledger((told("everybody", table, trust()),)), told("the young", table, trust(group=["young"])))


def test_a_group_in_a_table_beside_the_share_of_all_in_an_indicator():
    """The table withholds both groups of the castle, beside its total; the share of the young as an indicator tells the two old ones again."""
    table = told("table", FEW_OLD, by=["group"])
    demand_silent(Ledger(), table)
    with pytest.raises(DisclosureError, match=r"of castle.*earlier publication 'table'.*exactly 2 record"):
        demand_silent(Ledger((table,)), told("the young", FEW_OLD, trust(group=["young"])))


def test_another_cut_of_the_answers_tells_those_between():
    """17 answer 4 or 5, and 15 answer 5: two answer 4."""
    table = people(young=(15, 9))
    table.loc[table.index[(table["ward"] == "castle") & (table["trust"] == 5)][:3], "trust"] = 4
    with pytest.raises(DisclosureError, match=r"of castle.*exactly 3 record"):
        demand_silent(Ledger((told("both", table, trust()),)), told("five", table, trust((5,))))


def test_a_share_and_a_modelled_share_of_one_question_are_held_together():
    """Where a place's own answers speak for it, the modelled measure shows its share."""
    measure = trust(measure="small_area", group=["young"])
    with pytest.raises(DisclosureError, match=r"of castle.*exactly 2 record"):
        demand_silent(Ledger((told("everybody", FEW_OLD, trust()),)), told("the young", FEW_OLD, measure))


def test_shares_between_which_many_agreed_may_be_told():
    """Both groups have twelve and twelve, by table and by indicator, in one edition or two; and the same again."""
    everybody = told("everybody", people(), trust(), by=["group"])
    demand_silent(Ledger(), everybody)
    for again in (everybody, told("young", people(), trust(group=["young"])), told("by half", people(), trust(), by=["half"])):
        demand_silent(Ledger((everybody,)), again)


def test_what_is_entered_is_how_many_people_agreed():
    """Twelve of 24 in each group, each counted once; of a share that is withheld only how many answered."""
    entries = told("one", FEW_OLD, by=["group"]).entries
    agreed = entries[(entries["what"] == "survey: who agreed on trust") & (entries["boundaries"] == "wards")]
    by = agreed.set_index(["place", "where"])[["low", "high"]]
    assert by.loc[("mill", '{"group": ["old"], "trust": ["4", "5"]}')].tolist() == [12, 12]
    assert by.loc[("castle", '{"trust": ["4", "5"]}')].tolist() == [17, 17]
    assert by.loc[("castle", '{"group": ["old"]}')].tolist() == [24, 24]
    assert ("castle", '{"group": ["old"], "trust": ["4", "5"]}') not in by.index
    assert set(agreed["threshold"]) == {5}
    assert np.isfinite(agreed["high"]).all()


def by_age(*agreed: int) -> pd.DataFrame:
    """Of 30 young, 10 middle-aged and 12 old people in each ward half agree; in the castle so many of each as *agreed*."""
    rows = [
        (ward, group, 5 if one < yes else 1)
        for ward in WARDS
        for group, size, yes in zip(("young", "middle", "old"), (30, 10, 12), agreed if ward == "castle" else (15, 5, 6), strict=True)
        for one in range(size)
    ]
    return pd.DataFrame(rows, columns=["ward", "group", "trust"]).assign(weight=1.0, half="one")


@pytest.mark.parametrize("agreed", [(15, 1, 1), (15, 9, 11), (15, 0, 3)])
def test_few_who_agreed_in_all_groups_that_are_too_small_are_told_by_no_difference(agreed):
    """10 and 12 are under the base, 22 together are not; of those two or three agreed, or did not: then the young ones' share stays inside as well."""
    release = told("one", by_age(*agreed), by=["group"])
    demand_silent(Ledger(), release)
    castle = release.entries[(release.entries["place"] == "castle") & release.entries["where"].str.contains("trust")]
    assert castle["where"].tolist() == ['{"trust": ["4", "5"]}']


@pytest.mark.parametrize("agreed", [(15, 5, 6), (15, 0, 0), (15, 10, 12)])
def test_many_who_agreed_in_all_groups_that_are_too_small_cost_nothing(agreed):
    """Eleven, nobody or everybody of the 22."""
    release = told("one", by_age(*agreed), by=["group"])
    demand_silent(Ledger(), release)
    assert ((release.entries["place"] == "castle") & release.entries["where"].str.contains("young.*trust")).sum() == 1


def test_few_who_agreed_in_all_wards_that_are_too_small_are_told_by_no_difference():
    """Of 10 and 12 answers in two wards of a district two agreed: the district's share tells it beside the third ward's, whose share stays inside."""
    table = by_age(15, 5, 6)
    sizes = {"castle": (10, 1), "market": (12, 1)}
    rows = [(ward, 5 if one < yes else 1) for ward, (size, yes) in sizes.items() for one in range(size)]
    few = pd.DataFrame(rows, columns=["ward", "trust"]).assign(group="young", weight=1.0, half="one")
    release = told("one", pd.concat([few, table[~table["ward"].isin(list(sizes))]], ignore_index=True), trust())
    demand_silent(Ledger(), release)
    assert not ((release.entries["place"] == "park") & release.entries["where"].str.contains("trust")).any()


def told_in(period: str, baseline: str, *indicators: dict[str, Any]) -> Release:
    """What an edition of that year, beside that baseline, tells of a survey with two waves; everybody is asked anew in 2025."""
    waves = [FEW_OLD.assign(year="2024"), people().assign(year="2025")]
    said = layer(
        "survey", pd.concat(waves, ignore_index=True), kind="survey", sensitivity="survey", survey={"mode": "paper"}, period_field="year"
    )
    heading = {"name": "toy", "title": "Toy", "version": "1", "period": period, "baseline": baseline, "levels": ["wards", "districts"]}
    recipe = methodology(*indicators, methodology=heading, disclosure={"threshold": 5, "survey_base": 20, "reason": "Because."})
    city = City(recipe, sources(said, residents(), period=period))
    return release_of(city, [assess(city.sources, recipe, level).assessment for level in ("wards", "districts")], f"of {period}")


def test_the_shares_of_the_baseline_are_told_too():
    """The edition of 2025 shows beside it the share of everybody in 2024; whoever then reads that of the young in 2024 has the two old ones."""
    later = told_in("2025", "2024", trust())
    assert set(later.entries["until"]) == {"2024-12-31", "2025-12-31"}
    demand_silent(Ledger(), later)
    with pytest.raises(DisclosureError, match=r"of castle, 2024.*earlier publication 'of 2025'.*exactly 2 record"):
        demand_silent(Ledger((later,)), told_in("2024", "2024", trust(group=["young"])))


def yes_or_no(scale: tuple[int, int] | None, answers: tuple[float, ...]) -> Layer:
    """FEW_OLD asked no or yes, the first two of *answers*; of the 24 in the mill two say yes. A third of them is given once, elsewhere."""
    no, yes, *other = answers
    table = FEW_OLD[(FEW_OLD["ward"] != "mill") | (FEW_OLD["group"] == "old")].assign(
        trust=lambda rows: np.where(rows["trust"] == 5, yes, no)
    )
    mill = table.index[table["ward"] == "mill"]
    table.loc[mill, "trust"] = [yes, yes] + [no] * (len(mill) - 2)
    table.loc[table.index[: len(other)], "trust"] = other
    asked = {"trust": {"wording": "Do you trust?", "scale": list(scale), "agree": [1]}} if scale else {}
    return layer("survey", table, kind="survey", sensitivity="survey", survey={"mode": "paper", "questions": asked})


@pytest.mark.parametrize(
    ("scale", "answers", "shown"),
    [
        ((0, 1), (0, 1), False),
        ((0, 4), (0, 1), True),
        (None, (0, 1), False),
        (None, (1, 2), False),
        (None, (0, 100), False),
    ],
)
def test_a_mean_of_two_answers_is_a_share(scale, answers, shown):
    """A mean of 0.083 of 24 answers of yes or no is two who said yes, whether a codebook says that there are only those two or nobody gave another; of a longer scale it tells no such number."""
    measure = {"id": "mean", "title": "Mean", "measure": {"measure": "survey_mean", "layer": "survey", "question": "trust"}}
    recipe = methodology(measure, disclosure={"threshold": 5, "survey_base": 20, "reason": "Because."})
    city = City(recipe, sources(yes_or_no(scale, answers), residents()))
    found = assess(city.sources, recipe, "wards").assessment
    assert (found.numbers["mean"].loc["mill", "status"] != "suppressed") == shown
    entered = release_of(city, [found], "one").entries
    assert entered["what"].str.contains("who agreed").any() != shown
    assert found.numbers["mean"].loc["mill", "n"] == 24


def test_a_mean_asks_for_its_scale_where_a_stray_answer_would_unlock_those_of_yes_and_no():
    """A 2 and a 9, codes that nobody declared, and every ward's mean of 0 and 1 would be told: the codebook must say which answers there are."""
    measure = {"id": "mean", "title": "Mean", "measure": {"measure": "survey_mean", "layer": "survey", "question": "trust"}}
    recipe = methodology(measure, disclosure={"threshold": 5, "survey_base": 20, "reason": "Because."})
    with pytest.raises(DisclosureError, match=r"'trust' of 'survey' in .* are three at most.*scale in the card"):
        assess(sources(yes_or_no(None, (0, 1, 2, 9)), residents()), recipe, "wards")


@pytest.mark.parametrize("scale", [(1, 3), None])
def test_a_mean_of_three_answers_tells_how_many_gave_each(scale):
    """A mean of 2.27 of thirty, with its limits, is made by two, eighteen and ten alone: withheld like a share of two, and of the other wards three counts are entered."""
    gave = {"castle": (2, 18, 10), **dict.fromkeys(("market", "park", "harbour", "mill", "station"), (10, 12, 8))}
    rows = [(ward, answer) for ward, three in gave.items() for answer, many in zip((1, 2, 3), three, strict=True) for _ in range(many)]
    asked = {"trust": {"wording": "How much?", "scale": list(scale)}} if scale else {}
    said = layer(
        "survey",
        pd.DataFrame(rows, columns=["ward", "trust"]),
        kind="survey",
        sensitivity="survey",
        survey={"mode": "paper", "questions": asked},
    )
    measure = {"id": "mean", "title": "Mean", "measure": {"measure": "survey_mean", "layer": "survey", "question": "trust"}}
    recipe = methodology(measure, disclosure={"threshold": 5, "survey_base": 20, "reason": "Because."})
    city = City(recipe, sources(said, residents()))
    found = assess(city.sources, recipe, "wards").assessment
    status = found.numbers["mean"]["status"]
    assert status["castle"] == "suppressed"
    assert (status == "suppressed").sum() == 2
    entered = release_of(city, [found], "one").entries
    agreed = entered[entered["what"].str.contains("who agreed") & entered["where"].str.contains("trust") & (entered["place"] == "station")]
    assert sorted(agreed["low"]) == [8, 10, 12]


def test_a_mean_of_yes_and_no_and_a_share_of_yes_are_told_apart_by_nobody():
    """Both speak of those who answered 1: the share of all beside the mean of the young tells the two old ones."""
    table = FEW_OLD.assign(trust=(FEW_OLD["trust"] == 5).astype(int))
    said = layer("survey", table, kind="survey", sensitivity="survey", survey={"mode": "paper"})

    def of(name: str, indicator: dict[str, Any]) -> Release:
        recipe = methodology(indicator, disclosure={"threshold": 5, "survey_base": 20, "reason": "Because."})
        city = City(recipe, sources(said, residents()))
        return release_of(city, [assess(city.sources, recipe, level).assessment for level in ("wards", "districts")], name)

    young = trust(measure="survey_mean", group=["young"])
    young["measure"].pop("agree")
    with pytest.raises(DisclosureError, match=r"of castle.*exactly 2 record"):
        demand_silent(Ledger((of("everybody", trust((1,))),)), of("the young", young))
