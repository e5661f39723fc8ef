"""A neighbourhood's profile as a panel beside the map."""

import math
from collections.abc import Iterable

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.dashboard.bars import at, wide
from geomap.dashboard.explanation_panel import banners, show_explanation
from geomap.dashboard.glossary_line import line
from geomap.language import SEMICOLON, known, language, noted, say
from geomap.symbology.markup import for_html as safe
from geomap.symbology.markup import for_markdown
from geomap.symbology.numbers import number, signed
from geomap.views.explanation import Told
from geomap.views.profile import Line, Profile, Standing

TERMS = ("index", "part", "indicator", "rank", "fifth", "interval", "base", "median", "withheld", "stand-in")
PULLS = noted(
    "Points away from the middle of the city; the bars add up to the score less that middle. They say what the score is made of, not what brought it about."
)


def show_profile(shown: Assessment, found: Profile, told: Iterable[Told]) -> None:
    """Standing, worst part, contributions, evidence and caveats of one place; *told* takes its time, so it is asked once all that is seen unfolded stands."""
    within = f" · {safe(found.parent_name)}" if found.parent_name else ""
    head = f'<div class="gp"><h3>{safe(found.name)}</h3><p class="sub">{safe(found.code)}{within}</p>'
    indices = _table(say("Where it stands"), [_standing(one) for one in found.indices])
    domains = _table(say("The four parts") if len(found.domains) == 4 else say("Its parts"), [_standing(one) for one in found.domains])
    worst = f'<p class="worst">{safe(found.worst)}</p>' if found.worst else ""
    st.html(f"{head}{worst}{line(*TERMS)}{banners(shown)}{indices}{domains}</div>")
    for one in told:
        show_explanation(one)
    for domain in found.domains:
        with st.expander(for_markdown(say("What pulls {title}", title=domain.node.title.lower()))):
            st.html(f'<div class="gp"><p class="sub">{safe(say(PULLS))}</p>'
                    + _table("", [_line(line, domain) for line in found.lines[domain.node.id]]) + "</div>")  # fmt: skip
    with st.expander(say("Please read with these numbers")):
        st.html('<div class="gp"><ul>' + "".join(f"<li>{safe(known(caveat))}</li>" for caveat in found.caveats) + "</ul></div>")


def _table(title: str, rows: list[str]) -> str:
    heading = f"<h4>{safe(title)}</h4>" if title else ""
    return f"{heading}<table>{''.join(rows)}</table>"


def _standing(one: Standing) -> str:
    node = one.node
    side = say("higher needs attention") if node.up == "worse" else say("higher is better")
    if math.isnan(one.value):
        return f'<tr><th scope="row">{safe(node.title)}<small>{safe(side)}</small></th><td colspan="2">{safe(one.words)}</td></tr>'
    low, high = (one.value, one.value) if math.isnan(one.low) or math.isnan(one.high) else (one.low, one.high)
    label = say("{value} of 10, between {low} and {high}", value=one.words, low=number(low, node.digits), high=number(high, node.digits))
    bar = (
        f'<span class="scale" role="img" aria-label="{safe(label)}"><i class="{at(low * 10)} {wide((high - low) * 10)}"></i>'
        f'<b class="{at(one.value * 10)}"></b></span>'
    )
    standing = say("rank {rank}", rank=one.rank) if not math.isnan(one.share_worst) else one.rank
    choice = say("with the method chosen otherwise: {rank}", rank=one.by_choice) if one.by_choice else ""
    notes = (f"{side}{SEMICOLON.get(language(), '; ')}{standing}", choice, one.change)
    more = "".join(f"<small>{safe(note)}</small>" for note in notes if note)
    return (
        f'<tr><th scope="row">{safe(node.title)}</th><td>{bar}</td><td>{safe(one.words)}<small>{safe(one.doubt)}</small></td></tr>'
        f'<tr class="more"><td colspan="3">{more}</td></tr>'
    )


def _line(line: Line, domain: Standing) -> str:
    notes = [
        line.doubt,
        say("base {base}", base=line.base) if line.base else "",
        say("city middle {middle}", middle=line.middle),
        line.flags,
        line.change,
        line.node.period,
        *map(known, line.node.marks),
    ]
    small = "".join(f"<small>{safe(note)}</small>" for note in notes if note)
    return f'<tr><th scope="row">{safe(line.node.title)}<small>{safe(line.node.unit)}</small></th><td>{_pull(line.pull, domain.node.up)}</td><td>{safe(line.words)}{small}</td></tr>'


def _pull(points: float, up: str) -> str:
    if math.isnan(points):
        return f"<small>{safe(say('not in the score'))}</small>"
    side, mood = ("up" if points >= 0 else "down"), ("bad" if (points >= 0) == (up == "worse") else "good")
    words = signed(points)
    return f'<span class="pull" role="img" aria-label="{safe(say("{points} points", points=words))}"><i class="{side} {mood} {wide(min(abs(points) / 4 * 50, 50))}"></i></span><small>{words}</small>'
