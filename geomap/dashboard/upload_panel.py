"""Upload and describe: each file is judged in a folder of this session alone, shown, and added once its card is answered."""

import base64
from pathlib import Path

import streamlit as st

from geomap.dashboard.table import show_table
from geomap.errors import GeomapError
from geomap.language import Spoken, known, noted, percent, say
from geomap.symbology.markup import for_html as safe
from geomap.symbology.markup import for_markdown
from geomap.workspace.describe import MEANT, TOLD, Question, answered, questions, take_in
from geomap.workspace.upload import LARGEST_MB, Judged, judge, private_folder, receive
from geomap.workspace.workspace import Workspace

OUTCOMES = Spoken({
    "loaded": noted("This file can be taken in as it is."),
    "repaired": noted("This file can be taken in; this was mended or is in doubt."),
    "refused": noted("This file cannot be taken in."),
})  # fmt: skip
MOST = 10


def show_upload(workspace: Workspace) -> None:
    """The field for files, and each file that is there."""
    sent = st.file_uploader(
        say("Files to look at: tables (CSV, Excel), shapes (GeoJSON, GeoPackage, zipped Shapefile, FlatGeobuf, GeoParquet) or GeoTIFF; at most {most} MB each", most=LARGEST_MB),
        accept_multiple_files=True, max_upload_size=LARGEST_MB, key="files",
    )  # fmt: skip
    st.caption(say("A file is looked at in a folder that only this session reads, and is gone with it. Nothing is kept before you say so."))
    if len(sent) > MOST:
        st.warning(say("{count} files at once are many; the first {most} are shown.", count=len(sent), most=MOST))
    for file in sent[:MOST]:
        with st.container(border=True):
            _show(file.file_id, file.name, file.getvalue, workspace)


def _show(file_id: str, name: str, content, workspace: Workspace) -> None:  # noqa: ANN001  a function without arguments
    judged = st.session_state.setdefault("judged", {})
    if file_id not in judged:
        with st.spinner(say("Looking at the file …")):
            judged[file_id] = _judged(name, content(), workspace)
    found: Judged = judged[file_id]
    st.subheader(for_markdown(found.sent_as))
    st.write(for_markdown(OUTCOMES[found.outcome]))
    if found.messages:
        st.html('<div class="gp"><ul>' + "".join(f"<li>{safe(known(message))}</li>" for message in found.messages) + "</ul></div>")
    if found.proposal is None:
        return
    _look(found)
    if done := st.session_state.setdefault("added", {}).get(file_id):
        st.success(for_markdown(done))
        return
    _form(file_id, found, workspace)


def _judged(name: str, content: bytes, workspace: Workspace) -> Judged:
    folder = st.session_state.setdefault("folder of uploads", private_folder())
    try:
        return judge(receive(name, content, Path(folder.name)), workspace, sent_as=name)
    except GeomapError as wrong:
        return Judged(name, "refused", (wrong.message, *wrong.faults))


def _look(found: Judged) -> None:
    """Where its rows lie, and the first of them."""
    left, right = st.columns([1, 1.4], gap="medium")
    with left:
        if found.picture:
            picture = base64.b64encode(found.picture.encode()).decode()
            st.html(f'<img class="sketch" alt="{safe(_spoken(found))}" src="data:image/svg+xml;base64,{picture}">')
    with right:
        st.write(for_markdown(_spoken(found)))
        if len(found.head):
            st.caption(say("The first rows. Columns about persons are never taken in, so none is here."))
            show_table(found.head, hide_index=True, height="content")


def _spoken(found: Judged) -> str:
    what = say("polygons") if found.proposal.room == "boundaries" else say("rows")
    if found.matched is None:
        return say("{count} {what}.", count=found.rows, what=what) if found.rows else say("Read where an indicator asks for it.")
    share = percent(100 * found.matched / found.rows) if found.rows else percent(0)
    return say("{matched} of {count} {what} ({share}) find their place.", matched=found.matched, count=found.rows, what=what, share=share)


def _form(file_id: str, found: Judged, workspace: Workspace) -> None:
    asked = questions(found.proposal, workspace)
    blank = sum(not one.answer for one in asked if one.needed)
    st.write(say("**Its card.** What the file tells is filled in; {blank} answers only a person can give are blank.", blank=blank))
    with st.form(f"card of {file_id}", border=False):
        left, right = st.columns(2, gap="medium")
        answers = {}
        for at, one in enumerate(asked):
            with (left, right)[at % 2]:
                answers[one.key] = _ask(one, file_id)
        sent = st.form_submit_button(say("Add to the workspace"), type="primary")
    if not sent:
        return
    try:
        card = take_in(found.proposal, answered(found.proposal, answers), workspace)
    except GeomapError as wrong:
        st.error(for_markdown(say("Not added. {why}", why=known(wrong.message))))
        st.html('<div class="gp"><ul>' + "".join(f"<li>{safe(known(fault))}</li>" for fault in wrong.faults) + "</ul></div>")
        return
    place = card.parent.relative_to(workspace.path)
    st.session_state["added"][file_id] = say(
        "Added as {place}. It counts once an indicator uses it and the next edition is built: geomap check, then geomap build.",
        place=str(place),
    )
    st.rerun()


def _ask(one: Question, file_id: str) -> str | list[str]:
    key = f"{file_id}:{one.key}"
    if one.several:
        return st.multiselect(one.words, one.choices, key=key, placeholder=say("Choose"))
    if one.choices:
        start = one.choices.index(one.answer) if one.answer in one.choices else None
        told = say if one.key == "geomap:topic" else _meant
        return st.selectbox(one.words, one.choices, index=start, format_func=told, placeholder=say("Choose"), key=key) or ""
    return st.text_area(one.words, one.answer, height=68, key=key) if one.long else st.text_input(one.words, one.answer, key=key)


def _meant(choice: str) -> str:
    """A choice of the card as people read it: its code with what it means, or a word of ours."""
    meant = MEANT.get(choice)
    return say("{choice}: {meant}", choice=choice, meant=meant) if meant else TOLD.get(choice) or choice
