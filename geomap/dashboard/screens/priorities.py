"""A planner's list: places, reasons, how sure, what exists there, and who to call; narrowed, and taken along as a sheet."""

import streamlit as st

from geomap.dashboard.hand import listed
from geomap.dashboard.shown import assessment, choose, edition, from_address
from geomap.dashboard.spoken import keep
from geomap.symbology.markup import for_markdown
from geomap.views.csv import sheet
from geomap.views.priorities import READ, READ_PUBLIC, issues_of, narrowed

PAGE = 250
ANY = "any"
SEEN = (
    "name",
    "score",
    "rank",
    "fifth",
    "trust",
    "reasons",
    "mechanisms",
    "partners",
    "issues",
    "in_worst_tenth",
    "trust_because",
    "within",
    "code",
)

found = edition()
levels = {head["level"]: head["many"] for head in found.about["levels"]}
st.title("Where to look first, why, and with whom")
with st.container(horizontal=True, vertical_alignment="bottom"):
    level = choose("By", levels, "level", found.levels[0], width=200, key="priorities-level")
    shown = assessment(found, level)
    wholes = {node.id: node.title for node in (*shown.of_kind("index"), *shown.of_kind("domain"))}
    usual = "risk" if "risk" in wholes else next(iter(wholes))
    node = choose("Score", wholes, "node", usual, width=260, key="priorities-node")
    whole = listed(found, shown, node)
    asked = {"issue": [ANY, *issues_of(whole)], "within": [ANY, *sorted(set(whole["within"]) - {""})]}
    issue, within = (
        choose(
            label, asked[name], name, width=200, key=f"priorities-{name}-{level}-{node}", format_func=lambda one: one[:1].upper() + one[1:]
        )
        for name, label in (("issue", "Issue"), ("within", "Within"))
    )
    trusted = choose(
        "Trust at least", "ABCD", "trust", "D", width=140, key="priorities-trust",
        help="A to D: the worst of how wide the interval is, how much has no number here, how much comes from elsewhere, and how much is under a known bias.",
    )  # fmt: skip
    uncovered = st.toggle(
        "Only where nobody or nothing is listed", value=from_address("uncovered", ["0", "1"], "0") == "1", key="priorities-uncovered"
    )
keep({"level": level, "node": node, "issue": issue, "within": within, "trust": trusted, "uncovered": "1" if uncovered else "0"})
rows = narrowed(whole, issue="" if issue == ANY else issue, within="" if within == ANY else within, trusted=trusted, uncovered=uncovered)
st.write(for_markdown(f"{len(rows):,} of {len(whole):,} {shown.many}, by {wholes[node]}, {shown.period}."))
st.caption(READ_PUBLIC if shown.tier == "public" else READ)
if rows.empty:
    st.info("No place is left. Choose any issue, a larger place, or a lower trust.")
else:
    st.dataframe(
        rows.head(PAGE), hide_index=True, height=600, row_height=94, column_order=SEEN,
        column_config={
            "code": st.column_config.TextColumn("Code", width="small"), "name": st.column_config.TextColumn("Name", pinned=True), "within": st.column_config.TextColumn("In", width="small"),
            "score": st.column_config.TextColumn("Score", width="small"), "rank": st.column_config.TextColumn("Ranks", width="small", help="1 needs attention most. What the doubt of the data allows, for all places at once."),
            "fifth": st.column_config.TextColumn("Which fifth of the places", help="What the doubt of the data allows."),
            "in_worst_tenth": st.column_config.ProgressColumn("Chance to be in the tenth that needs attention most", width="medium", min_value=0, max_value=1, format="percent"),
            "trust": st.column_config.TextColumn("Trust in it", width="small", help="From A, good, to D."), "trust_because": st.column_config.TextColumn("Trust is held down because", width="medium"),
            "reasons": st.column_config.TextColumn("Reasons", width="medium"), "issues": st.column_config.TextColumn("Issues", width="medium"),
            "mechanisms": st.column_config.TextColumn("What exists", width="medium"), "partners": st.column_config.TextColumn("Who to call", width="medium"),
        },
    )  # fmt: skip
    if len(rows) > PAGE:
        st.caption(f"The first {PAGE} are in sight; the sheet holds all {len(rows):,}.")
    st.download_button(
        "Take the list along (CSV)", sheet(rows), f"priorities-{level}-{node}.csv", "text/csv", help="Opens in a spreadsheet; no cell runs."
    )
for caveat in shown.caveats:
    st.caption(for_markdown(caveat))
