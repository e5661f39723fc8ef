"""The application: Streamlit with the map's files beside it, and headers that let the page talk to this machine only."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from geomap.dashboard.routes import Headers, routes

app = st.App(Path(__file__).with_name("main.py"), routes=routes(), middleware=[Middleware(Headers)])
