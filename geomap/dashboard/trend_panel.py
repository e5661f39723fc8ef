"""How the scores of one place moved over the editions that lie beside this one, by one yardstick, where that can be said."""

import math
from collections.abc import Iterator

import streamlit as st

from geomap.assessment.assessment import Assessment, Node
from geomap.dashboard.bars import at
from geomap.dashboard.changes import since_earlier
from geomap.editions.edition import Edition
from geomap.language import say
from geomap.report.since import Since
from geomap.symbology.markup import for_html as safe
from geomap.symbology.numbers import number


def show_trend(found: Edition, shown: Assessment, code: str) -> None:
    """A fold with each score, the earliest edition first; nothing where no earlier edition lies beside this one."""
    since = since_earlier(found, shown.level)
    if not since:
        return
    with st.expander(say("Since earlier editions")):
        told = say("Earlier scores stand as this edition would measure them; a change is named only where it is more than chance.")
        tables = "".join(_table(node, shown, code, since) for node in (*shown.of_kind("index"), *shown.of_kind("domain")))
        st.html(f'<div class="gp"><p class="sub">{safe(told)}</p>{tables}</div>')


def _table(node: Node, shown: Assessment, code: str, since: tuple[Since, ...]) -> str:
    side = say("higher needs attention") if node.up == "worse" else say("higher is better")
    return (
        f'<h4>{safe(node.title)}</h4><table class="since"><caption>{safe(side)}</caption>{"".join(_rows(node, shown, code, since))}</table>'
    )


def _rows(node: Node, shown: Assessment, code: str, since: tuple[Since, ...]) -> Iterator[str]:
    for one in reversed(since):
        row = one.row(node.id, code)
        words = safe(one.of(node.id, code) if row is None else say("since then {change}", change=one.of(node.id, code)))
        yield _line(one.period, math.nan if row is None else float(row["old"]), node.digits, words)
    yield _line(shown.period, float(shown.numbers[node.id].at[code, "value"]), node.digits, safe(say("this edition")))


def _line(period: str, value: float, digits: int, words: str) -> str:
    bar = "" if math.isnan(value) else f'<span class="scale" aria-hidden="true"><b class="{at(value * 10)}"></b></span>'
    return f'<tr><th scope="row">{safe(period)}</th><td>{bar}<small>{words}</small></td><td>{number(value, digits)}</td></tr>'
