"""Places side by side, in words."""

import numpy as np
import pytest

from geomap.assessment.worse import worse_than
from geomap.views.comparison import chances, compare, in_hundred, really_worse


@pytest.fixture(scope="module")
def level(edition):
    """The places of the demonstration city."""
    return edition.level("neighbourhoods")


def test_each_number_names_the_pairs_it_tells_apart(edition, level):
    """A row a number, a column a place, and in the verdict only pairs whose chance is large enough for ten of them."""
    codes = ["N35", "N49", "N39", "N41", "N25"]
    worse = worse_than(level, edition.methodology, codes)
    rows = compare(level, codes, worse).set_index("id")
    assert list(rows.index) == [node.id for node in level.nodes]
    assert set(codes) < set(rows.columns)
    for name, row in rows.iterrows():
        sure = int((np.nan_to_num(worse[name]) > 0.9975).sum())
        said = row["verdict"].count(" needs attention more than ")
        assert said == sure
        assert sure or row["verdict"].startswith("cannot be")


def test_the_question_is_answered_with_its_probability(edition, level):
    """Sure, unsure, without a number; and for three places how many pairs."""
    names = level.places["name"]
    for codes in (["N35", "N49"], ["N25", "N35"]):
        worse = worse_than(level, edition.methodology, codes)
        said = really_worse(level, "risk", codes, worse)
        assert said.startswith(names[codes[0] if worse["risk"][0, 1] >= 0.5 else codes[1]])
        assert in_hundred(max(worse["risk"][0, 1], worse["risk"][1, 0])) in said
    assert "cannot be told apart" in really_worse(level, "risk", ["N35", "N49"], worse_than(level, edition.methodology, ["N35", "N49"]))
    three = ["N35", "N49", "N25"]
    assert "of 3 pairs" in really_worse(level, "risk", three, worse_than(level, edition.methodology, three))
    grid = chances(level, "risk", three, worse_than(level, edition.methodology, three))
    assert list(grid.index) == list(grid.columns) == [names[code] for code in three]
    assert [grid.iloc[at, at] for at in range(3)] == ["", "", ""]


@pytest.mark.parametrize(
    ("chance", "words"), [(0.0, "under 0.1 %"), (1.0, "over 99.9 %"), (0.5, "50 %"), (0.995, "99.5 %"), (0.004, "0.4 %"), (0.98, "98 %")]
)
def test_no_draw_is_certain(chance, words):
    """20,000 draws cannot tell never from one in ten thousand."""
    assert in_hundred(chance) == words
