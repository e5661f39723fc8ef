"""What would put a score into the class next to its own."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from geomap.assessment.class_change import class_change, first_reached
from geomap.scoring.classes import class_of
from tests.assessment.small import assessed, indicator, recipe, whole
from tests.assessment.test_explain import PLAIN, SCORES, cities


def test_the_sums_by_hand():
    """Market: harm is 3 and bonds 5, so risk is (3 + 5)/2 = 4, on the upper end of its class; trust 4 of 10 more makes it 2 and no single part less."""
    found = class_change(assessed(PLAIN, SCORES), PLAIN, "market", "risk")
    assert (found.score, found.low, found.high) == (4.0, 2.0, 4.0)
    better, worse = found.next
    assert (better.better, better.low, better.high, worse.low, worse.high) == (True, 0.0, 2.0, 4.0, 6.0)
    assert better.alone["score"].to_dict() == pytest.approx({"trust": 9.0})
    assert better.alone["value"].to_dict() == pytest.approx({"trust": 90.0})
    assert worse.alone["value"].to_dict() == pytest.approx({"theft": 40.0, "noise": 20.0, "trust": 50.0})


def test_all_at_once_move_less_than_one_alone():
    """Harm is 3: a mean of two falls to 2 when both fall by 1, or one by 2."""
    better = class_change(assessed(PLAIN, SCORES), PLAIN, "market", "harm").next[0]
    assert better.together == pytest.approx(1.0)
    assert better.alone["score"].to_dict() == pytest.approx({"theft": 2.0, "noise": 0.0})


def test_where_no_single_indicator_could():
    """Ten parts at 9.5: the best that one alone can do is a mean of 8.55, still in the last class; all of them 1.5 better make it 8."""
    agreed = recipe(*(indicator(name, "harm") for name in "abcdefghij"), domain=[whole("harm")], index=[whole("risk", of=["harm"])])
    table = "ward | " + " | ".join("abcdefghij") + "\n castle | " + " | ".join(["9.5"] * 10)
    (better,) = class_change(assessed(agreed, table), agreed, "castle", "risk").next
    assert better.alone.empty
    assert better.together == pytest.approx(1.5)


def test_the_highest_part_is_the_only_one_that_matters_to_a_maximum():
    """The second cannot bring the highest down."""
    agreed = recipe(
        indicator("a", "harm"), indicator("b", "harm"), domain=[whole("harm", combine="max")], index=[whole("risk", of=["harm"])]
    )
    found = class_change(assessed(agreed, "ward | a | b\n castle | 5 | 1"), agreed, "castle", "harm")
    assert found.next[0].alone["score"].to_dict() == pytest.approx({"a": 4.0})
    assert found.next[1].alone["score"].to_dict() == pytest.approx({"a": 6.0, "b": 6.0})


def test_no_score_has_no_class():
    """Nothing is known, nothing is said."""
    agreed = recipe(indicator("a", "harm"), domain=[whole("harm")], index=[whole("risk", of=["harm"])])
    assert class_change(assessed(agreed, "ward | a\n castle |\n market | 3"), agreed, "castle", "risk").next == ()


def test_the_first_share_is_found_between_the_lines_of_the_grid():
    """To the last digits, and not at all where there is none."""
    found = first_reached(lambda share: share >= np.array([[0.3], [2.0]]), (2,))
    assert found[0] == pytest.approx(0.3, abs=1e-12)
    assert np.isnan(found[1])


@settings(max_examples=30, deadline=None)
@given(city=cities(), data=st.data())
def test_the_told_value_is_enough_and_a_little_less_is_not(city, data):
    """Put in the place of the indicator's number, it takes the score into the class that was named; half of the step does not."""
    agreed, assessment = city
    node = data.draw(st.sampled_from(["pressure", "outer", "other", "inner"]))
    found = class_change(assessment, agreed, "castle", node)
    sides = [side for side in found.next if not side.alone.empty]
    assume(sides)
    for side in sides:
        for name, row in side.alone.iterrows():
            own = assessment.numbers[name].at["castle", "scaled"]
            table = _table(assessment, name, row["score"])
            assert _class(agreed, table, node) == int(class_of(side.high))
            assert _class(agreed, _table(assessment, name, (own + row["score"]) / 2), node) == int(class_of(found.score))


def _table(assessment, name, score):
    table = pd.DataFrame({leaf.id: assessment.numbers[leaf.id]["scaled"] for leaf in assessment.of_kind("indicator")})
    table.loc["castle", name] = score
    return table.rename_axis("ward").reset_index()


def _class(agreed, table, node):
    return int(class_of(assessed(agreed, table).numbers[node].at["castle", "value"]))
