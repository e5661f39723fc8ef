"""A list that lies beside the editions of a folder and only grows: one JSON file, written in one step."""

import json
from collections.abc import Sequence
from pathlib import Path

from geomap._recipe import Recipe
from geomap.editions.seal import write_lasting


def write_kept(path: Path, name: str, entries: Sequence[Recipe]) -> None:
    """Writes *entries* under their *name*: the same entries always give the same bytes."""
    content = {name: [entry.model_dump(mode="json") for entry in entries]}
    write_lasting(path, json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
