"""The box that opens a place by a postcode, where the edition carries a list of them."""

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.postcodes import Postcodes
from geomap.dashboard.finder import MATCHES, which_of
from geomap.dashboard.hand import listed_postcodes
from geomap.editions.edition import Edition
from geomap.language import say
from geomap.symbology.markup import for_markdown


def ask_postcode(found: Edition, shown: Assessment) -> None:
    """Opens the place of the postcode that is typed, asks which where several begin so; draws nothing without a list. What is typed stays out of the address."""
    known = listed_postcodes(found, shown)
    if known.lies_in.empty:
        return
    word = st.text_input(
        say("Or by postcode"), key="postcode", placeholder=say("Type it, then Enter"), width=160, on_change=_open, args=(known,)
    )
    if not word:
        return
    fitting = known.fitting(word)
    if fitting.empty:
        st.caption(for_markdown(say("No list of postcodes here has “{word}”.", word=word[:20])))
    elif fitting.nunique() > 1:
        rows = list(fitting.iloc[:MATCHES].items())
        st.selectbox(
            which_of(len(fitting)), rows, index=None, key="lying", on_change=_take, width=320,
            format_func=lambda row: f"{row[0]} · {shown.places.at[row[1], 'name']}",
        )  # fmt: skip


def _open(known: Postcodes) -> None:
    st.session_state.pop("lying", None)
    places = known.fitting(st.session_state["postcode"]).unique()
    if len(places) == 1:
        st.session_state["place"] = places[0]


def _take() -> None:
    st.session_state["place"] = st.session_state["lying"][1]
