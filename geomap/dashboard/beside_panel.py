"""What stands beside a profile: trust in its scores, what protects, who to call, what people said, and who has not been heard."""

from collections.abc import Iterable

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.dashboard.hand import standing_beside
from geomap.editions.edition import Edition
from geomap.language import say
from geomap.report.heard import said, unheard
from geomap.symbology.markup import for_html as safe
from geomap.views.beside import Beside


def show_beside(found: Edition, shown: Assessment, code: str) -> None:
    """The sentence on persons and the letters in sight; the rest in folds."""
    one = standing_beside(found, shown, code)
    letters = [
        f'<tr><th scope="row">{safe(row.title)}<small>{safe(row.why)}</small></th><td><b>{safe(row.grade)}</b></td></tr>'
        for row in one.trust
    ]
    st.html(
        f'<div class="gp"><p class="banner" role="note">{safe(one.fallacy)}</p><h4>{safe(say("Trust in these scores, A to D"))}</h4>'
        f"<table>{''.join(letters)}</table></div>"
    )
    _fold(say("What protects here, and who to call"), _at_hand(one))
    if heard := _heard(found, shown, code):
        _fold(say("What people said, and who has not been heard"), heard)


def _at_hand(one: Beside) -> list[str]:
    exist = (
        say("Exists already: {names}.", names="; ".join(one.exists))
        if one.exists
        else say("No mechanism is on the register for this place.")
    )
    call = say("Who to call: {names}.", names="; ".join(one.call)) if one.call else say("Nobody is on the register for this place.")
    return [*one.protects, exist, call]


def _heard(found: Edition, shown: Assessment, code: str) -> list[str]:
    names = shown.places["name"].to_dict()
    return [*said(found, shown.level, code), *unheard(found, shown.level, code, names)]


def _fold(title: str, lines: Iterable[str]) -> None:
    with st.expander(title):
        st.html('<div class="gp"><ul>' + "".join(f"<li>{safe(line)}</li>" for line in lines) + "</ul></div>")
