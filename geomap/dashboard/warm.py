"""The edition is read while the first visitor is still on the way: of 33,000 places it takes seconds."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import streamlit as st

from geomap.dashboard.drawn import drawn, rows, search
from geomap.dashboard.shown import assessment, latest
from geomap.errors import GeomapError


@contextlib.asynccontextmanager
async def warmed(_app: st.App) -> AsyncIterator[None]:
    """Reads beside the server, which answers meanwhile; a visitor who comes earlier waits for the same reading, not for a second one."""
    reading = asyncio.get_running_loop().run_in_executor(None, warm)
    yield
    reading.cancel()


def warm() -> None:
    """What the first screen of the latest edition needs; nothing where there is no edition, for the page says that."""
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(
        logging.ERROR
    )  # there is no session yet to show a spinner in
    with contextlib.suppress(GeomapError):
        if found := latest():
            shown = assessment(found, found.levels[0])
            search(found, shown)
            for layer in [node.id for node in shown.nodes if node.kind == "index"]:
                drawn(found, shown, layer)
                rows(found, shown, layer)
