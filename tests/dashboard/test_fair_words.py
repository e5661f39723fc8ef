"""No screen says that one thing brings about another, and none labels a place or the people in it."""

import re

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geomap.dashboard import routes
from geomap.workspace.fair_words import labels_in
from tests.dashboard.test_screens import NAMES, run

CAUSE = re.compile(
    r"\b(caus(es|ed|ing)|driv(es|en by|ers? of)|(leads?|led|leading) to|predict(s|ed|ing|or)?|due to|because of|results? in|thanks to)\b",
    re.IGNORECASE,
)


def everything(test: AppTest) -> str:
    """Whatever the page was sent: titles, texts, labels, helps, choices, markup, cells of tables, lines of the map's hover cards."""
    tables = [one.value for one in test.dataframe]
    cells = [str(cell) for table in tables for cell in pd.unique(table.astype(str).to_numpy().ravel())]
    sent = [str(element.proto) for element in _elements(test.main)]
    lines = [line for kept in routes._lines.values() for line in kept]  # noqa: SLF001  where the page fetches them from
    return "\n".join([*sent, *cells, *(str(name) for table in tables for name in table.columns), *lines])


def _elements(block):
    for child in block.children.values():
        yield from _elements(child) if hasattr(child, "children") else (child,)


@pytest.mark.parametrize("screen", NAMES)
def test_no_screen_speaks_of_cause_or_labels_a_place(demo, monkeypatch, screen):
    """Every text of the screen; what is said of cause is only that it is not shown."""
    routes._lines.clear()  # noqa: SLF001  only this screen's
    query = {"layer": "risk", "place": "N25", "level": "neighbourhoods"} if screen == "map" else {}
    told = everything(run(demo, monkeypatch, screen, **query))
    assert len(told) > 2_000
    assert [told[max(0, found.start() - 60) : found.end() + 40] for found in CAUSE.finditer(told)] == []
    assert labels_in(told) == []


@pytest.mark.parametrize("words", ["Strain causes harm", "driven by rents", "it leads to anger", "this predicts riots", "due to age"])
def test_the_words_are_found(words):
    """The list can fail."""
    assert CAUSE.search(words)
