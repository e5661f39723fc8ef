"""Two numbers, or one number of two editions, on maps that move together or one over the other."""

from pathlib import Path

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.dashboard.address import choose
from geomap.dashboard.drawn import drawn
from geomap.dashboard.shown import assessment, shapes
from geomap.dashboard.wardmap import swipe, wardmap
from geomap.editions.compare import compare
from geomap.editions.difference import WORDS
from geomap.editions.edition import Edition, read_edition
from geomap.editions.shelf import shelf
from geomap.errors import GeomapError
from geomap.language import known, language, say
from geomap.symbology.markup import for_markdown

BESIDE, OVER = "beside", "over"


@st.cache_resource(max_entries=8, show_spinner=False)
def other_edition(folder: str) -> Edition:
    """An edition beside the one on show, read once; its folder is named by its content."""
    return read_edition(Path(folder))


@st.cache_resource(max_entries=16, show_spinner=False)
def graded(folders: tuple[str, str], level: str, node: str, spoken: str) -> str:
    """Whether two editions can be compared by a number, in words of the language *spoken*."""
    del spoken  # part of the key: words have a language
    try:
        found = compare(other_edition(folders[0]), other_edition(folders[1]), level=level)
        grade = found.grade_of(node)
        reasons = "" if grade != "C" else " ".join(known(one.sentence) for one in found.reasons(node))
        return say("Grade {grade}, {words}.", grade=grade, words=known(WORDS[grade])) + (f" {reasons}" if reasons else "")
    except GeomapError as wrong:
        return say("These editions cannot be compared, so look at each map for itself: {reason}", reason=known(wrong.message))


def show_two_maps(now: Edition, shown: Assessment) -> dict[str, str]:
    """The controls and the two maps; what the page's address must hold to show them again."""
    listed = shelf(now.path.parent, tier=now.about["tier"])
    periods = {row.edition: f"{row.period} · {row.edition}" for row in listed.itertuples() if row.edition != now.path.name}
    periods = {now.path.name: say("This edition ({period})", period=shown.period), **periods}
    usual, chosen = [node.id for node in shown.nodes], []
    for side, column, label in zip(("left", "right"), st.columns(2), (say("First map"), say("Second map")), strict=True):
        with column:
            name = (
                choose(say("Edition"), periods, f"{side}-edition", now.path.name, key=f"{side}-edition")
                if len(periods) > 1
                else now.path.name
            )
            found = now if name == now.path.name else other_edition(str(now.path.parent / name))
            if shown.level not in found.levels:
                st.info(say("That edition has no {many}.", many=for_markdown(shown.many)))
                return {}
            there = assessment(found, shown.level)
            titles = {node.id: known(node.title) for node in there.nodes}
            node = choose(label, titles, side, usual[side == "right"] if usual[side == "right"] in titles else "", key=f"{side}-{name}")
            chosen.append((found, there, node, name))
    ways = {BESIDE: say("Side by side"), OVER: say("One over the other")}
    way = choose(say("Maps"), ways, "maps", BESIDE, key="maps", width=240)
    _show(way, chosen)
    address = {"left": chosen[0][2], "right": chosen[1][2], "maps": way}
    editions = {f"{side}-edition": one[3] for side, one in zip(("left", "right"), chosen, strict=True)} if len(periods) > 1 else {}
    return address | editions


def _show(way: str, chosen: list[tuple[Edition, Assessment, str, str]]) -> None:
    (first, before, node, _), (second, _, other, _) = chosen
    payloads = [drawn(found, there, one) for found, there, one, _ in chosen]
    names = tuple(f"{known(there.node(one).title)}, {there.period}" for _, there, one, _ in chosen)
    if first is not second:
        if node == other:
            st.caption(for_markdown(graded((str(first.path), str(second.path)), before.level, node, language())))
        else:
            st.caption(say("Two numbers of two editions: look at each map for itself."))
    elif node != other:
        st.caption(say("Where two numbers are high in the same places, that is association, not cause."))
    addresses = [shapes(found, there.level) for found, there, _, _ in chosen]
    if way == OVER and addresses[0].places == addresses[1].places:
        swipe(*payloads, names, shapes=addresses[0], slide=say("Where the map on top begins"), key="compare-swipe")
        return
    if way == OVER:
        st.info(say("The two editions have other boundaries, so one map cannot lie over the other; they stand side by side."))
    for column, payload, address, name, side in zip(st.columns(2), payloads, addresses, names, ("left", "right"), strict=True):
        with column:
            st.markdown(f"**{for_markdown(name)}**")
            wardmap(payload, shapes=address, selected=None, fade=True, key=f"compare-{side}", linked="compare")
