"""Words explain themselves where they first stand."""

import pytest

from geomap.dashboard.glossary_line import line
from geomap.language import speaking
from geomap.views.glossary import MEANINGS, WORDS
from tests.dashboard.test_screens import run


def test_each_word_has_one_sentence():
    """Neither more nor less, and it ends."""
    assert list(WORDS) == list(MEANINGS)
    assert all(dict.__getitem__(MEANINGS, key).endswith(".") for key in MEANINGS)


def test_a_word_is_reached_by_keyboard_and_told_to_those_who_listen():
    """In the reader's language."""
    with speaking("fr"):
        told = line("rank")
    assert 'tabindex="0"' in told
    assert 'aria-label="rang: Où un lieu se situe' in told


@pytest.mark.parametrize(("screen", "word"), [("map", "interval"), ("priorities", "letter"), ("method", "draw"), ("data", "layer")])
def test_words_stand_on_their_screens(demo, monkeypatch, screen, word):
    """Where a reader first meets them."""
    test = run(demo, monkeypatch, screen, **({"place": "N25", "layer": "risk"} if screen == "map" else {}))
    assert any(f">{WORDS[word]}<" in str(block.value) for block in test.get("html"))
