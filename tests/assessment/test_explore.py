"""An edition scored again: under the agreed methodology nothing moves, and nothing is ever altered."""

import numpy as np
import pytest

from geomap.assessment.explore import explore, leaves_of, rescored, shifts, without_evidence
from geomap.assessment.journey import assess
from geomap.errors import EditionError
from geomap.methodology.whatif import recombined, reweighted, with_missing, without
from tests.assessment.small import assessed, indicator, recipe, whole
from tests.toy import layer, methodology, residents, sources

SCORES = """ward    | a  | b  | c
            --------+----+----+---
            castle  | 10 | 0  | 5
            market  | 8  | 2  | 5
            park    | 6  |    | 5
            harbour | 4  | 6  |
            mill    | 2  | 8  | 0
            station | 0  | 10 | 10"""


def two_domains(**changed):
    """Indicators a and b in one domain, c, where more is better, in another; an index of both."""
    return recipe(
        indicator("a", "one"), indicator("b", "one", weight=3.0), indicator("c", "two", up="better"),
        domain=[whole("one"), whole("two", up="better")], index=[whole("top", of=["one", "two"])], **changed,
    )  # fmt: skip


AGREED = two_domains()
TOY = assessed(AGREED, SCORES, evidence={"a": "police"})


@pytest.mark.parametrize("level", ["neighbourhoods", "districts"])
def test_the_agreed_methodology_explored_gives_the_agreed_numbers(edition, level):
    """To the six digits that an edition keeps; ranks are the same."""
    agreed = edition.level(level)
    found = explore(agreed, edition.methodology, draws=40)
    assert set(found.numbers) == {node.id for node in agreed.nodes if node.parts}
    for name, table in found.numbers.items():
        np.testing.assert_allclose(table["value"], agreed.numbers[name]["value"], rtol=5e-6)
        np.testing.assert_array_equal(table["rank"], agreed.numbers[name]["rank"])


def test_weights_that_the_baseline_set_are_kept():
    """Explored as agreed, an index whose weights came from the data of 2024 keeps them in 2025."""
    rows = [(2024, [0, 10, 20, 30, 40, 50], [5, 0, 30, 20, 50, 10]), (2025, [50, 10, 20, 0, 40, 30], [5, 0, 30, 20, 50, 10])]
    wards = ["castle", "market", "park", "harbour", "mill", "station"]
    text = "ward | year | x | y | z\n" + "\n".join(
        f"{ward} | {year} | {x} | {y} | {(x * 7 + y) % 50}" for year, xs, ys in rows for ward, x, y in zip(wards, xs, ys, strict=True)
    )
    values = [{"id": name, "measure": {"measure": "value", "layer": "scores", "field": name}} for name in "xyz"]
    heading = {"name": "toy", "title": "Toy", "version": "1", "period": "2025", "baseline": "2024", "levels": ["wards"]}
    weighed = {"domain": [{"id": "strain", "title": "Strain", "up": "worse", "reason": "Because.", "weights": "pca"}]}
    agreed = methodology(*values, methodology=heading, **weighed)
    found = assess(sources(layer("scores", text, period_field="year"), residents(), levels=("wards",)), agreed, "wards").assessment
    np.testing.assert_allclose(rescored(found, agreed)["risk"], found.numbers["risk"]["value"], rtol=1e-12)


def test_exploring_alters_neither_the_methodology_nor_the_assessment():
    """The fingerprint stays, and so does every number."""
    before, numbers = AGREED.fingerprint, {name: table.copy() for name, table in TOY.numbers.items()}
    explore(TOY, reweighted(AGREED, {"top": {"one": 5}}), draws=20)
    assert AGREED.fingerprint == before == TOY.fingerprint
    assert all(table.equals(numbers[name]) for name, table in TOY.numbers.items())


def test_other_weights_by_hand():
    """Castle: (10 + 3 × 0)/4 = 2.5 as agreed, and 5 with equal weights."""
    assert TOY.numbers["one"].at["castle", "value"] == 2.5
    assert explore(TOY, reweighted(AGREED, {"one": {"b": 1}}), draws=20).numbers["one"].at["castle", "value"] == 5.0


