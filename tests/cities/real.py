"""A real city, laid from the open data and built once for all tests that ask."""

from pathlib import Path

import pytest

from geomap.workspace.build import build
from geomap.workspace.workspace import Workspace, open_workspace
from tests.shared import SHARED
from tests.workspaces.lay import lay

DRAWS = 200


def laid(name: str, folder: Path) -> Workspace:
    """The workspace of the city *name* with an edition of 200 draws; the test is skipped, saying so, where the open data are absent."""
    if not (SHARED / "data" / name).is_dir():
        pytest.skip(f"{SHARED / 'data' / name} is not here; set GEOMAP_SHARED to the folder that holds data/.")
    workspace = open_workspace(lay(name, folder / name))
    build(workspace, draws=DRAWS)
    return workspace
