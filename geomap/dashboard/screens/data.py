"""What went in: every layer's rows, and what became of them."""

from typing import Any

import pandas as pd
import streamlit as st

from geomap.dashboard.shown import edition
from geomap.symbology.markup import for_markdown


def counted(record: dict[str, Any], name: str) -> str:
    """A count of the ledger in words; blank where it makes no sense."""
    number = record.get(name)
    if number is None:
        return "kept inside" if record["boundaries"] else ""
    return f"{number:,}"


found = edition()
st.title("What went in")
st.caption(
    "Rows read, rows that found their place, and the reason for every row that did not. Nothing is dropped in silence. Row counts of layers about people are kept inside."
)
rows = [
    {
        "Layer": record["layer"], "Rows": counted(record, "rows"), "Matched": counted(record, "matched"), "By": record["boundaries"],
        "Not matched": "; ".join(f"{count:,} {reason}" for reason, count in record["unmatched"].items()),
        "Places without a row": counted(record, "places_without_rows"), "Notes": " ".join(record["notes"]),
    }
    for record in found.joins
]  # fmt: skip
st.dataframe(
    pd.DataFrame(rows), hide_index=True, height="content",
    column_config={"Not matched": st.column_config.TextColumn(width="medium"), "Notes": st.column_config.TextColumn(width="large")},
)  # fmt: skip
for name, title in found.manifest["geomap:registers"].items():
    with st.expander(for_markdown(title)):
        st.dataframe(found.register(name), hide_index=True)
