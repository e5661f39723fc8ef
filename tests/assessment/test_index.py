"""An index file on a table: sums done by hand."""

import pandas as pd
import pytest

from geomap.assessment.index import run_index
from geomap.errors import LayerError, MethodologyError
from geomap.methodology.index import IndexFile
from tests.toy import drawn

WARDS = """ward | district | people | men | women | a  | b
           -----+----------+--------+-----+-------+----+----
           A    | north    |    100 |  40 |    60 |  1 |  8
           B    | north    |    300 | 200 |   100 |  2 |
           C    | south    |      0 |   0 |     0 |  9 |  2
           D    | south    |    400 | 300 |   100 |  4 |  4"""


def table() -> pd.DataFrame:
    """The wards as text, as a file would be read."""
    return drawn(WARDS).astype(object).where(drawn(WARDS).notna(), "").astype("str").replace(r"\.0$", "", regex=True)


def run(*nodes, summary=(), typology=(), **head):
    """The toy index; each node gives what differs from the usual."""
    usual = {"reason": "Because."}
    data = {
        "index": {"name": "toy", "title": "Toy", "key": "ward", "reason": "Because.", **head},
        "node": [{**usual, **node} for node in nodes],
        "typology": [{**usual, **one} for one in typology],
        "summary": [{**usual, **one} for one in summary],
    }
    return run_index(IndexFile.read(data, where="the toy index", error=MethodologyError), table())


def whole(**said):
    """The values of one node made of a and b."""
    return run({"id": "x", "of": ["a", "b"], "gather": "sum", "missing": "ignore", **said}).places["x"].tolist()


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, [9, 2, 11, 8]),
        ({"missing": "propagate"}, [9, None, 11, 8]),
        ({"weights": [0.5, 0.25]}, [2.5, 1, 5, 3]),
        ({"weights": {"b": 0.25, "a": 0.5}}, [2.5, 1, 5, 3]),
        ({"gather": "mean", "weights": [3, 1]}, [2.75, 2, 7.25, 4]),
        ({"gather": "mean", "weights": [3, 1], "least": 0.8}, [2.75, None, 7.25, 4]),
        ({"gather": "mean", "least_count": 2}, [4.5, None, 5.5, 4]),
        ({"gather": "mean", "weights": {"columns": ["men", "women"]}}, [(40 + 480) / 100, 2, None, 4]),
        ({"gather": "geometric", "missing": "propagate"}, [8**0.5, None, 18**0.5, 4]),
        ({"gather": "harmonic"}, [2 / (1 + 1 / 8), 2, 2 / (1 / 9 + 1 / 2), 4]),
        ({"gather": "product", "powers": [1, -1]}, [1 / 8, 2, 4.5, 1]),
        ({"gather": "ratio", "missing": "propagate"}, [1 / 8, None, 4.5, 1]),
        ({"gather": "max"}, [8, 2, 9, 4]),
        ({"gather": "min"}, [1, 2, 2, 4]),
        ({"gather": "ordered", "weights": [3, 1], "missing": "propagate"}, [(24 + 1) / 4, None, (27 + 2) / 4, 4]),
        ({"direction": -1}, [-9, -2, -11, -8]),
        ({"weights": {"ahp": [[1, 3], [1 / 3, 1]]}, "gather": "sum"}, [0.75 + 2, 1.5, 6.75 + 0.5, 4]),
    ],
)
def test_every_way_to_gather_by_hand(said, expected):
    """B has no b."""
    assert whole(**said) == pytest.approx([float("nan") if value is None else value for value in expected], nan_ok=True)


def test_weights_are_never_brought_to_one_in_silence():
    """A sum of weights of .999 stays one."""
    assert whole(weights=[0.5, 0.499], missing="propagate")[0] == pytest.approx(0.5 + 0.499 * 8)


def test_judgements_that_contradict_each_other_are_refused():
    """A over B, B over C, C over A."""
    circle = {"ahp": [[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]]}
    with pytest.raises(MethodologyError, match="contradict each other"):
        run({"id": "x", "of": ["a", "b", "people"], "gather": "sum", "missing": "ignore", "weights": circle})


def test_places_that_take_no_part_count_nowhere():
    """Nobody lives in C, so the highest of the others is the top of the scale, and C has no rank."""
    only = {"column": "people", "above": 0, "reason": "Nobody lives there."}
    found = run(
        {"id": "x", "of": ["a"], "steps": [{"step": "min_max"}]}, {"id": "r", "of": ["x"], "steps": [{"step": "rank"}]}, only=only
    ).places
    assert found["x"].tolist() == pytest.approx([0, 1 / 3, float("nan"), 1], nan_ok=True)
    assert found["r"].tolist() == pytest.approx([3, 2, float("nan"), 1], nan_ok=True)


