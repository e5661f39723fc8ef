"""Small tables to be taken in, the places they speak of, and what became of them."""

import csv
import json
from pathlib import Path

import pandas as pd

from geomap.errors import IntakeError
from geomap.intake.tables import TakenTable, take_table
from tests.shared import SHARED

WARDS = pd.Series(["Abbey", "Bridge", "Castle", "Dene", "Easton", "Ferry"], index=[f"E0500000{n}" for n in range(1, 7)])
MUST = {"reject": "refused", "repair_warn": "repaired", "accept": "loaded"}
HOSTILE = SHARED / "data" / "hostile"


def manifest(*kinds: str) -> list[dict[str, str]]:
    """The rows of the corpus of these kinds; none where the corpus is not here."""
    path = HOSTILE / "MANIFEST.csv"
    return [row for row in csv.DictReader(path.open(encoding="utf-8")) if row["kind"] in kinds] if path.exists() else []


def reference(name: str) -> pd.Series:
    """Names of the corpus's places by code."""
    places = json.loads((HOSTILE / "_reference" / name).read_text(encoding="utf-8"))["features"]
    return pd.Series({place["properties"]["code"]: place["properties"]["name"] for place in places})


def write(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    """A file with this content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def column(folder: Path, cells: list[str], head: str = "value", **asked: object) -> TakenTable:
    """A table of the six wards with one column of these cells."""
    lines = [f'{code},"{cell}"' for code, cell in zip(WARDS.index, cells, strict=False)]
    return take_table(write(folder, "\n".join([f'code,"{head}"', *lines])), codes=WARDS.index[: len(cells)], names=WARDS, **asked)


def outcome(path: Path, **asked: object) -> tuple[str, str]:
    """Loaded, repaired or refused, and what was said."""
    try:
        table = take_table(path, **asked)
    except IntakeError as refused:
        return "refused", str(refused)
    said = "\n".join(f"{one.about}: {one}" for one in (*table.repairs, *table.notes))
    return "repaired" if table.repairs else "loaded", said
