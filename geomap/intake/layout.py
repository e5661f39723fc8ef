"""Where the table is within a sheet: lines above the header, notes below, empty rows and columns, rows of another length, doubled heads."""

import re
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.intake.findings import Findings
from geomap.intake.words import listed, shown
from geomap.worded import worded

DEEPEST = 60
NOTE = re.compile(
    r"^\W*(notes?\b|sources?\b|©|\(c\) crown|copyright|footnotes?\b|\[?[0-9a-z]{1,2}[\]).:]\s|\*|†|this (table|file)|data (are|is|from)|contact|contains|updated|published|see )",
    re.IGNORECASE,
)
YEAR = re.compile(r"(19|20)[0-9]{2}([-/_. ]?(0[1-9]|1[0-2]|[0-9]{2}|Q[1-4]))?")
NAMELESS = "column_"


@dataclass(frozen=True)
class Sheet:
    """cells: all text, the index counts rows as the file does; doubled: heads that stand twice; bare: whether no head stands above the data."""

    cells: pd.DataFrame
    doubled: tuple[str, ...] = ()


def lay_out(rows: list[list[str]], found: Findings) -> Sheet:
    """The table in *rows*; *found* grows by what was left out and by what is refused."""
    filled = np.array([sum(map(bool, map(str.strip, row))) for row in rows])
    if not filled.any():
        found.fault(worded("The file is empty: no cell in it is filled. Export it again."))
        return Sheet(pd.DataFrame())
    top = _header(rows, filled)
    head = [cell.strip() for cell in rows[top]]
    width = max(at for at, cell in enumerate(head, 1) if cell)
    if top and filled[:top].any():
        above = [" ".join(filter(None, row)) for row in rows[:top] if any(row)]
        found.repair(
            "header",
            worded("The header is row {row}; {count} line(s) above it were passed over.", row=str(top + 1), count=len(above)),
            len(above),
            tuple(map(shown, above)),
        )
    body, end = list(range(top + 1, len(rows))), _notes(rows, filled, top, width)
    if end < len(rows):
        below = [" ".join(filter(None, row)).strip() for row in rows[end:] if any(row)]
        found.repair(
            "note",
            worded(
                "{count} line(s) of notes below the table were passed over; read them, they may say what the numbers mean.",
                count=len(below),
            ),
            len(below),
            tuple(map(shown, below)),
        )
    body = [row for row in body if row < end]
    empty = [row for row in body if not filled[row]]
    last = max((row for row in body if filled[row]), default=0)
    if inside := [row for row in empty if row < last]:
        found.repair(
            "empty rows",
            worded("{count} empty row(s) within the table were passed over.", count=len(inside)),
            len(inside),
            tuple(f"row {row + 1}" for row in inside),
        )
    body = [row for row in body if filled[row]]
    if not body:
        found.fault(worded("The table has a header but no rows below it. Export it again with its data."))
        return Sheet(pd.DataFrame(columns=head[:width]))
    width = max(width, max((at for row in body[:1000] for at, cell in enumerate(rows[row][: len(head)], 1) if cell.strip()), default=0))
    _lengths(rows, body, width, found)
    if found.faults:
        return Sheet(pd.DataFrame(columns=head[:width]))
    cut = [rows[row][:width] + [""] * (width - len(rows[row])) for row in body]
    return _headed(pd.DataFrame(cut, index=np.array(body) + 1, dtype="object"), rows[top][:width] + [""] * (width - len(rows[top])), found)


def _header(rows: list[list[str]], filled: np.ndarray) -> int:
    """The first row as full as rows are on the whole; a title or a source above fills fewer cells."""
    usual = np.median(filled[filled > 0][:5000])
    if usual < 2 and filled.max() >= 2:
        usual = min(count for count in filled if count >= 2)
    for row in range(min(len(rows), DEEPEST)):
        if filled[row] >= max(1, 0.6 * usual) and (filled[row] > 1 or usual <= 1):
            return row
    return int(np.argmax(filled > 0))


def _notes(rows: list[list[str]], filled: np.ndarray, top: int, width: int) -> int:
    """The row at which the table ends and notes begin."""
    if width < 2:
        return len(rows)
    end = len(rows)
    while end > top + 1 and filled[end - 1] <= 1 and (not filled[end - 1] or _is_note(rows, filled, end - 1, top)):
        end -= 1
    return end if any(filled[end:]) else len(rows)


