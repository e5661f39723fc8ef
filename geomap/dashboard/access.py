"""Whether this visitor may change the workspace: by role where people sign in; where nobody does, only who sits at this machine."""

import ipaddress
import os

import streamlit as st

from geomap.dashboard.home import home
from geomap.dashboard.visitor import access, role
from geomap.editions.edition import is_edition
from geomap.errors import GeomapError
from geomap.language import Spoken, noted, say
from geomap.workspace.roles import Role, may
from geomap.workspace.workspace import Workspace, open_workspace

NAMED = Spoken({"viewer": noted("a viewer"), "editor": noted("an editor"), "publisher": noted("a publisher")})
FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def workspace_or_none() -> Workspace | None:
    """The workspace behind the edition; nothing where the dashboard shows an edition alone."""
    folder = home()
    try:
        return None if is_edition(folder) else open_workspace(folder)
    except GeomapError:
        return None


def why_not(workspace: Workspace | None, needed: Role = "editor") -> str:
    """Why this visitor cannot add anything here, or whatever needs the role *needed*, in words; blank where they can."""
    if workspace is None:
        return say("This dashboard shows an edition without its workspace, so there is nowhere to put a file.")
    if not os.access(workspace.path, os.W_OK):
        return say("This dashboard may read the workspace, but not write into it.")
    if access() is not None:
        return (
            ""
            if may(role(), needed)
            else say("This needs the role of {role}. Ask who looks after this dashboard to name you in settings.toml.", role=NAMED[needed])
        )
    if not _is_local(str(st.get_option("server.address") or "")):
        return say(
            "Anybody in the network can open this dashboard, so it changes nothing. Open it on this machine only (geomap app does), or let people sign in ([access] in settings.toml)."
        )
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    if any(name in headers for name in FORWARDED) or not _is_local(_host(headers.get("host", "127.0.0.1"))):
        return say(
            "You reached this dashboard through another machine, so it changes nothing. Open it on the machine it runs on, or let people sign in ([access] in settings.toml)."
        )
    return ""


def _is_local(address: str) -> bool:
    if address == "localhost":
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def _host(header: str) -> str:
    """The host of a Host header, without its port and brackets."""
    return header[1:].split("]", maxsplit=1)[0] if header.startswith("[") else header.rsplit(":", 1)[0]
