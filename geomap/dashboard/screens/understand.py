"""Where a number gathers, and what it goes together with; what chance would make is grey, and nothing is a cause."""

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.context import Context, context
from geomap.dashboard.address import choose, choose_another, choose_button
from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.hotspot_panel import DRAWN, ask, clusters, listed
from geomap.dashboard.mistake import in_words
from geomap.dashboard.reporting_panel import reporting_panel
from geomap.dashboard.shown import assessment, edition, shapes
from geomap.dashboard.spoken import keep
from geomap.dashboard.wardmap import wardmap
from geomap.errors import GeomapError
from geomap.language import Later, Spoken, noted, say
from geomap.symbology.markup import for_markdown
from geomap.views.bivariate import bivariate
from geomap.views.context import ASSOCIATION, residual_map, scatter
from geomap.views.context import in_words as context_in_words

WAYS = Spoken({"both": noted("Both numbers"), "left": noted("What the line leaves")})


@st.cache_resource(max_entries=64, show_spinner=Later(noted("Setting the two side by side …")))
def beside(name: str, level: str, pair: tuple[str, str], _levels: tuple[Assessment, ...]) -> Context:
    """The relation, computed once an edition."""
    del name, level
    return context(_levels[0], *pair, _levels[1:])


def said(words: str) -> None:
    """Lines of words, one below the other; what must be known before they are used stands smaller."""
    for line in filter(None, map(str.strip, words.splitlines())):
        if line.startswith("! "):
            st.caption(for_markdown(line[2:]))
        else:
            st.write(for_markdown(line))


def nothing() -> None:
    """A click on these maps opens nothing."""


found = edition()
levels = {head["level"]: head["many"] for head in found.about["levels"]}
st.title(say("Where it gathers, and beside what"))
glossary_line("hot spot", "correction", "association", "interval")
with st.container(horizontal=True, vertical_alignment="bottom"):
    level = choose(say("By"), levels, "level", found.levels[0], width=260)
    shown = assessment(found, level)
    titles = {node.id: node.title for node in (*shown.of_kind("indicator"), *shown.of_kind("domain"), *shown.of_kind("index"))}
    issue = choose(say("Issue"), titles, "issue", key="issue", width=340)

st.subheader(say("Hot spots"))
asked, held = ask(shown, issue, titles)
drawn, told, table = DRAWN[asked.way]
try:
    hot = clusters(found.path.name, level, issue, asked, shown)
except GeomapError as wrong:
    st.info(in_words(wrong))
else:
    left, right = st.columns([2.1, 1], gap="medium")
    with left:
        wardmap(drawn(shown, hot), shapes=shapes(found, level), selected=None, fade=False, key="hot", on_select=nothing)
    with right:
        said(told(shown, hot))
    with st.expander(say("The same as a table")):
        listed(table(shown, hot))

held |= reporting_panel(shown, issue)

st.subheader(say("Beside a condition"))
st.caption(say(ASSOCIATION))
condition = choose_another(say("Condition"), titles, "condition", issue, key="condition", width=340)
try:
    side = beside(found.path.name, level, (issue, condition), (shown, *(assessment(found, one) for one in levels if one != level)))
except GeomapError as wrong:
    st.info(in_words(wrong))
else:
    way = choose_button(say("Map"), WAYS, "map", key="beside-way")
    held |= {"map": "" if way == "both" else way}
    left, right = st.columns([2.1, 1], gap="medium")
    with left:
        payload = bivariate(shown, condition, issue) if way == "both" else residual_map(shown, side)
        wardmap(payload, shapes=shapes(found, level), selected=None, fade=False, key="beside", on_select=nothing)
    with right:
        st.image(
            scatter(shown, side),
            width="stretch",
            alt=say("Each place as a point, and a line through their middle; the numbers stand in the text beside."),
        )  # as a picture: a page cleans drawings out of its own markup
        said(context_in_words(side))
keep({"level": level, "issue": issue, "condition": condition} | held)
