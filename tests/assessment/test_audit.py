"""The audit: each thing it must find is planted, and what it says is words for a planner."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.assessment.audit import audit
from geomap.assessment.coherent import counted_twice, weights_table
from geomap.assessment.directions import against
from geomap.assessment.explore import rescored
from geomap.assessment.finding import KINDS
from geomap.assessment.moved import agreed, rank_shifts
from geomap.assessment.trials import trials_of
from geomap.cli.main import main
from geomap.methodology.whatif import recombined, with_missing, without
from geomap.views.audit import as_data, in_words, table
from tests.assessment.small import assessed, indicator, recipe, whole

FORBIDDEN = r"\b(caus\w*|driv\w*|leads? to|predict\w*|due to|because of|results? in)\b"
CHOICES = {
    "weights": "dirichlet", "combine": ["geometric", "harmonic"], "missing": ["renormalise"], "leave_out": 0.2, "scales": ["z"], "reason": "Because."
}  # fmt: skip


def measured(name, domain="one", **said):
    """An indicator of its own layer."""
    return indicator(name, domain, **{"measure": {"measure": "value", "layer": name, "field": "score"}, **said})


def simple(*names, **changed):
    """Indicators in one domain, and an index of it; what is called z… is in another domain."""
    homes = {name: "two" if name.startswith("z") else "one" for name in names}
    domains = sorted(set(homes.values()))
    return recipe(
        *(measured(name, home) for name, home in homes.items()),
        domain=[whole(name) for name in domains],
        index=[whole("top", of=domains)],
        **changed,
    )


def scores(seed=1, places=80, **columns):
    """A table of scores from 0 to 10; each column is given, or drawn."""
    rng = np.random.default_rng(seed)
    frame = {name: rng.uniform(0, 10, places) if column is None else column for name, column in columns.items()}
    return pd.DataFrame({"place": [f"p{place:03d}" for place in range(places)], **frame})


def found(methodology, frame, kind, **more):
    """The findings of a kind."""
    return [one for one in audit(assessed(methodology, frame), methodology, samples=16, **more) if one.kind == kind]


COMMON = np.random.default_rng(7).uniform(2, 8, 80)


def like(seed, noise=1.0):
    """What goes with COMMON, more or less."""
    return np.clip(COMMON + np.random.default_rng(seed).normal(0, noise, 80), 0, 10)


def test_a_duplicated_indicator_must_be_mended():
    """The same number under another name, in the same domain or in another."""
    for twin in ("b", "zb"):
        (one,) = found(simple("a", twin, "c"), scores(a=COMMON, **{twin: COMMON}, c=None), "double")
        assert (one.severity, one.about) == ("mend", ("a", twin))
        assert "say the same of every ward" in one.sentence


@given(st.integers(0, 10_000), st.floats(0.3, 1.0))
@settings(max_examples=15, deadline=None)
def test_however_an_indicator_is_duplicated_it_is_flagged(seed, share):
    """In another unit, or with a little noise."""
    frame = scores(seed=seed, a=None, c=None)
    frame["b"] = (frame["a"] * share + np.random.default_rng(seed).normal(0, 0.01, len(frame))).clip(lower=0)
    methodology = simple("a", "b", "c")
    assert any({"a", "b"} <= set(one.about) for one in counted_twice(assessed(methodology, frame), methodology))


def test_the_same_numerator_is_told_with_its_reason():
    """From the methodology alone, whatever the numbers."""
    same = {"measure": "rate", "layer": "incidents"}
    pair = [
        measured(name, measure={**same, "per": {"layer": "residents", "field": field}})
        for name, field in (("a", "people"), ("b", "adults"))
    ]
    methodology = recipe(*pair, domain=[whole("one")], index=[whole("top", of=["one"])])
    (one,) = found(methodology, scores(a=None, b=None), "double")
    assert (one.severity, one.about) == ("look", ("a", "b"))
    assert "count the same rows" in one.sentence


def test_what_is_close_is_told_once_with_all_that_is_close():
    """Three that go together are one finding, not three."""
    (one,) = found(simple("a", "b", "zc", "d"), scores(a=like(1, 0.2), b=like(2, 0.2), zc=like(3, 0.2), d=None), "double")
    assert (one.severity, one.about, len(one.numbers)) == ("look", ("a", "b", "zc"), 3)
    assert "counts 3 times, in 'One' and 'Two'" in one.sentence


def test_what_runs_against_its_domain_is_told_and_never_turned():
    """In the audit, and as a warning when an edition is built; the direction stays."""
    methodology, frame = simple("a", "b", "c"), scores(a=like(1), b=like(2), c=10 - like(3))
    one = found(methodology, frame, "against")[0]
    assert (one.severity, one.about) == ("look", ("c",))
    assert "direction stays as agreed" in one.sentence
    (warning,) = against(assessed(methodology, frame))
    assert (warning.kind, warning.severity, warning.about) == ("against", "warning", ("c",))
    assert methodology.indicator[2].up == "worse"


def test_two_parts_that_run_against_each_other_are_told_together():
    """Which of the two is the wrong way round, nobody can tell from the numbers."""
    (one,) = found(simple("a", "b"), scores(a=like(1), b=10 - like(3)), "against")
    assert one.about == ("a", "b")
    (warning,) = against(assessed(simple("a", "b"), scores(a=like(1), b=10 - like(3))))
    assert warning.about == ("a", "b")


def test_what_chance_does_is_no_warning():
    """Six wards can run any way."""
    frame = scores(places=6, a=[1, 2, 3, 4, 5, 6], b=[3, 2, 4, 1, 6, 5], c=[3, 6, 1, 5, 2, 4])
    assert against(assessed(simple("a", "b", "c"), frame)) == ()


def test_effective_weights_sum_to_one(edition):
    """Agreed ones, those by correlation ratio, and those by LMG, in every whole of every level."""
    for level in edition.levels:
        assessment = edition.level(level)
        for node in assessment.nodes:
            if len(node.parts) > 1:
                assert weights_table(assessment, node).sum().to_numpy() == pytest.approx([1.0, 1.0, 1.0])


@given(st.integers(0, 10_000), st.integers(2, 5))
@settings(max_examples=15, deadline=None)
def test_equal_and_independent_parts_have_equal_weights_in_effect(seed, count):
    """Within what two thousand places allow."""
    names = [*"abcde"][:count]
    assessment = assessed(simple(*names), scores(seed=seed, places=2_000, **dict.fromkeys(names)))
    weights = weights_table(assessment, assessment.node("one"))
    assert weights["lmg"].to_numpy() == pytest.approx(np.full(count, 1 / count), abs=0.05)
    assert weights["correlation_ratio"].to_numpy() == pytest.approx(np.full(count, 1 / count), abs=0.05)


def test_a_part_that_hardly_varies_has_less_weight_in_effect_than_agreed():
    """Half agreed, next to nothing in effect."""
    one = found(simple("a", "zb"), scores(a=None, zb=5 + 0.02 * COMMON), "weights")[0]
    assert one.severity == "look"
    assert one.numbers["two agreed"] == 0.5
    assert one.numbers["two lmg"] < 0.01
    assert "'Two' 50% (in effect 0%)" in one.sentence


def test_leaving_one_out_moves_ranks_as_by_hand():
    """Without b, only a is left: p2 rises from the last to the first place, so ranks move by 2, 0 and 2."""
    methodology = simple("a", "b")
    frame = scores(places=3, a=[0.0, 5.0, 10.0], b=[10.0, 4.0, -2.0])
    (one,) = found(methodology, frame, "left_out")
    assert one.numbers["b mean"] == pytest.approx(4 / 3)
    assert (one.numbers["b largest"], one.numbers["a mean"]) == (2.0, 0.0)


def test_other_choices_are_told_one_at_a_time_and_the_scale_is_said_to_be_held():
    """Means, weights, gaps; and what the edition cannot try."""
    methodology = recipe(measured("a", "one", weight=9.0), measured("b", "one"), domain=[whole("one")], index=[whole("top", of=["one"])])
    told = found(methodology, scores(a=None, b=None), "otherwise")
    assert any("equal weights" in one.sentence and one.numbers["equal weights mean"] > 0 for one in told)
    assert any("scale is held by the edition" in one.sentence for one in told)
    (top,) = [one for one in told if one.about == ("top",)]
    assert {"geometric means for domains mean", "harmonic means for domains mean"} <= set(top.numbers)


def test_places_that_lose_their_score_are_counted_not_ranked():
    """Ranks are compared among the places that both can score."""
    one, other = np.array([4.0, 3.0, 2.0, 1.0]), np.array([np.nan, 3.0, 1.0, 2.0])
    np.testing.assert_array_equal(rank_shifts(one, other), [np.nan, 0.0, 1.0, 1.0])
    np.testing.assert_array_equal(rank_shifts(one, np.stack([other, one])), [[np.nan, 0.0, 1.0, 1.0], [0.0] * 4])


def test_without_declared_choices_that_is_said():
    """Nothing is made up."""
    (one,) = found(simple("a", "b"), scores(a=None, b=None), "choices")
    assert "declares no uncertain choices" in one.sentence


def choosing(**choices):
    """Two domains with gaps, and declared choices."""
    return recipe(
        measured("a", "one"), measured("b", "inner"), measured("c", "inner"), measured("d", "two", up="better"),
        domain=[whole("one"), whole("inner", domain="one"), whole("two", up="better")], index=[whole("top", of=["one", "two"])], choices=choices or CHOICES,
    )  # fmt: skip


GAPS = scores(a=None, b=None, c=None, d=None)
GAPS.loc[[1, 5, 9], "b"] = GAPS.loc[[5, 20], "a"] = np.nan


def test_the_choices_share_out_how_far_ranks_move():
    """Each kind that was declared has its two numbers; the scale is said to be left out."""
    (one,) = found(choosing(), GAPS, "choices")
    assert {f"{name} {what}" for name in ("weights", "combine", "missing", "leave_out") for what in ("first", "total")} <= set(one.numbers)
    assert all(0 <= value <= 1 for name, value in one.numbers.items() if name != "mean")
    assert one.sentence.endswith("The scale is held by the edition and is not among them.")


def test_a_choice_that_changes_nothing_has_no_share():
    """Where only the weights are drawn, and they are all of one part, no rank moves."""
    methodology = recipe(measured("a"), measured("b", "two", levels=["districts"]), domain=[whole("one"), whole("two")], index=[whole("top", of=["one"])], choices={"weights": "band", "reason": "Because."})  # fmt: skip
    (one,) = found(methodology, scores(a=None), "choices")
    assert "no rank of 'Top' moves" in one.sentence


def test_trees_grown_together_are_trees_grown_alone():
    """Draws with other ways, rules and indicators give what the what-if of each would, one by one."""
    methodology = choosing(combine=["geometric"], missing=["renormalise"], leave_out=0.4, reason="Because.")
    assessment = assessed(methodology, GAPS)
    base = agreed(assessment, methodology)
    trials = trials_of(assessment, methodology, base)
    chosen = np.stack([grid.ravel() for grid in np.meshgrid([0, 1], [0, 1], np.arange(12), indexing="ij")]).astype(float)
    together = trials(chosen)[0]
    assert (together > 0).any()
    for column, (way, rule, draw) in enumerate(chosen.astype(int).T):
        out = [name for name, kept in trials.kept.items() if not kept[draw]]
        other = without(methodology, out) if out else methodology
        other = recombined(other, {"top": "geometric"}) if way else other
        other = with_missing(other, "renormalise", methodology.missing.least_share) if rule else other
        alone = base.moved(rescored(assessment, other))["top"]
        assert together[column] == pytest.approx(np.nanmean(alone))


def test_another_edition_stands_beside():
    """The same places a year later; another methodology is said."""
    methodology, frame = simple("a", "b"), scores(a=None, b=None)
    other = assessed(methodology, frame.assign(a=frame["b"], b=frame["a"]))
    (one,) = found(methodology, frame, "editions", others=[other])
    assert one.numbers["mean"] == 0.0
    changed = assessed(recombined(methodology, {"one": "max"}), frame)
    assert "different methodologies" in found(methodology, frame, "editions", others=[changed])[0].sentence


@given(st.floats(0.1, 3.0), st.sampled_from(["arithmetic", "geometric", "harmonic", "max", "min", "ordered"]))
@settings(max_examples=20, deadline=None)
def test_all_places_worse_by_the_same_amount_fall_together(worse, way):
    """On a scale that is held still every score falls; ranks alone would not show it."""
    methodology = recipe(
        measured("a", up="better"),
        measured("b", up="better"),
        domain=[whole("one", "better")],
        index=[whole("top", "better", of=["one"], combine=way)],
    )
    before = scores(a=4 + COMMON / 4, b=5 + COMMON / 4)
    after = before.assign(a=before["a"] - worse, b=before["b"] - worse)
    then, now = (assessed(methodology, frame).numbers["top"] for frame in (before, after))
    assert (now["value"] < then["value"]).all()
    np.testing.assert_array_equal(now["rank"], then["rank"])


def test_extreme_places_and_crowded_ends_are_told():
    """A lognormal has a long tail; a scale that is too short has no ends left."""
    rng = np.random.default_rng(3)
    told = found(
        simple("a", "b", "c"), scores(a=np.minimum(rng.lognormal(0, 1.2, 80), 10), b=np.repeat([0.0, 10.0], 40), c=None), "outliers"
    )
    assert {one.about for one in told} == {("a",), ("b",)}
    assert next(one for one in told if one.about == ("b",)).numbers["at_ends"] == 1.0


def test_what_is_hardly_known_is_told():
    """Half the places have no number."""
    frame = scores(a=None, b=None)
    frame.loc[frame.index[::2], "a"] = np.nan
    told = [one for one in found(simple("a", "b"), frame, "coverage") if one.about == ("a",)]
    assert told[0].severity == "look"
    assert told[0].numbers["share"] == 0.5


@pytest.mark.parametrize("level", ["neighbourhoods", "districts"])
def test_every_finding_is_words_for_a_planner(edition, level):
    """No claim of what brings what about; every kind is known; the text holds every sentence, and the data are finite."""
    assessment = edition.level(level)
    findings = audit(assessment, edition.methodology, samples=16)
    assert {one.kind for one in findings} <= set(KINDS)
    assert [one.sentence for one in findings if re.search(FORBIDDEN, one.sentence, re.IGNORECASE)] == []
    assert all(one.sentence.endswith(".") and set(one.about) <= set(assessment.numbers) | {"all"} for one in findings)
    text = in_words(assessment, findings)
    assert all(one.sentence in text for one in findings)
    assert table(findings)["sentence"].tolist() == [one.sentence for one in findings]
    assert len(as_data(assessment, findings)["findings"]) == len(findings)


def test_the_same_edition_gives_the_same_audit(edition):
    """Draws come from a seed."""
    assessment = edition.level("districts")
    assert audit(assessment, edition.methodology, samples=16) == audit(assessment, edition.methodology, samples=16)


def test_the_command_prints_it_in_words_and_as_data(demo, capsys):
    """For people and for machines."""
    assert main(["audit", str(demo), "--level", "districts"]) == 0
    assert capsys.readouterr().out.startswith("Audit of Marrowmere")
    assert main(["audit", str(demo), "--level", "districts", "--json"]) == 0
    assert '"findings"' in capsys.readouterr().out


def test_an_indicator_that_is_the_same_everywhere_is_told():
    """It tells no two places apart; the others are still looked at."""
    methodology, frame = simple("a", "b", "c"), scores(a=np.full(80, 5.0), b=None, c=None)
    assert found(methodology, frame, "outliers")[0].sentence == "'A' is the same in every ward, so it tells no two of them apart."
    assert found(methodology, frame, "components")


def test_a_rule_under_which_nothing_is_scored_is_not_said_to_move_nothing():
    """No place has a, so that no place has every part."""
    one = found(simple("a", "b", "c"), scores(a=np.full(80, np.nan), b=None, c=None), "otherwise")[0]
    assert "any gap leaving a place without a score (80 can no longer be scored)" in one.sentence


def test_one_indicator_alone_is_audited_too():
    """Little can be said, and nothing fails."""
    methodology = recipe(measured("a"), domain=[whole("one")], index=[whole("top", of=["one"])], choices=CHOICES)
    assert found(methodology, scores(a=None), "components") == found(methodology, scores(a=None), "left_out") == []