def test_a_step_is_fitted_to_those_it_is_told_and_changes_all():
    """Without C the mean of a is 7/3; C is still measured by it."""
    found = run({"id": "x", "of": ["a"], "steps": [{"step": "z", "ddof": 1, "among": "people"}]}).places["x"]
    assert found["C"] == pytest.approx((9 - 7 / 3) / (14 / 3 / 2) ** 0.5)


def test_a_step_by_group_ranks_in_each_group():
    """Each district has its first and its second."""
    assert run({"id": "r", "of": ["a"], "steps": [{"step": "rank", "by": "district"}]}).places["r"].tolist() == [2, 1, 1, 2]


def test_a_node_may_have_the_name_of_its_column():
    """It reads the column; what follows reads the node."""
    found = run({"id": "a", "of": ["a"], "steps": [{"step": "linear", "multiply": 10}]}, {"id": "y", "of": ["a"]}).places
    assert found["y"].tolist() == [10, 20, 90, 40]


def test_hidden_nodes_are_not_written():
    """But used."""
    assert list(run({"id": "h", "of": ["a"], "show": False}, {"id": "y", "of": ["h"]}).places.columns) == ["y"]


def test_a_typology_says_a_word_for_two_classes():
    """High or low by each half; where a class is missing there is no word."""
    half = {"step": "quantile_class", "count": 2}
    nodes = ({"id": "ca", "of": ["a"], "steps": [half]}, {"id": "cb", "of": ["b"], "steps": [half]})
    words = {"id": "kind", "of": ["ca", "cb"], "labels": [["both", "a only"], ["b only", "neither"]]}
    assert run(*nodes, typology=[words]).places["kind"].fillna("none").tolist() == ["b only", "none", "a only", "a only"]
    with pytest.raises(MethodologyError, match="other classes"):
        run(*nodes, typology=[{**words, "labels": [["both", "a only"]]}])


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"how": "mean"}, {"north": 3.5, "south": 1.5}),
        ({"how": "mean", "weight": "people"}, {"north": 3.25, "south": 2}),
        ({"how": "sum"}, {"north": 7, "south": 3}),
        ({"how": "mean_inverted_rank"}, {"north": 1.5, "south": 3.5}),
        ({"how": "share_worst", "share": 0.25}, {"north": 0, "south": 0.5}),
        ({"how": "extent", "curve": [[50, 1.0], [100, 0.0]]}, {"north": 0.25, "south": 1.0}),
        ({"how": "concentration", "weight": "people", "share": 0.5}, {"north": (200 * 2) / 200, "south": 3}),
    ],
)
def test_larger_places_are_summed_up(said, expected):
    """Ranks of a: A 4, B 3, C 1, D 2; half of the north's 400 people live in B, which is worst there; nobody lives in C."""
    rank = {"id": "r", "of": ["a"], "steps": [{"step": "rank"}]}
    found = run(rank, summary=[{"id": "s", "by": "district", "of": "r", **said}]).summaries["district"]["s"]
    assert found.to_dict() == pytest.approx(expected)


def test_what_is_no_number_is_told_with_its_row():
    """A word among the numbers, unless it is named as a mark for a gap."""
    cells = table()
    cells.loc[1, "a"] = "n/a"
    recipe = {"index": {"name": "toy", "title": "Toy", "key": "ward", "reason": "R."}, "node": [{"id": "y", "of": ["a"], "reason": "R."}]}
    with pytest.raises(LayerError, match="row 3, column 'a': 'n/a' is not a number"):
        run_index(IndexFile.read(recipe, where="toy"), cells)
    recipe["index"]["missing"] = ["n/a"]
    assert run_index(IndexFile.read(recipe, where="toy"), cells).places["y"].isna().tolist() == [False, True, False, False]


def test_a_mark_for_a_gap_is_never_taken_for_a_number():
    """-999 has ranked a whole country's counties wrongly before."""
    cells = table()
    cells.loc[0, "a"] = "-999.0"
    recipe = {"index": {"name": "toy", "title": "Toy", "reason": "R."}, "node": [{"id": "y", "of": ["a"], "reason": "R."}]}
    with pytest.raises(LayerError, match="looks like a mark for a gap"):
        run_index(IndexFile.read(recipe, where="toy"), cells)
    recipe["index"]["missing"] = ["-999"]
    assert run_index(IndexFile.read(recipe, where="toy"), cells).places["y"].isna().sum() == 1


def test_columns_that_are_not_there_are_all_named():
    """With those there are."""
    with pytest.raises(LayerError, match=r"no column \['c', 'd'\].*Its columns are \['ward'"):
        run({"id": "y", "of": ["c", "d"], "gather": "sum", "missing": "ignore"})
