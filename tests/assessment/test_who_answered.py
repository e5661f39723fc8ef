"""Who answered against who lives here, and the scales of an instrument for city and groups."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.pillars import pillars
from geomap.assessment.who_answered import who_answered
from geomap.errors import DisclosureError
from geomap.indicators.pillar import NOT_A_PREDICTION, Pillar
from geomap.indicators.respondents import LEFT_OUT
from geomap.layers.layer import Layer
from geomap.methodology.listening import Listening
from geomap.statistics.coherence import cronbach_alpha
from geomap.statistics.representation import r_indicator
from geomap.statistics.rounding import OF_ANSWERS, significant
from tests.toy import drawn, layer, sources

MARGINS = "variable | category | people\n age | young | 3000\n age | old | 3000\n age | oldest | 400"
PEOPLE = "ward | people\n castle | 1000\n market | 1000\n park | 1000\n harbour | 1000\n mill | 1000\n station | 1400"
INSTRUMENT = {
    "name": "Two scales", "source": "Made up for the test", "scale": [1, 5],
    "subscales": {"ties": {"title": "Ties", "items": ["t1", "t2", "t3"]}, "force": {"title": "Force", "items": ["f1", "f2"], "up": "worse", "individual": True}},
}  # fmt: skip


def drawn_sources(down=(50, 10), residents=PEOPLE, **instrument):
    """Five wards, and one where nobody answered; few of them young; three items that go together."""
    generator = np.random.default_rng(4)
    rows = pd.DataFrame({"ward": np.repeat(["castle", "market", "park", "harbour", "mill"], [100, 80, 60, *down])})
    rows["age"] = np.where(generator.random(len(rows)) < 0.2, "young", "old")
    lean = generator.normal(0, 1, len(rows))
    for name in ("t1", "t2", "t3", "f1", "f2"):
        rows[name] = np.clip(np.round(3 + lean + generator.normal(0, 0.7, len(rows))), 1, 5)
    fieldwork = {"mode": "web", "groups": ["age"], "instrument": INSTRUMENT | instrument}
    said = layer("survey", rows, kind="survey", sensitivity="survey", survey=fieldwork)
    said = Layer(said.card, said.table, None, None, {"margins": drawn(MARGINS)})
    return rows, sources(said, layer("residents", residents))


def listening(**said):
    """What is shown of the survey."""
    usual = {"layer": "survey", "by": ["age"], "people": {"layer": "residents", "field": "people"}, "reason": "Because."}
    return Listening.read(usual | said, where="the test")


def test_who_was_not_heard_comes_first():
    """Nobody of the oldest and nobody in one ward; then the young, a fifth of answers and nearly half of residents."""
    rows, found = drawn_sources()
    table = who_answered(found, listening(), 30)
    assert table.iloc[0]["heard"] == "nobody"
    assert set(table.loc[table["heard"] == "nobody", "code"]) == {"oldest", "station"}
    young = table[table["code"] == "young"].iloc[0]
    assert young["heard"] == "not heard enough"
    told = rows[rows["ward"] != "mill"]  # whose ten answers would else be told by what the city has and its wards have not
    assert young["ratio"] == pytest.approx((told["age"] == "young").mean() / (3_000 / 6_400), rel=1e-9)
    assert 0 < young["r"] < 1


def test_a_place_with_few_answers_keeps_their_number_inside():
    """Ten answers: not their number, nor their ratio, only that they are fewer than thirty; they stay out of the district and the city, so that the ward beside it need not be withheld."""
    _, found = drawn_sources()
    table = who_answered(found, listening(), 30).set_index(["kind", "code"])
    mill, share = table.loc["wards", "mill"], 1_000 / 6_400
    assert mill[["answered", "ratio"]].isna().all()
    assert (mill["low"], mill["high"]) == (0, pytest.approx(29 / 290 / share * np.exp(1.959963985 * np.sqrt(1 / 29 - 1 / 290))))
    assert table.loc[("wards", "harbour"), "answered"] == table.loc[("districts", "down"), "answered"] == 50
    assert table.loc[("group", "old"), "answered"] + table.loc[("group", "young"), "answered"] == 290
    people, answered = np.array([1_000, 1_000, 1_000, 1_400, 1_000.0]), np.array([100, 80, 60, 0, 50.0])
    assert set(table.loc["wards", "r"].round(12)) == {round(r_indicator(answered, people - answered).r, 12)}


@pytest.mark.parametrize("down", [(50, 10), (20, 15)])
def test_what_is_said_of_places_with_few_answers_is_the_same_however_they_are_parted(down):
    """One ward that is left out, with ten answers or with five; or two that are withheld together, with 20 and 15 or 25 and ten or 15 and 20: every cell of the table of places is the same."""
    other = {(50, 10): [(50, 5)], (20, 15): [(25, 10), (15, 20)]}[down]
    first, *others = (who_answered(drawn_sources(down=one)[1], listening(), 30).query("kind != 'group'") for one in (down, *other))
    for table in others:
        pd.testing.assert_frame_equal(first, table)


def test_a_place_in_which_few_can_have_answered_is_not_heard_enough():
    """Fewer than thirty of 290 are from the ward, in which more than half of all live."""
    _, found = drawn_sources(residents=PEOPLE.replace("mill | 1000", "mill | 9000"))
    wards = who_answered(found, listening(), 30).query("kind == 'wards'").set_index("code")
    assert wards.loc["mill", "heard"] == "not heard enough"


def test_one_variable_alone_has_its_indicator():
    """Wards only, and no margins: a table of six rows, each with R."""
    _, found = drawn_sources()
    said = found.layer("survey")
    found = replace(found, layers={**found.layers, "survey": replace(said, extras={})}, levels=("wards",))
    assert who_answered(found, listening(), 30)["r"].between(0, 1).tolist() == [True] * 6


def test_whose_answers_all_stay_out_is_not_nobody():
    """Ten answered in the only ward of its district where anybody did, all of the oldest among them: neither the district nor the oldest were silent, and how many answered is withheld."""
    rows, found = drawn_sources()
    rows = rows[~rows["ward"].isin(["harbour"])].reset_index(drop=True)
    rows.loc[rows["ward"] == "mill", "age"] = "oldest"
    said = found.layer("survey")
    found = replace(found, layers={**found.layers, "survey": replace(said, table=rows)})
    table = who_answered(found, listening(), 30).set_index(["kind", "code"])
    for one in (("wards", "mill"), ("districts", "down"), ("group", "oldest")):
        assert np.isnan(table.loc[one, "answered"])
        assert table.loc[one, "heard"] != "nobody"
        assert table.loc[one, "high"] > 0
    assert set(table.index[table["heard"] == "nobody"]) == {("wards", "harbour"), ("wards", "station")}


def test_few_who_told_no_group_are_told_by_no_share():
    """Three of 300 left their age blank, or five: who did is in no row, and no share, limit, word or indicator of the rows that are says how many."""
    tables = []
    for blank in (3, 5):
        rows, found = drawn_sources()
        ages = np.array([None] * blank + ["young"] * (60 - blank) + ["old"] * 240)
        said = found.layer("survey")
        found = replace(found, layers={**found.layers, "survey": replace(said, table=rows.assign(age=ages))})
        tables.append(who_answered(found, listening(), 30).query("kind == 'group'"))
    pd.testing.assert_frame_equal(*tables)
    table = tables[0].set_index("code")
    assert table.loc["old", "answered"] == 230  # ten of them are in the mill
    assert np.isnan(table.loc["young", "answered"])
    assert table["r"].isna().all()


def crossed(variables, counts):
    """Who answered, of so many people per combination of the groups of *variables*, all in the castle; a group's category is a value of one column, or of two that are crossed. A thousand people live in each."""
    rows = pd.DataFrame(
        [group for group, count in counts.items() for one in range(count)], columns=[one for one in variables if "*" not in one]
    )
    margins = [
        (one, group, 1_000)
        for one in variables
        for group in sorted({" * ".join(row) for row in rows[one.split(" * ")].itertuples(index=False)})
    ]
    said = layer("survey", rows.assign(ward="castle"), kind="survey", sensitivity="survey", survey={"mode": "web"})
    margins = pd.DataFrame(margins, columns=["variable", "category", "people"])
    return sources(replace(said, extras={"margins": margins}), layer("residents", PEOPLE))


