"""The box that finds a place: a list to type in, or, where there are too many places for a page to carry, a word to look for."""

import unicodedata
from collections.abc import Iterable, Mapping

import streamlit as st

from geomap.language import say
from geomap.symbology.markup import for_markdown

CARRIED = 6_000  # names a page can hold without being slow; 33,000 make a megabyte
MATCHES = 50


def find_place(one: str, many: str, found_by: Mapping[str, str]) -> str | None:
    """The code of the place that was chosen, kept under 'place'; *one* and *many* are what places are called; *found_by* = what each is found by, by code, in the order shown."""
    label = say("Find one of the {many}", many=many)
    if len(found_by) <= CARRIED:
        return st.selectbox(
            label,
            list(found_by),
            index=None,
            format_func=found_by.get,
            key="place",
            placeholder=say("Type a name or code"),
            width=300,
        )
    word = st.text_input(
        label,
        key="sought",
        placeholder=say("Type a part of a name or code, then Enter"),
        width=300,
        on_change=_forget,
    )
    if not word:
        return st.session_state["place"]
    fitting = matching(found_by, word)
    if len(fitting) == 1:
        st.session_state["place"] = fitting[0]
    elif fitting:
        st.selectbox(
            which_of(len(fitting)), fitting[:MATCHES], index=None, format_func=found_by.get, key="fitting", on_change=_take, width=300
        )
    else:
        st.caption(for_markdown(say("No {one} has “{word}” in its name or code.", one=one, word=word[:60])))
    return st.session_state["place"]


def which_of(count: int) -> str:
    """The question which of *count* matches is meant; no more than MATCHES are offered."""
    if count <= MATCHES:
        return say("Which of {count}?", count=count)
    return say("Which? {some} of {count}; type more to see others", some=MATCHES, count=count)


def carried(names: dict[str, str], label: str, key: str, *, kept: Iterable[str]) -> dict[str, str]:
    """*names* by code, or, where they are too many for a page, the *kept* and those that fit a word asked for under *label*."""
    if len(names) <= CARRIED:
        return names
    word = st.text_input(label, key=key, placeholder=say("Type a part of a name or code, then Enter"), width=320)
    return {code: names[code] for code in dict.fromkeys([*kept, *(matching(names, word)[:MATCHES] if word else [])])}


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
