"""The button that gives the two-page report of the place that is open."""

from functools import partial

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.dashboard.home import home
from geomap.editions.edition import Edition
from geomap.language import say
from geomap.report.gather import Common
from geomap.report.page import page, plain, reports_of
from geomap.workspace.comparing import beside_earlier


def offer_report(found: Edition, shown: Assessment, code: str) -> None:
    """A download that is made when it is asked for."""
    st.download_button(
        say("Two-page report"),
        lambda: page(_shared(found.path.name, shown.level, found), code).encode(),
        file_name=f"{found.path.name}-{plain(code)}.html",
        mime="text/html",
        icon=":material/print:",
        on_click="ignore",
        key="report",
        help=say("One file for printing on two pages of A4; it needs no internet and reads on a phone."),
    )


@st.cache_resource(max_entries=4, show_spinner=False)
def _shared(name: str, level: str, _found: Edition) -> Common:
    del name  # part of the cache's key: an edition's folder is named by its content
    return reports_of(_found, level, lay=partial(beside_earlier, home=home()))
