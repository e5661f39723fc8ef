"""The dashboard in a process of its own, on this machine only."""

import os
import subprocess
import sys
from pathlib import Path

from geomap.editions.edition import is_edition, read_edition
from geomap.errors import UsageError, WorkspaceError
from geomap.workspace.workspace import open_workspace

LAST_PORT = 65_535


def serve(folder: Path, *, port: int, headless: bool) -> int:
    """Runs the dashboard of the workspace in *folder* until it is stopped; its exit code."""
    from geomap.dashboard import ENTRY

    if not 1 <= port <= LAST_PORT:
        raise UsageError(f"A port is a whole number from 1 to {LAST_PORT}, not {port}. Name another with --port.")
    shown = _shown(folder)
    settings = {
        "server.address": "127.0.0.1", "server.port": str(port), "server.headless": "true" if headless else "false", "server.maxUploadSize": "64",
        "browser.gatherUsageStats": "false", "server.fileWatcherType": "none", "client.toolbarMode": "minimal", "client.showErrorDetails": "none",
    }  # fmt: skip
    command = [sys.executable, "-m", "streamlit", "run", str(ENTRY), *(f"--{name}={value}" for name, value in settings.items())]
    try:
        return subprocess.run(command, env={**os.environ, "GEOMAP_WORKSPACE": str(shown)}, check=False).returncode  # noqa: S603  our own words only
    except KeyboardInterrupt:
        return 0


def _shown(folder: Path) -> Path:
    """The folder of an edition, which is shown alone, or of a workspace that has one."""
    if is_edition(folder):
        return read_edition(folder).path.resolve()
    workspace = open_workspace(folder)
    if workspace.latest_edition() is None:
        raise WorkspaceError(f"{folder} has no edition yet. Run 'geomap build {folder}' first.")
    return workspace.path
