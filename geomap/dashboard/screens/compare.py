"""Two to five neighbourhoods side by side, and two maps."""

import numpy as np
import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.worse import MOST, told_apart, worse_than
from geomap.dashboard.address import choose
from geomap.dashboard.finder import carried
from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.profile_panel import show_profile
from geomap.dashboard.shown import assessment, edition, told
from geomap.dashboard.spoken import keep, tell_absent
from geomap.dashboard.table import show_table
from geomap.dashboard.two_maps_panel import show_two_maps
from geomap.editions.edition import Edition
from geomap.language import known, say
from geomap.symbology.markup import for_markdown
from geomap.views.comparison import chances, compare, really_worse
from geomap.views.profile import profile
from geomap.views.table import table

ASKED = "places"
WIDE = 2  # profiles that fit beside each other


@st.cache_resource(max_entries=64, show_spinner=False)
def _worse(name: str, level: str, codes: tuple[str, ...], _found: Edition, _shown: Assessment) -> dict[str, np.ndarray]:
    del name, level
    return dict(worse_than(_shown, _found.methodology, codes))


def asked_for(codes: list[str], usual: list[str]) -> list[str]:
    """The places that the page's address names, as a list or, in older addresses, one and other; those that are not here are told and left out."""
    words = [*st.query_params.get(ASKED, "").split(","), st.query_params.get("one", ""), st.query_params.get("other", "")]
    wanted = list(dict.fromkeys(word for word in words if word))
    for word in wanted:
        if word not in codes:
            tell_absent(ASKED, word)
    here = [word for word in wanted if word in codes]
    return [*here, *(code for code in usual if code not in here)][: min(max(len(here), 2), MOST)]


found = edition()
levels = {head["level"]: head["many"] for head in found.about["levels"]}
st.title(say("Compare neighbourhoods"))
glossary_line("interval", "rank", "index", "part", "indicator", "association")
level = choose(say("By"), levels, "level", found.levels[0], width=220, key="compare-level") if len(levels) > 1 else found.levels[0]
shown = assessment(found, level)
names = shown.places["name"].sort_values()
st.caption(say("Places differ only where their intervals say so; otherwise they cannot be told apart."))
if len(names) < 2:
    st.info(say("This edition has a single place, so there is nothing to compare it with."))
    st.stop()

ranked = table(shown, shown.nodes[0].id).dropna(subset="value")["code"]
key = f"compare-places-{level}"
if key not in st.session_state:
    st.session_state[key] = asked_for(
        list(names.index), [*ranked.iloc[[0, -1]], *names.index[:2]] if len(ranked) else list(names.index[:2])
    )
listed = {code: f"{name} · {code}" for code, name in names.items()}
listed = carried(listed, say("Find places to add"), "compare-word", kept=st.session_state[key])
codes = st.multiselect(
    say("Two to five places"), list(listed), format_func=listed.get, key=key, max_selections=MOST, placeholder=say("Type a name or code")
)
if len(codes) < 2:
    st.info(say("Choose at least two places."))
    st.stop()

worse = _worse(found.path.name, level, tuple(codes), found, shown)
wholes = {node.id: known(node.title) for node in shown.nodes}
by = choose(say("Is one really worse than the other, by"), wholes, "by", shown.nodes[0].id, width=320, key=f"compare-by-{level}")
st.markdown(f"**{for_markdown(really_worse(shown, by, codes, worse))}**")
if len(codes) > 2:
    st.table(chances(shown, by, codes, worse).map(for_markdown).rename(index=for_markdown, columns=for_markdown))
    st.caption(say("How surely the place of the row needs attention more than the place of the column."))
st.caption(
    say(
        "By drawing all inputs anew within their published intervals, errors of places taken as independent; what choices of method would do is not in it."
    )
)
rows = compare(shown, codes, worse)
apart = sum(bool(told_apart(chance)) for chance in worse.values())
st.write(say("{apart} of {whole} numbers tell some of them apart.", apart=apart, whole=len(rows)))
show_table(
    rows, hide_index=True, height=430,
    column_order=["title", *codes, "verdict", "unit"],
    column_config={"title": st.column_config.TextColumn(say("Number"), pinned=True), "unit": say("Unit"), "verdict": say("What can be said")} | {code: str(names[code]) for code in codes},
)  # fmt: skip

st.subheader(say("Two maps"))
address = show_two_maps(found, shown)
keep({"level": level, ASKED: ",".join(codes), "by": by, **address})

st.subheader(say("Each for itself"))
boxes = st.columns(len(codes), gap="large") if len(codes) <= WIDE else st.tabs([for_markdown(str(names[code])) for code in codes])
for box, code in zip(boxes, codes, strict=True):
    with box, st.container(border=True):
        show_profile(shown, profile(shown, code), told(found, level, code))
