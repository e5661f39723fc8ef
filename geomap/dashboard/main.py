"""The picture frame: title, navigation, nothing else."""

from pathlib import Path

import streamlit as st

from geomap.dashboard.look import dress
from geomap.dashboard.visitor import demand_viewer

SCREENS = Path(__file__).with_name("screens")

st.set_page_config(
    page_title="geomap", page_icon=str(Path(__file__).with_name("icon.svg")), layout="wide", initial_sidebar_state="collapsed"
)
dress()
demand_viewer()
st.navigation(
    [
        st.Page(SCREENS / "map.py", title="Map", icon=":material/map:", default=True),
        st.Page(SCREENS / "priorities.py", title="Priorities", icon=":material/checklist:"),
        st.Page(SCREENS / "protect.py", title="Protect", icon=":material/shield:"),
        st.Page(SCREENS / "compare.py", title="Compare", icon=":material/compare_arrows:"),
        st.Page(SCREENS / "trust.py", title="Trust", icon=":material/forum:"),
        st.Page(SCREENS / "understand.py", title="Understand", icon=":material/hub:"),
        st.Page(SCREENS / "whatif.py", title="What if", icon=":material/tune:"),
        st.Page(SCREENS / "editions.py", title="Editions", icon=":material/history:"),
        st.Page(SCREENS / "method.py", title="Method", icon=":material/menu_book:"),
        st.Page(SCREENS / "data.py", title="Data", icon=":material/fact_check:"),
    ],
    position="top",
).run()
