"""Two neighbourhoods side by side."""

import streamlit as st

from geomap.dashboard.profile_panel import show_profile
from geomap.dashboard.shown import assessment, edition, from_address, told
from geomap.symbology.markup import for_markdown
from geomap.views.comparison import compare
from geomap.views.profile import profile
from geomap.views.table import table

found = edition()
shown = assessment(found, from_address("level", list(found.levels), found.levels[0]))
names = shown.places["name"].sort_values()
st.title(f"Compare two {for_markdown(shown.many)}")
st.caption("Two places differ only where their intervals say so; otherwise they cannot be told apart.")
if len(names) < 2:
    st.info("This edition has a single place, so there is nothing to compare it with.")
    st.stop()
ranked = table(shown, shown.nodes[0].id)["code"]
chosen = []
for column, key, default in zip(st.columns(2, gap="large"), ("one", "other"), (ranked.iloc[0], ranked.iloc[-1]), strict=True):
    with column:
        start = from_address(key, list(names.index), default)
        code = st.selectbox(
            "First" if key == "one" else "Second",
            names.index,
            index=names.index.get_loc(start),
            format_func=lambda code: f"{names[code]} · {code}",
            key=f"compare-{key}",
        )
        chosen.append(code)
st.query_params.from_dict({"level": shown.level, "one": chosen[0], "other": chosen[1]})
rows = compare(shown, *chosen)
apart = int((~rows["verdict"].str.startswith("cannot")).sum())
st.write(f"{apart} of {len(rows)} numbers tell them apart.")
st.dataframe(
    rows.drop(columns=["kind", "id"]), hide_index=True, height=430,
    column_config={"title": st.column_config.TextColumn("Number", pinned=True), "unit": "Unit", "first": "First", "second": "Second", "verdict": "What can be said"},
)  # fmt: skip
for column, code in zip(st.columns(2, gap="large"), chosen, strict=True):
    with column, st.container(border=True):
        show_profile(profile(shown, code), told(found, shown.level, code))
