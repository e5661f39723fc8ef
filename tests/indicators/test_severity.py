"""Severity: weighted events, held to sums by hand and to R, and what a sum of known weights must not tell."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.estimate import estimate
from geomap.disclosure.gate import Rule, let_out
from geomap.disclosure.rules import PRESETS
from geomap.errors import LayerError
from geomap.indicators.severity import Severity
from geomap.statistics.standardisation import gamma_sum
from tests.toy import WARDS, layer, methodology, residents, sources

WORDS = {"layer": "crimes", "weights": {"layer": "harm"}, "per": {"layer": "residents", "field": "people"}}
HARM = """kind     | weight
          ---------+-------
          homicide |   5000
          assault  |    100
          theft    |      1"""
RULE = Rule(threshold=5, survey_base=5)


def severity(**changed):
    """The measure, with *changed* instead of the usual."""
    return Severity.read({**WORDS, **changed}, where="severity")


def harm(table: str | pd.DataFrame = HARM):
    """The table of weights, an example made for these tests."""
    return layer("harm", table, kind="register", places=None)


def records(counts: dict[str, dict[str, int]], **said):
    """Crimes, a row each, from counts by ward and kind."""
    rows = [(ward, kind) for ward, own in counts.items() for kind, count in own.items() for _ in range(count)]
    return layer("crimes", pd.DataFrame(rows, columns=["ward", "kind"]), **{"kind": "incidents", "sensitivity": "counts", **said})


def city(counts: dict[str, dict[str, int]], table: str | pd.DataFrame = HARM, **said):
    """The toy city with these crimes."""
    return sources(records(counts, **said), harm(table), residents())


CRIMES = {
    "castle": {"homicide": 0, "assault": 10, "theft": 20},
    "market": {"homicide": 2, "assault": 12, "theft": 40},
    "harbour": {"theft": 6},
    "mill": {"homicide": 5, "assault": 7, "theft": 100},
}


def shown(measure: Severity, seen, sensitivity: str = "counts") -> pd.DataFrame:
    """What is published of the wards."""
    return measure.finish(let_out(measure.observe(seen, "wards"), sensitivity, RULE))


def test_each_event_counts_for_the_weight_of_its_kind():
    """Castle: 10 assaults and 20 thefts weigh 1,020 among 1,000 residents; nobody was harmed in the station; nobody lives in the park."""
    found = shown(severity(), city(CRIMES, sensitivity="open"), "open")
    assert found.loc["castle", ["value", "n", "status"]].tolist() == [1020.0, 30.0, "value"]
    assert found.loc["market", "value"] == pytest.approx((2 * 5000 + 12 * 100 + 40) / 2)
    assert found.loc["station", ["value", "n"]].tolist() == [0.0, 0.0]
    assert found.loc["park", "status"] == "missing"
    assert (found["low"] <= found["value"])[found["value"].notna()].all()


def test_the_interval_allows_for_the_gravest_kind_that_did_not_happen():
    """The gamma interval of all kinds of the table: a homicide in the station is as far away as the exact limit of no event."""
    found = shown(severity(scale=1.0), city({"castle": {"theft": 9}}, sensitivity="open"), "open")
    whole = gamma_sum([[0, 0, 9], [0, 0, 0]], [5000, 100, 1])
    assert found.loc[["castle", "harbour"], "high"].to_numpy() * [1000, 4000] == pytest.approx(whole.high, rel=1e-3)
    assert found.loc["station", "high"] * 10_000 == pytest.approx(5000 * 3.6889, rel=1e-3)


def test_only_the_kinds_that_are_named_count():
    """Of thefts alone each weighs 1, and no heavier kind widens the interval."""
    found = shown(severity(where={"kind": ["theft"]}), city(CRIMES, sensitivity="open"), "open")
    assert found.loc["castle", "value"] == 20.0
    assert found.loc["castle", "high"] == pytest.approx(30.888, rel=1e-3)


def test_counts_by_kind_and_years_are_weighed_as_records_are():
    """A table of counts: a kind that a listed place does not list was not there; a place that is not listed is unknown; two years halve the sum."""
    table = layer("crimes", "ward | kind | count\n castle | assault | 10\n castle | theft | 20\n market | theft | 8")
    found = shown(severity(events=["count"], years=2), sources(table, harm(), residents()), "open")
    assert found.loc[["castle", "market"], "value"].tolist() == [510.0, 2.0]
    assert found.loc["mill", "status"] == "missing"


@pytest.mark.parametrize(
    ("table", "fault"),
    [
        ("kind | weight\n homicide | 5000\n theft | 1", r"no weight for \['assault'\].*Add them"),
        (HARM + "\n theft | 2", r"\['theft'\] have more than one weight"),
        (HARM + "\n arson |", r"\['arson'\] have no weight"),
        (HARM + "\n arson | -3", r"\['arson'\] have a weight below 0"),
        (HARM + "\n | 3", "1 row.s. name no kind"),
        ("kind | weight\n homicide | heavy", "holds no numbers"),
        (pd.DataFrame({"kind": ["theft"], "weight": [np.inf]}), "without end"),
        (pd.DataFrame({"kind": pd.Series(dtype=str), "weight": pd.Series(dtype=float)}), "has no rows"),
    ],
)
def test_a_table_of_weights_with_a_fault_is_refused(table, fault):
    """Kinds without a weight, with two, with none or with one below 0 or without end; rows without a kind; weights that are words; nothing at all."""
    with pytest.raises(LayerError, match=fault):
        severity().observe(city(CRIMES, table), "wards")


def test_all_faults_of_a_table_are_told_at_once():
    """Doubled and negative."""
    with pytest.raises(LayerError) as wrong:
        severity().observe(city(CRIMES, HARM + "\n theft | 2\n arson | -3"), "wards")
    assert "more than one" in str(wrong.value)
    assert "below 0" in str(wrong.value)


def test_records_without_a_kind_are_refused_unless_others_are_named():
    """Nobody knows what they weigh; where says that they do not count."""
    rows = pd.DataFrame({"ward": ["castle"] * 3, "kind": ["theft", "theft", None]})
    seen = sources(layer("crimes", rows, kind="incidents"), harm(), residents())
    with pytest.raises(LayerError, match="have no 'kind'"):
        severity().observe(seen, "wards")
    assert shown(severity(where={"kind": ["theft"]}), seen, "open").loc["castle", "n"] == 2.0


def test_kinds_are_names():
    """A column of numbers as kinds is a fault of the card."""
    seen = sources(layer("crimes", "ward | kind\n castle | 101", kind="incidents"), harm("kind | weight\n 101 | 3"), residents())
    with pytest.raises(LayerError, match="type string"):
        severity().observe(seen, "wards")


def test_known_weights_tell_every_count_behind_a_bare_sum():
    """The attack: 10,540 among 2,000 is two homicides and no other whole numbers; so the sum of what is counted may never leave as it is."""
    market = severity(scale=1.0).finish(severity().observe(city(CRIMES), "wards")).loc["market"]
    total = round(market["value"] * 2000)
    assert recovered(total, [5000, 100, 1], market["n"]) == [(2, 12, 40)]


def test_the_attack_finds_only_the_band_in_what_is_published():
    """Market's two homicides are withheld: no value, no number of events, and a band that any of one to four fits."""
    found = shown(severity(scale=1.0), city(CRIMES))
    market = found.loc["market"]
    assert market[["value", "n"]].isna().all()
    assert (market["status"], market["flags"]) == ("suppressed", "withheld: fewer than 5 events of 'homicide'")
    assert (market[["low", "high"]].to_numpy(dtype=float) * 2000).round().tolist() == [5000 + 1240, 4 * 5000 + 1240]
    assert found.loc["mill", "status"] == found.loc["castle", "status"] == "value"


