"""The Data Package that lies beside exported files and says what is in them."""

import json
from pathlib import Path
from typing import Any

from geomap.assessment.assessment import Assessment
from geomap.assessment.columns import describe
from geomap.datapackage.package import CARD, sha256
from geomap.editions.files import write_json, write_whole
from geomap.errors import UsageError


def describe_beside(path: Path, assessment: Assessment, media: str) -> Path:
    """datapackage.json beside *path*, with the meaning of every column; other files it describes already are kept."""
    card = path.parent / CARD
    found = _existing(card)
    resource = {
        "name": path.stem.lower().replace(" ", "-"), "path": path.name, "format": path.suffix.lstrip("."), "mediatype": media,
        "title": f"{assessment.title}, {assessment.period}", "bytes": path.stat().st_size, "hash": f"sha256:{sha256(path)}",
        "schema": {"fields": [column.as_field() for column in describe(assessment)], "primaryKey": ["code"]},
    }  # fmt: skip
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json", "name": f"{assessment.city}-{assessment.period}", "title": assessment.title,
        "geomap:export": True, "geomap:fingerprint": assessment.fingerprint, "geomap:level": assessment.level, "geomap:caveats": list(assessment.caveats),
        "resources": [*(other for other in found.get("resources", []) if other.get("path") != path.name), resource],
    }  # fmt: skip
    write_whole(card, lambda work: write_json(work, package))
    return card


def _existing(card: Path) -> dict[str, Any]:
    if not card.is_file():
        return {}
    found = json.loads(card.read_text(encoding="utf-8"))
    if "geomap:export" not in found:
        raise UsageError(f"{card} belongs to other data (a layer, a boundary set or an edition). Export into another folder.")
    return found
