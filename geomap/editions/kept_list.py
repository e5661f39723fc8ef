"""A list that lies beside the editions of a folder and only grows: one JSON file, read whole and written in one step."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

from geomap._recipe import Recipe
from geomap.editions.seal import write_lasting
from geomap.errors import EditionError

Kept = TypeVar("Kept", bound=Recipe)


def read_kept(path: Path, kept: type[Kept], *, what: str, remedy: str) -> Kept | None:
    """The list in *path*, nothing where there is no file; EditionError, naming *what* it is and the *remedy*, when it is damaged."""
    if not path.is_file():
        return None
    where = f"{path}, {what},"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise EditionError(f"{where} is not valid JSON: {wrong}. {remedy}") from None
    return kept.read(content, where=where, error=EditionError)


def write_kept(path: Path, name: str, entries: Sequence[Recipe]) -> None:
    """Writes *entries* under their *name*: the same entries always give the same bytes."""
    content = {name: [entry.model_dump(mode="json") for entry in entries]}
    write_lasting(path, json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
