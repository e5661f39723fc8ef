"""The edition ledger on disk: one line a release, each bound to the line before by its hash, where only the owner of the workspace reads."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import shapely

from geomap.disclosure.ledger import ENTRY, Ledger, Release
from geomap.editions.files import write_whole
from geomap.errors import DisclosureError
from geomap.worded import worded
from geomap.workspace.restricted import OWN, PRIVATE, RESTRICTED, SECRET, restricted_zone

LEDGER, HEAD, OUTLINES = "ledger.jsonl", "ledger.head", "outlines"
START = "0" * 64
FIRST_FORM = 1  # of lines that name none


def read_ledger(workspace: Path) -> Ledger:
    """Everything ever published from *workspace*; DisclosureError when a line was changed, taken out or cut off, for then nobody knows what was."""
    lines = _lines(workspace / RESTRICTED / LEDGER)
    records, previous = [], START
    for number, line in enumerate(lines, 1):
        records.append(_record(line, number, workspace))
        if records[-1]["previous"] != previous:
            raise _broken(workspace, worded("line {number} does not follow the line before it", number=str(number)))
        previous = _digest(line)
    _demand_whole(workspace, [_digest(line) for line in lines])
    return Ledger(tuple(_release(record, workspace / RESTRICTED) for record in records))


def append_release(workspace: Path, release: Release) -> None:
    """Adds *release* to the ledger of *workspace*, for ever; one that is there already is not added again."""
    ledger = read_ledger(workspace)
    if release.name in {one.name for one in ledger.releases}:
        return
    zone = restricted_zone(workspace)
    lines = _lines(zone / LEDGER)
    outlines = {name: _keep_outlines(zone, shapes) for name, shapes in sorted(release.outlines.items())}
    entries = release.entries[list(ENTRY)]
    table = {name: [None if value == np.inf else value for value in entries[name].tolist()] for name in ENTRY}
    previous = _digest(lines[-1]) if lines else START
    record = {"name": release.name, "previous": previous, "form": release.form, "outlines": outlines, "entries": table}
    line = json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    write_whole(zone / LEDGER, lambda work: work.write_text("\n".join([*lines, line]) + "\n", encoding="utf-8"))
    write_whole(zone / HEAD, lambda work: work.write_text(_digest(line) + "\n", encoding="utf-8"))


def hand_on(zone: Path, workspace: Path) -> None:
    """Gives *workspace* the record key and the whole ledger of the restricted zone *zone*, as they are; where that has none, nothing is made."""
    found = [path for path in (zone / SECRET, zone / LEDGER, zone / HEAD, *sorted((zone / OUTLINES).glob("*.json"))) if path.is_file()]
    for path in found:
        target = restricted_zone(workspace) / path.relative_to(zone)
        target.parent.mkdir(mode=PRIVATE, exist_ok=True)
        shutil.copyfile(path, target)
        target.chmod(OWN)


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()


def _demand_whole(workspace: Path, digests: list[str]) -> None:
    """Nothing, when the last line is the one the head names, or the one after it where the power failed between the two."""
    head = _lines(workspace / RESTRICTED / HEAD)
    if (head or digests) and (head[0] if head else START) not in ([START, *digests])[-2:]:
        raise _broken(workspace, worded("its last lines are missing"))


def _record(line: str, number: int, workspace: Path) -> dict[str, Any]:
    try:
        record = json.loads(line)
        if set(record) - {"form"} == {"name", "previous", "outlines", "entries"} and set(record["entries"]) == set(ENTRY):
            return {"form": FIRST_FORM} | record
    except (json.JSONDecodeError, TypeError):
        pass
    raise _broken(workspace, worded("line {number} is not a release", number=str(number)))


def _release(record: Mapping[str, Any], zone: Path) -> Release:
    entries = pd.DataFrame(record["entries"])
    entries["high"] = entries["high"].astype(float).fillna(np.inf)
    outlines = {}
    for name, digest in record["outlines"].items():
        text = (zone / OUTLINES / f"{digest}.json").read_text(encoding="utf-8")
        if _digest(text) != digest:
            raise _broken(zone.parent, worded("the outlines of '{name}' were changed", name=name))
        outlines[name] = {code: shapely.from_wkb(shape) for code, shape in json.loads(text).items()}
    return Release(record["name"], entries, outlines, record["form"])


def _keep_outlines(zone: Path, shapes: Mapping[str, shapely.Geometry]) -> str:
    text = json.dumps({code: shapely.to_wkb(shape, hex=True) for code, shape in sorted(shapes.items())})
    digest = _digest(text)
    (zone / OUTLINES).mkdir(mode=PRIVATE, exist_ok=True)
    if not (zone / OUTLINES / f"{digest}.json").is_file():
        write_whole(zone / OUTLINES / f"{digest}.json", lambda work: work.write_text(text, encoding="utf-8"))
    return digest


def _broken(workspace: Path, what: str) -> DisclosureError:
    return DisclosureError(
        worded(
            "{file} was changed: {what}. Nothing may be published until the ledger is back as it was; restore it from a copy.",
            file=str(workspace / RESTRICTED / LEDGER),
            what=what,
        )
    )
