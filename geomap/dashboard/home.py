"""The workspace, or the edition, that the dashboard was started on."""

import os
from pathlib import Path


def home() -> Path:
    """Its folder, as the command that started the dashboard names it."""
    return Path(os.environ.get("GEOMAP_WORKSPACE", "."))