@pytest.mark.parametrize("rule", ["threshold-5", "ons-10-5", "nhs-1-7-5"])
def test_withheld_counts_change_nothing(rule):
    """Any count of the band behind a withheld one gives the same table, at both levels, and the same words."""
    told = set()
    for homicides in (1, 2, 4):
        seen = city({**CRIMES, "market": {**CRIMES["market"], "homicide": homicides}})
        one = methodology({"id": "severity", "measure": {"measure": "severity", **WORDS}}).indicator[0]
        for_rule = Rule(5, 5, PRESETS[rule])
        found = [estimate(one, seen, level, for_rule) for level in ("wards", "districts")]
        told.add("".join(one.table.to_csv() + repr(one.notes) for one in found))
    assert len(told) == 1


def test_noise_by_records_reaches_every_kind():
    """With cell-key each kind carries its own noise; the same records always the same."""
    one = methodology({"id": "severity", "measure": {"measure": "severity", **WORDS}}).indicator[0]
    rule = Rule(5, 5, PRESETS["cell-key"])
    seen = city(CRIMES)
    seen = type(seen)(seen.atlas, seen.layers, seen.period, seen.levels, "sixteen letters!")
    first, again = (estimate(one, seen, "wards", rule) for _ in range(2))
    pd.testing.assert_frame_equal(first.table, again.table)
    assert any("noise of mean 0" in note for note in first.notes)
    assert first.table.loc["mill", "value"] != pytest.approx((25_000 + 700 + 100) / 5)


def test_a_larger_place_is_summed_from_what_the_smaller_ones_may_show():
    """Up holds a withheld count of homicides that could move its sum by far more than a twentieth: the band is told; down is exact."""
    one = methodology({"id": "severity", "measure": {"measure": "severity", **WORDS}}).indicator[0]
    found = estimate(one, city(CRIMES), "districts", RULE)
    down, up = found.table.loc["down"], found.table.loc["up"]
    assert down["value"] == pytest.approx((25_000 + 700 + 106) / 19, rel=1e-3)
    assert (up["status"], np.isnan(up["n"])) == ("suppressed", True)
    assert up[["low", "high"]].tolist() == pytest.approx([(2260 + 5000) / 3, (2260 + 20_000) / 3], rel=1e-3)
    assert "withheld count" in up["flags"]


