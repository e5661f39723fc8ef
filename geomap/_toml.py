"""Recipes in TOML files: every fault at once, each with the line it stands on."""

import json
import re
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from geomap._recipe import Recipe
from geomap._text import text_in
from geomap.errors import GeomapError
from geomap.worded import worded

Kind = TypeVar("Kind", bound=Recipe)
HEADER = re.compile(r"^\s*\[+\s*([A-Za-z0-9_.\"-]+)\s*\]+")


def read_toml(path: Path, recipe: type[Kind], *, error: type[GeomapError], absent: str) -> Kind:
    """The *recipe* in the TOML file *path*; *error* names all its faults with their lines, or says *absent* where there is no file."""
    if not path.is_file():
        raise error(absent)
    text = text_in(path, error)
    try:
        data = tomllib.loads(text)
    except ValueError as wrong:
        raise error(
            worded("{file} is not valid TOML: {wrong}. Mend it there and try again.", file=str(path), wrong=str(str(wrong).split(";")[0]))
        ) from None
    except RecursionError:
        raise error(worded("{file} is not valid TOML: it is nested too deep. Mend it there and try again.", file=str(path))) from None
    return recipe.read(data, where=str(path), error=error, line=lambda place, words: line_of(text, place, words))


def line_of(text: str, place: Sequence[str | int], words: str = "") -> int | None:
    """The line, from 1, of a place such as ("node", 3, "steps", 0) in the text of a TOML file; nothing where it cannot be told.

    A fault of the file as a whole (no place) is looked for by the first id its *words* quote.
    """
    lines = text.splitlines()
    if not place:
        named = re.search(r"'([^']+)'", words)
        return _first(lines, rf"^\s*id\s*=\s*[\"']{re.escape(named[1])}[\"']", 0, len(lines)) if named else None
    start, end, rest = _block(lines, place)
    if start is None:
        return _first(lines, _key(place[0]), 0, len(lines))
    keys = [part for part in rest if isinstance(part, str)]
    return (_first(lines, _key(keys[0]), start, end) if keys else None) or start + 1


def _block(lines: list[str], place: Sequence[str | int]) -> tuple[int | None, int, Sequence[str | int]]:
    """First and last line of the table that *place* starts with, and what of the place is left inside it."""
    starts = [(number, found[1]) for number, line in enumerate(lines) if (found := HEADER.match(line))]
    own = [number for number, name in starts if name == place[0]]
    count = place[1] if len(place) > 1 and isinstance(place[1], int) else 0
    if count >= len(own):
        return None, 0, ()
    start = own[count]
    end = next((number for number, name in starts if number > start and not name.startswith(f"{place[0]}.")), len(lines))
    return start, end, place[2:] if len(place) > 1 and isinstance(place[1], int) else place[1:]


def _key(name: str | int) -> str:
    return rf"^\s*\"?{re.escape(str(name))}\"?\s*="


def _first(lines: list[str], pattern: str, start: int, end: int) -> int | None:
    return next((number + 1 for number in range(start, end) if re.match(pattern, lines[number])), None)


def to_toml(data: Mapping[str, Any]) -> str:
    """TOML text of plain values: lists of tables as [[name]], tables as [name], whatever is in them on one line."""
    lines = []
    for name, value in data.items():
        tables = value if isinstance(value, list) and value and isinstance(value[0], dict) else [value] if isinstance(value, dict) else []
        head = f"[[{name}]]" if isinstance(value, list) else f"[{name}]"
        for table in tables:
            lines += [head, *(f"{key} = {_inline(one)}" for key, one in table.items()), ""]
        if not tables:
            lines.insert(0, f"{name} = {_inline(value)}")
    return "\n".join(lines).rstrip() + "\n"


def _inline(value: Any) -> str:  # noqa: ANN401  anything TOML can say
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{json.dumps(str(key), ensure_ascii=False)} = {_inline(one)}" for key, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_inline, value)) + "]"
    return json.dumps(value, ensure_ascii=False)
