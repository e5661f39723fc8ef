"""The table of a change between two editions, as *Map* and *Editions* show it."""

from typing import Any

import pandas as pd
import streamlit as st

from geomap.dashboard.table import show_table
from geomap.editions.change import counted
from geomap.language import SEMICOLON, Spoken, language, noted, say
from geomap.symbology.labelled import capital
from geomap.symbology.markup import for_markdown

COLUMNS = Spoken({
    "old": noted("Old"), "new": noted("New"), "change": noted("Change"), "low": noted("Low"), "high": noted("High"),
    "data": noted("Data"), "method": noted("Method"), "boundary": noted("Boundary"), "revision": noted("Revision"),
})  # fmt: skip
NUMBERS = ("old", "new", "change", "low", "high", "data", "method", "boundary", "revision")


def count_changes(rows: pd.DataFrame) -> None:
    """How many places got better, worse or neither, in a line, and how the table is to be read."""
    told = (say("{label}: {count}", label=say(label), count=count) for label, count in counted(rows).items())
    st.write(for_markdown(capital(SEMICOLON.get(language(), "; ").join(told)) + "."))
    st.caption(say("The surest changes stand first. The last four columns add up to the change of the published number."))


def change_table(rows: pd.DataFrame, **look: Any) -> None:  # noqa: ANN401  Streamlit's own words
    """*rows*, as views.change.change_rows makes them."""
    show_table(
        rows.assign(label=rows["label"].map(say))[["code", "name", "old", "new", "change", "low", "high", "p_real", "label", "data", "method", "boundary", "revision"]], hide_index=True,
        column_config={
            "code": say("Code"), "name": st.column_config.TextColumn(say("Name"), pinned=True), "label": say("What can be said"),
            "p_real": st.column_config.NumberColumn(say("Sure of its direction"), format="percent"),
        } | {one: st.column_config.NumberColumn(COLUMNS[one], format="%.2f") for one in NUMBERS},
        **look,
    )  # fmt: skip