CROSSES = {("young", "f"): 3, ("young", "m"): 30, ("old", "f"): 40, ("old", "m"): 4, ("mid", "f"): 20, ("mid", "m"): 25}
FIVES = {
    ("10-14", "10-19"): 3,
    ("15-19", "10-19"): 30,
    ("20-24", "20-29"): 4,
    ("25-29", "20-29"): 25,
    ("30-34", "30-39"): 20,
    ("35-39", "30-39"): 22,
}


@pytest.mark.parametrize(
    ("variables", "counts", "silent"),
    [
        (("age", "sex", "age * sex"), CROSSES, {"young * f", "young * m", "old * f", "old * m"}),
        (("age", "sex", "sex * age"), CROSSES, {"f * young", "m * young", "f * old", "m * old"}),
        (("fives", "tens"), FIVES, {"10-14", "15-19", "20-24", "25-29"}),
        (("fives", "tens", "sex", "fives * sex", "tens * sex"), {(*key, "f"): n for key, n in FIVES.items()} | {("30-34", "30-39", "m"): 50},
         {"10-14", "15-19", "20-24", "25-29", "10-14 * f", "15-19 * f", "20-24 * f", "25-29 * f"}),
    ],
)  # fmt: skip
def test_groups_that_add_up_to_others_are_withheld_beside_them(variables, counts, silent):
    """Three young women and 30 young men are 33 young, which is told: so neither is. Nor 30 to 34 of a ten with 33, nor by sex, where tens are crossed too."""
    table = who_answered(crossed(variables, counts), listening(people=None, by=[]), 5)
    assert set(table.loc[table["answered"].isna(), "code"]) == silent


