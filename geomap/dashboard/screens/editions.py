"""Editions: what there is, what changed between two of them where that can be said, and what is past its review."""

from datetime import UTC, datetime
from pathlib import Path

import streamlit as st

from geomap.dashboard.address import choose, from_address
from geomap.dashboard.change_table import change_table, count_changes
from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.home import home
from geomap.dashboard.mistake import in_words
from geomap.dashboard.publish_panel import show_publish
from geomap.dashboard.shown import edition, shapes
from geomap.dashboard.spoken import keep
from geomap.dashboard.table import show_table
from geomap.dashboard.wardmap import wardmap
from geomap.editions.age import stale_layers
from geomap.editions.comparison import Comparison
from geomap.editions.difference import WORDS
from geomap.editions.edition import Edition, read_edition
from geomap.editions.shelf import shelf
from geomap.errors import GeomapError
from geomap.language import Later, Spoken, known, noted, say, say_as
from geomap.symbology.markup import for_markdown
from geomap.views.change import change_map, change_rows
from geomap.views.choropleth import choropleth
from geomap.workspace.comparing import comparison, crosswalks_between

CARRIED = noted(
    "The two editions may have other places. A lookup of this workspace says which old place, or which part of it, lies in which new one; numbers "
    "of the old edition are then means of the parts, and the grade is B at best."
)
TIERS = Spoken({"public": noted("everybody"), "partners": noted("partners"), "restricted": noted("this office")})
MARKS = {"none": "·", "bridge": "≈", "break": "✕"}


@st.cache_resource(max_entries=8, show_spinner=Later(noted("Comparing …")))
def compared(old: str, new: str, level: str, same_places: bool, crosswalk: str) -> tuple[Comparison, Edition, Edition]:
    """Two editions, compared; *crosswalk* is the folder of the boundary set whose lookup carries the old places over, or nothing."""
    walked = Path(crosswalk) if crosswalk else None
    found = comparison(Path(old), Path(new), level=level, crosswalk=walked, same_places=same_places)
    return found, read_edition(Path(old)), read_edition(Path(new))


def bridges(old: Edition, level: str) -> dict[str, str]:
    """What can carry the places of *old* over to *level*, with the words each is shown by; not at all comes first."""
    found = crosswalks_between(home(), old, level)
    return {"": say("not at all"), **{name: known(told) for name, told in found.items()}} if found else {}


def draw(found: Comparison, pair: tuple[Edition, Edition], name: str) -> None:
    """The map of the change and its table, or the two maps where there is no difference to show."""
    if found.grade_of(name) != "C":
        wardmap(
            change_map(found, name),
            shapes=shapes(pair[1], found.new.level),
            selected=None,
            fade=False,
            key="change-map",
        )
        rows = change_rows(found, name)
        count_changes(rows)
        change_table(rows, height=360)
        return
    st.warning(say("These two cannot be compared, so they stand side by side and no difference is shown."))
    for column, (period, some, one) in zip(st.columns(2), zip(found.periods, (found.old, found.new), pair, strict=True), strict=True):
        with column:
            st.subheader(for_markdown(period))
            if name in some.numbers:
                wardmap(
                    choropleth(some, name),
                    shapes=shapes(one, some.level),
                    selected=None,
                    fade=True,
                    key=f"map-{period}-{some.level}",
                )


now = edition()
st.title(say("Editions"))
glossary_line("edition", "baseline", "grade", "interval", "crosswalk")
listed = shelf(now.path.parent, tier=now.about["tier"])
show_table(
    listed.assign(tier=[TIERS[one] for one in listed["tier"]]), hide_index=True, height="content",
    column_config={
        "edition": st.column_config.TextColumn(say("Edition"), pinned=True), "number": st.column_config.NumberColumn(say_as("of an edition", "Number"), help=say("0: a draft")), "period": say("Period"),
        "published": say("Published"), "version": say("Method"), "tier": say("For"), "current": say("Current"), "errata": say("Errata"),
    },
)  # fmt: skip
late = stale_layers(now, datetime.now(UTC).date())
if late:
    st.warning(
        for_markdown(
            say("Past their review: {names}", names="; ".join(say("{name} (by {day})", name=name, day=day) for name, day in late.items()))
        )
    )

show_publish()
st.subheader(say("What changed"))
names = list(listed["edition"])
if len(names) < 2:
    st.info(say("There is one edition only. When there is another, what changed between the two is shown here."))
    st.stop()
called = {row.edition: f"{row.period} · {row.edition}" for row in listed.itertuples()}
older, newer, by = st.columns(3)
last = names.index(now.path.name)
with older:
    old = choose(say_as("an edition", "From"), called, "from", names[last - 1 if last else 1])
with newer:
    new = choose(say_as("an edition", "To"), called, "to", now.path.name)
if old == new:
    st.info(say("Choose two different editions."))
    st.stop()
try:
    before = read_edition(now.path.parent / old)
    levels = list(read_edition(now.path.parent / new).levels)
    with by:
        level = choose(say("By"), levels, "level")
    ways = bridges(before, level)
    walk = choose(say("Carry the old places over"), ways, "by", help=known(CARRIED)) if ways else ""
    same = not walk and st.toggle(
        say("Only places that are the same in both"),
        value=from_address("same", ["0", "1"], "0") == "1",
        key="same",
        help=say("Leaves out places that were redrawn, instead of refusing all."),
    )
    folder = str(home() / "boundaries" / walk) if walk else ""
    found, *pair = compared(str(now.path.parent / old), str(now.path.parent / new), level, same, folder)
except GeomapError as wrong:
    st.error(in_words(wrong))
    st.stop()
nodes = {node.id: node.title for node in found.nodes}
chosen = choose(say("Number"), nodes, "node")
keep({"from": old, "to": new, "level": level, "node": chosen, "by": walk, "same": "1" if same else ""})
graded = say("{title}: grade {grade}", title=nodes[chosen], grade=found.grade_of(chosen))
st.markdown(f"**{for_markdown(graded)}**, {known(WORDS[found.grade_of(chosen)])}.")
draw(found, tuple(pair), chosen)
with st.expander(say("What differs between the two"), expanded=found.grade_of(chosen) == "C"):
    for one in found.reasons(chosen) or ():
        st.markdown(
            f"{MARKS[one.effect]} {for_markdown(known(one.sentence))}" + (f"  \n{for_markdown(known(one.remedy))}" if one.remedy else "")
        )
    if not found.reasons(chosen):
        st.write(say("Nothing but the data."))
