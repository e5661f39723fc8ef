"""The method in words."""

import pandas as pd
import streamlit as st

from geomap.dashboard.shown import assessment, edition
from geomap.symbology.markup import for_markdown

TITLES = {"index": "Indices", "domain": "Parts", "indicator": "Indicators"}

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
            "name": node.title,
            "higher is": node.up,
            "made of": ", ".join(node.parts) or node.domain,
            "how": node.method,
            "why": node.reason,
            "from": node.provider,
            "period": node.period,
        }
        for node in shown.of_kind(kind)
    ]
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={"name": st.column_config.TextColumn("Name", pinned=True), "how": st.column_config.TextColumn("How", width="large")},
    )
st.subheader("What must be said of all of it")
for caveat in found.caveats:
    st.markdown(f"- {for_markdown(caveat)}")
