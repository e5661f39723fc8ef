"""Who looks at this page, and the role settings.toml gives them; on this machine alone, without sign-in, whoever sits at it."""

import streamlit as st

from geomap.dashboard.home import home
from geomap.dashboard.mistake import in_words
from geomap.errors import GeomapError
from geomap.language import say
from geomap.symbology.markup import for_markdown
from geomap.workspace.roles import Access, Role
from geomap.workspace.settings import read_settings


def access() -> Access | None:
    """How people sign in here; nothing where nobody does. GeomapError when settings.toml cannot be read."""
    return read_settings(home()).access


def person(by: Access) -> str:
    """The address of whoever is signed in; blank for nobody."""
    if by.by == "proxy":
        return {name.lower(): value for name, value in st.context.headers.items()}.get(by.header.lower(), "")
    if not st.user.get("is_logged_in"):
        return ""
    return str(st.user.get("email", "")) if st.user.get("email_verified", True) else ""


def role() -> Role | None:
    """The role of whoever looks; nothing for a stranger. Where nobody signs in, this is not asked: see why_not."""
    by = access()
    return by.role(person(by)) if by else None


def demand_viewer() -> None:
    """Nothing, where whoever looks may look; else the page stops with what to do."""
    try:
        by = access()
    except GeomapError as wrong:
        st.error(in_words(wrong))
        st.stop()
    if by is None:
        return
    who = person(by)
    if by.role(who):
        if by.by == "oidc":
            _sign_out(who)
        return
    st.title(say("Sign in"))
    if who:
        st.write(
            for_markdown(
                say("{name} is signed in, but may not open this dashboard. Ask who looks after it to name you in settings.toml.", name=who)
            )
        )
    elif by.by == "oidc":
        st.write(say("This dashboard is for people who are named for it."))
        st.button(say("Sign in"), type="primary", on_click=st.login)
    else:
        st.write(say("The sign-in in front of this dashboard did not say who you are. Ask who looks after it."))
    if who and by.by == "oidc":
        st.button(say("Sign in as somebody else"), on_click=st.logout)
    st.stop()


def _sign_out(who: str) -> None:
    with st.sidebar:
        st.caption(for_markdown(say("Signed in as {name}", name=who)))
        st.button(say("Sign out"), on_click=st.logout)
