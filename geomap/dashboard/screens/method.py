"""The method in words."""

import pandas as pd
import streamlit as st

from geomap.dashboard.shown import assessment, edition
from geomap.symbology.markup import for_markdown

TITLES = {"index": "Indices", "domain": "Parts", "indicator": "Indicators"}
MADE_OF = {"index": "Made of", "domain": "Made of", "indicator": "Part"}

found = edition()
shown = assessment(found, found.levels[0])
st.title("How it is measured")
st.caption(
    for_markdown(
        f"Method version {found.manifest['version']}, fingerprint {found.fingerprint[:12]}, baseline {found.about['baseline']}, {found.about['draws']:,} draws."
    )
)
for kind, title in TITLES.items():
    st.subheader(title)
    rows = [
        {
            "Name": node.title,
            "Higher is": node.up,
            MADE_OF[kind]: ", ".join(shown.node(part).title for part in node.parts or (node.domain,)),
            "How": node.method,
            "Why": node.reason,
            "From": node.provider,
            "Period": node.period,
        }
        for node in shown.of_kind(kind)
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        height="content",
        row_height=94,
        column_config={
            "Name": st.column_config.TextColumn(pinned=True, width="medium"),
            "Higher is": st.column_config.TextColumn(width="small"),
        }
        | {name: st.column_config.TextColumn(width="medium") for name in ("Made of", "Part", "From")}
        | {name: st.column_config.TextColumn(width="large") for name in ("How", "Why")},
    )
st.subheader("What must be said of all of it")
for caveat in found.caveats:
    st.markdown(f"- {for_markdown(caveat)}")
