"""What an analyst who had only the document ran into: each fault with the smallest table that shows it."""

import pandas as pd
import pytest

from geomap.assessment.index import run_index
from geomap.errors import LayerError, MethodologyError
from geomap.methodology.index import IndexFile


def index(*nodes, summary=(), **head):
    """An index of these nodes."""
    usual = {"reason": "Because."}
    data = {
        "index": {"name": "toy", "title": "Toy", "key": "k", **usual, **head},
        "node": [{**usual, **node} for node in nodes],
        "summary": [{**usual, **one} for one in summary],
    }
    return IndexFile.read(data, where="the toy index", error=MethodologyError)


def table(**columns):
    """Columns of text, with a key."""
    count = len(next(iter(columns.values())))
    return pd.DataFrame({"k": list("ABCDEFGH"[:count]), **columns})


def test_a_blank_group_is_no_group():
    """Neither for summaries nor for steps; a mark for a gap is as good as a blank."""
    recipe = index(
        {"id": "x", "of": ["a"], "steps": [{"step": "fill", "how": "mean", "by": "g"}]},
        missing=[".."],
        summary=[{"id": "s", "by": "g", "of": "a", "how": "sum"}],
    )
    found = run_index(recipe, table(g=["X ", "X", "", ".."], a=["1", "", "", "7"]))
    assert found.places["x"].isna().tolist() == [False, False, True, True]
    assert found.summaries["g"]["s"].to_dict() == {"X": 1.0}


def test_what_takes_no_part_is_not_filled_in_and_not_ranked():
    """Zero for a gap, and then a rank: only of those who take part."""
    steps = [{"step": "replace", "value": "missing", "to": 0}, {"step": "rank"}]
    recipe = index({"id": "r", "of": ["a"], "steps": steps}, only={"column": "w", "above": 0, "reason": "Nobody."})
    assert run_index(recipe, table(w=["1", "1", "0"], a=["4", "", "8"])).places["r"].tolist()[:2] == [1, 2]
    assert run_index(recipe, table(w=["1", "1", "0"], a=["4", "", "8"])).places["r"].isna()["C"]


def test_copeland_does_not_let_a_gap_compete_nor_noise_decide():
    """With propagate a place with a gap is out; 0.1 + 0.2 against 0.3 is a draw."""
    parts = {"id": "c", "of": ["a", "b", "c_"], "gather": "copeland", "missing": "propagate"}
    assert run_index(index(parts), table(a=["1", "2", "3", "9"], b=["1", "2", "3", ""], c_=["1", "2", "3", ""])).places["c"]["C"] == 1
    level = index({**parts, "weights": [0.3, 0.1, 0.2]})
    assert run_index(level, table(a=["2", "1"], b=["1", "2"], c_=["1", "2"])).places["c"].tolist() == [0, 0]


def test_weights_below_0_are_refused_with_their_row():
    """In steps, among weights of places and in summaries."""
    recipe = index({"id": "z", "of": ["a"], "steps": [{"step": "z", "ddof": 0, "weight": "people"}]})
    with pytest.raises(LayerError, match="row 3, column 'people': -99 is below 0"):
        run_index(recipe, table(a=["1", "2"], people=["5", "-99"]))


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ({"gather": "ordered", "missing": "ignore"}, "needs every part"),
        ({"gather": "ratio", "missing": "ignore"}, "needs every part"),
        ({"gather": "mean", "missing": "ignore", "weights": [1, -1]}, "weights from 0 up"),
        ({"gather": "mean", "missing": "propagate", "least": 0.5}, "go with missing"),
        ({"gather": "mean", "missing": "ignore", "least_count": 3}, "never 3 of them"),
        ({"gather": "max", "missing": "ignore", "weights": [1, 2]}, "weighs nothing"),
        ({"gather": "ordered", "missing": "propagate", "weights": {"a": 1, "b": 2}}, "write them as a list"),
        ({"gather": "sum", "missing": "ignore", "reason": "  "}, "reason"),
        ({"gather": "sum", "missing": "ignore", "steps": [{"step": "cut", "at": [5, 1]}]}, "must rise"),
        ({"gather": "sum", "missing": "ignore", "steps": [{"step": "flag"}]}, "needs a limit"),
        ({"gather": "sum", "missing": "ignore", "steps": [{"step": "percentile", "weight": "p", "kind": "r/n"}]}, "say nothing"),
    ],
)
def test_words_that_would_say_nothing_are_refused(node, said):
    """In a sentence, before anything is run."""
    with pytest.raises(MethodologyError, match=said):
        index({"id": "x", "of": ["a", "b"], **node})


