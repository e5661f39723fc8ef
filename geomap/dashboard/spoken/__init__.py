"""Which language this visitor's page is in: what the address says, else what they chose, else settings.toml, else their browser, else English."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from geomap.dashboard.home import home
from geomap.errors import GeomapError
from geomap.language import DEFAULT, LANGUAGES, is_right_to_left, language, say, speak
from geomap.symbology.markup import for_markdown
from geomap.workspace.settings import read_settings

ASKED = "lang"  # in the page's address
BOX = "language"


def settle() -> None:
    """From here on this run of the script speaks the visitor's language; the first thing every run does."""
    asked = st.query_params.get(ASKED)
    if asked in LANGUAGES:
        st.session_state[BOX] = asked
    elif st.session_state.get(BOX) not in LANGUAGES:
        st.session_state[BOX] = usual()
    speak(st.session_state[BOX])
    if asked is not None and asked not in LANGUAGES:
        tell_absent(ASKED, asked)


def tell_absent(name: str, asked: str) -> None:
    """A notice that the page's address names under *name* what is not here."""
    said = {"name": for_markdown(name), "asked": for_markdown(asked[:60])}
    st.toast(say("The address asks for {name} “{asked}”, which is not here; showing another.", **said))


def usual() -> str:
    """The language of a visitor who chose none."""
    try:
        named = read_settings(home()).language
    except GeomapError:
        named = None  # told on the page by whoever needs the settings
    browsers = str(st.context.locale or "").lower().split("-", maxsplit=1)[0]
    return named or (browsers if browsers in LANGUAGES else DEFAULT)


def offer_languages() -> None:
    """The box in the head of every page, and what the browser is told of the page's language."""
    _mount()(key="spoken", data={"language": language(), "direction": "rtl" if is_right_to_left() else "ltr"})
    with st.container(key="languages"):
        st.selectbox(
            say("Language"), list(LANGUAGES), format_func=LANGUAGES.get, key=BOX, label_visibility="collapsed", on_change=_chosen, width=130
        )


def keep(address: dict[str, str]) -> None:
    """The page's address holds *address*, and the language where it is not the one that this visitor would get anyway."""
    spoken = {ASKED: language()} if language() != usual() else {}
    st.query_params.from_dict({name: value for name, value in (address | spoken).items() if value})


def remember() -> None:
    """The language stands in the address even where a screen did not write it there."""
    if ASKED not in st.query_params and language() != usual():
        st.query_params[ASKED] = language()


def _chosen() -> None:
    st.query_params[ASKED] = st.session_state[BOX]


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component("geomap.spoken", js="language.js")
