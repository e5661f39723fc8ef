"""The edition's numbers as an Excel workbook: a row a place, what every column means, and what must be read beside them."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.columns import describe, exported
from geomap.editions.beside import write_described
from geomap.statistics.rounding import significant

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ALWAYS = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook bears a time of its making; the same numbers give the same bytes
PLAIN = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
LONGEST = 32_767  # signs in a cell of Excel


def write_workbook(assessment: Assessment, path: Path) -> tuple[Path, ...]:
    """The files written: *path* with the sheets Numbers, Columns and Please read, and datapackage.json beside it.

    Texts are written as texts, so none runs as a formula and none is a link; a number that is withheld or unknown is an empty cell, and the column beside it says which.
    """
    return write_described(path, assessment, MEDIA, lambda work: _write(assessment, work))


def _write(assessment: Assessment, path: Path) -> None:
    from xlsxwriter import Workbook

    table = exported(assessment)
    columns = describe(assessment)
    read = [("About", text) for text in (assessment.title, assessment.period, f"Method {assessment.fingerprint}")]
    read += [("Please read", caveat) for caveat in assessment.caveats]
    with Workbook(path, PLAIN) as book:
        book.set_properties({"title": assessment.title, "created": ALWAYS})
        bold = book.add_format({"bold": True})
        _fill(book.add_worksheet("Numbers"), bold, list(table.columns), _rows(table), frozen=2)
        _fill(
            book.add_worksheet("Columns"),
            bold,
            ["column", "title", "unit", "meaning"],
            ((one.name, one.title, one.unit, one.description) for one in columns),
        )
        _fill(book.add_worksheet("Please read"), bold, ["what", "text"], read)


def _rows(table: pd.DataFrame) -> Iterable[Sequence[Any]]:
    plain = table.assign(**{name: significant(table[name]) for name in table.columns if table[name].dtype.kind == "f"}).astype(object)
    return plain.where(plain.notna(), None).itertuples(index=False, name=None)


def _fill(sheet: Any, bold: Any, head: Sequence[str], rows: Iterable[Sequence[Any]], *, frozen: int = 0) -> None:  # noqa: ANN401  xlsxwriter has no types
    for column, name in enumerate(head):
        sheet.write_string(0, column, name, bold)
    last = 0
    for last, row in enumerate(rows, start=1):  # a workbook is written cell by cell
        for column, value in enumerate(row):
            if value is None:
                continue
            if isinstance(value, str):
                sheet.write_string(last, column, value[:LONGEST])
            else:
                sheet.write_number(last, column, value)
    sheet.freeze_panes(1, frozen)
    sheet.autofilter(0, 0, last, len(head) - 1)
