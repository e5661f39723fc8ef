"""A card looked at as it would be taken in: ours held to all that a card must say, any other description judged by what it asks for."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geomap.boundaries.card import BoundaryCard
from geomap.datapackage.card_text import parsed
from geomap.datapackage.package import CARD
from geomap.errors import GeomapError, IntakeError
from geomap.intake.words import shown
from geomap.layers.card import LayerCard
from geomap.methodology.recipe import Methodology
from geomap.workspace.issues import Issues

LARGEST = 2_000_000
YAML = re.compile(r"^\s*(---|%YAML)|(^|\s)!{1,2}[A-Za-z]", re.MULTILINE)
NAME = re.compile(r"[a-z0-9][a-z0-9._-]*")
DIRECTIONS = ("higher_is_worse", "higher_is_better")
TRANSFORMS = ("none", "log", "sqrt", "rank", "reverse")
WORDS = {"id", "title", "file", "code_column", "value_column", "direction", "domain", "weight", "transform", "unit", "period", "licence", "source"}  # fmt: skip
RECIPES = {"methodology": Methodology, "issue": Issues}


def inspect_card(path: Path) -> tuple[str, ...]:
    """What the card in *path* says, in sentences; IntakeError (or CardError) with every fault when it cannot serve. Nothing it names is opened."""
    found = _document(path)
    if "resources" in found or any(key.startswith("geomap:") for key in found):
        return _ours(path, found)
    for key, recipe in RECIPES.items():
        if isinstance(found.get(key), dict | list):
            recipe.read(found, where=path.name, error=IntakeError)
            return (f"{path.name} can be used as it is.",)
    if faults := tuple(_faults(path, found)):
        raise IntakeError(f"{path.name} cannot be taken in; {len(faults)} thing(s) to mend:", faults)
    return (f"{path.name} describes {shown(found['id'])}: {shown(found.get('title', ''))}. 'geomap add' writes a {CARD} for its file.",)


def _ours(path: Path, found: dict[str, Any]) -> tuple[str, ...]:
    recipe = LayerCard if "geomap:kind" in found else BoundaryCard
    card = recipe.read(found, where=path.name, error=IntakeError)
    beside = path.parent.resolve()
    absent = [one.path for one in card.resources if not (beside / one.path).is_file()]
    away = [one.path for one in card.resources if not (beside / one.path).resolve().is_relative_to(beside)]
    faults = [f"the file {shown(name)} is a link that leads outside the folder of the card." for name in away]
    faults += [f"there is no file {shown(name)} beside the card; put it there, or correct the path." for name in absent]
    if faults:
        raise IntakeError(f"{path.name} cannot be taken in; {len(faults)} thing(s) to mend:", tuple(faults))
    return (f"{path.name} is the card of {shown(card.name)}: {shown(card.title)}.",)


def _document(path: Path) -> dict[str, Any]:
    """The file's object, from JSON or TOML, told by its bytes."""
    if not path.is_file():
        raise IntakeError(f"There is no file {path.name}. Check the name.")
    raw = path.read_bytes()[: LARGEST + 1]
    if len(raw) > LARGEST:
        raise IntakeError(f"{path.name} is too large for a card: at most {LARGEST:,} bytes are read.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        raise IntakeError(
            f"{path.name} is not UTF-8 text ({wrong.reason} at byte {wrong.start}); a card is JSON or TOML in UTF-8."
        ) from None
    is_json = text.lstrip().startswith(("{", "[")) and not _is_toml_table(text)
    found = parsed(text, where=path.name, error=IntakeError) if is_json else _toml(path, text)
    if not isinstance(found, dict):
        raise IntakeError(f"{path.name} must hold one JSON object in braces.")
    return found


def _is_toml_table(text: str) -> bool:
    """Whether the first line is a TOML heading such as [methodology], not the start of a JSON list."""
    return bool(re.match(r"\[{1,2}\s*[A-Za-z0-9_.\"-]+\s*\]{1,2}\s*(#.*)?(\n|$)", text.lstrip()))


def _toml(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as wrong:
        if YAML.search(text) or path.suffix.lower() in (".yaml", ".yml"):
            raise IntakeError(f"{path.name} is YAML, a type of file that is not read here: its tags can run programs. Write the card as {CARD}, or as TOML.") from None  # fmt: skip
        key = re.search(r'^\s*"?([\w.-]+)"?\s*=', (text.splitlines() or [""])[_line(wrong) - 1 : _line(wrong)][0]) if _line(wrong) else None
        about = f" The key {shown(key[1])} stands there a second time; leave one of them." if key and "overwrite" in str(wrong) else ""
        raise IntakeError(f"{path.name} is not valid TOML: {wrong}.{about} Mend it there and try again.") from None
    except (ValueError, RecursionError) as wrong:
        why = "it is nested too deep" if isinstance(wrong, RecursionError) else "a number in it has too many digits"
        raise IntakeError(f"{path.name} is not valid TOML: {why}. Mend it there and try again.") from None


def _line(wrong: tomllib.TOMLDecodeError) -> int:
    named = re.search(r"at line (\d+)", str(wrong))
    return int(named[1]) if named else 0


def _faults(path: Path, found: dict[str, Any]) -> Iterator[str]:
    """What a flat description (id, title, file, columns, direction) asks for that is not allowed, or leaves out."""
    for key in found:
        if key not in WORDS:
            yield f"{shown(key)} is not a word known here; check the spelling or take it out. The words are {sorted(WORDS)}."
    if not isinstance(found.get("id"), str) or not NAME.fullmatch(found["id"]):
        yield f"id: {shown(found.get('id', ''))} cannot be a name; use small letters, digits, dots and dashes, such as my-layer."
    yield from _file_faults(path, found.get("file"))
    if found.get("direction") not in DIRECTIONS:
        given = f"{shown(found['direction'])} is no direction" if "direction" in found else "the direction is missing"
        yield f"direction: {given}; say whether more is better or worse: {' or '.join(DIRECTIONS)}."
    weight = found.get("weight", 1.0)
    if isinstance(weight, bool) or not isinstance(weight, int | float) or not 0 < weight < float("inf"):
        yield f"weight: {shown(weight)} is no weight; it is a number above 0. To turn a number round, change its direction."
    if found.get("transform", "none") not in TRANSFORMS:
        yield f"transform: {shown(found['transform'])} is no transform known here, and nothing written in a card is ever run; there are {list(TRANSFORMS)}."


def _file_faults(path: Path, name: object) -> Iterator[str]:
    if not isinstance(name, str) or not name:
        yield "file: is missing; name the data file beside the card."
        return
    parts = Path(name).parts
    if Path(name).is_absolute() or ".." in parts or ":" in name or "\\" in name or "\0" in name:
        yield f"file: {shown(name)} leads outside the folder of the card; only a file inside it is read, no other folder, address or virtual path."
        return
    folder = path.parent.resolve()
    homes = (folder, *sorted(one for one in folder.iterdir() if one.is_dir()))
    here = next((home / name for home in homes if (home / name).is_file()), None)
    if here is None:
        yield f"file: there is no {shown(name)} beside the card or in a folder beside it; put it there, or correct the name."
    elif not here.resolve().is_relative_to(folder):
        yield f"file: {shown(name)} is a link that leads outside the folder of the card."


def outcome(path: Path) -> tuple[str, tuple[str, ...]]:
    """Loaded or refused, and the sentences that say so."""
    try:
        return "loaded", inspect_card(path)
    except GeomapError as wrong:
        return "refused", (wrong.message, *wrong.faults)
