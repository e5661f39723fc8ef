"""Weights from judgements in pairs, against a textbook matrix and what consistency means."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, lists
from numpy.testing import assert_allclose

from geomap.statistics.ahp import ahp
from tests.shared import shared


def test_weights_and_consistency_are_those_of_the_textbook():
    """Three parts judged 1/3, 5 and 7: weights to eight digits, λ 3.0649, consistency ratio 0.0559 with Saaty's 0.58."""
    table = json.loads(shared("data", "methods", "composite_methods.json").read_text())["ahp"]
    weights, ratio = ahp(table["matrix"])
    assert_allclose(weights, table["weights"], atol=6e-9)
    assert ratio == pytest.approx(table["cr"], abs=1e-10)


@given(lists(floats(0.1, 10), min_size=1, max_size=15))
def test_judgements_without_contradiction_give_their_weights_back(importance):
    """A matrix of ratios w_i/w_j has the weights w and the consistency ratio 0."""
    w = np.array(importance)
    weights, ratio = ahp(w[:, None] / w[None, :])
    assert_allclose(weights, w / w.sum(), rtol=1e-7)
    assert ratio == pytest.approx(0, abs=1e-7)


@given(lists(integers(1, 9), min_size=6, max_size=6))
def test_weights_solve_the_equation_of_the_eigenvector(judged):
    """A w = λ w with λ of at least n; whatever the judgements, weights are positive and sum to 1."""
    upper = np.ones((4, 4))
    upper[np.triu_indices(4, 1)] = judged
    matrix = upper / upper.T
    weights, ratio = ahp(matrix)
    assert weights.sum() == pytest.approx(1)
    assert (weights > 0).all()
    assert_allclose(matrix @ weights, (4 + 3 * 0.90 * ratio) * weights, rtol=1e-8)
    assert ratio >= 0


def test_rounded_reciprocals_are_read_as_what_they_mean():
    """0.33, 0.14 and 0.2 stand for a third, a seventh and a fifth."""
    rounded, exact = ahp([[1, 0.33, 5], [3, 1, 7], [0.2, 0.14, 1]]), ahp([[1, 1 / 3, 5], [3, 1, 7], [1 / 5, 1 / 7, 1]])
    assert np.array_equal(rounded[0], exact[0])
    assert rounded[1] == exact[1]


def test_contradictions_show():
    """A over B over C over A, each by far, is as bad as chance and worse: the ratio is far above 0.10, though weights are equal."""
    weights, ratio = ahp([[1, 9, 1 / 9], [1 / 9, 1, 9], [9, 1 / 9, 1]])
    assert_allclose(weights, 1 / 3)
    assert ratio > 1


@pytest.mark.parametrize(
    ("matrix", "why"),
    [
        ([[1, 2, 3], [1 / 2, 1, 2]], "square matrix.*2 by 3"),
        ([1, 2], "square matrix"),
        ([], "square matrix"),
        ([[1, -2], [-1 / 2, 1]], "positive number"),
        ([[1, 0], [0, 1]], "positive number"),
        ([[1, np.nan], [2, 1]], "positive number"),
        ([[1, 3], [3, 1]], "row 1 column 2 is 3 and row 2 column 1 is 3; the second should be 0.333333"),
        ([[2, 3], [1 / 3, 1]], "row 1 column 1 is 2.*as important as itself"),
        (np.ones((16, 16)), "16 parts are too many"),
    ],
)
def test_what_is_not_a_matrix_of_judgements_is_refused_in_words(matrix, why):
    """The message names the fault, the cells and the remedy."""
    with pytest.raises(ValueError, match=why):
        ahp(matrix)
