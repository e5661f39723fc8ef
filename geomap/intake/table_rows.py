"""The rows of a table as text, from the bytes of a text file or a workbook."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geomap.errors import IntakeError
from geomap.intake.delimited import rows_of
from geomap.intake.findings import Findings
from geomap.intake.table_kind import bytes_of, kind_of
from geomap.intake.text import CONTROL, decode
from geomap.intake.words import shown
from geomap.worded import worded


@dataclass(frozen=True)
class Source:
    """Where rows come from: the encoding and the separator of a text file, the sheet of a workbook."""

    encoding: str = "utf-8"
    separator: str = ","
    sheet: str = ""


def rows_in(path: Path, found: Findings, *, codes: pd.Index | None = None, encoding: str = "") -> tuple[list[list[str]], Source]:
    """All rows, and where they come from; *codes* of places tell which sheet of a workbook is meant, *encoding* how a text is written."""
    raw = bytes_of(path)
    if kind_of(raw, path) == "workbook":
        from geomap.intake.workbook import workbook_rows

        known = frozenset(map(str, codes)) if codes is not None else frozenset()
        rows, sheet = workbook_rows(path, found, codes=known)
        if hit := next((at for at, row in enumerate(rows, 1) if any(map(CONTROL.search, row))), 0):
            raise IntakeError(
                worded(
                    "{file} holds a control character in row {row} of the sheet {sheet}. Take it out and save it again.",
                    file=path.name,
                    row=str(hit),
                    sheet=shown(sheet),
                )
            )
        return rows, Source(sheet=sheet)
    text = decode(raw, path, found, declared=encoding)
    rows, separator = rows_of(text.characters, path, found)
    return rows, Source(text.encoding, separator)
