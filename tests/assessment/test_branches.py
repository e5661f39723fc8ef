"""The tree of a methodology at one level: weights by judgement and from the data, domains in domains, levels."""

import numpy as np
import pandas as pd
import pytest

from geomap.assessment.branches import branches_at
from geomap.assessment.explore import branches_under
from geomap.errors import MethodologyError
from geomap.statistics.weighting import pca_weights
from tests.assessment.small import assessed, indicator, recipe, whole

CONSISTENT = [[1, 2, 4], [0.5, 1, 2], [0.25, 0.5, 1]]
CONTRARY = [[1, 5, 0.2], [0.2, 1, 5], [5, 0.2, 1]]


def three(**domain):
    """Three indicators in one domain."""
    return recipe(*(indicator(name, "one") for name in "abc"), domain=[whole("one", **domain)], index=[whole("top", of=["one"])])


def test_judgements_that_agree_give_their_weights():
    """Twice and four times as much: 4/7, 2/7, 1/7 (Saaty 1980)."""
    assert branches_at(three(weights={"ahp": CONSISTENT}), "wards")[0].weights == pytest.approx([4 / 7, 2 / 7, 1 / 7])


def test_judgements_that_contradict_each_other_are_refused():
    """A over B, B over C, and C over A."""
    with pytest.raises(MethodologyError, match="contradict each other: the consistency ratio is"):
        branches_at(three(weights={"ahp": CONTRARY}), "wards")
    assert branches_at(three(weights={"ahp": CONTRARY, "most_ratio": 9.0}), "wards")[0].weights == pytest.approx([1 / 3] * 3)


def test_a_matrix_that_is_none_is_refused():
    """Twice as much one way is half the other way."""
    with pytest.raises(MethodologyError, match="matrix of judgements cannot be used"):
        branches_at(three(weights={"ahp": [[1, 2, 4], [2, 1, 2], [0.25, 0.5, 1]]}), "wards")


def test_weights_from_the_data_are_those_of_the_places():
    """Squared loadings of the first component, set once; the edition's own are used when it is explored."""
    rng = np.random.default_rng(1)
    common = rng.normal(size=60)
    scores = np.clip(5 + 1.5 * (common[:, None] * [1, 0.8, 0.2] + rng.normal(size=(60, 3))), 0, 10)
    table = pd.DataFrame(scores, columns=list("abc")).rename_axis("place").reset_index()
    agreed = three(weights="pca")
    found = assessed(agreed, table)
    assert found.node("one").weights == pytest.approx(pca_weights(scores))
    other = assessed(agreed, table.assign(a=table["b"], b=table["a"]))
    kept = branches_under(_with_weights(other, found.node("one").weights), agreed)[0]
    assert (kept.data, kept.weights) == ("", found.node("one").weights)


def _with_weights(assessment, weights):
    """The assessment as if its baseline had set these weights."""
    from dataclasses import replace

    return replace(assessment, nodes=tuple(replace(node, weights=weights) if node.id == "one" else node for node in assessment.nodes))


def test_domains_in_domains_stand_before_what_they_are_part_of():
    """Two depths below the outer domain, each with its own weight there."""
    found = recipe(
        indicator("a", "outer"), indicator("b", "middle", weight=2.0), indicator("c", "inner"),
        domain=[whole("outer"), whole("middle", domain="outer", weight=3.0), whole("inner", domain="middle", up="better")],
        index=[whole("top", of=["outer"])],
    )  # fmt: skip
    branches = {branch.id: (branch.parts, branch.weights) for branch in branches_at(found, "wards")}
    assert list(branches) == ["inner", "middle", "outer", "top"]
    assert branches["middle"] == (("b", "inner"), (2.0, 1.0))
    assert branches["outer"] == (("a", "middle"), (1.0, 3.0))


def test_at_each_level_only_its_own_indicators_stand():
    """A domain keeps the weights of those there are; one without any is left out, and an index that needs it too."""
    found = recipe(
        indicator("a", "one"), indicator("b", "one", levels=["districts"]), indicator("c", "two", levels=["districts"]),
        domain=[whole("one", weights={"a": 1, "b": 3}), whole("two")],
        index=[whole("needs_one", of=["one"]), whole("needs_both", of=["one", "two"])],
    )  # fmt: skip
    wards, districts = ({branch.id: branch.weights for branch in branches_at(found, level)} for level in ("wards", "districts"))
    assert wards == {"one": (1.0,), "needs_one": (1.0,)}
    assert districts == {"one": (1.0, 3.0), "two": (1.0,), "needs_one": (1.0,), "needs_both": (1.0, 1.0)}


def test_an_index_needs_all_of_its_parts_unless_it_says_otherwise():
    """Domains follow the rule of the file."""
    asked = {"rule": "renormalise", "reason": "Because."}
    found = recipe(
        indicator("a", "one"), domain=[whole("one")], index=[whole("top", of=["one"]), whole("lenient", of=["one"], missing=asked)]
    )
    assert [branch.least_share for branch in branches_at(found, "wards")] == [0.66, 1.0, 0.0]
