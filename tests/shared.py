"""Where the open data lie that tests read: the folder named by GEOMAP_SHARED, or shared/ beside the project."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("GEOMAP_SHARED", Path(__file__).resolve().parents[2] / "shared"))


def shared(*parts: str) -> Path:
    """A file of the open data; the test is skipped, saying so, where it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"{path} is not here; set GEOMAP_SHARED to the folder that holds data/.")
    return path
