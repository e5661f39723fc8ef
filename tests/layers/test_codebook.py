"""What a survey's card says of its questions and its instrument."""

import pytest

from geomap.errors import CardError
from geomap.layers.card import Fieldwork
from geomap.layers.codebook import Question
from geomap.layers.instrument import Instrument

TRUST = {"wording": "How much do you trust the council?", "scale": [1, 5], "up": "better", "agree": [4, 5], "dont_know": [9]}
PILLARS = {
    "name": "BRAVE-14",
    "source": "Grossman and others 2020",
    "scale": [1, 5],
    "reverse": ["v1"],
    "subscales": {
        "bridging": {"title": "Bridging", "items": ["b1", "b2"]},
        "beliefs": {"title": "Beliefs", "items": ["v1"], "individual": True},
    },
}


def refused(kind, data, words):
    """Whether *data* cannot be read, for a reason that holds *words*."""
    with pytest.raises(CardError) as wrong:
        kind.read(data, where="the card", error=CardError)
    assert words in str(wrong.value)


def test_a_question_says_how_it_was_asked():
    """Wording, ends of the scale, direction and the codes that are no answer."""
    question = Question.read(TRUST, where="the card")
    assert (question.scale, question.up, question.dont_know) == ((1, 5), "better", (9,))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"dont_know": [5]}, "they are answers"),
        ({"agree": [5, 6]}, "[6] lie outside the scale"),
        ({"scale": [5, 1]}, "lower end first"),
        ({"scale": None}, "scale: is missing"),
        ({"explains": "trust_police"}, "of kind several"),
        ({"wording": ""}, "wording"),
    ],
)
def test_a_codebook_that_contradicts_itself_is_refused(change, words):
    """A maximum code of 9 is not very satisfied: codes of no answer lie off the scale, answers on it."""
    refused(Question, TRUST | change, words)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"reverse": ["z9"]}, "['z9'] belong to no scale"),
        ({"subscales": {"a": {"title": "A", "items": ["b1"]}, "b": {"title": "B", "items": ["b1"]}}, "reverse": []}, "counts once"),
        ({"scale": [5, 5]}, "lower end first"),
        ({"subscales": {}}, "subscales"),
    ],
)
def test_an_instrument_that_cannot_be_scored_is_refused(change, words):
    """Every item belongs to one scale, and what is turned over is an item."""
    refused(Instrument, PILLARS | change, words)


def test_groups_are_compared_only_where_invariance_was_shown():
    """Without a statement and its source no two groups' means stand side by side."""
    stated = PILLARS | {"comparable": [{"groups": "sex", "invariance": "scalar", "source": "Grossman and others 2020, table 4"}]}
    assert Instrument.read(stated, where="the card").may_compare("sex")
    assert not Instrument.read(stated, where="the card").may_compare("age_group")


def test_a_question_may_have_codes_of_its_own():
    """Its own codes for no answer go before those of the whole survey."""
    survey = Fieldwork.read({"dont_know": [9], "questions": {"help": TRUST | {"dont_know": [8]}}}, where="the card")
    assert (survey.no_answer("help"), survey.no_answer("other")) == ((8,), (9,))


def test_a_focus_group_is_not_representative():
    """Only a probability sample speaks for the whole city."""
    refused(Fieldwork, {"sample": "focus group", "representative": True}, "does not speak for the city")
