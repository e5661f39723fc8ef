"""The map as a Streamlit component without a frame: shapes by address, one sign a place by websocket, packed."""

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from geomap.dashboard.home import home
from geomap.dashboard.routes import SCRIPT, offer_lines, offer_overlay
from geomap.symbology.assets import text
from geomap.symbology.overlay import Overlay
from geomap.symbology.payload import MapPayload
from geomap.workspace.settings import read_settings


@dataclass(frozen=True)
class Ground:
    """What a map stands on. places: the address of their shapes; backdrops: what is shown for orientation."""

    places: str
    backdrops: tuple[Overlay, ...] = ()


def nothing() -> None:
    """Nothing to do."""


def wardmap(  # noqa: PLR0913  one question a keyword
    payload: MapPayload,
    *,
    shapes: Ground,
    selected: str | None,
    fade: bool,
    key: str,
    on_select: Callable[[], None] = nothing,
    on_painted: Callable[[], None] | None = None,
    linked: str = "",
) -> Any:  # noqa: ANN401  Streamlit's own result
    """Draws *payload* on the *shapes*; the code that is clicked comes back as the component's state 'selected'.

    Once the map stands, or could not be drawn, *on_painted* is called. Maps of one name *linked* move together.
    """
    data = _data(payload, shapes, selected=selected, fade=fade, linked=linked) | {"tell": on_painted is not None}
    return _mount()(key=key, data=data, on_selected_change=on_select, on_painted_change=on_painted or nothing)


def swipe(under: MapPayload, over: MapPayload, names: tuple[str, str], *, shapes: Ground, slide: str, key: str) -> None:
    """Two maps of the same places, one over the other; a slider called *slide* says where the upper begins. *names* stand at its ends."""
    both = {name: _data(one, shapes, selected=None, fade=False, linked=key) for name, one in (("under", under), ("over", over))}
    _mount_swipe()(key=key, data={**both, "names": list(names), "slide": slide}, on_selected_change=nothing)


def _data(payload: MapPayload, shapes: Ground, *, selected: str | None, fade: bool, linked: str) -> dict[str, Any]:
    told = payload.as_data(hover=False)
    packed = base64.b64encode(zlib.compress(told.pop("signs").encode("ascii"))).decode("ascii")
    return {
        **told, "packed": packed, "lines": offer_lines(*payload.lines), "script": SCRIPT, "shapes": shapes.places, "selected": selected, "fade": fade, "linked": linked,
        "basemap": _basemap(str(home())),
        "laid": [offer_overlay(one.digest, one.content) for one in (*payload.overlays, *shapes.backdrops)],
    }  # fmt: skip


@cache
def _basemap(folder: str) -> dict[str, Any] | None:
    chosen = read_settings(Path(folder)).basemap
    return chosen.model_dump() if chosen else None


@cache
def _mount() -> Callable[..., Any]:
    return st.components.v2.component("geomap.wardmap", html=text("mapview.html"), css=text("mapview.css"), js="start.js")


@cache
def _mount_swipe() -> Callable[..., Any]:
    one = text("mapview.html")
    slide = '<label class="gm-slide"><span class="gm-left"></span><input type="range" min="0" max="100" value="50"><span class="gm-right"></span></label>'
    html = f'<div class="gm-swipe"><div class="gm-under">{one}</div><div class="gm-over">{one}</div></div>{slide}'
    return st.components.v2.component("geomap.swipe", html=html, css=text("mapview.css"), js="swipe.js")
