"""Toronto's hate crimes by place and year: mostly one to four."""

import pytest

from tests.attack.toronto import COUNTS, counts, protected, rankings

pytestmark = pytest.mark.skipif(not COUNTS.is_file(), reason=f"{COUNTS} is absent")


def test_no_small_count_of_toronto_is_told():
    """568 of 1,106 cells are 1 to 4; with all sums shown, 35 more are withheld, and an attacker tells none."""
    table = counts()
    assert ((table > 0) & (table < 5)).to_numpy().sum() == 568
    found = protected(table, "threshold-5")
    assert (found.cells, found.zeros, found.shown, found.small, found.beside) == (1106, 447, 56, 568, 35)
    assert found.exposed == 0


@pytest.mark.slow  # make attack prints the same
def test_the_ranking_that_is_published_covers_the_one_that_is_not(tmp_path):
    """Years taken together cost less than one year; no true rank lies outside its interval."""
    costs = {window: incidents for window, _, incidents, _ in rankings(tmp_path, ("threshold-5",), draws=200)}
    assert [one.withheld for one in costs.values()] == [95, 50, 40]
    assert [one.missed for one in costs.values()] == [0, 0, 0]
    agreement = [one.agreement for one in costs.values()]
    assert agreement == sorted(agreement)
    assert agreement[0] > 0.8
