"""How the numbers of the edition on show moved since earlier ones, which are laid beside it once for all sessions."""

import pandas as pd
import streamlit as st

from geomap.dashboard.address import from_address
from geomap.dashboard.home import home
from geomap.editions.edition import Edition
from geomap.language import Later, language, noted, say
from geomap.report.since import Since, periods_before
from geomap.symbology.payload import MapPayload
from geomap.views.change import change_map, change_rows
from geomap.workspace.comparing import beside_earlier


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


def since_earlier(found: Edition, level: str) -> tuple[Since, ...]:
    """The edition beside each earlier one, the latest first."""
    return tuple(_since(found.path.name, level, period, found) for period in _before(found.path.name, found))


def changed_since(found: Edition, level: str, period: str, node: str) -> tuple[MapPayload, pd.DataFrame] | None:
    """The map of the change of *node* since *period*, and its table; nothing where the two editions cannot be compared by it."""
    return _changed(found.path.name, level, period, node, language(), found)


@st.cache_resource(max_entries=8, show_spinner=False)
def _before(name: str, _found: Edition) -> dict[str, str]:
    del name  # part of the cache's key: an edition's folder is named by its content
    return periods_before(_found)


@st.cache_resource(max_entries=8, show_spinner=Later(noted("Comparing …")))
def _since(name: str, level: str, period: str, _found: Edition) -> Since:
    return Since(period, beside_earlier(_found, level, _before(name, _found)[period], home=home()))


@st.cache_resource(max_entries=32, show_spinner=False)
def _changed(name: str, level: str, period: str, node: str, spoken: str, _found: Edition) -> tuple[MapPayload, pd.DataFrame] | None:
    del spoken  # part of the key: words have a language
    beside = _since(name, level, period, _found).found
    return (change_map(beside, node), change_rows(beside, node)) if beside and beside.grade_of(node) != "C" else None
