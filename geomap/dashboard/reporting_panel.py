"""What uneven reporting would do to a recorded rate, for who asks."""

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.reporting import reporting
from geomap.dashboard.address import choose, number_from_address
from geomap.dashboard.mistake import in_words
from geomap.dashboard.table import show_table
from geomap.errors import GeomapError, UsageError
from geomap.language import Spoken, noted, numeral, say
from geomap.symbology.markup import for_markdown
from geomap.views.reporting import reporting_table, reporting_words

COLUMNS = Spoken({
    "name": noted("Name"), "recorded": noted("Recorded"), "tipping": noted("Times as complete"), "tipping_sure": noted("At least"), "rank": noted("Rank"),
    "behind_": noted("Behind it, slope {slope}"), "rank_": noted("Rank, slope {slope}"),
})  # fmt: skip
USUAL = 50  # per cent that is reported, before anybody says otherwise


def reporting_panel(shown: Assessment, issue: str) -> dict[str, str]:
    """A folded panel with the tipping ratios and two controls, and what they hold, for the address; nothing where *issue* is no rate of recorded events."""
    try:
        reporting(shown, issue)
    except UsageError:
        return {}
    better = {node.id: node.title for node in (*shown.of_kind("domain"), *shown.of_kind("indicator")) if node.up == "better"}
    words = {"": say("nothing"), **better}
    asked = {name for name in ("reported", "rises") if name in st.query_params}
    with st.expander(say("If not everything is reported"), expanded=bool(asked)):
        share = st.slider(
            say("Share of incidents that is reported, in per cent"),
            5,
            95,
            int(number_from_address("reported", USUAL, 5, 95)),
            step=5,
            key="reported",
        )
        trust = choose(say("Reporting rises with"), words, "rises", key="rises", width=340)
        try:
            found = reporting(shown, issue, reported=share / 100, trust=trust)
        except GeomapError as wrong:
            st.info(in_words(wrong))
        else:
            for line in reporting_words(shown, found).splitlines():
                st.write(for_markdown(line.strip()))
            rows = reporting_table(shown, found)
            show_table(rows, hide_index=True, column_config={name: _column(name) for name in rows})
    return {"reported": "" if share == USUAL else str(share), "rises": trust}


def _column(name: str) -> str:
    """The head of a column; those of a scenario tell by how much reporting rises."""
    head, _, slope = name.partition("_") if name.startswith(("behind_", "rank_")) else (name, "", "")
    return COLUMNS[f"{head}_"].format(slope=numeral(slope)) if slope else COLUMNS[head]