def test_those_who_left_one_column_of_a_crossing_blank_are_part_of_no_group():
    """Three who said they are young and nothing of their sex: one sex is withheld beside them and crossings are, but no age, since all told theirs."""
    found = crossed(("age", "sex", "age * sex"), CROSSES | {("young", "f"): 20, ("old", "m"): 12})
    said = found.layer("survey")
    blank = said.table.assign(sex=said.table["sex"].mask((said.table["age"] == "young") & (said.table.index < 3)))
    table = who_answered(replace(found, layers={**found.layers, "survey": replace(said, table=blank)}), listening(people=None, by=[]), 5)
    shown = table.set_index(["variable", "code"])["answered"]
    assert shown["age"].to_dict() == {"young": 50, "old": 52, "mid": 45}
    assert shown["sex"].isna().sum() == 1


def test_the_limit_of_a_withheld_crossing_is_what_its_columns_leave():
    """33 young, of whom two rows are withheld: 32 at most of each, though 77 of both and the old are withheld in all."""
    table = who_answered(crossed(("age", "sex", "age * sex"), CROSSES), listening(people=None, by=[]), 5).set_index("code")
    share, most = 1 / 6, 32
    limit = most / 122 / share * np.exp(1.959963985 * np.sqrt(1 / most - 1 / 122))
    assert table.loc[["young * f", "young * m"], "high"].tolist() == pytest.approx([limit, limit])