def _is_note(rows: list[list[str]], filled: np.ndarray, row: int, top: int) -> bool:
    text = next(cell for cell in rows[row] if cell.strip()).strip()
    first = bool(rows[row][0].strip())
    apart = not filled[row - 1] or NOTE.match(text) or len(text.split()) > 3
    return first and bool(apart) and _shape(text) not in {_shape(one[0].strip()) for one in rows[top + 1 : min(top + 6, row)] if one}


def _shape(text: str) -> str:
    return re.sub("[a-z]", "a", re.sub("[A-Z]", "A", re.sub("[0-9]", "9", text)))


MORE = worded(
    "{count} row(s) have more cells than the table has columns ({width}): row {rows}. A separator within a value needs quotes around it."
)
FEWER = worded(
    "{count} row(s) have fewer cells than the table has columns ({width}): row {rows}. A separator within a value needs quotes around it."
)


def _lengths(rows: list[list[str]], body: list[int], width: int, found: Findings) -> None:
    long = [row for row in body if len(rows[row]) > width and any(cell.strip() for cell in rows[row][width:])]
    usual = Counter(len(rows[row]) for row in body).most_common(1)[0][0]
    short = [row for row in body if len(rows[row]) < min(width, usual)]
    for wrong, words in ((long, MORE), (short, FEWER)):
        if wrong:
            found.fault(words.format(count=f"{len(wrong):,}", width=width, rows=", ".join(str(row + 1) for row in wrong[:10])))


def _headed(cells: pd.DataFrame, head: list[str], found: Findings) -> Sheet:
    names = [re.sub(r"\s+", " ", re.sub("[\u200b-\u200d\u2060\ufeff]", "", name)).strip() for name in head]
    padded = [raw for raw, name in zip(head, names, strict=True) if raw != name]
    if padded:
        found.repair(
            "header",
            worded("{count} column header(s) had spaces, line breaks or signs that do not show; taken off.", count=len(padded)),
            len(padded),
            tuple(map(shown, padded)),
        )
    blank = [at for at, name in enumerate(names) if not name]
    void = [at for at in blank if not cells[at].str.strip().any()]
    if void:
        found.repair(
            "empty columns", worded("{count} column(s) without header and without values were left out.", count=len(void)), len(void)
        )
    if nameless := [at for at in blank if at not in void]:
        found.repair(
            "header",
            worded("{count} column(s) have no header; named after their place.", count=len(nameless)),
            len(nameless),
            tuple(NAMELESS + str(at + 1) for at in nameless),
        )
    kept = [at for at in range(len(names)) if at not in set(void)]
    names = [names[at] or NAMELESS + str(at + 1) for at in kept]
    if bare := _bare(cells[kept], names):
        found.fault(
            worded(
                "The table has no header: its first row, {bare}, looks like data. Write a row with the names of the columns above it.",
                bare=listed(bare),
            )
        )
    doubled = tuple(name for name, times in Counter(names).items() if times > 1)
    if doubled:
        found.fault(
            worded(
                "{count} column header(s) stand more than once: {doubled}. Give each column a name of its own.",
                count=len(doubled),
                doubled=listed(doubled),
            )
        )
    cells = cells[kept]
    cells.columns = pd.Index(names, dtype="object")
    return Sheet(cells, doubled)


def _bare(cells: pd.DataFrame, names: list[str]) -> list[str]:
    """The heads, where they are made like the cells below them."""
    for at, name in enumerate(names):
        shape = _shape(name)
        if "9" in shape and not YEAR.fullmatch(name) and not name.startswith(NAMELESS):
            below = cells.iloc[:200, at].str.strip()
            below = below[below != ""]
            alike = below.map(_shape) == shape if re.search("[A-Za-z]", shape) else below.str.fullmatch(r"-?[0-9]+([.,][0-9]+)?")
            if (
                len(below)
                and alike.mean() > 0.8
                and name not in set(below)
                and (re.search("[A-Za-z]", shape) is None or len(set(below)) > 1)
                and _others_too(cells, names, at)
            ):
                return names
    return []


def _others_too(cells: pd.DataFrame, names: list[str], but: int) -> bool:
    """Whether no head describes a column of numbers by a word; a table of codes "Q1" to "Q9" has one that does."""
    return not any(
        at != but and not re.fullmatch(r"-?[0-9.,]+", name) and cells.iloc[:50, at].str.fullmatch(r"-?[0-9]+([.,][0-9]+)?").any()
        for at, name in enumerate(names)
    )