def test_the_words_tell_whose_weights_and_which_kind_carries_most():
    """Mill's five homicides: 25,000 of 28,066 that all weigh, and 5 of 200 events."""
    one = methodology({"id": "severity", "measure": {"measure": "severity", **WORDS}}).indicator[0]
    crimes = {**CRIMES, "market": {"assault": 12, "theft": 40}}
    found = estimate(one, city(crimes), "wards", RULE)
    assert "Weights of the kinds: Harm (The council, 2025)." in found.notes
    assert "The harm leave somebody out." in found.notes
    weight, events = 25_000 / (25_000 + 2_900 + 166), 5 / 200
    assert (
        f"{100 * weight:.3g} % of the weight of all places comes from {100 * events:.3g} % of the events, those of the kind 'homicide'."
        in found.notes
    )
    said = one.measure.sentence(city(crimes))
    assert "'Harm'" in said
    assert "exact Poisson" not in said


def test_what_is_withheld_makes_the_part_of_the_heaviest_kind_a_span():
    """Six to nine homicides of 201 to 204 events, since one to four of the market are withheld."""
    one = methodology({"id": "severity", "measure": {"measure": "severity", **WORDS}}).indicator[0]
    said = estimate(one, city(CRIMES), "wards", RULE).notes[-1]
    assert said.startswith("90.7–93.6 % of the weight")
    assert "from 2.99–4.41 % of the events" in said


@pytest.mark.parametrize("crimes", [{}, {"castle": {"theft": 30}}])
def test_nothing_recorded_has_no_heaviest_kind(crimes):
    """No sentence of nothing, nor of the only kind there is."""
    one = methodology({"id": "severity", "measure": {"measure": "severity", **WORDS}}).indicator[0]
    assert not any("% of the weight" in note for note in estimate(one, city(crimes), "wards", RULE).notes)


def test_a_kind_that_is_named_needs_a_weight_though_none_was_recorded_this_year():
    """Arson of another year, asked for by name."""
    rows = pd.DataFrame({"ward": ["castle"] * 2, "kind": ["theft", "arson"], "day": pd.to_datetime(["2025-03-01", "2020-03-01"])})
    seen = sources(layer("crimes", rows, kind="incidents", date_field="day"), harm(), residents())
    with pytest.raises(LayerError, match=r"no weight for \['arson'\]"):
        severity(where={"kind": ["arson"]}, window_years=1).observe(seen, "wards")


def test_an_unknown_place_stays_unknown():
    """Nobody looked in the castle, and its sum is not 0."""
    gap = {"codes": ["castle"], "boundaries": "wards", "reason": "Another force."}
    found = shown(severity(), city({ward: {"theft": 9} for ward in WARDS}, not_covered=gap))
    assert found.loc["castle", "status"] == "not_collected"
    assert np.isnan(found.loc["castle", "high"])


def recovered(total: int, weights: list[int], events: float) -> list[tuple[int, ...]]:
    """All whole counts of three kinds that weigh *total* and are so many events."""
    heavy, middle, light = weights
    return [
        (one, two, three)
        for one in range(total // heavy + 1)
        for two in range((total - heavy * one) // middle + 1)
        if (three := (total - heavy * one - middle * two) // light) + one + two == events
    ]


def noisy(counts: dict[str, dict[str, int]], secret: str, level: str = "wards"):
    """What is published of these crimes where counts carry noise."""
    one = methodology({"id": "severity", "measure": {"measure": "severity", **WORDS}}).indicator[0]
    return estimate(one, replace(city(counts), secret=secret * 16), level, Rule(5, 5, PRESETS["cell-key"]))


@pytest.mark.parametrize("level", ["wards", "districts"])
def test_one_record_of_a_kind_that_noise_hides_changes_nothing(level):
    """The only assault, in a count that is shown as 0 with this key, is in no limit and in no sentence."""
    crimes = {ward: {"theft": 30} for ward in WARDS} | {"market": {"theft": 30, "homicide": 30}}
    none, one = (noisy(crimes | {"castle": {"theft": 30, "assault": count}}, "a", level) for count in (0, 1))
    pd.testing.assert_frame_equal(none.table, one.table)
    assert none.notes == one.notes


def test_no_part_is_more_than_the_whole():
    """Counts that noise may have raised from none are none at least, so that no kind has 102 % of the weight."""
    crimes = {ward: {"theft": 3} for ward in WARDS} | {"market": {"assault": 30}}
    said = noisy(crimes, "c").notes[-1]
    ends = [float(end) for end in re.findall(r"([\d.]+)(?=–| %)", said)]
    assert ends
    assert all(0 <= end <= 100 for end in ends)


def test_kinds_are_those_of_the_table_or_of_where():
    """Never those that were recorded, which would tell that one was."""
    seen = city({"castle": {"theft": 9}})
    assert [one.name for one in severity().observe(seen, "wards").kinds] == ["assault", "homicide", "theft"]
    assert [one.name for one in severity(where={"kind": ["theft"]}).observe(seen, "wards").kinds] == ["theft"]
