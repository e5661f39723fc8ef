"""An edition of the toy city: two levels, one open layer, one guarded, one register."""

import hashlib
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.assessment.journey import assess
from geomap.boundaries.screen import for_screen
from geomap.editions.freeze import Frozen
from tests.toy import atlas, layer, methodology, residents, sources

SCORES = """ward    | score
            --------+------
            castle  |    10
            market  |    20
            park    |    30
            harbour |    40
            mill    |
            station |    60"""
SCORE = {
    "id": "score",
    "measure": {"measure": "value", "layer": "scores", "field": "score", "mean_by": {"layer": "residents", "field": "people"}},
}
BOARDS = pd.DataFrame({"id": ["001", "002"], "name": ["Forum", "Café"], "note": ["", "NA"]})


def digest(text: str) -> str:
    """A SHA-256."""
    return hashlib.sha256(text.encode()).hexdigest()


INPUTS = {
    "methodology.toml": digest("recipe"),
    "layers/scores/data.csv": digest("open"),
    "layers/answers/data.csv": digest("guarded"),
    "layers/answers/datapackage.json": digest("card"),
}
GUARDED = frozenset({"layers/answers/data.csv"})


def frozen(**changed: Any) -> Frozen:
    """What an edition of the toy city is made of, with *changed* instead of the usual."""
    found = [assess(sources(layer("scores", SCORES), residents()), methodology(SCORE), level) for level in ("wards", "districts")]
    usual = {
        "assessments": [one.assessment for one in found],
        "screens": {level: for_screen(atlas()[level]) for level in ("wards", "districts")},
        "scales": {one.assessment.level: one.scale.as_record() for one in found},
        "clipped": {one.assessment.level: one.clipped for one in found},
        "joins": [{"layer": "scores", "boundaries": "wards", "rows": 6, "matched": 6, "unmatched": {}}],
        "inputs": INPUTS,
        "guarded": GUARDED,
        "methodology": "# the recipe, with a ü\n",
        "settings": {"version": "1", "baseline": "2025", "seed": 1, "draws": 200, "repairs": []},
        "registers": {"boards": ("Boards", BOARDS)},
    }
    return Frozen(**{**usual, **changed})


def rewrite(path: Path, content: bytes) -> None:
    """Puts *content* in the place of a file of an edition, which is read-only."""
    path.unlink()
    path.write_bytes(content)


def inside(folder) -> dict[str, tuple[bytes, int, int]]:
    """The bytes, the time of the last change and the place on disk of every file below *folder*."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) for path in files}
