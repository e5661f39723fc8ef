"""Whether this visitor may change the workspace. Nobody may from afar: roles come with sign-in, and until then only this machine is trusted."""

import ipaddress
import os
from pathlib import Path

import streamlit as st

from geomap.editions.edition import is_edition
from geomap.errors import GeomapError
from geomap.workspace.workspace import Workspace, open_workspace

FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip", "via")


def workspace_or_none() -> Workspace | None:
    """The workspace behind the edition; nothing where the dashboard shows an edition alone."""
    folder = Path(os.environ.get("GEOMAP_WORKSPACE", "."))
    try:
        return None if is_edition(folder) else open_workspace(folder)
    except GeomapError:
        return None


def why_not(workspace: Workspace | None) -> str:
    """Why nothing can be added here, in words; blank where it can."""
    if workspace is None:
        return "This dashboard shows an edition without its workspace, so there is nowhere to put a file."
    if not os.access(workspace.path, os.W_OK):
        return "This dashboard may read the workspace, but not write into it."
    if _signs_in():
        return "Adding files needs the role of an editor, and this dashboard does not give that role yet. Use geomap add."
    if not _is_local(str(st.get_option("server.address") or "")):
        return "Anybody in the network can open this dashboard, so it adds no files. Open it on this machine only (geomap app does), or use geomap add."
    headers = {name.lower(): value for name, value in st.context.headers.items()}
    if any(name in headers for name in FORWARDED) or not _is_local(_host(headers.get("host", "127.0.0.1"))):
        return (
            "You reached this dashboard through another machine, so it adds no files. Open it on the machine it runs on, or use geomap add."
        )
    return ""


def _signs_in() -> bool:
    """Whether somebody can sign in, so that who is who matters."""
    files = (Path.cwd() / ".streamlit/secrets.toml", Path.home() / ".streamlit/secrets.toml")
    return any(path.is_file() for path in files) and "auth" in st.secrets


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