def test_a_scale_has_the_mean_and_alpha_of_the_city():
    """The sum of three items, by hand; alpha as the published formula gives it on the rows. Ten of the mill stay out of the city, since what the other wards show would tell them."""
    rows, found = drawn_sources()
    table = pillars(found, listening(), 30)
    city = table[table["by"] == ""].iloc[0]
    items = rows.loc[rows["ward"] != "mill", ["t1", "t2", "t3"]]
    assert city["mean"] == significant(items.sum(axis=1).mean(), OF_ANSWERS)
    assert city["alpha"] == significant(cronbach_alpha(items), OF_ANSWERS)
    assert (city["lowest"], city["highest"], city["note"]) == (3, 15, f"{NOT_A_PREDICTION}; {LEFT_OUT}; survey not reviewed")


def test_groups_are_not_compared_unless_it_was_shown_that_they_may():
    """Without a statement of invariance a group has its alpha and no mean; with one, it has both."""
    stated = {"comparable": [{"groups": "age", "invariance": "scalar", "source": "A study of 2020"}]}
    for instrument, status in (({}, "not_compared"), (stated, "value")):
        _, found = drawn_sources(**instrument)
        old = pillars(found, listening(), 30).query("by == 'age' and group == 'old'").iloc[0]
        assert old["status"] == status
        assert np.isnan(old["mean"]) == (status == "not_compared")
        assert 0 < old["alpha"] < 1


def test_a_scale_by_fives_of_age_is_not_told_by_their_tens():
    """Nine answers are withheld with the next smallest; beside their tens, the other five of each ten is withheld too."""
    rows, found = drawn_sources()
    fives = np.repeat(["20-24", "25-29", "30-34", "35-39"], [9, 91, 60, 140])
    said = found.layer("survey")
    for by, silent in ((["fives"], {"20-24", "30-34"}), (["fives", "tens"], {"20-24", "25-29"})):
        table = rows.assign(fives=fives, tens=np.where(fives < "30", "20-29", "30-39"))
        scale = pillars(replace(found, layers={**found.layers, "survey": replace(said, table=table)}), listening(by=by), 30)
        assert set(scale.loc[(scale["by"] == "fives") & scale["n"].isna(), "group"]) == silent
        assert scale.loc[scale["by"] == "tens", "n"].notna().all()


def test_what_people_think_of_violence_is_off_and_never_split():
    """By default it is not there; switched on, it is one row for the city."""
    _, found = drawn_sources()
    assert set(pillars(found, listening(), 30)["subscale"]) == {"ties"}
    assert pillars(found, listening(individual=True), 30).query("subscale == 'force'")["by"].tolist() == [""]


def test_answers_are_held_against_open_numbers_of_residents_only():
    """A ratio and the answers behind it give the residents back."""
    _, found = drawn_sources()
    guarded = layer("residents", found.layer("residents").table, sensitivity="counts")
    with pytest.raises(DisclosureError, match="people"):
        who_answered(replace(found, layers={**found.layers, "residents": guarded}), listening(), 30)


@pytest.mark.parametrize(
    ("scale", "items", "shown"), [([0, 1], ["t1", "t2", "t3"], False), ([1, 3], ["t1"], False), ([1, 3], ["t1", "t2"], True)]
)
def test_a_scale_that_tells_how_many_gave_each_answer_is_no_number_of_people(scale, items, shown):
    """Three questions with two answers, or one with three: their mean gives back what a share of one of them withholds. Of an open layer all is shown."""
    told = []
    for sensitivity in ("survey", "open"):
        rows, found = drawn_sources(scale=scale, subscales={"ties": {"title": "Ties", "items": items}})
        said = found.layer("survey")
        table = said.table.assign(**{name: rows[name].clip(*scale) for name in items})
        card = said.card.model_copy(update={"sensitivity": sensitivity})
        told.append(replace(found, layers={**found.layers, "survey": Layer(card, table, None, None, said.extras)}))
    assert len(pillars(told[1], listening(), 30))
    asked = Pillar(layer="survey", subscale="ties")
    if shown:
        assert len(pillars(told[0], listening(), 30))
        assert len(asked.observe(told[0], "wards").frame)
        return
    with pytest.raises(DisclosureError, match="tell how many gave each"):
        asked.observe(told[0], "wards")
    assert not len(pillars(told[0], listening(), 30))
