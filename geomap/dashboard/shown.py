"""The edition on show, read once, and what is made of it for every page."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.dashboard.home import home
from geomap.dashboard.mistake import in_words
from geomap.dashboard.routes import offer
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
    pointer = home() / "editions" / "current"
    return _edition(str(home()), pointer.read_text(encoding="utf-8") if pointer.is_file() else "", alone=is_edition(home()))


def edition() -> Edition:
    """The edition on show; the page stops with what to do where there is none."""
    try:
        found = latest()
    except GeomapError as wrong:
        st.error(in_words(wrong))
        st.stop()
    if found is None:
        folder = for_markdown(str(home()))
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
