"""What is held, what became of it, what was mended, and the way in for more."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from geomap.dashboard.access import why_not, workspace_or_none
from geomap.dashboard.shown import edition
from geomap.dashboard.upload_panel import show_upload
from geomap.symbology.markup import for_markdown
from geomap.workspace.inventory import by_topic, inventory


def counted(record: dict[str, Any], name: str) -> str:
    """A count of the ledger in words; blank where it makes no sense."""
    number = record.get(name)
    if number is None:
        return "kept inside" if record["boundaries"] else ""
    return f"{number:,}"


def share(record: dict[str, Any]) -> float | None:
    """The part of the rows that found their place, in per cent; nothing where it makes no sense or is kept inside."""
    rows, matched = record.get("rows"), record.get("matched")
    return None if not rows or matched is None else 100 * matched / rows


found, here = edition(), workspace_or_none()
st.title("Data")
st.caption(
    for_markdown(
        f"What the edition of {found.period} was made of, what became of every row, what there is for each topic, and the way in for more."
    )
)
went, held, mended, more = st.tabs(["What went in", "What is held", "What was mended", "Add a file"])
with went:
    st.caption(
        "Rows read, rows that found their place, and the reason for every row that did not. Nothing is dropped in silence. Row counts of layers about people are kept inside."
    )
    rows = [
        {
            "Layer": record["layer"], "Rows": counted(record, "rows"), "Matched": counted(record, "matched"), "Per cent": share(record), "By": record["boundaries"],
            "Not matched": "; ".join(f"{count:,} {reason}" for reason, count in record["unmatched"].items()),
            "Places without a row": counted(record, "places_without_rows"), "Notes": " ".join(record["notes"]),
        }
        for record in found.joins
    ]  # fmt: skip
    st.dataframe(
        pd.DataFrame(rows), hide_index=True, height="content",
        column_config={
            "Per cent": st.column_config.NumberColumn(format="%.0f %%"), "Not matched": st.column_config.TextColumn(width="medium"),
            "Notes": st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip
    for name, title in found.manifest["geomap:registers"].items():
        with st.expander(for_markdown(title)):
            st.dataframe(found.register(name), hide_index=True)
with held:
    if here is None:
        st.info("This dashboard shows an edition without its workspace; the catalogue stands with the layers' cards.")
    else:
        stock = inventory(here, datetime.now(UTC).date(), tier=found.about["tier"])
        topics = by_topic(stock)
        st.caption(
            f"{(topics['held'] > 0).sum()} of {len(topics)} topics have at least one layer. Cards only; no row of any layer is read for this page."
        )
        st.dataframe(
            topics, hide_index=True, height="content",
            column_config={
                "topic": st.column_config.TextColumn("Topic", pinned=True), "held": st.column_config.NumberColumn("Layers", width="small"), "titles": st.column_config.TextColumn("Held", width="medium"),
                "providers": st.column_config.TextColumn("Who contributed", width="medium"), "periods": st.column_config.TextColumn("Period", width="small"), "years_old": st.column_config.TextColumn("Years old", width="small", help="Of the newest."),
                "review_by": "Review by", "not_held": st.column_config.TextColumn("Not held", width="medium"), "to_do": "To do",
            },
        )  # fmt: skip
        with st.expander("What could be asked for: what each kind of data may say, who usually owns it, its usual traps"):
            wanted = stock.loc[stock["held_as"] == "", ["topic", "title", "may_say", "usual_owner", "usual_traps"]]
            st.dataframe(
                wanted, hide_index=True,
                column_config={"topic": "Topic", "title": "Kind", "may_say": "What it may say", "usual_owner": "Who usually owns it", "usual_traps": "Usual traps"},
            )  # fmt: skip
with mended:
    told = {"Mended, or in doubt": found.about.get("repairs", ()), "What a person should know": found.about.get("warnings", ())}
    for title, sentences in told.items():
        st.subheader(title)
        if not sentences:
            st.write("Nothing.")
        for sentence in sentences:
            st.markdown(f"- {for_markdown(sentence)}")
    left_out = found.about.get("considered", ())
    st.subheader("Considered, not used")
    if not left_out:
        st.write("Nothing.")
    for one in left_out:
        st.markdown(f"- {for_markdown(one['title'])} ({for_markdown(one['provider'])}): {for_markdown(one['reason'])}")
with more:
    if reason := why_not(here):
        st.info(for_markdown(reason))
    else:
        show_upload(here)
