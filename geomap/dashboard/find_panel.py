"""The box that answers: which mechanisms exist for this issue, for these people, of this kind, within so many minutes of here, and where is nothing?"""

from dataclasses import replace

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.protects import Protects, Question, Reached, within_reach
from geomap.dashboard.address import choose, from_address
from geomap.dashboard.finder import carried
from geomap.dashboard.hand import protecting, registered
from geomap.dashboard.shown import shapes
from geomap.dashboard.table import show_table
from geomap.dashboard.wardmap import wardmap
from geomap.editions.edition import Edition
from geomap.language import Later, in_english, language, noted, say
from geomap.symbology.labelled import capital
from geomap.symbology.markup import for_markdown
from geomap.views.assets_overlay import assets_overlay
from geomap.views.csv import sheet
from geomap.views.within_reach import reach_list, reach_map, reach_table, reach_words

ANY = "any"
MINUTES = ("5", "10", "15", "20", "30", "45", "60")


def show_find(found: Edition, shown: Assessment) -> dict[str, str]:
    """Shows the box and its answer; what its controls hold, for the address."""
    protects = protecting(found)
    st.subheader(say("What is there, for whom, how far"))
    if protects.assets.empty:
        st.info(say("This edition tells of no places that protect. Add a layer of kind assets that is open, and build again."))
        return {}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        here = _here(shown)
        issue = _box(say("For the issue"), protects.issues, "for", shown.level)
        people = _box(say("For whom"), protects.audiences, "people", shown.level)
        kind = _box(say("Of which kind"), protects.kinds, "sort", shown.level)
        minutes = choose(say("Minutes on foot"), MINUTES, "minutes", "15", width=120, key=f"find-minutes-{shown.level}")
    asked = Question(*("" if one == ANY else one for one in (issue, people, kind)), float(minutes))
    reached = _reached(found.path.name, shown.level, asked, language(), protects, shown)
    listed = reach_list(shown, reached, registered(found), protects, here)
    first, *more = reach_words(shown, reached, listed, protects, here).splitlines()
    over = assets_overlay(shown, replace(protects, assets=reached.fitting))
    left, right = st.columns([2.1, 1], gap="medium")
    with left:
        wardmap(
            replace(reach_map(shown, reached), overlays=(over,)),
            shapes=shapes(found, shown.level),
            selected=here,
            fade=False,
            key="find",
            on_select=_moved,
        )
    with right:
        st.markdown(f"**{for_markdown(first)}**")
        for line in more:
            st.write(for_markdown(line))
    if not listed.empty:
        columns = {
            "what": say("What"), "kind": say("Kind"), "minutes": st.column_config.NumberColumn(say("Minutes on foot"), format="%.0f"), "where": say("Where"), "run_by": say("Who runs it"),
            "audience": say("For whom"), "opening": say("Open"), "capacity": say("Room for"), "formality": say("Formal or informal"), "listed_by": say("Listed by"), "checked": say("Checked"),
        }  # fmt: skip
        twice = {"what"} if listed["what"].equals(listed["kind"]) else set()
        show_table(
            listed[[name for name in columns if name not in twice and listed[name].astype("string").fillna("").ne("").any()]],
            hide_index=True,
            column_config=columns,
        )
    st.download_button(
        say("Take what is within reach of every place along (CSV)"), sheet(in_english(reach_table)(shown, reached)), f"within-reach-{shown.level}.csv", "text/csv",
    )  # fmt: skip
    return {"here": here, "for": issue, "people": people, "sort": kind, "minutes": minutes}


def _box(label: str, options: tuple[str, ...], name: str, level: str) -> str:
    return choose(label, [ANY, *options], name, width=200, key=f"find-{name}-{level}", format_func=_spoken)


def _spoken(one: str) -> str:
    return say("Any") if one == ANY else capital(one.replace("-", " "))


def _here(shown: Assessment) -> str:
    """The place from which the way is counted; of many places a page carries no list, so there a part of the name is asked for."""
    names = {str(code): f"{name} · {code}" for code, name in shown.places["name"].sort_values().items()}
    key = f"find-here-{shown.level}"
    if st.session_state.get(key) not in names:
        st.session_state[key] = from_address("here", list(names), next(iter(names)))
    names = carried(names, say("Near"), "find-word", kept=[st.session_state[key]])
    return st.selectbox(say("From the middle of"), list(names), format_func=names.get, key=key, width=260) or next(iter(shown.places.index))


def _moved() -> None:
    """A click on the map asks from there."""
    if code := st.session_state["find"].get("selected"):
        for key in [key for key in st.session_state if str(key).startswith("find-here-")]:
            st.session_state[key] = code


@st.cache_resource(max_entries=64, show_spinner=Later(noted("Measuring the ways …")))
def _reached(name: str, level: str, asked: Question, spoken: str, _protects: Protects, _shown: Assessment) -> Reached:
    del name, level, spoken
    return within_reach(_shown, _protects, asked)
