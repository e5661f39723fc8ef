"""How the numbers of the edition on show moved since earlier ones, which are laid beside it once for all sessions."""

import streamlit as st

from geomap.dashboard.address import from_address
from geomap.editions.comparison import Comparison
from geomap.editions.edition import Edition
from geomap.language import Later, noted, say
from geomap.report.since import laid_beside, periods_before


def ask_since(found: Edition) -> str:
    """The earlier period whose change the map is to show, asked for where there are earlier editions; nothing for this edition's own numbers."""
    periods = {
        "": say("This edition"),
        **{period: say("Change since {period}", period=period) for period in _before(found.path.name, found)},
    }
    if len(periods) == 1:
        return ""
    if st.session_state.get("since") not in periods:
        st.session_state["since"] = from_address("since", list(periods), "")
    return st.selectbox(say("Time"), list(periods), format_func=periods.get, key="since", width=200)


def changed_since(found: Edition, level: str, period: str, node: str) -> Comparison | None:
    """The edition beside the one of *period* where *node* may be compared between the two; else nothing."""
    beside = _laid(found.path.name, level, _before(found.path.name, found)[period], found)
    return beside if beside and beside.grade_of(node) != "C" else None


@st.cache_resource(max_entries=8, show_spinner=False)
def _before(name: str, _found: Edition) -> dict[str, str]:
    del name  # part of the cache's key: an edition's folder is named by its content
    return periods_before(_found)


@st.cache_resource(max_entries=8, show_spinner=Later(noted("Comparing …")))
def _laid(name: str, level: str, other: str, _found: Edition) -> Comparison | None:
    del name
    return laid_beside(_found, level, other)
