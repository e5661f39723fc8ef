"""The method in words."""

import pandas as pd
import streamlit as st

from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.shown import assessment, edition
from geomap.dashboard.table import show_table
from geomap.language import Spoken, known, noted, say, say_as
from geomap.symbology.markup import for_markdown

TITLES = Spoken({"index": noted("Indices"), "domain": noted("Parts"), "indicator": noted("Indicators")})
MADE_OF = Spoken({"index": noted("Made of"), "domain": noted("Made of"), "indicator": noted("Part")})
UP = Spoken({"worse": noted("worse"), "better": noted("better")})

found = edition()
shown = assessment(found, found.levels[0])
st.title(say("How it is measured"))
glossary_line("index", "composite", "part", "indicator", "baseline", "interval", "draw", "bias")
version, draws = found.manifest["version"], found.about["draws"]
st.caption(
    for_markdown(
        say(
            "Method version {version}, fingerprint {fingerprint}, baseline {baseline}, {draws} draws.",
            version=version, fingerprint=found.fingerprint[:12], baseline=found.about["baseline"], draws=draws,
        )
    )
)  # fmt: skip
for kind in TITLES:
    st.subheader(TITLES[kind])
    rows = [
        {
            say("Name"): node.title,
            say("Higher is"): UP[node.up],
            MADE_OF[kind]: ", ".join(shown.node(part).title for part in node.parts or (node.domain,)),
            say("How"): known(node.method),
            say("Why"): node.reason,
            say_as("a provider", "From"): node.provider,
            say("Period"): node.period,
        }
        for node in shown.of_kind(kind)
    ]
    show_table(
        pd.DataFrame(rows),
        hide_index=True,
        height="content",
        row_height=113,
        column_config={
            say("Name"): st.column_config.TextColumn(pinned=True, width=150),
            say("Higher is"): st.column_config.TextColumn(width=110),
        }
        | {name: st.column_config.TextColumn(width=220) for name in (say("Made of"), say("Part"), say_as("a provider", "From"))}
        | {name: st.column_config.TextColumn(width=310) for name in (say("How"), say("Why"))},
    )
st.subheader(say("What must be said of all of it"))
for caveat in found.caveats:
    st.markdown(f"- {for_markdown(known(caveat))}")
