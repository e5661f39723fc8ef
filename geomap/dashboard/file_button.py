"""The button that gives a file of the edition on show: made when it is asked for, and kept for whoever asks next."""

from datetime import date

import streamlit as st

from geomap.assessment.assessment import Assessment
from geomap.datapackage.package import CARD
from geomap.editions.edition import Edition
from geomap.editions.errata import errata_of
from geomap.language import say
from geomap.views.formats import Format
from geomap.workspace.export import MAP, WRITERS, made, name_of

MANY = 1_000  # places from which on a file can take more than a moment


def offer_file(found: Edition, shown: Assessment, asked: Format, today: date) -> None:
    """A download of the file, and for a single table one of the description that is written beside it."""
    if len(shown.places) >= MANY:
        st.caption(say("The first time, a file of so many places can take half a minute; the button turns until it comes."))
    day = today if asked.ending == MAP else date.min  # only the map tells what is past its review, so only it is made anew every day
    name = name_of(found, shown.level, asked.ending)

    def part(place: int) -> bytes:
        return _made(found.path.name, shown.level, asked.ending, day, repr(errata_of(found.path)), found)[place][1]

    with st.container(horizontal=True):
        st.download_button(
            say("Download {name}", name=say(asked.title)), lambda: part(0),
            file_name=name, mime=asked.media, icon=":material/download:", type="primary", on_click="ignore", key="file", help=name,
        )  # fmt: skip
        if asked.ending in WRITERS:
            st.download_button(
                say("Its description for programs (datapackage.json)"), lambda: part(1),
                file_name=CARD, mime="application/json", icon=":material/data_object:", on_click="ignore", key="card",
                help=say("What every column means, in the form of the Data Package standard. Keep it beside the file."),
            )  # fmt: skip


@st.cache_resource(max_entries=8, show_spinner=False)
def _made(name: str, level: str, ending: str, day: date, errata: str, _found: Edition) -> tuple[tuple[str, bytes], ...]:
    del name, errata  # parts of the key: an edition's folder is named by its content, but errata are entered later
    return made(_found, level, ending, today=day)
