"""The manifest of an edition: its datapackage.json, read back and held to what must stand in it."""

import json
from pathlib import Path
from typing import Any

from pydantic import Field

from geomap.datapackage.package import CARD, Standard
from geomap.errors import EditionError


class _Head(Standard):
    level: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$")
    one: str
    many: str
    period: str
    places: int
    caveats: tuple[str, ...]


class _About(Standard):
    city: str
    title: str
    period: str
    tier: str
    fingerprint: str
    baseline: str
    draws: int
    seed: int
    levels: tuple[_Head, ...] = Field(min_length=1)


class _File(Standard):
    path: str
    hash: str


class _Manifest(Standard):
    version: str
    about: _About = Field(alias="geomap:edition")
    inputs: dict[str, str] = Field(alias="geomap:inputs")
    registers: dict[str, str] = Field(alias="geomap:registers")
    tables: dict[str, str] = Field(default_factory=dict, alias="geomap:tables")
    resources: tuple[_File, ...] = Field(min_length=1)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of the edition in *folder*; EditionError when it was cut, emptied or is not one."""
    where = f"The edition {folder} is damaged, build it again: its {CARD}"
    try:
        manifest = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError) as wrong:
        raise EditionError(f"{where} is not valid JSON: {wrong}.") from None
    _Manifest.read(manifest, where=where, error=EditionError)
    return manifest
