"""The dashboard in a process of its own: on this machine only, unless people sign in."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from geomap.editions.edition import is_edition, read_edition
from geomap.errors import UsageError, WorkspaceError
from geomap.workspace.roles import Access
from geomap.workspace.settings import read_settings
from geomap.workspace.workspace import open_workspace

LAST_PORT = 65_535
SECRETS = Path(".streamlit/secrets.toml")


def serve(folder: Path, *, port: int, headless: bool) -> int:
    """Runs the dashboard of the workspace in *folder* until it is stopped; its exit code."""
    from geomap.dashboard import ENTRY

    if not 1 <= port <= LAST_PORT:
        raise UsageError(f"A port is a whole number from 1 to {LAST_PORT}, not {port}. Name another with --port.")
    shown = _shown(folder)
    access = read_settings(shown).access
    if access:
        _demand_ready(access, shown)
    settings = {
        "server.address": access.address if access else "127.0.0.1", "server.port": str(port), "server.headless": "true" if headless else "false", "server.maxUploadSize": "64",
        "browser.gatherUsageStats": "false", "server.fileWatcherType": "none", "client.toolbarMode": "minimal", "client.showErrorDetails": "none",
        "runner.postScriptGC": "false",  # a full collection walks the whole edition after every choice and holds up all sessions: Python collects as it needs
    }  # fmt: skip
    if access and access.by == "oidc":
        settings["secrets.files"] = str(shown / SECRETS)
    command = [sys.executable, "-m", "streamlit", "run", str(ENTRY), *(f"--{name}={value}" for name, value in settings.items())]
    try:
        return subprocess.run(command, env={**os.environ, "GEOMAP_WORKSPACE": str(shown)}, check=False).returncode  # noqa: S603  our own words only
    except KeyboardInterrupt:
        return 0


def _demand_ready(access: Access, folder: Path) -> None:
    """Nothing, when what sign-in needs is there; else WorkspaceError with what is missing."""
    from geomap.dashboard.gate import SECRET, SHORTEST, proxy_secret

    if access.by == "proxy" and not proxy_secret():
        raise WorkspaceError(
            f"People sign in by a proxy here, so {SECRET} must hold a secret of at least {SHORTEST} signs; the proxy sends it as X-Geomap-Proxy-Secret, so that "
            "nobody can pass it by. Set it for both and start again."
        )
    if access.by == "oidc" and not all(map(find_spec, ("authlib", "httpx"))):
        raise WorkspaceError("People sign in by an identity provider here, which needs Authlib and HTTPX. Run: pip install 'geomap[oidc]'")
    if access.by == "oidc" and not (folder / SECRETS).is_file():
        raise WorkspaceError(
            f"People sign in by an identity provider here, but {folder / SECRETS} is absent. Write it with [auth]: redirect_uri, cookie_secret, client_id, "
            "client_secret and server_metadata_url, as the provider gave them, and let nobody else read it."
        )


def _shown(folder: Path) -> Path:
    """The folder of an edition, which is shown alone, or of a workspace that has one."""
    if is_edition(folder):
        return read_edition(folder).path.resolve()
    workspace = open_workspace(folder)
    if workspace.latest_edition() is None:
        raise WorkspaceError(f"{folder} has no edition yet. Run 'geomap build {folder}' first.")
    return workspace.path
