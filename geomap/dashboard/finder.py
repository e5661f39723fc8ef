"""The box that finds a place: a list to type in, or, where there are too many places for a page to carry, a word to look for."""

import unicodedata
from collections.abc import Mapping

import streamlit as st

from geomap.symbology.markup import for_markdown

CARRIED = 6_000  # names a page can hold without being slow; ten thousand make a megabyte
MATCHES = 50


def find_place(one: str, found_by: Mapping[str, str]) -> str | None:
    """The code of the place that was chosen, kept under 'place'; *found_by* = what each is found by, by code, in the order shown."""
    if len(found_by) <= CARRIED:
        return st.selectbox(
            f"Find a {one}", list(found_by), index=None, format_func=found_by.get, key="place", placeholder="Type a name or code", width=320
        )
    word = st.text_input(
        f"Find a {one}", key="sought", placeholder="Type a part of a name or code, then Enter", width=320, on_change=_forget
    )
    if not word:
        return st.session_state["place"]
    fitting = matching(found_by, word)
    if len(fitting) == 1:
        st.session_state["place"] = fitting[0]
    elif fitting:
        label = (
            f"Which of {len(fitting):,}?" if len(fitting) <= MATCHES else f"Which? {MATCHES} of {len(fitting):,}; type more to see others"
        )
        st.selectbox(label, fitting[:MATCHES], index=None, format_func=found_by.get, key="fitting", on_change=_take, width=320)
    else:
        st.caption(f"No {for_markdown(one)} has “{for_markdown(word[:60])}” in its name or code.")
    return st.session_state["place"]


def matching(found_by: Mapping[str, str], word: str) -> list[str]:
    """Codes of the places that have *word* in what they are found by, whatever its case and accents; those that begin with it first."""
    sought = _plain(word.strip())
    hits = {code: place for code, text in found_by.items() if sought in (place := _plain(text))}
    return sorted(hits, key=lambda code: not hits[code].startswith(sought))


def _plain(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def _take() -> None:
    st.session_state["place"] = st.session_state["fitting"]


def _forget() -> None:
    st.session_state.pop("fitting", None)
