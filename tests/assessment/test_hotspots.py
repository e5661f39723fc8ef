"""Hot spots of published numbers: all places first, then what survives; islands, gaps, edges and small cities told apart."""

import numpy as np
import pytest

from geomap.assessment.hotspots import hotspots
from geomap.errors import EditionError
from geomap.symbology.spots import FADED, GREY, ISLAND
from geomap.views.hotspots import as_data, hotspot_map, in_words, table
from tests.assessment.grid import squares

SIDE = 12


def city(*, alone: int = 1) -> np.ndarray:
    """Noise, with a block of 4 × 4 high squares inside, whose middle is withheld; a last square stands alone."""
    values = np.random.default_rng(5).normal(0, 1, (SIDE, SIDE))
    values[4:8, 4:8] += 6
    values[0, 0] = np.nan
    return np.concatenate([values.ravel(), np.full(alone, 9.0)])


def test_the_block_is_found_and_nothing_else_is_sold_as_one():
    """The inner four of the block are high among high; hardly anything far from it."""
    found = hotspots(squares(SIDE, alone=1, harm=city()), "harm", permutations=9_999)
    spots = found.places["spot"].to_numpy()[:-1].reshape(SIDE, SIDE)
    assert (spots[5:7, 5:7] == "high-high").all()
    assert (spots[:2] == "high-high").sum() + (spots[-2:] == "high-high").sum() == 0
    assert found.refused == ""
    assert 4 <= found.after < found.before


def test_islands_and_gaps_are_no_chance():
    """A place without neighbours is told as that, a place without a number too, and neither has a p."""
    found = hotspots(squares(SIDE, alone=1, harm=city()), "harm", permutations=999)
    assert found.places["spot"].iloc[[0, -1]].tolist() == ["no number", "no neighbours"]
    assert found.places.loc[["S0000", "S0144"], ["p", "q", "moran", "g_star"]].isna().all(axis=None)
    assert found.places["neighbours"].iloc[[0, 1, -1]].tolist() == [0, 4, 0]


def test_places_at_the_edge_are_marked():
    """The outer ring, and the one that stands alone; not what touches a gap inside."""
    found = hotspots(squares(SIDE, alone=1, harm=city()), "harm", permutations=999)
    edge = found.places["edge"].to_numpy()[:-1].reshape(SIDE, SIDE)
    assert edge[1:-1, 1:-1].sum() == 0
    assert edge.sum() == 4 * (SIDE - 1) - 1  # the corner that has no number is not looked at
    assert found.places["edge"].iloc[-1]


def test_where_chance_makes_the_map_no_cluster_is_shown():
    """Noise: the reason stands first, and every place is grey, whatever its own p."""
    noise = squares(SIDE, harm=np.random.default_rng(1).random(SIDE**2))
    found = hotspots(noise, "harm", permutations=999)
    assert "no more alike" in found.refused
    assert set(found.counts()) == {"not significant"}
    assert set(hotspot_map(noise, found).digits) == {"V"}
    assert found.refused in in_words(noise, found)


def test_under_thirty_places_there_is_no_map_of_clusters():
    """25 squares with a clear slope: alike, but no clusters."""
    small = squares(5, harm=np.repeat(np.arange(5.0), 5))
    found = hotspots(small, "harm", permutations=999)
    assert found.p <= 0.05
    assert "Only 25 squares" in found.refused
    assert set(hotspot_map(small, found).digits) == {"V"}


def test_the_map_the_words_and_the_table_say_the_same():
    """Counts of the legend are counts of places; grey is what fails; withheld places are hatched; the words tell both counts."""
    assessment = squares(SIDE, alone=1, harm=city())
    found = hotspots(assessment, "harm", permutations=9_999)
    drawn = hotspot_map(assessment, found)
    assert {entry.sign: entry.count for entry in drawn.legend if entry.count} == {
        sign: drawn.digits.count(sign) for sign in set(drawn.digits)
    }
    assert drawn.digits[0] == "S"
    assert drawn.digits[-1] == "W"
    assert drawn.digits.count("3") == found.counts()["high-high"]
    assert f"{found.before} squares have p ≤ 0.05; {found.after} survive" in in_words(assessment, found)
    assert "withheld" in in_words(assessment, found)
    assert len(table(assessment, found)) == len(as_data(assessment, found)["places"]) == SIDE**2 + 1
    assert as_data(assessment, found)["places"][0]["p"] is None


def test_only_published_numbers_are_looked_at():
    """What was withheld may be anything: not one byte of the answer changes."""
    one, other = (squares(SIDE, alone=1, harm=city()) for _ in range(2))
    other.numbers["harm"]["used"] = 1_000.0
    other.numbers["harm"]["scaled"] = 10.0
    assert as_data(one, hotspots(one, "harm", permutations=99)) == as_data(other, hotspots(other, "harm", permutations=99))


@pytest.mark.parametrize("values", [np.full(9, 0.3), np.r_[1.0, np.full(8, np.nan)]])
def test_where_nothing_varies_it_is_said(values):
    """One value everywhere, or one place with a number."""
    with pytest.raises(EditionError, match="no hot spots"):
        hotspots(squares(3, harm=values), "harm")


def test_the_signs_of_a_map_of_clusters_are_not_those_of_withheld_numbers():
    """A to J and k to t stand for classes that rest on withheld numbers; a sign among them would be drawn and told as such."""
    assert not {GREY[0], ISLAND[0], FADED[0]} & set("ABCDEFGHIJklmnopqrst")
