"""High beside high: found where it was put, said to be chance where two numbers only have clusters of their own, and never said to be more than association."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from geomap.assessment.hotspots_beside import hotspots_beside
from geomap.errors import EditionError
from geomap.statistics.moran import permuted
from geomap.views.hotspots_beside import ASSOCIATION, as_data, beside_map, in_words, table
from tests.assessment.grid import squares

SIDE = 16


def two(*, alone: int = 1) -> dict[str, np.ndarray]:
    """Noise, with blocks in which both are high, and none in which only one is; the first square has no second number, a last one stands alone."""
    rng = np.random.default_rng(5)
    harm, need = rng.normal(0, 1, (2, SIDE, SIDE))
    for row, column in ((2, 2), (2, 10), (10, 3), (9, 11)):
        harm[row : row + 4, column : column + 4] += 4
        need[row : row + 4, column : column + 4] += 4
    need[0, 0] = np.nan
    return {name: np.concatenate([values.ravel(), np.full(alone, 3.0)]) for name, values in (("harm", harm), ("need", need))}


def test_what_stands_beside_each_other_is_found():
    """The inner squares of each block; the places outside are not; the island and the place with one number are told as that."""
    found = hotspots_beside(squares(SIDE, alone=1, **two()), "harm", "need", permutations=9_999)
    spots = found.places["spot"].to_numpy()[:-1].reshape(SIDE, SIDE)
    assert found.refused == ""
    assert (spots[3:5, 3:5] == "high-high").all()
    assert (spots[10:12, 12:14] == "high-high").all()
    assert 16 <= found.after < found.before
    assert found.places["spot"].iloc[[0, -1]].tolist() == ["no number", "no neighbours"]
    assert found.places["around"].iloc[[0, -1]].isna().all()
    assert found.places["around"].iloc[1] == pytest.approx(np.nanmean(two()["need"][[2, SIDE, SIDE + 1, SIDE + 2]]))


def test_two_smooth_fields_without_a_tie_are_seldom_called_one():
    """Dealing one field out anew calls a tie in far more than one in twenty of such pairs; the test that stands first does not."""
    fields = [gaussian_filter(np.random.default_rng(seed).normal(size=(SIDE, SIDE)), 2).ravel() for seed in range(60)]
    called = [
        hotspots_beside(squares(SIDE, a=a, b=b), "a", "b", permutations=99).refused == ""
        for a, b in zip(fields[::2], fields[1::2], strict=True)
    ]
    assert sum(called) <= 5


def test_where_chance_makes_it_nothing_is_shown():
    """Two kinds of noise: grey everywhere, and the reason first; the sentence on association all the same."""
    rng = np.random.default_rng(2)
    noise = squares(8, a=rng.random(64), b=rng.random(64))
    found = hotspots_beside(noise, "a", "b", permutations=999)
    assert "no more than chance" in found.refused
    assert set(beside_map(noise, found).digits) == {"V"}
    assert ASSOCIATION in in_words(noise, found)
    small = squares(5, a=np.repeat(np.arange(5.0), 5), b=np.repeat(np.arange(5.0), 5))
    assert "Only 25 squares" in hotspots_beside(small, "a", "b", permutations=99).refused


def test_the_map_the_words_and_the_table_say_the_same():
    """Counts of the legend are counts of places; both numbers are named; the sentence is on each."""
    assessment = squares(SIDE, alone=1, **two())
    found = hotspots_beside(assessment, "harm", "need", permutations=9_999)
    drawn, words = beside_map(assessment, found), in_words(assessment, found)
    assert drawn.digits.count("3") == found.counts()["high-high"]
    assert (drawn.digits[0], drawn.digits[-1]) == ("S", "W")
    assert drawn.hover[0] == "withheld to protect people"
    assert f"Harm high, Need high around: {found.counts()['high-high']}" in words
    assert f"{found.before} squares have p ≤ 0.05; {found.after} survive" in words
    assert all(ASSOCIATION in text for text in (drawn.legend_note, words, as_data(assessment, found)["note"]))
    assert len(table(assessment, found)) == SIDE**2 + 1
    assert "at the edge of the map" in drawn.hover[1]


def test_beyond_a_thousandth_no_power_of_ten_is_read_out():
    """A p of 2e-40 claims an exactness that no model of a city has."""
    assessment = squares(SIDE, alone=1, **two())
    found = hotspots_beside(assessment, "harm", "need", permutations=99)
    tiny = replace(found, test=replace(found.test, p=1.96e-40))
    assert "p <\u00a00.001;" in in_words(assessment, tiny)


def test_what_cannot_be_asked_is_said():
    """A number beside itself, one that does not vary, one that is not there."""
    city = squares(6, a=np.arange(36.0), b=np.ones(36))
    with pytest.raises(EditionError, match="beside itself"):
        hotspots_beside(city, "a", "a")
    with pytest.raises(EditionError, match="cannot be looked at"):
        hotspots_beside(city, "a", "b")
    with pytest.raises(EditionError, match="no 'c'"):
        hotspots_beside(city, "a", "c")


def test_moran_permutations_are_those_of_any_quadratic_form():
    """Deviations and their double give the same p."""
    from geomap.boundaries.contiguity import contiguity

    near = contiguity(squares(6, a=np.arange(36.0)).places.geometry.to_numpy(), squares(6, a=np.arange(36.0)).places.index).matrix
    z = np.random.default_rng(1).normal(size=36)
    assert permuted(z, near, permutations=99, seed=3) == permuted(2 * z, near, permutations=99, seed=3)
