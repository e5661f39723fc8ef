"""The application: Streamlit with the map's files beside it, headers that let the page talk to this machine only, Streamlit's files from memory, and the gate of a proxy where there is one."""

from pathlib import Path

import streamlit as st
from starlette.middleware import Middleware

from geomap.dashboard.asked_for import AskedFor
from geomap.dashboard.from_memory import FromMemory
from geomap.dashboard.gate import Gate, proxy_secret
from geomap.dashboard.home import home
from geomap.dashboard.routes import Headers, routes
from geomap.dashboard.warm import warmed
from geomap.workspace.settings import read_settings

settings = read_settings(home())
access = settings.access
headers = Middleware(Headers, images=settings.basemap.host if settings.basemap else "")
signing_in = {"proxy": lambda: Middleware(Gate, header=access.header, secret=proxy_secret()), "oidc": lambda: Middleware(AskedFor)}
gate = [signing_in[access.by]()] if access else []
app = st.App(Path(__file__).with_name("main.py"), routes=routes(), middleware=[headers, *gate, Middleware(FromMemory)], lifespan=warmed)
