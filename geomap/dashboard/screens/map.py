"""The map: choose what to see, see it, open a place."""

from dataclasses import replace

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.public import protecting_first
from geomap.dashboard.address import from_address
from geomap.dashboard.beside_panel import show_beside
from geomap.dashboard.change_table import change_table, count_changes
from geomap.dashboard.changes import ask_since, changed_since
from geomap.dashboard.drawn import BOTH, PAGE, drawn, rows, search
from geomap.dashboard.finder import find_place
from geomap.dashboard.hand import over_map, protecting
from geomap.dashboard.postcode_box import ask_postcode
from geomap.dashboard.profile_panel import show_profile
from geomap.dashboard.report_button import offer_report
from geomap.dashboard.shown import assessment, edition, shapes, told
from geomap.dashboard.spoken import keep
from geomap.dashboard.table import show_table
from geomap.dashboard.trend_panel import show_trend
from geomap.dashboard.wardmap import wardmap
from geomap.language import Spoken, known, noted, say, say_as
from geomap.symbology.labelled import capital
from geomap.symbology.markup import for_markdown
from geomap.symbology.numbers import interval
from geomap.views.bivariate import opens_on_both, shows_both
from geomap.views.little import little_to_show
from geomap.views.profile import profile

BEARS = noted(
    "What each place has to bear, and what it has to answer with. High with high and low with low need opposite action, so the two are never netted here."
)
KINDS = Spoken({"index": noted("Index: {title}"), "domain": noted("Part: {title}"), "indicator": noted("Indicator: {title}")})


def layers_of(shown: Assessment) -> dict[str, str]:
    """What can be mapped, by id, with its label; the map opens on the first: both sides together, in a public edition what protects."""
    both = {BOTH: say("Pressure and capacity together")} if shows_both(shown) else {}
    each = {node.id: KINDS[node.kind].format(title=node.title) for node in protecting_first(shown, shown.nodes)}
    return both | each if opens_on_both(shown) else each | both


def opened() -> None:
    """A click on the map opens the place."""
    if code := st.session_state["map"].get("selected"):
        st.session_state["place"] = code


def picked() -> None:
    """A row of the table opens the place."""
    if chosen := st.session_state["numbers"]["selection"]["rows"]:
        st.session_state["place"] = st.session_state["order"].iloc[chosen[0]]


def painted() -> None:
    """The map stands: what comes after it may follow."""
    st.session_state["painted"] = True


found = edition()
levels = {head["level"]: head["many"] for head in found.about["levels"]}
st.session_state.setdefault("level", from_address("level", list(levels), found.levels[0]))
shown = assessment(found, st.session_state["level"] or found.levels[0])
labels, names, found_by = layers_of(shown), shown.places["name"], search(found, shown)
if st.session_state.get("layer") not in labels:
    st.session_state["layer"] = from_address("layer", list(labels), next(iter(labels)))
if "place" not in st.session_state:
    st.session_state["place"] = from_address("place", list(names.index), None)
st.session_state.setdefault("fade", from_address("fade", ["0", "1"], "1") == "1")
if st.session_state["place"] not in names.index:
    st.session_state["place"] = None

st.title(for_markdown(found.title))
head = say("{period}. {count} {many}.", period=found.period, count=len(names), many=shown.many if len(names) != 1 else shown.one)
st.caption(for_markdown(" ".join([head, *map(known, shown.caveats[:1])])))
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    layer = st.selectbox(say("Show"), list(labels), format_func=labels.get, key="layer", width=300)
    since = ask_since(found)
    if len(levels) > 1:
        st.segmented_control(say("By"), list(levels), format_func=lambda level: capital(levels[level]), key="level", required=True)
    place = find_place(shown.one, shown.many, found_by)
    ask_postcode(found, shown)
    change = changed_since(found, shown.level, since, layer) if since else None
    fade = st.session_state["fade"]
    if not change:  # what cannot be told from no change has a colour of its own
        fade = st.toggle(say("Fade the uncertain"), key="fade", help=say("Paler places could as well be in a neighbouring class."))
    assets, hot = False, ""
    usually = "1" if shown.tier == "public" else "0"
    if not protecting(found).assets.empty:
        st.session_state.setdefault("assets", from_address("assets", ["0", "1"], usually) == "1")
        assets = st.toggle(
            say("Places that protect"), key="assets", help=say("Over any map: what is formal as points, all else as a number in its place.")
        )
    numbers = {"": say("None"), **{node.id: node.title for node in shown.nodes if node.kind != "domain"}}
    if st.session_state.get("hot") not in numbers:
        st.session_state["hot"] = from_address("hot", list(numbers), "")
    hot = st.selectbox(
        say("Outline hot spots of"), list(numbers), format_func=numbers.get, key="hot", width=260,
        help=say("Places where a number is alike among neighbours beyond chance, over any map."),
    )  # fmt: skip
