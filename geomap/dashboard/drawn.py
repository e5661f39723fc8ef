"""What the map screen shows of an edition, computed once for all sessions: the payload of a map, its table, the names to search."""

import pandas as pd
import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.editions.edition import Edition
from geomap.language import language
from geomap.symbology.payload import MapPayload
from geomap.views.bivariate import bivariate
from geomap.views.choropleth import choropleth
from geomap.views.table import table

BOTH = "pressure-capacity"
PAGE = 200  # rows of a table that are sent at once: a change of number stays under 60 kB


def drawn(found: Edition, shown: Assessment, layer: str) -> MapPayload:
    """The map of *layer*, one of the assessment's numbers, or of pressure and capacity together."""
    return _drawn(found.path.name, shown.level, layer, shown.caveats, language(), shown)


def rows(found: Edition, shown: Assessment, layer: str) -> pd.DataFrame:
    """The same numbers as a table, without columns that say nothing here."""
    return _rows(found.path.name, shown.level, "pressure" if layer == BOTH else layer, language(), shown)


def search(found: Edition, shown: Assessment) -> dict[str, str]:
    """Name and code of each place by its code, by name."""
    return _search(found.path.name, shown.level, shown)


@st.cache_resource(max_entries=64, show_spinner=False)
def _drawn(name: str, level: str, layer: str, caveats: tuple[str, ...], spoken: str, _shown: Assessment) -> MapPayload:
    # parts of the cache's key: an edition's folder is named by its content, caveats grow with its age, words have a language
    del name, level, caveats, spoken
    return bivariate(_shown) if layer == BOTH else choropleth(_shown, layer)


@st.cache_resource(max_entries=64, show_spinner=False)
def _rows(name: str, level: str, node: str, spoken: str, _shown: Assessment) -> pd.DataFrame:
    del name, level, spoken
    found = table(_shown, node)
    return found.drop(columns=[name for name in ("parent", "note") if name in found and not found[name].fillna("").astype(bool).any()])


@st.cache_resource(max_entries=8, show_spinner=False)
def _search(name: str, level: str, _shown: Assessment) -> dict[str, str]:
    del name, level
    return {code: f"{place} · {code}" for code, place in _shown.places["name"].sort_values().items()}
