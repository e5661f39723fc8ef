"""Everything ever published is replayed before anything new leaves: what an attacker could tell from both is found and named."""

import pandas as pd
import pytest
import shapely

from geomap.disclosure.ledger import Counted, Ledger, Release, entries_of, replay, settle
from geomap.errors import DisclosureError

ALL = "{}"


def counts(**said: float | tuple[float, float]) -> pd.DataFrame:
    """Limits of counts by place: a number is exact, a pair is a band."""
    pairs = {place: one if isinstance(one, tuple) else (one, one) for place, one in said.items()}
    return pd.DataFrame(pairs, index=["low", "high"]).T


def entries(said: pd.DataFrame, since: str, until: str, where: str = ALL, boundaries: str = "wards") -> pd.DataFrame:
    """Ledger entries of recorded threats."""
    return entries_of(said, Counted("threats", "threats", boundaries, since, until, where, 5))


def release(name: str, *some: pd.DataFrame, outlines: dict | None = None) -> Release:
    """A release of several tables."""
    return Release(name, pd.concat(some, ignore_index=True), outlines or {})


JANUARY = release("january", entries(counts(castle=12, market=30), "2025-01-01", "2025-01-31"))
HIDDEN = (1, 4)


def test_the_first_release_tells_nothing():
    """Nothing was published before, and its small counts are withheld."""
    assert replay(Ledger(), release("one", entries(counts(castle=HIDDEN, market=30, park=0), "2025-01-01", "2025-12-31"))) == []


def test_year_to_date_less_january_is_february():
    """Castle 12 in January and 14 by the end of February: two in February, which nobody published."""
    found = replay(Ledger((JANUARY,)), release("february", entries(counts(castle=14, market=60), "2025-01-01", "2025-02-28")))
    assert [(one.place, one.low, one.high, one.earlier) for one in found] == [("castle", 2, 2, "january")]
    assert "earlier publication 'january'" in found[0].sentence
    assert "exactly 2 record(s)" in found[0].sentence


def test_a_difference_that_is_large_or_nothing_may_be_told():
    """None in February, or thirty."""
    assert replay(Ledger((JANUARY,)), release("february", entries(counts(castle=12, market=60), "2025-01-01", "2025-02-28"))) == []


def test_rolling_totals_are_worked_out_together():
    """No two numbers alone tell: 10 in January, 21 by March, 13 in February and March with 4 withheld: only all three do."""
    first = release(
        "q1", entries(counts(castle=21), "2025-01-01", "2025-03-31"), entries(counts(castle=HIDDEN), "2025-02-01", "2025-02-28")
    )
    second = release("later", entries(counts(castle=10), "2025-01-01", "2025-01-31"), entries(counts(castle=8), "2025-03-01", "2025-03-31"))
    assert replay(Ledger(), first) == []
    assert {(one.low, one.high) for one in replay(Ledger((first,)), second)} == {(3, 3)}


def test_all_minus_one_group_is_the_other_group():
    """A filter that leaves one kind out tells that kind."""
    whole = release("all", entries(counts(castle=20), "2025-01-01", "2025-12-31"))
    without = release("without", entries(counts(castle=17), "2025-01-01", "2025-12-31", '{"kind": ["slur", "assault"]}'))
    found = replay(Ledger((whole,)), without)
    assert [(one.low, one.high) for one in found] == [(3, 3)]


def test_redrawn_boundaries_tell_the_strip_between():
    """The market takes a strip from the castle: 12 before, 9 after; three live records in the strip."""
    old = {"castle": shapely.box(0, 0, 2, 1), "market": shapely.box(2, 0, 4, 1)}
    new = {"castle": shapely.box(0, 0, 1.5, 1), "market": shapely.box(1.5, 0, 4, 1)}
    before = release("2024", entries(counts(castle=12, market=30), "2025-01-01", "2025-12-31"), outlines={"wards": old})
    after = release(
        "redrawn", entries(counts(castle=9, market=33), "2025-01-01", "2025-12-31", boundaries="wards-2025"), outlines={"wards-2025": new}
    )
    assert {(one.low, one.high) for one in replay(Ledger((before,)), after)} == {(3, 3)}


def test_a_larger_place_less_its_parts_is_the_part_that_was_withheld():
    """A district's exact total gives its one withheld ward away."""
    shapes = {"castle": shapely.box(0, 0, 1, 1), "market": shapely.box(1, 0, 2, 1)}
    wards = release("wards", entries(counts(castle=HIDDEN, market=30), "2025-01-01", "2025-12-31"), outlines={"wards": shapes})
    district = release(
        "district",
        entries(counts(up=33), "2025-01-01", "2025-12-31", boundaries="districts"),
        outlines={"districts": {"up": shapely.box(0, 0, 2, 1)}},
    )
    assert [(one.low, one.high) for one in replay(Ledger((wards,)), district)] == [(3, 3)]


def test_a_revised_number_tells_how_much_was_revised():
    """Castle had 12 in January, now 14: two records were added since."""
    found = replay(Ledger((JANUARY,)), release("again", entries(counts(castle=14, market=30), "2025-01-01", "2025-01-31")))
    assert [(one.place, one.low, one.earlier) for one in found] == [("castle", 2, "january")]
    assert "revised" in found[0].sentence


def test_what_was_told_before_is_not_held_against_the_new():
    """The old releases give February away already; the new one says nothing more of it."""
    told = Ledger((JANUARY, release("february", entries(counts(castle=14), "2025-01-01", "2025-02-28"))))
    assert replay(told, release("march", entries(counts(castle=50), "2025-03-01", "2025-03-31"))) == []


def test_settling_withholds_what_would_tell_and_only_that():
    """The castle's year to date is withheld, the market's is shown; what then leaves tells nothing."""
    asked = release("february", entries(counts(castle=14, market=60), "2025-01-01", "2025-02-28"))
    settled = settle(Ledger((JANUARY,)), asked)
    assert settled.entries["high"].tolist() == [float("inf"), 60]
    assert replay(Ledger((JANUARY,)), settled) == []


def test_what_cannot_be_made_safe_is_refused_with_the_sentence():
    """A revision by two is withheld, and where there is no time to, refused."""
    torn = release("torn", entries(counts(castle=14), "2025-01-01", "2025-01-31"))
    settled = settle(Ledger((JANUARY,)), torn)
    assert settled.entries["high"].tolist() == [float("inf")]
    with pytest.raises(DisclosureError, match="the records were revised"):
        settle(Ledger((JANUARY,)), torn, rounds=1)


def test_two_things_that_are_counted_do_not_speak_of_each_other():
    """Threats less assaults is nothing."""
    other = entries_of(counts(castle=14), Counted("assaults", "assaults", "wards", "2025-01-01", "2025-02-28", ALL, 5))
    assert replay(Ledger((JANUARY,)), release("february", other)) == []
