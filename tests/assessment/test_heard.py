"""Who was not heard enough is said, and of few answers no number."""

from dataclasses import replace

import pandas as pd

from geomap.assessment.heard import under_heard
from tests.toy import layer


def heard(counts, people, base=5):
    """What is said of groups of which so many answered and so many live here."""
    rows = pd.DataFrame({"age": [group for group, count in counts.items() for _ in range(count)]})
    margins = pd.DataFrame({"variable": "age", "category": list(people), "people": list(people.values())})
    return under_heard(replace(layer("survey", rows), extras={"margins": margins}), ("age",), "2025", base)


def test_who_is_not_heard_enough_is_said():
    """A group wholly under four fifths of its share is named with its numbers; one that might be enough is not."""
    (sentence,) = heard({"young": 10, "old": 90}, {"young": 500, "old": 500})
    assert sentence.startswith("Not heard enough: age young is 10% of answers but 50% of residents (ratio 0.20")


def test_of_a_group_with_few_answers_no_number_is_said():
    """Three and nine under a base of ten, or six and six: the same words, without any number that is made of theirs."""
    people = {"young": 4_000, "middle": 4_000, "old": 2_000}
    said = [heard({"young": few, "middle": 12 - few, "old": 200}, people, base=10) for few in (3, 6)]
    assert said[0] == said[1]
    assert [one.split(" is ")[0] for one in said[0]] == ["Not heard enough: age young", "Not heard enough: age middle"]
    assert all("40% of residents; how many of them answered is withheld" in one and "ratio" not in one for one in said[0])


def test_a_group_of_which_what_is_told_leaves_many_is_not_called_unheard():
    """Three are withheld beside sixty: there might be 62."""
    assert heard({"young": 3, "middle": 60, "old": 200}, {"young": 500, "middle": 500, "old": 1_000}, base=10) == ()
