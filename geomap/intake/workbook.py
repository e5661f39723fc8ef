"""Excel workbooks as rows of cells, read in the confined process: the zip is checked before anything in it is unpacked for good, and the sheet that is meant is found."""

import datetime as dt
import io
import re
import zipfile
from pathlib import Path
from typing import Any

from geomap.errors import IntakeError
from geomap.intake.findings import Findings
from geomap.intake.recognise import Kind
from geomap.intake.words import listed, shown
from geomap.worded import worded

UNPACKED, MEMBERS, RATIO = 200 * 2**20, 2_000, 300
UNSAFE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
UNSAFE_WIDE = (b"<\0!\0D\0O\0C\0T", b"\0<\0!\0D\0O\0C\0T")
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
NO_RESULT = re.compile(rb"(</(?:\w+:)?f>|<(?:\w+:)?f(?:\s[^>]*)?/>)\s*(<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>")
CELL = re.compile(rb'r="([A-Z]+[0-9]+)"')


def workbook_rows(path: Path, found: Findings, *, codes: frozenset[str] = frozenset()) -> tuple[list[list[str]], str]:
    """The rows of the sheet that holds the table, as text, and its name; the workbook is read in the confined process."""
    import pyarrow as pa

    from geomap.intake.apart import read_apart

    apart = read_apart("workbook", path, Kind.XLSX)
    try:
        answer = pa.ipc.open_stream(io.BytesIO(apart.body)).read_all()
        answer.validate(full=True)
    except (pa.ArrowInvalid, pa.ArrowException, OSError) as wrong:
        raise IntakeError(worded("{file} is damaged: its sheets cannot be read ({wrong}).", file=path.name, wrong=shown(wrong))) from None
    sheets = {str(name): [] for name in apart.head["sheets"]}
    for name, row in zip(answer["sheet"].to_pylist(), answer["row"].to_pylist(), strict=True):
        sheets[name].append(row)
    return _meant(sheets, path, found, codes)


def read(path: Path) -> tuple[dict[str, Any], Any]:
    """In the confined process: the names of the visible sheets, and an Arrow table with a row (a list of texts) for each of theirs."""
    import pyarrow as pa

    sheets = _sheets(path)
    rows = {"sheet": [name for name, some in sheets.items() for _ in some], "row": [row for some in sheets.values() for row in some]}
    return {"sheets": list(sheets)}, pa.table(rows, schema=pa.schema([("sheet", pa.string()), ("row", pa.list_(pa.string()))]))


def _sheets(path: Path) -> dict[str, list[list[str]]]:
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    raw = path.read_bytes()
    formulas = _check(raw, path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
        sheets = {
            name: [[_text(cell) for cell in row] for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]
            for name in visible
        }
    except (CalamineError, ValueError, OSError, OverflowError) as wrong:
        raise IntakeError(
            worded(
                "{file} is damaged: its sheets cannot be read ({wrong}). Open it in Excel and save it again.",
                file=path.name,
                wrong=str(type(wrong).__name__),
            )
        ) from None
    except BaseException as wrong:  # a fault inside the reader is told as one about the file
        if type(wrong).__name__ != "PanicException":
            raise
        raise IntakeError(
            worded("{file} is damaged: its sheets cannot be read. Open it in Excel and save it again.", file=path.name)
        ) from None
    if formulas:
        raise IntakeError(
            worded(
                "{file} holds {count} formula cells without a stored result: {examples}. Open it in Excel, let it calculate, save it again.",
                file=path.name,
                count=len(formulas),
                examples=listed(formulas),
            )
        )
    return sheets


def _meant(sheets: dict[str, list[list[str]]], path: Path, found: Findings, codes: frozenset[str]) -> tuple[list[list[str]], str]:
    tables = {name: rows for name, rows in sheets.items() if sum(sum(map(bool, row)) > 1 for row in rows) > 1}
    if not tables:
        raise IntakeError(
            worded(
                "{file} has no sheet with a table in it; its sheets are {sheets}. It may be empty.", file=path.name, sheets=listed(sheets)
            )
        )
    if len(tables) > 1 and codes:
        hits = {name: sum(any(cell.strip() in codes for cell in row) for row in rows) for name, rows in tables.items()}
        tables = {name: rows for name, rows in tables.items() if hits[name] and hits[name] == max(hits.values())} or tables
    if len(tables) > 1:
        lengths = {name: len(rows) for name, rows in tables.items()}
        largest = max(lengths, key=lengths.__getitem__)
        if any(length * 3 > lengths[largest] for name, length in lengths.items() if name != largest):
            raise IntakeError(
                worded(
                    "{file} has more than one sheet with a table: {tables}. Save the sheet that is meant as a workbook of its own.",
                    file=path.name,
                    tables=listed(tables),
                )
            )
        tables = {largest: tables[largest]}
    ((name, rows),) = tables.items()
    if len(sheets) > 1:
        found.repair(
            "sheet",
            worded(
                "The table was taken from the sheet {sheet}; passed over: {others}.",
                sheet=listed([name]),
                others=listed(other for other in sheets if other != name),
            ),
            1,
        )
    return rows, name


def _check(raw: bytes, path: Path) -> list[str]:
    """The addresses of formula cells without a result; IntakeError where the zip would do harm."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            inside = packed.infolist()
            size = sum(one.file_size for one in inside)
            if size > UNPACKED or (size > 20 * 2**20 and size > RATIO * len(raw)):
                raise IntakeError(
                    worded(
                        "{file} is too large when unpacked: {size} MB, at most {most} MB. Save only the sheet that is needed.",
                        file=path.name,
                        size=f"{size / 2**20:,.0f}",
                        most=str(UNPACKED // 2**20),
                    )
                )
            if len(inside) > MEMBERS or len({one.filename for one in inside}) < len(inside) or any(one.flag_bits & 1 for one in inside):
                raise IntakeError(
                    worded(
                        "{file} is no ordinary workbook: {count} parts, some twice or locked by a password. Save it again in Excel.",
                        file=path.name,
                        count=len(inside),
                    )
                )
            return [cell for one in inside for cell in _part(packed.read(one), one.filename, path)]
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ValueError, zipfile.zlib.error, RuntimeError) as wrong:
        raise IntakeError(
            worded(
                "{file} is damaged: the workbook cannot be unpacked ({wrong}). Save it again in Excel.",
                file=path.name,
                wrong=str(type(wrong).__name__),
            )
        ) from None


def _part(content: bytes, name: str, path: Path) -> list[str]:
    if name.endswith((".xml", ".rels")) and (UNSAFE.search(content) or any(mark in content for mark in UNSAFE_WIDE)):
        raise IntakeError(
            worded(
                "{file} holds unsafe XML in {name} (a document type or entity, which no spreadsheet needs). Ask where the file is from; save it again in Excel.",
                file=path.name,
                name=name,
            )
        )
    if not SHEET.fullmatch(name):
        return []
    return [(CELL.findall(content, max(0, hit.start() - 400), hit.start()) or [b"?"])[-1].decode() for hit in NO_RESULT.finditer(content)]


def _text(cell: Any) -> str:  # noqa: ANN401  whatever a cell may hold
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, dt.date | dt.time) else str(cell)
