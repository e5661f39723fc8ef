"""What people said, by question, place and group: sums by hand, and what must not be told."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.trust_grid import COLUMNS, trust_grid
from geomap.disclosure.gate import Rule
from geomap.errors import LayerError
from geomap.layers.layer import Layer
from geomap.methodology.listening import Listening
from geomap.methodology.rules import Reliability
from geomap.statistics.rounding import OF_ANSWERS, significant
from tests.toy import DISTRICTS, drawn, layer, sources

WARDS = [ward for wards in DISTRICTS.values() for ward in wards]
QUESTIONS = {
    "police": {
        "wording": "How much do you trust the police?",
        "scale": [1, 5],
        "agree": [4, 5],
        "institution": "police",
        "issue": "safety",
    },
    "why": {"wording": "Why?", "kind": "several", "explains": "police"},
}
SIZES = {"castle": 60, "market": 80, "park": 12, "harbour": 40, "mill": 45, "station": 70}


def survey(turned=(), **sizes):
    """Answers of six wards, twelve only in the park; *turned* wards answer the other way round; other *sizes* than the usual."""
    generator = np.random.default_rng(1)
    sizes = SIZES | sizes
    rows = pd.DataFrame({"ward": np.repeat(list(sizes), list(sizes.values()))})
    rows["age"] = np.where(generator.random(len(rows)) < 0.25, "young", "old")
    rows["police"] = generator.choice([1, 2, 4, 5, 9], len(rows), p=[0.2, 0.2, 0.3, 0.25, 0.05])
    rows["why"] = generator.choice(["they listen", "they listen; they come", "they come", ""], len(rows))
    rows["police"] = rows["police"].where(~rows["ward"].isin(turned) | (rows["police"] == 9), 6 - rows["police"])
    fieldwork = {"dont_know": [9], "mode": "web", "groups": ["age"], "questions": QUESTIONS}
    said = layer("survey", rows.replace("", np.nan), kind="survey", sensitivity="survey", survey=fieldwork)
    return rows, Layer(
        said.card, said.table, None, None, {"margins": drawn("variable | category | people\n age | young | 500\n age | old | 500")}
    )


def grid(said, base=30, few=5, **options):
    """The grid of the survey *said*."""
    rule = Listening.read({"layer": "survey", "by": ["age"], "reason": "Because.", **options}, where="the test")
    return trust_grid(sources(said), rule, Rule(few, base), Reliability())


def row(table, question="police", level="city", code="city", by="", group="", answer=""):
    """The one row of this question, place and group."""
    wanted = {"question": question, "level": level, "code": code, "by": by, "group": group, "answer": answer}
    found = table[np.logical_and.reduce([table[name] == value for name, value in wanted.items()])]
    assert len(found) == 1
    return found.iloc[0]


def test_the_citys_share_is_that_of_all_who_answered():
    """Neither blank nor don't know: by hand from the rows; and the same of one age group."""
    rows, said = survey(park=35)
    table = grid(said)
    answered = rows[rows["police"] != 9]
    assert list(table.columns) == list(COLUMNS)
    assert row(table)["value"] == significant(100 * (answered["police"] >= 4).mean(), OF_ANSWERS)
    young = answered[answered["age"] == "young"]
    found = row(table, by="age", group="young")
    assert (found["n"], found["institution"], found["issue"]) == (len(young), "police", "safety")
    assert found["value"] == significant(100 * (young["police"] >= 4).mean(), OF_ANSWERS)


def test_reasons_are_shares_of_those_who_gave_any():
    """Who gave two counts for both, so reasons add up to more than 100 %."""
    rows, said = survey(**dict.fromkeys(WARDS, 60))
    table, given = grid(said), rows[rows["why"] != ""]["why"]
    for reason in ("they listen", "they come"):
        assert row(table, question="why", answer=reason)["value"] == significant(100 * given.str.contains(reason).mean(), OF_ANSWERS)


@pytest.mark.parametrize("few", [1, 3])
def test_a_reason_that_only_withheld_people_gave_is_not_in_the_table(few):
    """Twelve answers in the park are withheld; a threat that some of them alone named stands at no 0 % elsewhere, and nothing else changes."""
    rows, said = survey()
    park = rows.index[(rows["ward"] == "park") & (rows["why"] != "")][:few]
    threat = rows["why"].replace("", np.nan).where(~rows.index.isin(park), rows["why"] + "; threats")
    pd.testing.assert_frame_equal(grid(replace(said, table=said.table.assign(why=threat))), grid(said))


