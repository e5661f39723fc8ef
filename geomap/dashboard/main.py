"""The picture frame: title, language, navigation, nothing else."""

from pathlib import Path

import streamlit as st

from geomap.dashboard.look import dress
from geomap.dashboard.spoken import offer_languages, remember, settle
from geomap.dashboard.visitor import demand_viewer
from geomap.language import say

SCREENS = Path(__file__).with_name("screens")

st.set_page_config(
    page_title="geomap", page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide", initial_sidebar_state="collapsed"
)
settle()
dress()
offer_languages()
demand_viewer()
screen = st.navigation(
    [
        st.Page(SCREENS / "map.py", title=say("Map"), icon=":material/map:", default=True),
        st.Page(SCREENS / "priorities.py", title=say("Priorities"), icon=":material/checklist:"),
        st.Page(SCREENS / "protect.py", title=say("Protect"), icon=":material/shield:"),
        st.Page(SCREENS / "compare.py", title=say("Compare"), icon=":material/compare_arrows:"),
        st.Page(SCREENS / "trust.py", title=say("Trust"), icon=":material/forum:"),
        st.Page(SCREENS / "understand.py", title=say("Understand"), icon=":material/hub:"),
        st.Page(SCREENS / "whatif.py", title=say("What if"), icon=":material/tune:"),
        st.Page(SCREENS / "editions.py", title=say("Editions"), icon=":material/history:"),
        st.Page(SCREENS / "method.py", title=say("Method"), icon=":material/menu_book:"),
        st.Page(SCREENS / "data.py", title=say("Data"), icon=":material/fact_check:"),
        st.Page(SCREENS / "get_data.py", title=say("Get the data"), icon=":material/download:"),
    ],
    position="top",
)
try:
    screen.run()
finally:
    remember()