address = {
    "level": shown.level,
    "layer": layer,
    "place": place or "",
    "fade": "" if fade else "0",
    "assets": "" if assets == (usually == "1") else str(int(assets)),
    "hot": hot,
    "since": since,
}
keep(address)

payload = change[0] if change else drawn(found, shown, layer)
if since and not change:
    st.info(say("By this number, the two editions cannot be compared, so no change is shown. The screen Editions tells why."))
if little := little_to_show(shown, "pressure" if layer == BOTH else layer):
    st.info(for_markdown(little))
left, right = st.columns([2.1, 1], gap="medium")
with left:
    wardmap(
        replace(payload, overlays=over_map(found, shown, assets=assets, hot=hot or "")),
        shapes=shapes(found, shown.level),
        selected=place,
        fade=fade,
        key="map",
        on_select=opened,
        on_painted=None if "painted" in st.session_state else painted,
    )
with right, st.container(border=True, height=620, key="beside"):
    if place:
        show_profile(shown, profile(shown, place), told(found, shown.level, place))
        show_beside(found, shown, place)
        show_trend(found, shown, place)
        offer_report(found, shown, place)
    else:
        st.subheader(for_markdown(payload.title))
        node = None if layer == BOTH else shown.node(layer)
        for words in (node.reason, known(node.method)) if node else (say(BEARS),):  # each in a language, and a direction, of its own
            st.write(for_markdown(words))
        if change:
            st.caption(for_markdown(payload.about))
        for caveat in node.caveats if node else shown.caveats:
            st.caption(for_markdown(known(caveat)))
        st.write(say("Click a place, or find it by name, to see where it stands and why."))

st.subheader(say("The same numbers as a table"))
if "painted" not in st.session_state:  # the table's own script is as large as all others together: the map does not wait for it
    st.caption(say("The table follows as soon as the map stands."))
    st.stop()
whole = change[1] if change else rows(found, shown, layer)
if change:
    count_changes(whole)
start = 0
if len(whole) > PAGE:
    pages = range(0, len(whole), PAGE)
    if st.session_state.get("page") not in pages:
        st.session_state["page"] = 0
    start = st.selectbox(
        say("Rows of {count}", count=len(whole)), pages, format_func=lambda first: interval(first + 1, min(first + PAGE, len(whole)), 0), key="page", width=200,
        help=say("Sorting a column sorts the rows in sight. The whole table leaves by geomap export."),
    )  # fmt: skip
listed = whole.iloc[start : start + PAGE]
st.session_state["order"] = listed["code"]
if change:
    change_table(listed, key="numbers", on_select=picked, selection_mode="single-row", height=320)
    st.stop()
ranked = int(whole["value"].count())
show_table(
    listed, key="numbers", on_select=picked, selection_mode="single-row", hide_index=True, height=320,
    column_config={
        "code": st.column_config.TextColumn(say("Code"), width="small"), "name": st.column_config.TextColumn(say("Name"), pinned=True), "parent": say_as("a place", "In"),
        "value": st.column_config.NumberColumn(say("Value"), format="%.2f"), "low": st.column_config.NumberColumn(say_as("of an interval", "From"), format="%.2f"),
        "high": st.column_config.NumberColumn(say_as("of an interval", "To"), format="%.2f"), "rank": st.column_config.TextColumn(say("Rank (1 needs attention most)"), help=say("Of {count}. What the doubt of the data allows, for all places at once.", count=ranked)),
        "fifth": st.column_config.TextColumn(say("Which fifth of the places"), help=say("What the doubt of the data allows.")),
        "in_worst_tenth": st.column_config.ProgressColumn(say("Chance to be in the tenth that needs attention most"), min_value=0, max_value=1, format="percent"),
        "worse_than_next": st.column_config.NumberColumn(say("Chance to rank before the next line"), format="percent"),
        "by_choice": st.column_config.TextColumn(say("If the method were chosen otherwise"), help=say("Between which ranks 95 % of the declared choices of method place it, the data as they are.")),
        "base": st.column_config.NumberColumn(say("Base"), format="%.0f"), "note": say("Note"), "status": say("Status"),
    },
)  # fmt: skip
