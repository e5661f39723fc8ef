"""Where a number gathers: by itself, beside another number, as yes or no beyond a threshold, or as counted and smoothed."""

from typing import Any

import pandas as pd
import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.exposure import is_counted
from geomap.assessment.hotspot_ways import Asked, look
from geomap.assessment.hotspots_yes import is_yes_or_no
from geomap.dashboard.address import choose_another, choose_button, number_from_address
from geomap.dashboard.table import show_table
from geomap.language import Later, Spoken, noted, say
from geomap.views import hotspots as one_view
from geomap.views import hotspots_beside as two_view
from geomap.views import hotspots_smoothed as smoothed_view
from geomap.views import hotspots_yes as yes_view

ALONE, BESIDE, YES, SMOOTHED = "alone", "beside", "yes", "smoothed"
WAYS = Spoken(
    {
        ALONE: noted("Where it gathers"),
        BESIDE: noted("Beside another number"),
        YES: noted("Places beyond a threshold"),
        SMOOTHED: noted("As counted and smoothed"),
    }
)
COLUMNS = Spoken({
    "code": noted("Code"), "name": noted("Name"), "spot": noted("What it is"), "hot": noted("What it is"), "value": noted("Value"), "here": noted("Here"), "around": noted("Around"),
    "raw": noted("As counted"), "smoothed": noted("Smoothed"), "events": noted("Events"), "joins": noted("Neighbours that are so too"), "neighbours": noted("Neighbours"),
    "p": noted("p"), "q": noted("p, corrected"), "raw_q": noted("p, corrected, as counted"), "smoothed_q": noted("p, corrected, smoothed"),
    "g_star": noted("G*"), "g_q": noted("p of G*, corrected"), "edge": noted("At the edge of the map"),
})  # fmt: skip
DRAWN = {
    ALONE: (one_view.hotspot_map, one_view.in_words, one_view.table),
    BESIDE: (two_view.beside_map, two_view.in_words, two_view.table),
    YES: (yes_view.yes_map, yes_view.in_words, yes_view.table),
    SMOOTHED: (smoothed_view.smoothed_map, smoothed_view.in_words, smoothed_view.table),
}


@st.cache_resource(max_entries=64, show_spinner=Later(noted("Dealing the numbers out anew, many times …")))
def clusters(name: str, level: str, issue: str, asked: Asked, _shown: Assessment) -> Any:  # noqa: ANN401  each way has a finding of its own
    """What was found, once an edition."""
    del name, level  # parts of the cache's key: an edition's folder is named by its content
    return look(_shown, issue, asked)


def ask(shown: Assessment, issue: str, titles: dict[str, str]) -> tuple[Asked, dict[str, str]]:
    """The controls: which way to look, and what that way needs to know; and what they hold, for the address."""
    ways = {way: WAYS[way] for way in DRAWN if way != SMOOTHED or is_counted(shown.node(issue))}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        way = choose_button(say("Look at"), ways, "look", key=f"way-{len(ways)}")
        held = {"look": "" if way == ALONE else way}
        if way == BESIDE:
            around = choose_another(say("High in the places around"), titles, "around", issue, key="around", width=340)
            return Asked(BESIDE, other=around), held | {"around": around}
        if way == YES and not is_yes_or_no(shown, issue):
            over = _threshold(shown, issue)
            return Asked(YES, over=over), held | {"over": f"{over:.{shown.node(issue).digits}f}"}
    return Asked(way), held


def listed(rows: pd.DataFrame) -> None:
    """A table of places, its columns and what each place is in words."""
    words = {name: rows[name].map(say) for name in ("spot", "hot") if name in rows}
    show_table(rows.assign(**words), hide_index=True, column_config={name: COLUMNS[name] for name in rows})


def _threshold(shown: Assessment, issue: str) -> float:
    """From where on a place counts: what the address says of this very number, else what a fifth of places are over."""
    values, node = shown.numbers[issue]["value"].dropna(), shown.node(issue)
    start = round(float(values.quantile(0.8)), node.digits) if len(values) else 0.0
    if st.query_params.get("issue", issue) == issue and st.query_params.get("level", shown.level) == shown.level:
        start = number_from_address("over", start)
    step = float(10.0**-node.digits)
    words = say("Places over ({unit})", unit=node.unit) if node.unit else say("Places over")
    return float(st.number_input(words, value=start, step=step, format=f"%.{node.digits}f", key=f"over-{issue}-{shown.level}", width=260))
