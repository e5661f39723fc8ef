"""Answers of people: weights and scales that cannot be, and codes that are no answers."""

import pytest

from tests.intake.tables import WARDS, outcome, write


def survey(answers: list[object], weights: list[object]) -> str:
    """A survey of sixty, ten in each ward; the first have these answers and weights."""
    rows = [(WARDS.index[n % 6], 1, n % 5 + 1) for n in range(60)]
    lines = [
        f"{code},{weights[n] if n < len(weights) else weight},{answers[n] if n < len(answers) else answer}"
        for n, (code, weight, answer) in enumerate(rows)
    ]
    return "code,weight,trust\n" + "\n".join(lines)


@pytest.mark.parametrize(
    ("answers", "weights", "ended", "word"),
    [
        ([], [], "loaded", ""),
        ([9], [], "refused", "scale"),
        ([99], [], "refused", "scale"),
        ([-1], [], "refused", "scale"),
        ([8, 9], [], "refused", "scale"),
        ([97, 98, 99], [], "refused", "scale"),
        (["R"], [], "refused", "'R'"),
        ([""], [], "loaded", ""),
        ([], [-1], "refused", "weight"),
        ([], [0], "repaired", "weight"),
        ([], [5000], "refused", "weight"),
        ([], [""], "refused", "weight"),
        ([], ["inf"], "refused", "inf"),
    ],
)
def test_answers_and_weights_are_held_to_what_they_can_be(tmp_path, answers, weights, ended, word):
    """Refused with the column and the row; a weight of zero is legal and told."""
    got, said = outcome(write(tmp_path, survey(answers, weights)), survey=True, codes=WARDS.index)
    assert got == ended, said
    assert word in said


def test_a_code_that_was_declared_is_no_fault(tmp_path):
    """9 for don't know, once somebody says so."""
    assert outcome(write(tmp_path, survey([9], [])), survey=True, codes=WARDS.index, dont_know=(9,))[0] == "loaded"


def test_few_respondents_in_a_place_are_told(tmp_path):
    """Three in each ward."""
    rows = "".join(f"{WARDS.index[n % 6]},1,{n % 5 + 1}\n" for n in range(18))
    ended, said = outcome(write(tmp_path, "code,weight,trust\n" + rows), survey=True, codes=WARDS.index)
    assert ended == "repaired"
    assert "respondents" in said
