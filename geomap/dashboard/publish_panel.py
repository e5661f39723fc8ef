"""Publish: for those who may, the workspace as it stands becomes the next published edition, or the reasons why not are told."""

from datetime import UTC, datetime

import streamlit as st

from geomap.dashboard.access import why_not, workspace_or_none
from geomap.dashboard.mistake import in_words
from geomap.errors import GeomapError
from geomap.language import say
from geomap.symbology.markup import for_markdown
from geomap.workspace.publish import publish
from geomap.workspace.workspace import Workspace


def show_publish() -> None:
    """A fold with a button, where this visitor may publish; otherwise nothing."""
    here = workspace_or_none()
    if here is None or why_not(here, "publisher"):
        return
    with st.expander(say("Publish the next edition")):
        st.write(
            say(
                "The workspace as it stands is computed anew, checked against everything published before, frozen and numbered. What is published stays."
            )
        )
        sure = st.checkbox(say("The layers were reviewed, and the method is the one that was agreed"), key="publish sure")
        if st.button(say("Publish"), type="primary", disabled=not sure):
            _publish(here)


def _publish(here: Workspace) -> None:
    try:
        with st.spinner(say("Publishing …")):
            done = publish(here, datetime.now(UTC).date())
    except GeomapError as wrong:
        st.error(f"{say('Not published.')} {in_words(wrong)}")
        return
    told = say(
        "Edition number {number} ({period}) stands in {folder}.",
        number=str(done.entry.number),
        period=done.entry.period,
        folder=done.path.name,
    )
    st.success(for_markdown(f"{told} {say('It was published before, so nothing changed.')}" if done.anew else told))
