"""An edition is rebuilt to the byte: in another process, in another order of hashing, with the arithmetic of another processor."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize("processor", ["Nehalem", "Haswell"])
def test_another_process_gives_the_same_edition(demo, edition, tmp_path, processor):
    """The library under numpy adds in another order on another processor; no such last bit reaches an edition."""
    environment = {"PYTHONHASHSEED": "12345", "PATH": "/usr/bin:/bin", "OPENBLAS_CORETYPE": processor}
    command = [sys.executable, "-m", "geomap", "build", str(demo), "--out", str(tmp_path), "--draws", str(edition.about["draws"]), "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=Path(__file__).parents[2]).stdout
    rebuilt = Path(json.loads(told)["edition"])
    assert rebuilt.name == edition.path.name
    for path in edition.path.rglob("*"):
        if path.is_file():
            assert (rebuilt / path.relative_to(edition.path)).read_bytes() == path.read_bytes(), path.name
