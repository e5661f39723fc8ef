"""Get the data: every file of the edition on show, what each is good for, and what must be known before it is used."""

from datetime import UTC, datetime

import pandas as pd
import streamlit as st

from geomap.dashboard.address import choose
from geomap.dashboard.file_button import offer_file
from geomap.dashboard.glossary_line import glossary_line
from geomap.dashboard.mistake import in_words
from geomap.dashboard.shown import assessment, edition
from geomap.dashboard.spoken import keep
from geomap.dashboard.table import show_table
from geomap.editions.edition import Edition
from geomap.errors import GeomapError
from geomap.language import decimal, say
from geomap.symbology.markup import for_markdown
from geomap.views.before_use import before_use
from geomap.views.citation import attribution, citation, without_licence
from geomap.views.dictionary import dictionary, statuses
from geomap.views.formats import FORMATS, Format, command, steps_in_words
from geomap.workspace.export import name_of


def show_steps(asked: Format, file: str, level: str) -> None:
    """The first steps with the file, a tab a program."""
    told = steps_in_words(asked, file, level)
    for tab, (program, steps) in zip(st.tabs([say(program) for program in told]), told.items(), strict=True):
        with tab:
            st.markdown("\n".join(f"{place}. {for_markdown(step)}" for place, step in enumerate(steps, start=1)))
            if typed := command(asked, program, file, level):
                st.code(typed, language="bash", wrap_lines=True)


def show_rights(found: Edition, level: str) -> None:
    """Whose data it is, under which licence, and how the edition is cited."""
    st.subheader(say("Licence and attribution"))
    if lines := attribution(found, level):
        st.write(say("Each source keeps its own licence, also in what you make of these files. Print these lines beside any map or table:"))
        st.code(lines, language=None, wrap_lines=True)
    else:
        st.write(say("The edition names no source."))
    if unclear := without_licence(found, level):
        st.warning(
            for_markdown(
                say(
                    "This edition holds no licence for: {names}. Ask who provides it before you publish anything made of it.", names=unclear
                )
            )
        )
    st.subheader(say("How to cite it"))
    try:
        st.code(citation(found), language=None, wrap_lines=True)
    except GeomapError as wrong:
        st.error(in_words(wrong))


found = edition()
st.title(say("Get the data"))
glossary_line("edition", "withheld", "interval", "indicator")
st.caption(
    for_markdown(
        say("{title}, {period}. Every file holds the numbers of this edition, as they are.", title=found.title, period=found.period)
    )
)
levels = {head["level"]: f"{head['many']} ({decimal(head['places'], 0)})" for head in found.about["levels"]}
level = choose(say("By"), levels, "level", key="level")
key = choose(
    say("Which file"), {name: say(one.title) for name, one in FORMATS.items()}, "format",
    box=st.radio, captions=[say(one.good) for one in FORMATS.values()], key="format",
)  # fmt: skip
keep({"level": level, "format": key})
shown, asked = assessment(found, level), FORMATS[key]
offer_file(found, shown, asked, datetime.now(UTC).date())
show_steps(asked, name_of(found, level, asked.ending), level)
st.caption(
    say(
        "Two printed pages of one place: open it on the map and press “Two-page report”. Of all places at once: geomap report EDITION --all --to FOLDER in a terminal."
    )
)
st.subheader(say("Before you use it"))
st.markdown("\n".join(f"- {for_markdown(sentence)}" for sentence in before_use(shown)))
show_rights(found, level)
st.subheader(say("What every column means"))
st.caption(say("As it stands in the files themselves, which are in English for everybody."))
show_table(
    dictionary(shown), hide_index=True, height=420,
    column_config={
        "name": st.column_config.TextColumn(say("Column"), pinned=True, width="medium"), "title": st.column_config.TextColumn(say("Title"), width="medium"), "unit": say("Unit"), "period": say("Period"),
        "description": st.column_config.TextColumn(say("Meaning"), width="large"),
    },
)  # fmt: skip
st.caption(say("What the values of a column mean whose name ends in _status:"))
show_table(
    pd.DataFrame(statuses().items(), columns=["status", "meaning"]), hide_index=True, height="content", width="content",
    column_config={"status": say("In the file"), "meaning": say("Meaning")},
)  # fmt: skip
