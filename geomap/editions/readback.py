"""Whether a folder holds what was meant to be written into it: read back and counted, before anybody is pointed to it.

A full disk has been seen to cut a file short while its writer reported success; so nothing is believed that was not read again.
"""

from collections.abc import Sequence
from pathlib import Path

from geomap.assessment.assessment import Assessment
from geomap.editions.edition import Edition
from geomap.editions.manifest import read_manifest
from geomap.editions.verify import differences
from geomap.errors import EditionError


def demand_as_written(folder: Path, assessments: Sequence[Assessment]) -> None:
    """Nothing, when the edition in *folder* holds all of *assessments*; else EditionError with everything that is short."""
    faults = list(differences(folder))
    if not faults:
        faults = _counted(Edition(folder, read_manifest(folder)), assessments)
    if faults:
        raise EditionError("What was written cannot be read back, so no edition was made. Is the disk full?", tuple(faults))


def _counted(edition: Edition, assessments: Sequence[Assessment]) -> list[str]:
    return [fault for meant in assessments for fault in _short(meant, edition)]


def _short(meant: Assessment, edition: Edition) -> list[str]:
    try:
        found = edition.level(meant.level)
    except (ValueError, KeyError, TypeError) as wrong:
        return [f"the level '{meant.level}' cannot be read: {wrong}"]
    faults = []
    if list(found.places.index) != list(meant.places.index):
        faults.append(f"the level '{meant.level}' holds {len(found.places)} of {len(meant.places)} places")
    if absent := [node.id for node in meant.nodes if node.id not in found.numbers]:
        faults.append(f"the level '{meant.level}' has no numbers of {absent}")
    for name, table in found.numbers.items():
        known, wanted = int(table["value"].notna().sum()), int(meant.numbers[name]["value"].notna().sum())
        if known != wanted or not table["status"].reset_index(drop=True).equals(
            meant.numbers[name]["status"].astype(str).reset_index(drop=True)
        ):
            faults.append(f"'{name}' of the level '{meant.level}' has {known} of {wanted} values")
    return faults