def test_the_highest_part_by_hand():
    """Harbour's worst is b."""
    assert explore(TOY, recombined(AGREED, {"one": "max"}), draws=20).numbers["one"].at["harbour", "value"] == 6.0


def test_other_rules_for_what_is_missing_by_hand():
    """The park lacks b, which has three quarters of the weight: nothing as agreed, a's 6 when gaps are passed over."""
    assert np.isnan(TOY.numbers["one"].at["park", "value"])
    passed = explore(TOY, with_missing(AGREED, "renormalise"), draws=20).numbers
    assert passed["one"].at["park", "value"] == 6.0
    assert passed["top"].at["harbour", "value"] == passed["one"].at["harbour", "value"] == 5.5
    strict = explore(TOY, with_missing(AGREED, "propagate"), draws=20).numbers
    assert strict["one"]["value"].isna().tolist() == TOY.numbers["b"]["scaled"].isna().tolist()


def test_without_an_indicator_its_domain_and_index_do_without_it():
    """Without c only the first domain is left, so the index is that domain."""
    found = explore(TOY, without(AGREED, ["c"]), draws=20)
    assert set(found.numbers) == {"one", "top"}
    np.testing.assert_array_equal(found.numbers["top"]["value"], found.numbers["one"]["value"])


def test_what_moves_most_stands_first():
    """Below 0: needs more attention than agreed; places that cannot be scored come last."""
    found = explore(TOY, without(AGREED, ["b"]), draws=20)
    moved = shifts(TOY, found, "one")
    assert moved["moved"].abs().dropna().is_monotonic_decreasing
    assert moved.loc["castle", ["rank", "explored_rank", "moved"]].tolist() == [5, 1, -4]
    assert moved["moved"].isna().tolist() == [False] * 5 + [True]
    with pytest.raises(EditionError, match="Nothing is left of 'two'"):
        shifts(TOY, explore(TOY, without(AGREED, ["c"]), draws=20), "two")


def test_without_a_kind_of_evidence():
    """Police records are a; what nobody rests on is refused with what there is."""
    assert [one.id for one in without_evidence(TOY, AGREED, ["police"]).indicator] == ["b", "c"]
    with pytest.raises(EditionError, match=r"No indicator rests on \['online'\]\. There is \['census', 'police'\]"):
        without_evidence(TOY, AGREED, ["online"])


def test_an_indicator_that_the_edition_does_not_hold_is_refused():
    """Exploration adds nothing: that takes a new edition."""
    more = recipe(indicator("a", "one"), indicator("new", "one"), domain=[whole("one")], index=[whole("top", of=["one"])])
    with pytest.raises(EditionError, match="no indicator \\['new'\\]; build a new edition"):
        leaves_of(TOY, more)


def test_sub_domains_are_explored_from_the_inside_out():
    """Inner is the mean of a and b; outer of inner and c, by hand for castle: inner 5, outer 5."""
    nested = recipe(
        indicator("a", "inner"), indicator("b", "inner"), indicator("c", "outer"),
        domain=[whole("outer"), whole("inner", domain="outer")], index=[whole("top", of=["outer"])],
    )  # fmt: skip
    found = assessed(nested, SCORES)
    weighed = explore(found, reweighted(nested, {"outer": {"inner": 3}, "inner": {"b": 0}}), draws=20).numbers
    assert weighed["inner"].at["castle", "value"] == 10.0
    assert weighed["outer"].at["castle", "value"] == pytest.approx((3 * 10 + 5) / 4)


def test_every_explored_score_lies_in_its_interval():
    """And every rank in its set."""
    table = explore(TOY, reweighted(AGREED, {"top": {"one": 2}}), draws=60).numbers["top"].dropna()
    assert ((table["low"] <= table["value"]) & (table["value"] <= table["high"])).all()
    assert ((table["rank_low"] <= table["rank"]) & (table["rank"] <= table["rank_high"])).all()
