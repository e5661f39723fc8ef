"""The Data Package that lies beside exported files and says what is in them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from geomap.assessment.assessment import Assessment
from geomap.assessment.columns import describe
from geomap.datapackage.package import CARD, card_in, sha256
from geomap.editions.files import write_json, write_whole
from geomap.errors import UsageError
from geomap.worded import worded


def write_described(path: Path, assessment: Assessment, media: str, write: Callable[[Path], None]) -> tuple[Path, ...]:
    """The files written: *path*, by *write*, and datapackage.json beside it; a folder that holds other data is refused before a byte is written."""
    others = _others(path)
    write_whole(path, write)
    return path, _describe(path, assessment, media, others)


def _describe(path: Path, assessment: Assessment, media: str, others: list[dict[str, Any]]) -> Path:
    """datapackage.json beside *path*, with the meaning of every column; *others* are files it describes already."""
    card = path.parent / CARD
    resource = {
        "name": path.stem.lower().replace(" ", "-"), "path": path.name, "format": path.suffix.lstrip("."), "mediatype": media,
        "title": f"{assessment.title}, {assessment.period}", "bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}",
        "schema": {"fields": [column.as_field() for column in describe(assessment)], "primaryKey": ["code"]},
    }  # fmt: skip
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": f"{assessment.city}-{assessment.period}", "title": assessment.title,
        "geomap:export": True, "geomap:fingerprint": assessment.fingerprint, "geomap:level": assessment.level, "geomap:caveats": list(assessment.caveats),
        "resources": [*others, resource],
    }  # fmt: skip
    write_whole(card, lambda work: write_json(work, package))
    return card


def _others(path: Path) -> list[dict[str, Any]]:
    """What the card beside *path* says of other exported files; UsageError when the card is of a layer, a boundary set or an edition."""
    card = path.parent / CARD
    if not card.is_file():
        return []
    found = card_in(path.parent)
    if "geomap:export" not in found:
        raise UsageError(
            worded("{card} belongs to other data (a layer, a boundary set or an edition). Export into another folder.", card=str(card))
        )
    return [other for other in found.get("resources", []) if other.get("path") != path.name]