def test_a_limit_met_but_for_noise_is_met():
    """0.7 - 0.4 is 0.3 on paper, and so it is for classes."""
    recipe = index(
        {"id": "x", "of": ["a", "b"], "gather": "sum", "missing": "propagate"},
        {"id": "c", "of": ["x"], "steps": [{"step": "cut", "at": [0.3]}]},
    )
    assert run_index(recipe, table(a=["0.7"], b=["-0.4"])).places["c"].tolist() == [2]


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"a": ["inf", "1"]}, "'inf' is not a number"),
        ({"a": ["1,300", "1"]}, "without separators"),
        ({"a": ["1", "2"], "a.1": ["1", "2"]}, "stands there twice"),
        ({"a": []}, "no rows"),
    ],
)
def test_a_table_that_cannot_be_meant_is_refused(columns, said):
    """Infinite numbers, separators, a column twice, nothing at all."""
    with pytest.raises(LayerError, match=said):
        run_index(index({"id": "x", "of": ["a"]}), table(**columns))


def test_weights_that_the_data_decided_are_told():
    """An office must publish them."""
    recipe = index({"id": "x", "of": ["a", "b"], "gather": "sum", "missing": "propagate", "weights": "entropy"})
    found = run_index(recipe, table(a=["1", "2", "9"], b=["3", "3", "4"])).weights["x"]
    assert sum(found.values()) == pytest.approx(1)
    assert found["a"] > found["b"]
    with pytest.raises(MethodologyError, match="cannot set their weights"):
        run_index(recipe, table(a=["-1", "2", "9"], b=["3", "3", "4"]))


def test_ranks_are_asked_for_where_ranks_are_meant():
    """A score summed up as if it were a rank would be nonsense that looks like a number."""
    recipe = index({"id": "x", "of": ["a"]}, summary=[{"id": "s", "by": "g", "of": "x", "how": "extent"}])
    with pytest.raises(MethodologyError, match="holds no ranks"):
        run_index(recipe, table(a=["0.5", "13.5"], g=["X", "X"]))


def test_a_node_speaks_of_the_places_it_is_told():
    """A group of indicators counts where eleven are known, or here two."""
    count = {"id": "n", "of": ["a", "b"], "gather": "count", "missing": "ignore"}
    mean = {
        "id": "m",
        "of": ["a", "b"],
        "gather": "mean",
        "missing": "ignore",
        "only": {"column": "n", "at_least": 2, "reason": "Enough is known."},
    }
    found = run_index(index(count, mean), table(a=["1", "2", ""], b=["3", "", ""])).places
    assert found["n"].tolist() == [2, 1, 0]
    assert found["m"].isna().tolist() == [False, True, True]


@pytest.mark.parametrize(("how", "expected"), [("median", 2), ("lowest", 1), ("highest", 9), ("count", 3)])
def test_plain_summaries(how, expected):
    """Of 1, 2 and 9."""
    recipe = index({"id": "x", "of": ["a"]}, summary=[{"id": "s", "by": "g", "of": "x", "how": how}])
    assert run_index(recipe, table(a=["1", "2", "9", ""], g=["X"] * 4)).summaries["g"]["s"].tolist() == [expected]