def test_a_reason_that_too_few_gave_anywhere_is_not_in_the_table():
    """Two of the market's eighty: every share that has them is withheld, so the reason is named to nobody."""
    rows, said = survey()
    market = rows.index[(rows["ward"] == "market") & (rows["why"] != "")][:2]
    rare = rows["why"].replace("", np.nan).where(~rows.index.isin(market), rows["why"] + "; threats")
    assert "threats" not in set(grid(replace(said, table=said.table.assign(why=rare)))["answer"])


def test_a_place_with_few_answers_is_modelled_and_says_so():
    """35 answers in the park, a wide interval: the modelled number speaks, flagged; a ward of eighty keeps both."""
    _, said = survey(park=35)
    table = grid(said)
    park, market = (row(table, level="wards", code=ward) for ward in ("park", "market"))
    assert (park["shown"], park["value"]) == ("modelled", park["modelled"])
    assert "modelled" in park["flags"]
    assert market["direct"] == market["direct"]
    assert 0 <= market["own"] <= 1


def test_a_place_under_the_base_is_modelled_from_the_others_alone():
    """Twelve answers in the park: no direct number, and a modelled one that takes in none of them."""
    _, said = survey()
    park = row(grid(said), level="wards", code="park")
    assert (park["shown"], park["own"]) == ("modelled", 0)
    assert park[["n", "direct"]].isna().all()
    assert "all of it borrowed" in park["flags"]


def test_a_place_that_would_be_told_stays_out_of_the_larger_ones():
    """The park is the only ward under the base: its district and the city are those of the other wards, as they are of indicators."""
    rows, said = survey()
    table, answered = grid(said), rows[(rows["police"] != 9) & (rows["ward"] != "park")]
    assert row(table)["n"] == len(answered)
    up, down = (row(table, level="districts", code=code) for code in ("up", "down"))
    assert up["n"] == answered["ward"].isin(["castle", "market"]).sum()
    assert ["too few to show" in one["flags"] for one in (row(table), up, down)] == [True, True, False]


def test_groups_within_places_follow_the_base():
    """Every shown crossing has thirty answers; with a place shown, its hidden groups are two or more, so nothing is told by difference."""
    _, said = survey()
    table = grid(said)
    crossed = table[(table["level"] == "wards") & (table["by"] == "age") & (table["question"] == "police")]
    assert (crossed.loc[crossed["shown"] == "direct", "n"] >= 30).all()
    hidden = crossed[crossed["shown"] == "withheld"]
    assert hidden[["n", "value", "low", "high", "direct"]].isna().all(axis=None)
    assert (hidden.groupby("code").size() != 1).all()


def test_withheld_answers_change_no_number_beside_the_citys():
    """A place under the base that is not modelled either (nine answers): turning its answers moves no row of any ward."""
    first, second = (grid(survey(turned=turned, park=9)[1]) for turned in ((), ("park",)))
    first, second = (table[table["level"] == "wards"].reset_index(drop=True) for table in (first, second))
    pd.testing.assert_frame_equal(first, second)


def test_weights_reach_the_grid():
    """Raked to as many young as old, the city's share is the plain mean of the two."""
    _, said = survey()
    table = grid(said, rake=["age"], by=["age"])
    groups = [row(table, by="age", group=group)["value"] for group in ("young", "old")]
    assert row(table)["value"] == pytest.approx(np.mean(groups), abs=2.0)


def test_few_answers_and_wide_errors_are_called_so():
    """From 100 answers on a number is good if its error is small; under it, with caution; with an error over a third of it, poor."""
    _, said = survey()
    table = grid(said)
    assert row(table)["reliability"] == "good"
    assert row(table, level="wards", code="market")["reliability"] in ("with caution", "poor")
    assert (table.loc[table["shown"] == "withheld", "reliability"] == "").all()


SHARES = """ward    | asked  | share | n
            --------+--------+-------+----
            castle  | police |  0.50 | 100
            market  | police |  0.30 |  20
            castle  | help   |  0.80 | 400"""


