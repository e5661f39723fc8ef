"""Yes or no: places that have it and lie together, by counts of neighbours that have it too."""

import numpy as np
import pytest

from geomap.assessment.hotspots_yes import hotspots_yes, is_yes_or_no
from geomap.errors import EditionError, UsageError
from geomap.views.hotspots_yes import as_data, in_words, table, yes_map
from tests.assessment.grid import squares

SIDE = 12


def closed(*, alone: int = 1) -> np.ndarray:
    """A block of 4 × 4 that have it, seven single ones, one place unknown, and one far away that has it."""
    has = np.zeros((SIDE, SIDE))
    has[4:8, 4:8] = 1
    has[[0, 1, 2, 9, 10, 11, 11], [11, 1, 9, 0, 8, 4, 11]] = 1
    has[0, 0] = np.nan
    return np.concatenate([has.ravel(), np.ones(alone)])


def test_the_block_is_together_and_the_single_ones_are_not():
    """All eight neighbours of the inner four have it; the far one has no neighbours; those without it are told as that."""
    found = hotspots_yes(squares(SIDE, alone=1, closed=closed()), "closed")
    spots = found.places["spot"].to_numpy()[:-1].reshape(SIDE, SIDE)
    assert found.refused == ""
    assert (spots[5:7, 5:7] == "together").all()
    assert (spots[4:8, 4:8] == "together").sum() == found.after
    assert spots[0, 11] == "not significant"
    assert found.places["joins"].to_numpy()[:-1].reshape(SIDE, SIDE)[5, 5] == 8
    assert (spots[0, 0], found.places["spot"].iloc[-1], spots[3, 3]) == ("no number", "no neighbours", "has it not")
    assert found.places.loc[found.places["has"] != 1, "p"].isna().all()


def test_a_threshold_makes_any_number_a_yes():
    """Over a half, and under a half of the mirror image, are the same places; without a threshold it is refused."""
    high = np.where(np.isnan(closed()), np.nan, 10 * closed() + 3)
    city = squares(SIDE, alone=1, closed=closed(), high=high, low=-high)
    one, other, third = hotspots_yes(city, "closed"), hotspots_yes(city, "high", over=5), hotspots_yes(city, "low", under=-5)
    assert one.places["spot"].tolist() == other.places["spot"].tolist() == third.places["spot"].tolist()
    assert (is_yes_or_no(city, "closed"), is_yes_or_no(city, "high")) == (True, False)
    with pytest.raises(UsageError, match="not yes or no"):
        hotspots_yes(city, "high")
    with pytest.raises(UsageError, match="one threshold"):
        hotspots_yes(city, "high", over=1, under=2)
    with pytest.raises(EditionError, match="another threshold"):
        hotspots_yes(city, "high", over=1000)


def test_what_is_spread_out_shows_no_cluster():
    """Every third place in every third row: never side by side, less often than chance; nothing together, and the words say so."""
    grid = np.zeros((12, 12))
    grid[1::3, 1::3] = 1
    city = squares(12, a=grid.ravel())
    found = hotspots_yes(city, "a")
    assert "less often" in found.refused
    assert "together" not in set(found.places["spot"])
    assert found.refused in in_words(city, found)
    few = squares(5, a=np.r_[np.ones(10), np.zeros(15)])
    assert "Only 25 squares" in hotspots_yes(few, "a").refused


def test_the_map_the_words_and_the_table_say_the_same():
    """Counts of the legend are counts of places, and both counts are told."""
    city = squares(SIDE, alone=1, closed=closed())
    found = hotspots_yes(city, "closed")
    drawn, words = yes_map(city, found), in_words(city, found)
    assert drawn.digits.count("3") == (found.places["spot"] == "together").sum()
    assert {entry.sign: entry.count for entry in drawn.legend if entry.count} == {s: drawn.digits.count(s) for s in set(drawn.digits)}
    assert (drawn.digits[0], drawn.digits[-1]) == ("S", "W")
    assert drawn.hover[0] == "withheld to protect people"
    assert f"so in {int(np.nansum(closed()))} of {SIDE**2}" in words
    assert "pairs of neighbours are both so" in words
    assert as_data(city, found)["after"] == found.after <= found.before
    assert table(city, found)["spot"].iloc[0] == "together"
