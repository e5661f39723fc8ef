"""The attacks at small size, so that every change is held to them; make attack runs them in full."""

import pytest

from tests.attack.breakages import planted
from tests.attack.months import replayed
from tests.attack.regression import attacks, simulated
from tests.attack.tables import tables


def test_no_withheld_cell_of_a_table_is_told_too_closely():
    """The smaller of the generated tables, with districts and without."""
    found = list(tables(most=500))
    assert len(found) >= 20
    assert sum(one.hidden for one in found) > 1_000
    assert [one for one in found if one.exposed] == []
    assert not any(one.totals_only for one in found)


@pytest.mark.parametrize("name", planted())
def test_every_planted_breakage_is_caught(name):
    """A small count can be recovered, and the attacker says so."""
    assert planted()[name]()


def test_a_few_monthly_editions_give_no_small_count_away():
    """With the replay none; without it some, so there is something to be found."""
    one = replayed(wards=2, months=5)
    assert one.recovered_without > 0
    assert (one.recovered, one.narrowed) == (0, 0)


def test_solving_scores_gives_no_more_than_guessing():
    """The same attack takes every count out of scores made of raw counts."""
    found = {one.attack: one for one in attacks(simulated())}
    assert found["z-score, from raw counts"].named == found["z-score, from raw counts"].withheld
    assert found["rank, from raw counts"].named > found["rank, from raw counts"].limit
    for shown in ("z-score", "rank", "tenth"):
        one = found[f"{shown}, as published here"]
        assert one.named <= one.limit
