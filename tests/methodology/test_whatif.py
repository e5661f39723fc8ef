"""Another methodology from an agreed one: checked like the first, and the agreed one stays as it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geomap.errors import MethodologyError
from geomap.methodology.whatif import recombined, reweighted, with_missing, without
from tests.toy import methodology

VALUE = {"measure": "value", "layer": "scores", "field": "score"}
REASON = {"reason": "Because."}
JUDGED = [[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]


def whole(name, **said):
    """A domain or an index."""
    return {"id": name, "title": name, "up": "worse", **REASON, **said}


def tree(**changed):
    """Two domains, one with a sub-domain; an index of the two, and one above it."""
    indicators = [
        {"id": name, "domain": domain, "measure": VALUE} for name, domain in (("a", "one"), ("b", "one"), ("c", "inner"), ("d", "two"))
    ]
    usual = {
        "domain": [whole("one", weights={"a": 3, "b": 1, "inner": 2}), whole("inner", domain="one"), whole("two")],
        "index": [whole("both", of=["one", "two"], weights=[2, 1]), whole("top", of=["both", "one"])],
    }
    return methodology(*indicators, **{**usual, **changed})


AGREED = tree()
EVERY_WAY = {
    "reweighted": lambda: reweighted(AGREED, {"one": {"a": 9}}),
    "recombined": lambda: recombined(AGREED, {"both": "geometric"}),
    "with_missing": lambda: with_missing(AGREED, "propagate"),
    "without": lambda: without(AGREED, ["d"]),
}


@pytest.mark.parametrize("way", EVERY_WAY)
def test_the_agreed_methodology_is_never_altered(way):
    """Another fingerprint comes out; the agreed one keeps its own."""
    before = AGREED.fingerprint
    assert EVERY_WAY[way]().fingerprint != before
    assert AGREED.fingerprint == before == tree().fingerprint


def weights(found, name):
    """The named weights of a whole."""
    return next(one for one in (*found.domain, *found.index) if one.id == name).weights.named


def test_a_part_that_is_not_named_keeps_its_weight():
    """Named, listed and equal weights alike."""
    changed = reweighted(AGREED, {"one": {"a": 9}, "both": {"two": 5}, "top": {"one": 0}})
    assert weights(changed, "one") == {"a": 9.0, "b": 1.0, "inner": 2.0}
    assert weights(changed, "both") == {"one": 2.0, "two": 5.0}
    assert weights(changed, "top") == {"both": 1.0, "one": 0.0}


def test_an_indicator_keeps_the_weight_it_has_in_its_own_block():
    """Where the domain says nothing of weights, each indicator's own counts."""
    agreed = methodology({"id": "a", "measure": VALUE, "weight": 3.0}, {"id": "b", "measure": VALUE})
    assert weights(reweighted(agreed, {"strain": {"b": 2}}), "strain") == {"a": 3.0, "b": 2.0}


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"one": {"z": 1}}, "'one' is not made of ['z']"),
        ({"nowhere": {"a": 1}}, "no domain or index 'nowhere'"),
        ({"one": {"a": -1}}, "below 0"),
        ({"one": {"a": float("nan")}}, "below 0"),
        ({"both": {"one": 0, "two": 0}}, "all 0"),
    ],
)
def test_weights_that_cannot_be_are_refused(asked, said):
    """With the name, and the parts there are."""
    with pytest.raises(MethodologyError) as refused:
        reweighted(AGREED, asked)
    assert said in str(refused.value)


def test_ways_to_combine_are_changed_where_they_are_asked_for():
    """And nowhere else; an unknown whole is refused."""
    changed = recombined(AGREED, {"both": "geometric", "inner": "max"})
    ways = {one.id: one.combine for one in (*changed.domain, *changed.index)}
    assert ways == {"one": "arithmetic", "inner": "max", "two": "arithmetic", "both": "geometric", "top": "arithmetic"}
    with pytest.raises(MethodologyError, match="no domain or index \\['nowhere'\\]"):
        recombined(AGREED, {"nowhere": "max"})


def test_a_rule_for_what_is_missing_holds_everywhere():
    """A domain's own rule goes, and indices have the new one too."""
    agreed = tree(domain=[whole("one", missing={"rule": "propagate", **REASON}), whole("inner", domain="one"), whole("two")])
    changed = with_missing(agreed, "renormalise")
    assert changed.missing.rule == "renormalise"
    assert [domain.missing for domain in changed.domain] == [None, None, None]
    assert [index.missing.rule for index in changed.index] == ["renormalise", "renormalise"]
    with pytest.raises(MethodologyError, match="rule"):
        with_missing(agreed, "guess")


def test_without_keeps_the_weights_of_what_is_left():
    """Named and listed ones."""
    changed = without(AGREED, ["b"])
    assert weights(changed, "one") == {"a": 3.0, "inner": 2.0}
    assert weights(without(AGREED, ["d"]), "both") == {"one": 2.0}


def test_without_drops_what_is_empty_all_the_way_up():
    """A sub-domain, a domain, and an index of nothing else."""
    assert [domain.id for domain in without(AGREED, ["c"]).domain] == ["one", "two"]
    left = without(AGREED, ["a", "b", "c"])
    assert [domain.id for domain in left.domain] == ["two"]
    assert {index.id: index.of for index in left.index} == {"both": ("two",), "top": ("both",)}


def test_without_keeps_the_judgements_between_what_is_left():
    """Four times as much is still four times as much when the middle one goes."""
    agreed = methodology(
        *({"id": name, "measure": VALUE} for name in "abc"),
        domain=[whole("strain", weights={"ahp": JUDGED})],
        index=[whole("risk", of=["strain"])],
    )
    assert without(agreed, ["b"]).domain[0].weights.ahp == ((1.0, 4.0), (0.25, 1.0))


def test_without_an_indicator_that_is_not_there_or_without_all_is_refused():
    """In words."""
    with pytest.raises(MethodologyError, match="no indicator \\['z'\\]"):
        without(AGREED, ["z"])
    with pytest.raises(MethodologyError, match="Nothing is left"):
        without(AGREED, "abcd")


def test_panels_go_with_the_indicators_they_weigh():
    """A group's weights are for the agreed parts."""
    panel = {"group": "Youth council", "index": "both", "weights": {"one": 1, "two": 2}, **REASON}
    assert without(tree(panel=[panel]), ["a"]).panel == ()


@given(st.sets(st.sampled_from("abcd"), max_size=3))
def test_whatever_is_left_out_a_bound_methodology_is_left(out):
    """Every part that is named exists, and exactly the others stay."""
    left = without(AGREED, out)
    assert {indicator.id for indicator in left.indicator} == set("abcd") - out
