"""The register of what was published: a number for each edition, its hash, and the method it was made by."""

import json
from pathlib import Path

from pydantic import Field

from geomap._json import read_json
from geomap._recipe import Recipe
from geomap.datapackage.package import CARD, sha256
from geomap.editions.kept_list import write_kept
from geomap.errors import EditionError

FILE = "published.json"


class Entry(Recipe):
    """One publication. manifest: the SHA-256 of its datapackage.json; method: the fingerprint of what its numbers rest on; date: when it was published."""

    number: int = Field(ge=1)
    edition: str
    manifest: str
    period: str
    version: str
    method: str
    tier: str
    date: str


class _Register(Recipe):
    published: tuple[Entry, ...] = ()


def read_register(editions: Path) -> tuple[Entry, ...]:
    """What was published from the folder *editions*, oldest first; EditionError when the register is damaged."""
    remedy = "Bring back a good copy; it is not written anew by itself."
    found = read_json(editions / FILE, _Register, error=EditionError, what="the register of what was published", remedy=remedy)
    return found.published if found else ()


def published_as(folder: Path) -> Entry | None:
    """The entry of the edition in *folder*, or nothing for a draft; of an edition outside its folder of editions nothing is known."""
    return next((entry for entry in read_register(folder.resolve().parent) if entry.edition == folder.resolve().name), None)


def enter(folder: Path, *, method: str, date: str) -> Entry:
    """The entry of the edition in *folder*, which is written into the register unless it stands there; whoever calls holds the lock."""
    known = read_register(folder.parent)
    for entry in known:
        if entry.edition == folder.name:
            return entry
    about = json.loads((folder / CARD).read_text(encoding="utf-8"))
    told = about["geomap:edition"]
    entry = Entry(
        number=len(known) + 1, edition=folder.name, manifest=sha256(folder / CARD), period=told["period"], version=about["version"], method=method,
        tier=told["tier"], date=date,
    )  # fmt: skip
    write_kept(folder.parent / FILE, "published", (*known, entry))
    return entry
