"""An edition is rebuilt to the byte: in another process, in another order of hashing, with the arithmetic of another processor."""

import json
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("processor", "zone", "locale", "seed"),
    [
        ("Nehalem", "Pacific/Kiritimati", "C", "12345"),
        pytest.param("Haswell", "America/St_Johns", "C.UTF-8", "1", marks=pytest.mark.slow),
    ],
)
def test_another_process_gives_the_same_edition(demo, edition, tmp_path, processor, zone, locale, seed):
    """The library under numpy adds in another order on another processor; no such last bit reaches an edition, nor does a time zone, a language, a folder."""
    environment = {
        "PYTHONHASHSEED": seed,
        "PATH": "/usr/bin:/bin",
        "OPENBLAS_CORETYPE": processor,
        "TZ": zone,
        "LC_ALL": locale,
        "HOME": str(tmp_path),
    }
    command = [sys.executable, "-m", "geomap", "build", str(demo), "--out", str(tmp_path), "--draws", str(edition.about["draws"]), "--json"]
    told = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=tmp_path).stdout
    rebuilt = Path(json.loads(told)["edition"])
    assert rebuilt.name == edition.path.name
    files = [path for path in edition.path.rglob("*") if path.is_file()]
    assert sorted(path.relative_to(rebuilt) for path in rebuilt.rglob("*") if path.is_file()) == sorted(
        path.relative_to(edition.path) for path in files
    )
    for path in files:
        assert (rebuilt / path.relative_to(edition.path)).read_bytes() == path.read_bytes(), path.name