def handed(table=SHARES, answers="n", sensitivity="survey"):
    """A survey of which only shares were handed over."""
    said = layer("survey", table, kind="survey", sensitivity=sensitivity, survey={"mode": "web"})
    rule = Listening.read(
        {"layer": "survey", "aggregates": {"question": "asked", "share": "share", "answers": answers}, "reason": "Because."},
        where="the test",
    )
    return trust_grid(sources(said), rule, Rule(5, 30), Reliability())


def test_shares_that_were_handed_over_get_wilsons_interval():
    """Half of 100 answers: 40.4 to 59.6 %; twenty answers are withheld; a stated usual number is told."""
    table = handed()
    castle = row(table, level="wards", code="castle")
    assert (castle["value"], castle["low"], castle["high"]) == (50, 40.4, 59.6)
    assert row(table, level="wards", code="market")["shown"] == "withheld"
    assert "the usual number" in row(handed(answers=400), level="wards", code="market")["flags"]


def test_shares_beyond_one_and_two_rows_for_one_place_are_refused():
    """Percentages are no shares, and one place has one number."""
    with pytest.raises(LayerError, match="Divide percentages by 100"):
        handed(SHARES.replace("0.50", "50"))
    with pytest.raises(LayerError, match="twice for castle"):
        handed(SHARES + "\n castle | police | 0.4 | 90")


def answered(**wards):
    """A survey of which in each ward so many agreed, of so many who answered."""
    rows = [(ward, 5 if one < agreed else 1) for ward, (agreed, n) in wards.items() for one in range(n)]
    table = pd.DataFrame(rows, columns=["ward", "police"])
    fieldwork = {"mode": "web", "questions": {"police": QUESTIONS["police"]}}
    return layer("survey", table, kind="survey", sensitivity="survey", survey=fieldwork)


EVEN = dict.fromkeys(WARDS, (20, 40))


def recovered(table):
    """How many agreed in the castle, by the shares and bases of everybody else in its district or the city; NaN where that cannot be worked out."""
    told = table.assign(agreed=table["direct"] * table["n"] / 100).set_index(["level", "code"])["agreed"]
    own, up, city = told["wards", "castle"], told["districts", "up"], told["city", "city"]
    ways = [
        own,
        up - told["wards", "market"] - told["wards", "park"],
        city - sum(told["wards", ward] for ward in WARDS if ward != "castle"),
    ]
    return np.nanmax(ways) if np.isfinite(ways).any() else np.nan


@pytest.mark.parametrize("agreed", [1, 4, 36, 38])
def test_few_who_agreed_or_did_not_are_told_by_no_share(agreed):
    """Of forty in the castle one agreed, or four, or all but two: neither its share nor the others' and the sum tell it; how many answered is told."""
    table = grid(answered(**EVEN | {"castle": (agreed, 40)}), by=[])
    castle = row(table, level="wards", code="castle")
    assert np.isnan(castle["direct"])
    assert castle["n"] == 40
    assert np.isnan(recovered(table))


@pytest.mark.parametrize("agreed", [0, 5, 35, 40])
def test_enough_who_agreed_and_did_not_are_told(agreed):
    """As are nobody and everybody, which a true zero is."""
    table = grid(answered(**EVEN | {"castle": (agreed, 40)}), by=[])
    assert recovered(table) == pytest.approx(agreed, abs=0.2)  # shares have three digits


def test_a_handed_share_of_few_is_withheld():
    """2 % of 100 answers are two people."""
    castle = row(handed(SHARES.replace("0.50", "0.02")), level="wards", code="castle")
    assert (castle["shown"], castle["n"]) == ("withheld", 100)


@pytest.mark.parametrize("answers", ["n", 600])
def test_a_handed_share_has_the_digits_of_answers(answers):
    """One of 31 is 3.225806 %, which no other sum of answers is: 3.23 % are many. How many answered is told as it was given; of an open layer all is."""
    text = SHARES.replace("0.80 | 400", f"{12 / 31} | 403").replace("0.50", f"{8 / 31}")
    castle = row(handed(text, answers), question="help", level="wards", code="castle")
    numbers = ["value", "low", "high", "direct", "direct_low", "direct_high"]
    assert castle[numbers].tolist() == significant(castle[numbers].astype(float), OF_ANSWERS).tolist()
    assert castle["value"] == 38.7
    assert (castle["n"], castle["effective"]) == ((403, 403) if answers == "n" else (600, 600))
    assert row(handed(text, answers, sensitivity="open"), question="help", level="wards", code="castle")["value"] == 38.7096774
