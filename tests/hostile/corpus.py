"""The corpus: what each file is, what must become of it, and which words the message must hold."""

import csv
from dataclasses import dataclass
from pathlib import Path

from tests.shared import SHARED

FOLDER = SHARED / "data" / "hostile"
ROLES = {
    "boundary": "boundary", "table": "table", "table-privacy": "table", "xlsx": "table", "survey": "survey", "raster": "raster", "catalog": "card",
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One file of the corpus."""

    file: str
    kind: str
    must: str
    about: str

    @property
    def path(self) -> Path:
        """Where it lies."""
        return FOLDER / self.file

    @property
    def role(self) -> str:
        """As what it is inspected."""
        return ROLES[self.kind]

    @property
    def boundaries(self) -> Path:
        """The places that it must fit."""
        return (
            FOLDER
            / "_reference"
            / ("wards_leading_zero.geojson" if "leading" in self.file or self.about == "leading zero" else "wards.geojson")
        )


def cases(*kinds: str) -> list[Case]:
    """All cases, or those of the *kinds*; none where the corpus is not here."""
    manifest = FOLDER / "MANIFEST.csv"
    if not manifest.exists():
        return []
    with manifest.open(encoding="utf-8", newline="") as file:
        rows = [Case(row["file"], row["kind"], row["must"], row["message_about"]) for row in csv.DictReader(file)]
    return [case for case in rows if not kinds or case.kind in kinds]


def verdict(case: Case, outcome: str, messages: str) -> str:
    """Blank when all is as it must be, else "silent read" or "wrong refusal", and why."""
    said = case.about.lower() in messages.lower()
    if case.must.startswith("accept"):
        return "" if outcome != "refused" else f"wrong refusal: {messages[:300]}"
    if outcome == "loaded" or (case.must == "reject" and outcome != "refused"):
        return f"silent read: {outcome}, but must {case.must}"
    return "" if said else f"silent read: {outcome}, but '{case.about}' is not said: {messages[:300]}"
