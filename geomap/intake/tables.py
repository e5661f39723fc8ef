"""The one call for a table: from a file's bytes to typed columns with a record of repairs, or a refusal that names every fault."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geomap.errors import IntakeError
from geomap.intake import join, margins, sense
from geomap.intake.columns import Columns, read_columns
from geomap.intake.delimited import rows_of
from geomap.intake.findings import Findings
from geomap.intake.layout import lay_out
from geomap.intake.personal import looks_like_facilities, refuse_personal
from geomap.intake.record import Repair
from geomap.intake.survey import check_survey
from geomap.intake.table_kind import bytes_of, kind_of
from geomap.intake.text import CONTROL, decode
from geomap.intake.transposed import lies_on_its_side, put_upright
from geomap.intake.words import listed, shown

PERIOD = re.compile(r"(19|20)[0-9]{2}([-/_. ]?([0-9]{2}|Q[1-4]))?")
X, Y = (
    re.compile(r"^(lon|long|lng|longitude|x|easting|gc_longitude|x_?coord.*)$", re.IGNORECASE),
    re.compile(r"^(lat|latitude|y|northing|gc_latitude|y_?coord.*)$", re.IGNORECASE),
)


@dataclass(frozen=True)
class TakenTable:
    """A table that was taken in.

    frame: typed columns, rows counted as in the file. cells: the same as text, fit to be written as CSV. types: of each column.
    suppressed: per column which cells the source withholds; intervals: between which numbers those lie, where their mark says so.
    repairs: what was mended or is in doubt; notes: what is so. key: the column of codes; matched: rows that belong to a place, where
    boundaries were given. as_written: whether the file's own bytes can be read with encoding and separator, so that no copy is needed.
    """

    path: Path
    frame: pd.DataFrame
    cells: pd.DataFrame
    types: Mapping[str, str]
    suppressed: Mapping[str, np.ndarray]
    intervals: Mapping[str, pd.DataFrame]
    marks: tuple[str, ...]
    repairs: tuple[Repair, ...]
    notes: tuple[Repair, ...]
    key: str = ""
    matched: int | None = None
    encoding: str = "utf-8"
    separator: str = ","
    sheet: str = ""
    points: tuple[str, str] | None = None

    @property
    def rows(self) -> int:
        """Rows taken in."""
        return len(self.frame)

    @property
    def as_written(self) -> bool:
        """Whether the file itself reads the same with its encoding and separator."""
        return not self.repairs and not self.sheet and self.encoding.startswith("utf-8")


@dataclass(frozen=True)
class Asked:
    """What a person said of the file: the places it speaks of, that its names are meant, that people answered."""

    codes: pd.Index | None = None
    names: pd.Series | None = None
    others: Mapping[str, pd.Index] = field(default_factory=dict)
    by_name: bool = False
    least_match: float = 0.95
    survey: bool = False
    dont_know: tuple[int, ...] = ()
    repeats: bool = False


def take_table(  # noqa: PLR0913  one question a keyword
    path: Path, *, survey: bool = False, codes: pd.Index | None = None, names: pd.Series | None = None,
    others: Mapping[str, pd.Index] | None = None, by_name: bool = False, least_match: float = 0.95, dont_know: tuple[int, ...] = (),
    repeats: bool = False,
) -> TakenTable:  # fmt: skip
    """The table in *path*, joined to *codes* where given; IntakeError lists every fault.

    names: of the places, by code. others: codes of other boundary sets, to say which would fit better. by_name: names in the file are
    meant where it has no codes. least_match: the share of rows that must match. dont_know: answers of a survey that are none.
    repeats: a place may have many rows, such as one an answer, which is then told and no fault.
    """
    return _take(path, Asked(codes, names, others or {}, by_name, least_match, survey, dont_know, repeats))


def _take(path: Path, asked: Asked) -> TakenTable:
    found = Findings()
    rows, source = _rows(path, asked, found)
    cells = lay_out(rows, found).cells
    if cells.empty:
        found.refuse_if_faulty(path)
    if len(set(cells.columns)) < len(cells.columns):
        refuse_personal(cells.loc[:, ~cells.columns.duplicated()], found)
        found.refuse_if_faulty(path)
    if places := lies_on_its_side(cells, asked.codes, asked.names):
        cells = put_upright(cells, places, found)
    refuse_personal(cells, found)
    joined = join.find_places(cells, asked, found, points=_points(cells))
    if joined.key:
        cells = (
            cells.assign(**{joined.key: joined.written})
            if joined.key in cells
            else pd.concat([joined.written.rename(joined.key), cells], axis=1)
        )
    total = margins.total_rows(cells, "" if joined.points else joined.key, joined.codes)
    totals, cells = cells[total], cells[~total]
    codes = None if joined.codes is None else joined.codes[~total]
    away = join.of_other_regions(replace(joined, codes=codes), cells, asked)
    if away.any():
        some = tuple(map(shown, cells.loc[away, joined.key].unique()[:3]))
        found.repair(
            "other regions",
            f"The table is of a larger region: {int(away.sum()):,} rows of places elsewhere were set aside.",
            int(away.sum()),
            some,
        )
        cells, codes = cells[~away], codes[~away]
    if cells.empty:
        found.fault("No rows are left: all are totals of larger areas.")
        found.refuse_if_faulty(path)
    read = read_columns(cells, source.separator, found, text=frozenset({joined.key} - {""}))
    margins.tell_totals(totals, read.numbers, found)
    _values(read, joined.key, found)
    join.check(joined, read, codes, asked, found)
    _check(read, joined, codes, asked, found)
    found.refuse_if_faulty(path)
    return _taken(path, read, joined, codes, source, found)


@dataclass(frozen=True)
class _Source:
    encoding: str = "utf-8"
    separator: str = ","
    sheet: str = ""


def _rows(path: Path, asked: Asked, found: Findings) -> tuple[list[list[str]], _Source]:
    raw = bytes_of(path)
    if kind_of(raw, path) == "workbook":
        from geomap.intake.workbook import workbook_rows

        known = frozenset(map(str, asked.codes)) if asked.codes is not None else frozenset()
        rows, sheet = workbook_rows(raw, path, found, codes=known)
        if hit := next((at for at, row in enumerate(rows, 1) if any(map(CONTROL.search, row))), 0):
            raise IntakeError(
                f"{path.name} holds a control character in row {hit} of the sheet {shown(sheet)}. Take it out and save it again."
            )
        return rows, _Source(sheet=sheet)
    text = decode(raw, path, found)
    rows, separator = rows_of(text.characters, path, found)
    return rows, _Source(text.encoding, separator)


def _points(cells: pd.DataFrame) -> tuple[str, str] | None:
    across, up = (next((str(name) for name in cells.columns if head.match(str(name))), "") for head in (X, Y))
    return (across, up) if across and up else None


def _values(read: Columns, key: str, found: Findings) -> None:
    """A fault where the table holds no value at all; a doubt for each column without one."""
    hollow = [
        *read.empty,
        *(name for name, column in read.numbers.items() if np.isnan(column.observed).all() and not column.suppressed.any()),
    ]
    hollow = [name for name in hollow if name != key]
    others = [name for name in read.numbers if name not in hollow] + [name for name, kind in read.types.items() if kind == "date"]
    if hollow and not others:
        found.fault(f"{listed(hollow)}: there are no values in any row. Export the table again with its values.")
    elif hollow:
        found.repair("empty column", f"{len(hollow)} column(s) hold no values: {listed(hollow)}.", len(hollow))


def _check(read: Columns, joined: join.Joined, codes: pd.Series | None, asked: Asked, found: Findings) -> None:
    rows = read.cells.index.to_numpy()
    numbers = {name: column for name, column in read.numbers.items() if name not in (joined.points or ())}
    if asked.survey:
        check_survey(
            numbers,
            codes if codes is not None else (read.cells[joined.key] if joined.key else None),
            rows,
            found,
            dont_know=asked.dont_know,
        )
        return
    single = bool(joined.key) and not read.cells[joined.key][read.cells[joined.key] != ""].duplicated().any()
    for name, column in numbers.items():
        sense.check_counts(name, column, rows, found)
        sense.check_scale(name, column, found)
        if single and not PERIOD.fullmatch(name) and not sense.YEARS.match(sense.plain(name)):
            sense.check_spread(name, column, found)
    sense.check_parts(numbers, rows, found)
    margins.tell_recoverable(numbers, rows, found)
    if single:
        sense.check_alike(read.cells, joined.key, found)
        sense.check_bases(numbers, found)
    periods = [name for name in numbers if PERIOD.fullmatch(name)]
    if len(periods) >= 4:
        found.note(
            "wide",
            f"{len(periods)} columns are periods, {listed([periods[0], periods[-1]])}: one measure at several times. Name the column that is meant, or melt them into one row a place and period.",
            len(periods),
        )
    if joined.points and not looks_like_facilities(read.cells):
        found.repair(
            "points",
            f"The rows are exact points ({listed(joined.points)}); they are aggregated to places, and no map or export may show them as points.",
            len(rows),
        )


def _taken(path: Path, read: Columns, joined: join.Joined, codes: pd.Series | None, source: _Source, found: Findings) -> TakenTable:
    hidden = {name: column.suppressed for name, column in read.numbers.items() if column.suppressed.any()}
    for name, mask in hidden.items():
        column = read.numbers[name]
        ends = (
            f" {listed(column.marks)} is carried as between {np.nanmin(column.low[mask]):g} and {np.nanmax(column.high[mask]):g}."
            if (~np.isnan(column.high[mask])).any() and (~np.isnan(column.low[mask])).any()
            else ""
        )
        found.note(
            "suppressed",
            f"Column {shown(name)} has {int(mask.sum())} suppressed cell(s) {listed(column.marks)}: withheld by the source, neither missing nor zero, and to stay withheld.{ends}",
            int(mask.sum()),
        )
    frame: dict[str, object] = {}
    for name, kind in read.types.items():
        text = read.cells[name]
        if name in read.numbers:
            frame[name] = read.numbers[name].observed
        elif kind == "date":
            frame[name] = pd.to_datetime(text.mask(text == ""), format="%Y-%m-%d", errors="coerce")
        else:
            frame[name] = text.mask(text == "").astype("str")
    repairs, notes = found.gathered()
    intervals = {
        name: pd.DataFrame({"low": read.numbers[name].low, "high": read.numbers[name].high}, index=read.cells.index) for name in hidden
    }
    marks = tuple(sorted({mark for name in hidden for mark in read.numbers[name].marks}))
    return TakenTable(
        path, pd.DataFrame(frame, index=read.cells.index), read.cells, read.types, hidden, intervals, marks, repairs, notes,
        joined.key, None if codes is None else int(codes.notna().sum()), source.encoding, source.separator, source.sheet, joined.points,
    )  # fmt: skip
