"""A line of words that explain themselves: on hover, on focus by keyboard, and to screen readers."""

import streamlit as st

from geomap.language import say
from geomap.symbology.markup import for_html as safe
from geomap.views.glossary import MEANINGS, WORDS


def glossary_line(*words: str) -> None:
    """The words named, each with its sentence."""
    st.html(f'<div class="gp">{line(*words)}</div>')


def line(*words: str) -> str:
    """The same as markup, for panels that are markup already."""
    return f'<p class="words">{safe(say("Words used here:"))} {" · ".join(map(_word, words))}</p>'


def _word(key: str) -> str:
    word, meaning = safe(WORDS[key]), safe(MEANINGS[key])
    return f'<span class="term" tabindex="0" role="note" aria-label="{word}: {meaning}">{word}<span class="told" aria-hidden="true">{meaning}</span></span>'
