"""What uneven reporting would do to a recorded rate, for who asks."""

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.reporting import reporting
from geomap.errors import GeomapError, UsageError
from geomap.language import say
from geomap.symbology.markup import for_markdown
from geomap.views.reporting import reporting_table, reporting_words


def reporting_panel(shown: Assessment, issue: str) -> None:
    """A folded panel with the tipping ratios and two controls; nothing where *issue* is no rate of recorded events."""
    try:
        reporting(shown, issue)
    except UsageError:
        return
    better = {node.id: node.title for node in (*shown.of_kind("domain"), *shown.of_kind("indicator")) if node.up == "better"}
    with st.expander(say("If not everything is reported")):
        share = st.slider(say("Share of incidents that is reported, in per cent"), 5, 95, 50, step=5, key="reported")
        trust = st.selectbox(
            say("Reporting rises with"), ["", *better], format_func=lambda one: better.get(one, say("nothing")), key="rises", width=340
        )
        try:
            found = reporting(shown, issue, reported=share / 100, trust=trust)
        except GeomapError as wrong:
            st.info(for_markdown(str(wrong)))
            return
        for line in reporting_words(shown, found).splitlines():
            st.write(for_markdown(line.strip()))
        st.dataframe(reporting_table(shown, found), hide_index=True)
