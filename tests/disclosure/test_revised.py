"""Revised records: what was told before and after is of different counts, and how far they differ is told no closer than a small count."""

import numpy as np
import pytest
import shapely

from geomap.disclosure.ledger import Ledger, replay, tells_revision
from tests.disclosure.test_ledger import counts, entries, release

YEAR = ("2025-01-01", "2025-12-31")
SLUR, ASSAULT = '{"kind": ["slur"]}', '{"kind": ["assault"]}'


def told(name: str, *tables, **castle):
    """A release of the year's count in the castle, and further tables."""
    return release(name, entries(counts(**castle), *YEAR), *tables)


BEFORE = told("before", castle=12, market=30)


@pytest.mark.parametrize("castle", [8, 10, 11, 13, 14, 16])
def test_a_revision_by_one_to_four_people_is_refused(castle):
    """12 before and 14 now: two were added, and the sentence says what can be done."""
    found = replay(Ledger((BEFORE,)), told("after", castle=castle, market=30))
    assert [(one.place, one.low, one.earlier) for one in found] == [("castle", abs(castle - 12), "before")]
    assert "geomap erratum" in found[0].sentence


@pytest.mark.parametrize("castle", [5, 7, 17, 40])
def test_a_revision_by_many_may_be_published(castle):
    """Five records or more were added or taken out, which points to nobody; the market was not revised."""
    assert replay(Ledger((BEFORE,)), told("after", castle=castle, market=30)) == []


def test_a_revision_of_rounded_counts_may_be_published():
    """10 to 14 before and 15 to 19 now: anything from one to nine were added."""
    before, after = told("before", castle=(10, 14)), told("after", castle=(15, 19))
    assert replay(Ledger((before,)), after) == []


def test_a_revision_that_a_later_number_pins_down_is_refused_then():
    """12 before, then 15 to 19, which tells three to seven; whoever then tells 16 tells the four."""
    first, second = told("first", castle=12), told("second", castle=(15, 19))
    assert replay(Ledger((first,)), second) == []
    found = replay(Ledger((first, second)), told("third", castle=16))
    assert [(one.place, one.earlier) for one in found] == [("castle", "first")]


def test_a_number_inside_a_revised_one_is_held_against_the_others_of_its_own_time():
    """The castle was revised from 12 to 22; the slurs of now, 19, leave three assaults."""
    found = replay(Ledger((BEFORE,)), told("after", entries(counts(castle=19), *YEAR, SLUR), castle=22, market=30))
    assert {(one.low, one.high) for one in found} == {(3, 3)}


def test_a_part_of_a_revision_is_told_by_the_others():
    """Of all 40 were 20 slurs; now all are 50 and 27 are assaults, so that the slurs are 23: three were added."""
    before = told("before", entries(counts(castle=20), *YEAR, SLUR), castle=40)
    after = told(
        "after",
        entries(counts(castle=27), *YEAR, ASSAULT),
        entries(counts(castle=0), *YEAR, '{"kind": {"not": ["slur", "assault"]}}'),
        castle=50,
    )
    assert any("revised" in one.sentence for one in replay(Ledger((before,)), after))


def test_what_was_not_revised_is_still_held_against_what_was_published():
    """The castle was revised by ten; the market was not, and its year to date less what was published tells two."""
    later = entries(counts(market=32), "2025-01-01", "2026-02-28")
    found = replay(Ledger((BEFORE,)), told("after", later, castle=22))
    assert [(one.place, one.low, one.high) for one in found] == [("market", 2, 2)]


def test_a_revision_that_is_told_of_a_larger_number_only_is_refused():
    """All kinds were revised by ten and the slurs by seven; nothing else was told then, so three of others were added."""
    before = told("before", entries(counts(castle=20), *YEAR, SLUR), castle=40)
    assert replay(Ledger((before,)), told("after", entries(counts(castle=27), *YEAR, SLUR), castle=50))
    assert replay(Ledger((before,)), told("after", entries(counts(castle=30), *YEAR, SLUR), castle=50)) == []


def test_after_a_revision_the_next_edition_is_judged_as_ever():
    """12, then 22, then 22 again and 25 by the end of the following month: three in that month."""
    revised = Ledger((BEFORE, told("after", castle=22, market=30)))
    assert replay(revised, told("again", castle=22, market=30)) == []
    longer = entries(counts(castle=25), "2025-01-01", "2026-01-31")
    assert {(one.low, one.high) for one in replay(revised, told("next", longer, castle=22))} == {(3, 3)}


def test_a_revision_is_told_when_fewer_numbers_than_the_band_fit_it():
    """Two up, one down; not none, not five or more, and not where three lie between the least and the greatest."""
    assert tells_revision(*map(np.array, ([2, -1, -2, 0, 5, 1], [2, -1, 0, 0, 5, 4])), 5).tolist() == [
        True,
        True,
        True,
        False,
        False,
        False,
    ]


def nested(up: float, **wards: float):
    """The wards of a district and its total, in one release."""
    shapes = {"castle": shapely.box(0, 0, 1, 1), "market": shapely.box(1, 0, 2, 1)}
    district = entries(counts(up=up), *YEAR, boundaries="districts")
    return release(
        "one", entries(counts(**wards), *YEAR), district, outlines={"wards": shapes, "districts": {"up": shapely.box(0, 0, 2, 1)}}
    )


def test_a_larger_place_is_revised_with_the_part_that_was():
    """Castle and district ten more; a district that has three more than its revised ward tells the three of the other."""
    before = Ledger((nested(42, castle=12, market=30),))
    assert replay(before, nested(52, castle=22, market=30)) == []
    assert replay(before, nested(55, castle=22))
    assert replay(before, nested(55, castle=22, market=33))


def test_a_number_beside_a_revision_tells_no_more_than_without():
    """Whoever takes the district of then from the district of now and the castle's ten has the market's none; a market that is withheld now is still the thirty of then."""
    before = Ledger((nested(42, castle=12, market=30),))
    later = entries(counts(market=33), "2025-01-01", "2026-02-28")
    assert {(one.low, one.high) for one in replay(before, release("after", nested(52, castle=22).entries, later))} == {(3, 3)}
