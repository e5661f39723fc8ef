"""What if: other weights and choices, marked as an exploration; the agreed method stays as it is."""

import streamlit as st

from geomap.assessment.exploration import LABEL, Asked
from geomap.assessment.explore import as_assessment, shifts
from geomap.dashboard.address import choose, number_from_address, several_from_address
from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.mistake import in_words
from geomap.dashboard.shown import assessment, edition, shapes
from geomap.dashboard.spoken import ASKED, keep
from geomap.dashboard.table import show_table
from geomap.dashboard.wardmap import wardmap
from geomap.errors import GeomapError
from geomap.language import known, numeral, say
from geomap.symbology.markup import for_markdown
from geomap.views.choropleth import choropleth
from geomap.views.exploration import COMBINED, MISSING, summary

KEPT = ("level", "show", ASKED)  # in the address of the agreed method too


def weights_of(node) -> dict[str, float]:  # noqa: ANN001  an index or a domain
    """The weights a planner set that differ from the agreed ones."""
    chosen = {}
    for part, agreed in zip(node.parts, node.weights, strict=True):
        top = float(max(3.0, 3 * agreed))
        now = st.slider(
            for_markdown(shown.node(part).title),
            0.0,
            top,
            number_from_address(f"weight.{node.id}.{part}", float(agreed), 0.0, top),
            step=top / 60,
            key=f"weight-{node.id}-{part}",
            help=say("Agreed: {weight}", weight=numeral(f"{agreed:g}")),
        )
        chosen |= {part: now} if abs(now - agreed) > top / 1000 else {}
    return chosen


def reset() -> None:
    """Back to the agreed method."""
    for key in [key for key in st.session_state if key.startswith(("weight-", "way-", "out-"))]:
        del st.session_state[key]
    st.query_params.from_dict({name: st.query_params[name] for name in KEPT if name in st.query_params})


found = edition()
levels = {head["level"]: head["many"] for head in found.about["levels"]}
st.title(say("What if it were measured otherwise?"))
glossary_line("index", "part", "indicator", "composite", "rank", "interval")
st.warning(
    known(LABEL)
    + " "
    + say(
        "Nothing here is kept: the stored methodology and the edition stay as they are. The scale is that of the edition, and intervals hold the doubt of the data only."
    )
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    level = choose(say("By"), levels, "level", found.levels[0], width=260)
    shown = assessment(found, level)
    titles = {node.id: node.title for node in shown.of_kind("index")} or {node.id: node.title for node in shown.of_kind("domain")}
    index = choose(say("Show"), titles, "show", list(titles)[-1], width=300, key="show")
    st.button(say("Back to the agreed method"), on_click=reset)

controls, result = st.columns([1, 2], gap="large")
with controls:
    names = {node.id: node.title for node in shown.of_kind("indicator")}
    out = st.multiselect(
        say("Leave indicators out"),
        list(names),
        format_func=names.get,
        key="out-indicators",
        default=several_from_address("out", names),
        placeholder=say("None"),
    )
    kinds = sorted({node.evidence for node in shown.of_kind("indicator") if node.evidence})
    evidence = st.multiselect(
        say("Leave a kind of evidence out"),
        kinds,
        key="out-evidence",
        default=several_from_address("evidence", kinds),
        placeholder=say("None"),
        help=say("Such as everything that rests on police records."),
    )
    missing = choose(say("Where parts are missing"), MISSING, "missing", key="way-missing")
    weights, ways = {}, {}
    for node in (*shown.of_kind("index"), *shown.of_kind("domain")):
        with st.expander(for_markdown(node.title)):
            way = choose(say("Combined by"), COMBINED, f"combine.{node.id}", node.combine, key=f"way-{node.id}")
            ways |= {node.id: way} if way != node.combine else {}
            weights |= {node.id: set_here} if (set_here := weights_of(node) if len(node.parts) > 1 else {}) else {}

keep(
    {"level": level, "show": index, "out": ",".join(out), "evidence": ",".join(evidence), "missing": missing}
    | {f"combine.{whole}": way for whole, way in ways.items()}
    | {f"weight.{whole}.{part}": f"{weight:g}" for whole, parts in weights.items() for part, weight in parts.items()}
)
asked = Asked(weights, ways, tuple(out), tuple(evidence), missing or None)
with result:
    try:
        explored = asked.run(shown, found.methodology)
        moved = shifts(shown, explored, index)
    except GeomapError as wrong:
        st.error(in_words(wrong))
        st.stop()
    question = asked.sentence(shown)
    st.write(for_markdown(known(question)))
    st.write(for_markdown(summary(moved)))
    wardmap(
        choropleth(as_assessment(shown, explored, question), index), shapes=shapes(found, shown.level), selected=None, fade=True, key="whatif-map",
    )  # fmt: skip
    show_table(
        moved.reset_index(), hide_index=True, height=320,
        column_config={
            "code": say("Code"), "name": st.column_config.TextColumn(say("Name"), pinned=True), "value": st.column_config.NumberColumn(say("Agreed"), format="%.2f"),
            "rank": say("Agreed rank"), "explored": st.column_config.NumberColumn(say("Explored"), format="%.2f"), "explored_rank": say("Explored rank"),
            "explored_rank_low": say("Rank from"), "explored_rank_high": say("Rank to"), "moved": st.column_config.NumberColumn(say("Moved"), help=say("Below 0: needs more attention than agreed.")),
        },
    )  # fmt: skip
