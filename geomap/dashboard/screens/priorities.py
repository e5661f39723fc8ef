"""A planner's list: places, reasons, how sure, what exists there, and who to call; narrowed, and taken along as a sheet."""

import pandas as pd
import streamlit as st

from geomap.dashboard.address import choose, from_address
from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.hand import listed
from geomap.dashboard.shown import assessment, edition
from geomap.dashboard.spoken import keep
from geomap.dashboard.table import show_table
from geomap.language import in_english, known, say, say_as
from geomap.symbology.labelled import capital
from geomap.symbology.markup import for_markdown
from geomap.views.csv import sheet
from geomap.views.priorities import READ, READ_PUBLIC, issues_of, narrowed

PAGE = 250
ANY = "any"
WIDTHS = {"reasons": 270, "mechanisms": 250, "partners": 270, "trust_because": 300}
LETTERS = {"reasons": 34, "mechanisms": 31, "partners": 34, "trust_because": 38}  # a line of each column holds at least so many
MOST_LINES = 12
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


def spoken(one: str) -> str:
    """An issue or a place as people write it; what stands for any of them, in words."""
    return say("Any") if one == ANY else capital(one)


def tall(rows: pd.DataFrame) -> int:
    """Pixels of a row in which the longest cell of *rows* stands whole, up to MOST_LINES of text."""
    lines = [(rows[name].str.len().max() + letters) // letters for name, letters in LETTERS.items() if name in rows]
    return 16 + 19 * int(min(max(lines, default=1), MOST_LINES))


found = edition()
levels = {head["level"]: head["many"] for head in found.about["levels"]}
st.title(say("Where to look first, why, and with whom"))
glossary_line("rank", "fifth", "interval", "letter", "median", "mechanism", "bias")
with st.container(horizontal=True, vertical_alignment="bottom"):
    level = choose(say("By"), levels, "level", found.levels[0], width=200, key="priorities-level")
    shown = assessment(found, level)
    wholes = {node.id: node.title for node in (*shown.of_kind("index"), *shown.of_kind("domain"))}
    usual = "risk" if "risk" in wholes else next(iter(wholes))
    node = choose(say("Score"), wholes, "node", usual, width=260, key="priorities-node")
    whole = listed(found, shown, node)
    asked = {"issue": [ANY, *issues_of(whole)], "within": [ANY, *sorted(set(whole["within"]) - {""})]}
    issue, within = (
        choose(label, asked[name], name, width=200, key=f"priorities-{name}-{level}-{node}", format_func=spoken)
        for name, label in (("issue", say("Issue")), ("within", say("Within")))
    )
    trusted = choose(
        say("Trust at least"), "ABCD", "trust", "D", width=140, key="priorities-trust",
        help=say("A to D: the worst of how wide the interval is, how much has no number here, how much comes from elsewhere, and how much is under a known bias."),
    )  # fmt: skip
    uncovered = st.toggle(
        say("Only where nobody or nothing is listed"), value=from_address("uncovered", ["0", "1"], "0") == "1", key="priorities-uncovered"
    )
keep({"level": level, "node": node, "issue": issue, "within": within, "trust": trusted, "uncovered": "1" if uncovered else "0"})
rows = narrowed(whole, issue="" if issue == ANY else issue, within="" if within == ANY else within, trusted=trusted, uncovered=uncovered)
st.write(
    for_markdown(
        say(
            "{count} of {whole} {many}, by {title}, {period}.",
            count=len(rows),
            whole=len(whole),
            many=shown.many,
            title=wholes[node],
            period=shown.period,
        )
    )
)
st.caption(say(READ_PUBLIC if shown.tier == "public" else READ))
if rows.empty:
    st.info(say("No place is left. Choose any issue, a larger place, or a lower trust."))
else:
    seen = rows.head(PAGE)
    show_table(
        seen, hide_index=True, height=600, row_height=tall(seen), column_order=[name for name in SEEN if name in seen and seen[name].astype(str).any()],
        column_config={
            "code": st.column_config.TextColumn(say("Code"), width="small"), "name": st.column_config.TextColumn(say("Name"), pinned=True), "within": st.column_config.TextColumn(say_as("a place", "In"), width="small"),
            "score": st.column_config.TextColumn(say("Score"), width="small"), "rank": st.column_config.TextColumn(say("Ranks"), width="small", help=say("1 needs attention most. What the doubt of the data allows, for all places at once.")),
            "fifth": st.column_config.TextColumn(say("Which fifth of the places"), help=say("What the doubt of the data allows.")),
            "in_worst_tenth": st.column_config.ProgressColumn(say("Chance to be in the tenth that needs attention most"), width="medium", min_value=0, max_value=1, format="percent"),
            "trust": st.column_config.TextColumn(say("Trust in it"), width="small", help=say("From A, good, to D.")), "trust_because": st.column_config.TextColumn(say("Trust is held down because"), width=WIDTHS["trust_because"]),
            "reasons": st.column_config.TextColumn(say("Reasons"), width=WIDTHS["reasons"]), "issues": st.column_config.TextColumn(say("Issues"), width="medium"),
            "mechanisms": st.column_config.TextColumn(say("What exists"), width=WIDTHS["mechanisms"]), "partners": st.column_config.TextColumn(say("Who to call"), width=WIDTHS["partners"]),
        },
    )  # fmt: skip
    if len(rows) > PAGE:
        st.caption(say("The first {some} are in sight; the sheet holds all {count}.", some=PAGE, count=len(rows)))
    st.download_button(
        say("Take the list along (CSV)"),
        sheet(in_english(listed)(found, shown, node).set_index("code").loc[rows["code"]].reset_index()),
        f"priorities-{level}-{node}.csv",
        "text/csv",
        help=say("Opens in a spreadsheet; no cell runs. In English, the same for everybody."),
    )
for caveat in shown.caveats:
    st.caption(for_markdown(known(caveat)))
