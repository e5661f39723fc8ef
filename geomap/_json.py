"""Recipes in JSON files that the software writes itself: nothing where there is no file, every fault where it is damaged."""

import json
from pathlib import Path
from typing import TypeVar

from geomap._recipe import Recipe
from geomap.errors import GeomapError

Kind = TypeVar("Kind", bound=Recipe)


def read_json(path: Path, recipe: type[Kind], *, error: type[GeomapError], what: str, remedy: str) -> Kind | None:
    """The *recipe* in the file *path*, nothing where there is none; *error*, naming *what* it is and the *remedy*, when it is damaged."""
    if not path.is_file():
        return None
    where = f"{path}, {what},"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as wrong:
        raise error(f"{where} is not valid JSON: {wrong}. {remedy}") from None
    return recipe.read(content, where=where, error=error)
