"""What is held, what became of it, what was mended, and the way in for more."""

from datetime import UTC, datetime
from typing import Any

import pandas as pd
import streamlit as st

from geomap.dashboard.access import why_not, workspace_or_none
from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.shown import edition
from geomap.dashboard.table import show_table
from geomap.dashboard.upload_panel import show_upload
from geomap.language import decimal, known, say
from geomap.symbology.markup import for_markdown
from geomap.workspace.inventory import by_topic, inventory


def counted(record: dict[str, Any], name: str) -> str:
    """A count of the ledger in words; blank where it makes no sense."""
    number = record.get(name)
    if number is None or kept_inside(record):
        return say("kept inside") if record["boundaries"] else ""
    return decimal(number, 0)


def kept_inside(record: dict[str, Any]) -> bool:
    """Whether the ledger tells nothing of the rows of its layer; editions of an older form still hold some of it, which is shown no more."""
    return record.get("rows") is None


def lost(record: dict[str, Any]) -> str:
    """Why rows found no place, and how many; in words where that is kept inside."""
    if kept_inside(record):
        return counted(record, "unmatched")
    return "; ".join(f"{decimal(count, 0)} {known(reason)}" for reason, count in record["unmatched"].items())


def share(record: dict[str, Any]) -> float | None:
    """The part of the rows that found their place, in per cent; nothing where it makes no sense or is kept inside."""
    rows, matched = record.get("rows"), record.get("matched")
    return None if not rows or matched is None else 100 * matched / rows


found, here = edition(), workspace_or_none()
st.title(say("Data"))
glossary_line("layer", "edition", "crosswalk", "withheld")
st.caption(
    for_markdown(
        say(
            "What the edition of {period} was made of, what became of every row, what there is for each topic, and the way in for more.",
            period=found.period,
        )
    )
)
went, held, mended, more = st.tabs([say("What went in"), say("What is held"), say("What was mended"), say("Add a file")])
with went:
    st.caption(
        say(
            "Rows read, rows that found their place, and the reason for every row that did not. Nothing is dropped in silence. Of layers about people all this is kept inside."
        )
    )
    rows = [
        {
            say("Layer"): record["layer"], say("Rows"): counted(record, "rows"), say("Matched"): counted(record, "matched"), say("Per cent"): share(record), say("By"): record["boundaries"],
            say("Not matched"): lost(record),
            say("Places without a row"): counted(record, "places_without_rows"), say("Notes"): " ".join(map(known, record["notes"])),
        }
        for record in found.joins
    ]  # fmt: skip
    show_table(
        pd.DataFrame(rows), hide_index=True, height="content",
        column_config={
            say("Per cent"): st.column_config.NumberColumn(format="%.0f %%"), say("Not matched"): st.column_config.TextColumn(width="medium"),
            say("Notes"): st.column_config.TextColumn(width="large"),
        },
    )  # fmt: skip
    for name, title in found.manifest["geomap:registers"].items():
        with st.expander(for_markdown(title)):
            show_table(found.register(name), hide_index=True)
with held:
    if here is None:
        st.info(say("This dashboard shows an edition without its workspace; the catalogue stands with the layers' cards."))
    else:
        stock = inventory(here, datetime.now(UTC).date(), tier=found.about["tier"])
        topics = by_topic(stock)
        topics["to_do"], topics["topic"] = topics["to_do"].map(known), topics["topic"].map(say)
        topics["not_held"] = topics["not_held"].map(lambda titles: "; ".join(map(say, titles.split("; "))))
        st.caption(
            say(
                "{held} of {count} topics have at least one layer. Cards only; no row of any layer is read for this page.",
                held=int((topics["held"] > 0).sum()),
                count=len(topics),
            )
        )
        show_table(
            topics, hide_index=True, height="content",
            column_config={
                "topic": st.column_config.TextColumn(say("Topic"), pinned=True), "held": st.column_config.NumberColumn(say("Layers"), width="small"), "titles": st.column_config.TextColumn(say("Held"), width="medium"),
                "providers": st.column_config.TextColumn(say("Who contributed"), width="medium"), "periods": st.column_config.TextColumn(say("Period"), width="small"), "years_old": st.column_config.TextColumn(say("Years old"), width="small", help=say("Of the newest.")),
                "review_by": say("Review by"), "not_held": st.column_config.TextColumn(say("Not held"), width="medium"), "to_do": say("To do"),
            },
        )  # fmt: skip
        with st.expander(say("What could be asked for: what each kind of data may say, who usually owns it, its usual traps")):
            wanted = stock.loc[stock["held_as"] == "", ["topic", "title", "may_say", "usual_owner", "usual_traps"]]
            show_table(
                wanted.map(say), hide_index=True,
                column_config={"topic": say("Topic"), "title": say("Kind"), "may_say": say("What it may say"), "usual_owner": say("Who usually owns it"), "usual_traps": say("Usual traps")},
            )  # fmt: skip
with mended:
    told = {say("Mended, or in doubt"): found.about.get("repairs", ()), say("What a person should know"): found.about.get("warnings", ())}
    for title, sentences in told.items():
        st.subheader(title)
        if not sentences:
            st.write(say("Nothing."))
        for sentence in sentences:
            st.markdown(f"- {for_markdown(known(sentence))}")
    left_out = found.about.get("considered", ())
    st.subheader(say("Considered, not used"))
    if not left_out:
        st.write(say("Nothing."))
    for one in left_out:
        st.markdown(f"- {for_markdown(one['title'])} ({for_markdown(one['provider'])}): {for_markdown(one['reason'])}")
with more:
    if reason := why_not(here):
        st.info(for_markdown(reason))
    else:
        show_upload(here)
