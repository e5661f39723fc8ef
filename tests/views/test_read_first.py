"""What must be read with a survey is read once, and says which question it is about."""

from dataclasses import replace

from geomap.assessment.assessment import Node
from geomap.views.read_first import still_to_know


def asked(title: str, *caveats: str) -> Node:
    """An indicator of a survey."""
    return replace(Node(title.lower(), title, "indicator", "better", "", 1, "2025"), evidence="survey", caveats=caveats)


def test_what_was_read_already_is_not_read_again():
    """Neither a sentence on the whole survey, nor one on a single question."""
    nodes = [asked("Council", "People answered.", "The question was long.", "Made up."), asked("Police", "People answered.", "Made up.")]
    assert still_to_know(nodes, {"Made up.", "The question was long."}) == ("People answered.",)


def test_a_sentence_that_only_some_numbers_have_names_them():
    """So that two counts do not stand one below the other as if they were of the same."""
    nodes = [
        asked("Council", "8 are withheld.", "All."),
        asked("Police", "7 are withheld.", "All."),
        asked("Help", "7 are withheld.", "All."),
    ]
    assert still_to_know(nodes, set()) == ("Council: 8 are withheld.", "All.", "Police, Help: 7 are withheld.")
