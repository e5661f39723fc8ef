"""Text as rows of cells: the separator is told from the text; quotes that do not close and rows of another length are refused."""

import csv
import io
from collections import Counter
from pathlib import Path

from geomap.errors import IntakeError
from geomap.intake.findings import Findings
from geomap.worded import worded

SEPARATORS = (",", ";", "\t", "|")
LONGEST_CELL = 1_000_000
MOST_COLUMNS = 10_000
SAMPLE = 200


def rows_of(text: str, path: Path, found: Findings) -> tuple[list[list[str]], str]:
    """All rows as lists of cells, and the separator; a line that names it ("sep=;") is passed over."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if (first := text.partition("\n"))[0].strip().strip('"').lower().startswith("sep=") and len(first[0].strip().strip('"')) == 5:
        found.repair("header", worded("The first line only names the separator; passed over."), 1)
        return _read("\n" + first[2], first[0].strip().strip('"')[4], path), first[0].strip().strip('"')[4]
    separator = separator_of(text)
    return _read(text, separator, path), separator


def separator_of(text: str) -> str:
    """The separator that cuts most lines into the same number of pieces, more than one; a comma where none does."""
    start = text[:200_000]
    if len(text) > len(start):
        start = start.rpartition("\n")[0] or start

    def fit(separator: str) -> tuple[float, int]:
        try:
            widths = Counter(
                len(row) for row, _ in zip(csv.reader(io.StringIO(start), delimiter=separator), range(SAMPLE), strict=False) if row
            )
        except csv.Error:
            return 0.0, 0
        wide = {width: lines for width, lines in widths.items() if width > 1}
        if not wide:
            return 0.0, 0
        width, lines = max(wide.items(), key=lambda one: (one[1], one[0]))
        return lines / sum(widths.values()), width

    return max(SEPARATORS, key=fit)


def _read(text: str, separator: str, path: Path) -> list[list[str]]:
    limit = csv.field_size_limit(LONGEST_CELL)
    reader, rows = csv.reader(io.StringIO(text), delimiter=separator, strict=True), []
    try:
        rows.extend(reader)
    except csv.Error as wrong:
        raise IntakeError(_why(str(wrong), len(rows) + 1, path)) from None
    finally:
        csv.field_size_limit(limit)
    widest = max(map(len, rows), default=0)
    if widest > MOST_COLUMNS:
        raise IntakeError(
            worded(
                "{file} has {widest} columns; at most {most} are read. Keep those that are needed.",
                file=path.name,
                widest=widest,
                most=MOST_COLUMNS,
            )
        )
    if reader.line_num == len(rows):  # no cell goes on in the next line
        return rows
    if swallowed := [row for row, cells in enumerate(rows, 1) if any(_swallows(cell, separator, len(rows[0])) for cell in cells)]:
        raise IntakeError(
            worded(
                "{file}, row {row}: a quote opens and closes only on a later line, so that whole rows are inside one cell. Mend the quote.",
                file=path.name,
                row=str(swallowed[0]),
            )
        )
    return rows


def _swallows(cell: str, separator: str, width: int) -> bool:
    return width > 2 and "\n" in cell and any(line.count(separator) == width - 1 for line in cell.split("\n")[1:-1])


def _why(wrong: str, row: int, path: Path) -> str:
    if "field larger" in wrong:
        return worded(
            "{file}, row {row}: a cell is too long, more than {most} characters. Take it out; tables of places need no such text.",
            file=path.name,
            row=str(row),
            most=LONGEST_CELL,
        )
    return worded(
        "{file}, row {row}: a quote is not closed, or text follows a closing quote, so that rows run into one another. Mend the quote there.",
        file=path.name,
        row=str(row),
    )
