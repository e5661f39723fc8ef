"""What protects: mechanisms that exist, where need is high and help out of reach, who works where on what, and where nobody does."""

import streamlit as st

from geomap.assessment.gap import gap
from geomap.dashboard.address import choose
from geomap.dashboard.find_panel import show_find
from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.hand import registered
from geomap.dashboard.shown import assessment, edition, shapes
from geomap.dashboard.spoken import keep
from geomap.dashboard.table import show_table
from geomap.dashboard.wardmap import wardmap
from geomap.language import say
from geomap.symbology.labelled import capital
from geomap.symbology.markup import for_markdown
from geomap.views.gap import gap_map, gap_table, gap_words
from geomap.views.stakeholders import HOLE, holes, matrix, mechanisms, partners

ANY = "any"
REGISTER = {"name": say("Name"), "formality": say("Formal or informal"), "issue": say("Issue"), "meets": say("Meets"), "checked": say("Checked"),
            "organisation": say("Organisation"), "kind": say("Kind"), "role": say("Role")}  # fmt: skip
ACCESS = "assets"
MOST = 10  # lines beside the map; the table holds all


def plain(text: str) -> str:
    """A word of a register as people write it."""
    return say("Any") if text == ANY else text.replace("-", " ").capitalize()


found = edition()
there = registered(found)
levels = {head["level"]: head["many"] for head in found.about["levels"]}
st.title(say("What protects, and where it is out of reach"))
glossary_line("gap", "mechanism", "interval", "fifth")
level = choose(say("By"), levels, "level", found.levels[0], width=260, key="protect-level")
shown = assessment(found, level)

sought = show_find(found, shown)

st.subheader(say("Need and access"))
needs = {node.id: node.title for node in shown.nodes if node.up == "worse" and ACCESS not in (node.id, node.domain)}
near = [node for node in shown.nodes if ACCESS in (node.id, node.domain)] or [node for node in shown.nodes if node.up == "better"]
access = {node.id: node.title for node in near}
need = reach = None
if not needs or not access:
    st.info(say("This edition has no number of need beside one of access, so no gap can be shown."))
else:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        need = choose(say("Need"), needs, "need", width=320, key=f"protect-need-{level}")
        reach = choose(say("Access"), access, "access", width=320, key=f"protect-access-{level}")
    lacking = gap(shown, need, reach)
    left, right = st.columns([2.1, 1], gap="medium")
    with left:
        wardmap(gap_map(shown, lacking, need, reach), shapes=shapes(found, level), selected=None, fade=False, key="gap")
    with right:
        head, *lines, registered_only = gap_words(shown, lacking, need, reach).splitlines()
        more = [say("and {count} more, in the table below", count=len(lines) - MOST)] if len(lines) > MOST else []
        for line in (head, *lines[:MOST], *more, registered_only):
            st.write(for_markdown(line))
    with st.expander(say("The same as a table")):
        show_table(
            gap_table(shown, lacking, need, reach).rename(
                columns={**needs, **access, "name": say("Name"), "certain": say("Beyond doubt"), say("gap"): say("Gap")}
            ),
            hide_index=True,
        )

st.subheader(say("What exists already"))
if there.mechanisms.empty:
    st.info(say("This edition has no register of mechanisms: committees, associations, clubs, forums. Add one, and build again."))
else:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        kinds = [ANY, *sorted(set(there.mechanisms["formality"]) - {""})]
        about = [ANY, *sorted(set(there.mechanisms["issue"]) - {""})]
        issue = choose(say("Issue"), about, "issue", format_func=plain, width=260, key="protect-issue")
        kind = choose(say("Formal or informal"), kinds, "kind", format_func=plain, width=200, key="protect-kind")
    exist = mechanisms(there, issue="" if issue == ANY else issue, formality="" if kind == ANY else kind)
    st.write(say("{count} of {whole} listed.", count=len(exist), whole=len(there.mechanisms)))
    show_table(exist, hide_index=True, column_config=REGISTER)

st.subheader(say("Who works where, and where nobody does"))
if there.partners.empty:
    st.info(say("This edition has no register of organisations that agreed to be listed. Add one, and build again."))
else:
    coarse = assessment(found, found.levels[-1])
    names, issues = coarse.places["name"].to_dict(), sorted(set(there.partners["issue"]) - {""})
    cells = matrix(there, names, issues)
    st.caption(for_markdown(say("Organisations listed, by {one} and issue.", one=coarse.one) + f" {say(HOLE)}"))
    show_table(cells.rename(columns=plain).rename_axis(capital(coarse.one)), height="content")
    for sentence in holes(cells):
        st.write(for_markdown(sentence))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        where = choose(say("In which {one}", one=coarse.one), names, "place", width=260, key="protect-place")
        on = choose(say("On which issue"), issues, "on", format_func=plain, width=260, key="protect-on")
    whom = partners(there, where, on)
    if whom.empty:
        st.info(say("Nobody is listed here for this issue."))
    else:
        show_table(whom, hide_index=True, column_config=REGISTER)
address = {"level": level, "need": need, "access": reach, **sought}
if not there.mechanisms.empty:
    address |= {"issue": issue, "kind": kind}
if not there.partners.empty:
    address |= {"place": where, "on": on}
keep(address)
