"""What went in: every layer's rows, and what became of them."""

import pandas as pd
import streamlit as st

from geomap.dashboard.shown import edition
from geomap.symbology.markup import for_markdown

found = edition()
st.title("What went in")
st.caption(
    "Rows read, rows that found their place, and the reason for every row that did not. Nothing is dropped in silence. Row counts of layers about people are kept inside."
)
rows = [
    {
        "layer": record["layer"], "rows": record["rows"], "matched": record["matched"], "by": record["boundaries"],
        "not matched": "; ".join(f"{count:,} {reason}" for reason, count in record["unmatched"].items()),
        "places without a row": record.get("places_without_rows"), "notes": " ".join(record["notes"]),
    }
    for record in found.joins
]  # fmt: skip
st.dataframe(pd.DataFrame(rows), hide_index=True, height=36 * (len(rows) + 1))
for name, title in found.manifest["geomap:registers"].items():
    with st.expander(for_markdown(title)):
        st.dataframe(found.register(name), hide_index=True)
