"""The edition on show, read once, and the level and place that the address names."""

import contextlib
import math
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.dashboard.routes import offer
from geomap.dashboard.spoken import tell_absent
from geomap.dashboard.wardmap import Ground
from geomap.editions.age import with_age
from geomap.editions.edition import Edition, is_edition, read_edition
from geomap.errors import GeomapError
from geomap.language import Later, language, noted, say
from geomap.symbology.backdrop import backdrops
from geomap.symbology.markup import for_markdown
from geomap.symbology.overlay import Overlay
from geomap.views.explanation import Told, explanation, ranks_without_police
from geomap.workspace.workspace import open_workspace


def latest() -> Edition | None:
    """The latest edition of the workspace that is served, or the edition that is served alone; None where nothing is built yet, GeomapError where it is damaged."""
    folder = os.environ.get("GEOMAP_WORKSPACE", ".")
    pointer = Path(folder) / "editions" / "current"
    return _edition(folder, pointer.read_text(encoding="utf-8") if pointer.is_file() else "", alone=is_edition(Path(folder)))


def edition() -> Edition:
    """The edition on show; the page stops with what to do where there is none."""
    try:
        found = latest()
    except GeomapError as wrong:
        st.error(for_markdown(str(wrong)))
        st.stop()
    if found is None:
        folder = for_markdown(os.environ.get("GEOMAP_WORKSPACE", "."))
        st.info(say("There is no edition yet. Run **geomap build {folder}** and reload this page.", folder=folder))
        st.stop()
    return found


def assessment(found: Edition, level: str) -> Assessment:
    """One level of the edition, with what is past its review on this day."""
    return with_age(found, _level(found.path.name, found, level), datetime.now(UTC).date())


def told(found: Edition, level: str, code: str) -> Iterator[Told]:
    """Every index of one place, explained one after the other, so that what is known already can be shown before."""
    for node in _level(found.path.name, found, level).of_kind("index"):
        yield _told(found.path.name, level, code, node.id, language(), found)


def shapes(found: Edition, level: str) -> Ground:
    """What a map of the level stands on."""
    return Ground(
        offer(found.screen_digest(level), found.screen(level)),
        _backdrops(found.path.name, language(), _level(found.path.name, found, level)),
    )


def from_address(name: str, allowed: list[str], default: str | None) -> str | None:
    """The value of *name* in the page's address when it is one of *allowed*; otherwise the default, with a notice."""
    asked = st.query_params.get(name)
    if asked in allowed or asked is None:
        return asked or default
    tell_absent(name, asked)
    return default


def several_from_address(name: str, allowed: Collection[str]) -> list[str]:
    """The values of *name* in the page's address, between commas, that are among those allowed, with a notice of each other one."""
    asked = list(filter(None, st.query_params.get(name, "").split(",")))
    for other in asked:
        if other not in allowed:
            tell_absent(name, other)
    return [one for one in asked if one in allowed]


def number_from_address(name: str, default: float, low: float = -math.inf, high: float = math.inf) -> float:
    """The number under *name* in the page's address where it is one from *low* to *high*; otherwise the default, with a notice."""
    asked = st.query_params.get(name)
    if asked is None:
        return default
    with contextlib.suppress(ValueError):
        if math.isfinite(found := float(asked)) and low <= found <= high:
            return found
    tell_absent(name, asked)
    return default


def choose(
    label: str,
    options: Mapping[str, str] | Sequence[str],
    name: str,
    default: str = "",
    *,
    box: Callable[..., str] = st.selectbox,
    **look: Any,  # noqa: ANN401  Streamlit's own words
) -> str:
    """A box of *options* (with the words each is shown by) that starts at what the page's address holds under *name*, else at *default*, else at the first."""
    keys = list(options)
    start = keys.index(from_address(name, keys, default or keys[0]))
    return box(label, keys, index=start, **_worded(options), **look)


def choose_another(label: str, titles: Mapping[str, str], name: str, than: str, **look: Any) -> str:  # noqa: ANN401  Streamlit's own words
    """A box of *titles* without *than*, which another control of the page holds; where the address names that one here too, it starts at the first."""
    others = {one: title for one, title in titles.items() if one != than}
    if st.query_params.get(name) == than:
        del st.query_params[name]
    return choose(label, others, name, **look)


def choose_button(label: str, options: Mapping[str, str], name: str, key: str) -> str:
    """A row of buttons, one of which is pressed: at first the one that the page's address holds under *name*, else the first."""
    keys = list(options)
    start = from_address(name, keys, keys[0])
    return st.segmented_control(label, keys, default=start, required=True, key=key, **_worded(options))


def _worded(options: Mapping[str, str] | Sequence[str]) -> dict[str, Callable[[str], str]]:
    return {"format_func": options.get} if isinstance(options, Mapping) else {}


@st.cache_resource(max_entries=4, show_spinner=Later(noted("Reading the edition …")))
def _edition(folder: str, pointer: str, *, alone: bool) -> Edition | None:
    if alone:
        return read_edition(Path(folder))
    return open_workspace(folder).latest_edition() if pointer else None


@st.cache_resource(max_entries=8, show_spinner=False)
def _backdrops(name: str, spoken: str, _shown: Assessment) -> tuple[Overlay, ...]:
    del name, spoken  # parts of the key
    return backdrops(_shown)


@st.cache_resource(max_entries=1024, show_spinner=False)
def _told(name: str, level: str, code: str, index: str, spoken: str, _found: Edition) -> Told:
    del spoken  # part of the key: words have a language
    return explanation(_level(name, _found, level), _found.methodology, code, index, moves=lambda: _moved(name, level, _found))[0]


@st.cache_resource(max_entries=8, show_spinner=False)
def _moved(name: str, level: str, _found: Edition) -> pd.DataFrame | None:
    return ranks_without_police(_level(name, _found, level), _found.methodology)


@st.cache_resource(max_entries=8, show_spinner=Later(noted("Reading places and numbers …")))
def _level(name: str, _found: Edition, level: str) -> Assessment:
    del name  # part of the cache's key: an edition's folder is named by its content
    return _found.level(level)
