"""What one score is made of, what would put it in another class, and what it rests on, as a fold of the profile."""

import math

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.assessment.balance import banner
from geomap.dashboard.bars import wide
from geomap.language import Spoken, known, noted, say
from geomap.language import percent as percent_in_words
from geomap.symbology.markup import for_html as safe
from geomap.symbology.markup import for_markdown
from geomap.symbology.numbers import signed
from geomap.views.explanation import ARITHMETIC, Row, Step, Told

BY_PART, BY_INDICATOR = noted("By part, in points"), noted("By indicator, in points")
ANOTHER_CLASS, RESTS_ON, NOT_IN = noted("What would put it in another class"), noted("What it rests on"), noted("not in the score")
BESIDE_MIDDLE, POINTS = noted("{value}, city's middle {middle}"), noted("{points} points")
WEIGHT = Spoken({
    "evidence": noted("Per cent of its weight, by kind of evidence"), "provider": noted("Per cent of its weight, by provider"),
})  # fmt: skip


def banners(shown: Assessment) -> str:
    """A strip that names every index that rests on one provider or one kind of evidence."""
    said = [safe(known(said)) for node in shown.of_kind("index") if (said := banner(shown, node.id))]
    return f'<p class="banner" role="note">{"<br>".join(said)}</p>' if said else ""


def show_explanation(one: Told) -> None:
    """One index or domain, folded."""
    with st.expander(for_markdown(say("What {title} is made of", title=one.node.title.lower()))):
        st.html('<div class="gp">' + "".join([*_made_of(one), *_changes(one), *_rests_on(one)]) + "</div>")


def _made_of(one: Told) -> list[str]:
    found = one.explanation
    if math.isnan(found.distance):
        return [f"<p>{safe(one.standing)}</p>"]
    most = max((abs(row.points) for row in (*one.parts, *one.indicators) if not math.isnan(row.points)), default=0.0)
    parts = [_row(row, one.node.up, most) for row in one.parts if row.node.kind != "indicator"]
    named = [(say("Rounding of scores on the way"), found.rounding), (say("From the median place to the city's median score"), found.gap)]
    lines = [
        *(_sum(what, points) for what, points in named if abs(points) >= 0.005),
        _sum(say("Together: the distance from the city's median score"), found.distance),
    ]
    return [
        f'<p>{safe(one.standing)} {safe(one.distance)}</p><p class="sub">{safe(say(ARITHMETIC))}</p>',
        f"<h4>{safe(say(BY_PART))}</h4><table>{''.join(parts)}</table>" if parts else "",
        f"<h4>{safe(say(BY_INDICATOR))}</h4><table>{''.join(_row(row, one.node.up, most) for row in one.indicators)}{''.join(lines)}</table>",
    ]


def _changes(one: Told) -> list[str]:
    return [f"<h4>{safe(say(ANOTHER_CLASS))}</h4>", *map(_step, one.changes)] if one.changes else []


def _step(step: Step) -> str:
    listed = f"<ul>{''.join(f'<li>{safe(phrase)}</li>' for phrase in step.alone)}</ul>" if step.alone else ""
    return f"<p><b>{safe(step.goal)}</b> {safe(step.lead)}</p>{listed}<p>{safe(step.together)}</p>"


def _rests_on(one: Told) -> list[str]:
    tables = [
        f'<p class="sub">{safe(WEIGHT[by])}</p><table>{"".join(_share(name, percent) for name, percent in shares.items())}</table>'
        for by, shares in one.balance.items()
    ]
    notes = [f"<p>{safe(note)}</p>" for note in (one.ranks_without, one.panels) if note]
    return [f"<h4>{safe(say(RESTS_ON))}</h4>", _banner(one), *tables, *notes]


def _banner(one: Told) -> str:
    return f'<p class="banner" role="note">{safe(known(one.banner))}</p>' if one.banner else ""


def _row(row: Row, up: str, most: float) -> str:
    head = f'<tr><th scope="row">{safe(row.node.title)}<small>{safe(say(BESIDE_MIDDLE, value=row.words, middle=row.middle))}</small></th>'
    if math.isnan(row.points):
        return f"{head}<td><small>{safe(say(NOT_IN))}</small></td></tr>"
    side, mood = ("up" if row.points >= 0 else "down"), ("bad" if (row.points >= 0) == (up == "worse") else "good")
    width = 50 * abs(row.points) / most if most else 0.0
    words = safe(signed(row.points))
    return f'{head}<td><span class="pull" role="img" aria-label="{safe(say(POINTS, points=signed(row.points)))}"><i class="{side} {mood} {wide(width)}"></i></span><small>{words}</small></td></tr>'


def _sum(what: str, points: float) -> str:
    return f'<tr><th scope="row">{safe(what)}</th><td>{safe(signed(points))}</td></tr>'


def _share(name: str, percent: float) -> str:
    bar = f'<span class="share" aria-hidden="true"><i class="{wide(percent)}"></i></span>'
    return f'<tr><th scope="row">{safe(name)}</th><td>{bar}</td><td>{safe(percent_in_words(percent))}</td></tr>'
