"""The map as a Streamlit component without a frame: shapes by address, one sign a place by websocket."""

from collections.abc import Callable
from functools import cache
from typing import Any

import streamlit as st

from geomap.dashboard.routes import SCRIPT, offer_lines
from geomap.symbology.assets import text
from geomap.symbology.payload import MapPayload


def nothing() -> None:
    """Nothing to do."""


def wardmap(
    payload: MapPayload,
    *,
    shapes: str,
    selected: str | None,
    fade: bool,
    key: str,
    on_select: Callable[[], None],
    on_painted: Callable[[], None] | None = None,
) -> Any:  # noqa: ANN401  Streamlit's own result
    """Draws *payload* over the shapes at the address *shapes*; the code that is clicked comes back as the component's state 'selected'.

    Once the map stands, or could not be drawn, *on_painted* is called.
    """
    data = {
        **payload.as_data(hover=False),
        "lines": offer_lines(*payload.lines),
        "script": SCRIPT,
        "shapes": shapes,
        "selected": selected,
        "fade": fade,
        "tell": on_painted is not None,
    }
    return _mount()(key=key, data=data, on_selected_change=on_select, on_painted_change=on_painted or nothing)


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component("geomap.wardmap", html=text("mapview.html"), css=text("mapview.css"), js="start.js")
