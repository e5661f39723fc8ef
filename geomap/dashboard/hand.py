"""What the registers of the edition on show hold, read once for all sessions, and what is made of it: the list of priorities, what stands beside a place."""

import geopandas as gpd
import pandas as pd
import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.at_hand import AtHand, at_hand
from geomap.assessment.hotspots import hotspots
from geomap.assessment.postcodes import Postcodes, postcodes
from geomap.assessment.protects import Protects
from geomap.dashboard.shown import assessment
from geomap.editions.edition import Edition
from geomap.editions.protects import what_protects
from geomap.errors import GeomapError
from geomap.language import Later, known, language, noted
from geomap.symbology.overlay import Overlay
from geomap.views.assets_overlay import assets_overlay
from geomap.views.beside import Beside, beside, letters
from geomap.views.hotspots import hotspot_outlines
from geomap.views.priorities import priorities


def registered(found: Edition) -> AtHand:
    """Mechanisms, partners and known biases of the edition."""
    return _registered(found.path.name, found)


def listed(found: Edition, shown: Assessment, node: str) -> pd.DataFrame:
    """The list of priorities by one number."""
    return _listed(found.path.name, shown.level, node, language(), found, shown)


@st.cache_resource(max_entries=4, show_spinner=Later(noted("Reading the registers …")))
def _registered(name: str, _found: Edition) -> AtHand:
    del name  # the cache's key: an edition's folder is named by its content
    return at_hand(_registers(_found), _places(_found))


def listed_postcodes(found: Edition, shown: Assessment) -> Postcodes:
    """The postcodes that the edition lists, brought to the level on show."""
    return _postcodes(found.path.name, shown.level, found, shown)


@st.cache_resource(max_entries=8, show_spinner=False)
def _postcodes(name: str, level: str, _found: Edition, _shown: Assessment) -> Postcodes:
    del name, level
    return postcodes(_registers(_found), _places(_found), _shown.places.index)


def _registers(found: Edition) -> list[pd.DataFrame]:
    return [found.register(one) for one in found.manifest["geomap:registers"]]


@st.cache_resource(max_entries=32, show_spinner=Later(noted("Writing the list …")))
def _listed(name: str, level: str, node: str, spoken: str, _found: Edition, _shown: Assessment) -> pd.DataFrame:
    del name, level, spoken
    return priorities(_shown, node, _registered(_found.path.name, _found))


def _places(found: Edition) -> list[gpd.GeoDataFrame]:
    return [assessment(found, level).places for level in found.levels]


def standing_beside(found: Edition, shown: Assessment, code: str) -> Beside:
    """What stands beside the numbers of one place."""
    return _beside(found.path.name, shown.level, code, language(), found, shown)


@st.cache_resource(max_entries=256, show_spinner=False)
def _beside(name: str, level: str, code: str, spoken: str, _found: Edition, _shown: Assessment) -> Beside:
    del spoken  # part of the key: words have a language
    return beside(_shown, code, registered(_found), _letters(name, level, _found, _shown))


@st.cache_resource(max_entries=8, show_spinner=False)
def _letters(name: str, level: str, _found: Edition, _shown: Assessment) -> dict[str, pd.DataFrame]:
    del name, level
    return letters(_shown, registered(_found))


def protecting(found: Edition) -> Protects:
    """Places and groups that protect, as the edition tells of them."""
    return _protecting(found.path.name, found)


def over_map(found: Edition, shown: Assessment, *, assets: bool, hot: str) -> tuple[Overlay, ...]:
    """What lies over the map: what protects, and the hot spots of the number *hot*."""
    spots = [_hot(found.path.name, shown.level, hot, language(), shown)] if hot else []
    return (*spots, *([_assets(found.path.name, shown.level, language(), found, shown)] if assets else []))


@st.cache_resource(max_entries=4, show_spinner=Later(noted("Reading what protects …")))
def _protecting(name: str, _found: Edition) -> Protects:
    del name
    return what_protects(_found, _places(_found))


@st.cache_resource(max_entries=16, show_spinner=False)
def _assets(name: str, level: str, spoken: str, _found: Edition, _shown: Assessment) -> Overlay:
    del name, level, spoken
    return assets_overlay(_shown, protecting(_found))


@st.cache_resource(max_entries=64, show_spinner=Later(noted("Looking for hot spots …")))
def _hot(name: str, level: str, node: str, spoken: str, _shown: Assessment) -> Overlay:
    del name, level, spoken
    try:
        return hotspot_outlines(hotspots(_shown, node))
    except GeomapError as wrong:
        return Overlay("", (), known(wrong.message))
