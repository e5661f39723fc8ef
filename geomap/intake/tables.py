"""The one call for a table: from a file's bytes to typed columns with a record of repairs, or a refusal that names every fault."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pandas as pd

from geomap.intake import join, margins
from geomap.intake.columns import Columns, read_columns
from geomap.intake.findings import Findings
from geomap.intake.layout import lay_out
from geomap.intake.personal import refuse_personal
from geomap.intake.survey import check_survey, without_answers
from geomap.intake.table_doubts import doubt, refuse_hollow
from geomap.intake.table_rows import rows_in
from geomap.intake.taken import TakenTable, gather
from geomap.intake.transposed import lies_on_its_side, put_upright
from geomap.intake.words import shown
from geomap.worded import worded

X, Y = (
    re.compile(r"^(lon|long|lng|longitude|x|easting|gc_longitude|x_?coord.*)$", re.IGNORECASE),
    re.compile(r"^(lat|latitude|y|northing|gc_latitude|y_?coord.*)$", re.IGNORECASE),
)


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
    encoding: str = ""
    no_answer: tuple[str, ...] = ()
    register: bool = False


def take_table(  # noqa: PLR0913  one question a keyword
    path: Path, *, survey: bool = False, codes: pd.Index | None = None, names: pd.Series | None = None,
    others: Mapping[str, pd.Index] | None = None, by_name: bool = False, least_match: float = 0.95, dont_know: tuple[int, ...] = (),
    repeats: bool = False, encoding: str = "", no_answer: tuple[str, ...] = (), register: bool = False,
) -> TakenTable:  # fmt: skip
    """The table in *path*, joined to *codes* where given; IntakeError lists every fault.

    names: of the places, by code. others: codes of other boundary sets, to say which would fit better. by_name: names in the file are
    meant where it has no codes. least_match: the share of rows that must match. dont_know: answers of a survey that are none.
    repeats: a place may have many rows, such as one an answer, which is then told and no fault.
    encoding: as a person declared it; without it, it is told from the bytes. no_answer: words among the numbers of a survey that are no answer.
    register: a person says that its rows are no people.
    """
    return _take(path, Asked(codes, names, others or {}, by_name, least_match, survey, dont_know, repeats, encoding, no_answer, register))


def _take(path: Path, asked: Asked) -> TakenTable:
    found = Findings()
    rows, source = rows_in(path, found, codes=asked.codes, encoding=asked.encoding)
    cells = _laid_out(rows, path, asked, found)
    joined = join.find_places(cells, asked, found, points=_points(cells))
    cells = _with_key(cells, joined)
    total = margins.total_rows(cells, "" if joined.points else joined.key, joined.codes)
    totals = cells[total]
    cells, joined = _of_here(cells[~total], _only(joined, ~total), asked, found)
    if cells.empty:
        found.fault(worded("No rows are left: all are totals of larger areas."))
        found.refuse_if_faulty(path)
    read = read_columns(cells, source.separator, found, text=frozenset({joined.key} - {""}))
    margins.tell_totals(totals, read.numbers, found)
    refuse_hollow(read, joined.key, found)
    join.check(joined, read, joined.codes, asked, found)
    if asked.survey:
        _answers(read, joined, asked, found)
    else:
        doubt(read, joined, found)
    found.refuse_if_faulty(path)
    return gather(path, read, joined, source, found)


def _laid_out(rows: list[list[str]], path: Path, asked: Asked, found: Findings) -> pd.DataFrame:
    """The cells below their heads, upright; IntakeError where there are none or heads stand twice, and a fault where columns tell who somebody is."""
    cells = lay_out(rows, found).cells
    if cells.empty:
        found.refuse_if_faulty(path)
    if len(set(cells.columns)) < len(cells.columns):
        refuse_personal(cells.loc[:, ~cells.columns.duplicated()], found)
        found.refuse_if_faulty(path)
    if places := lies_on_its_side(cells, asked.codes, asked.names):
        cells = put_upright(cells, places, found)
    refuse_personal(cells, found, register=asked.register)
    return without_answers(cells, asked.no_answer, found)


def _with_key(cells: pd.DataFrame, joined: join.Joined) -> pd.DataFrame:
    if not joined.key:
        return cells
    if joined.key in cells:
        return cells.assign(**{joined.key: joined.written})
    return pd.concat([joined.written.rename(joined.key), cells], axis=1)


def _only(joined: join.Joined, rows: pd.Series) -> join.Joined:
    return replace(joined, codes=None if joined.codes is None else joined.codes[rows])


def _of_here(cells: pd.DataFrame, joined: join.Joined, asked: Asked, found: Findings) -> tuple[pd.DataFrame, join.Joined]:
    """Without the rows of places elsewhere, where the table is of a larger region."""
    away = join.of_other_regions(joined, cells, asked)
    if not away.any():
        return cells, joined
    found.repair(
        "other regions",
        worded("The table is of a larger region: {count} rows of places elsewhere were set aside.", count=int(away.sum())),
        int(away.sum()),
        tuple(map(shown, cells.loc[away, joined.key].unique()[:3])),
    )
    return cells[~away], _only(joined, ~away)


def _answers(read: Columns, joined: join.Joined, asked: Asked, found: Findings) -> None:
    numbers = {name: column for name, column in read.numbers.items() if name not in (joined.points or ())}
    places = joined.codes if joined.codes is not None else (read.cells[joined.key] if joined.key else None)
    check_survey(numbers, places, read.cells.index.to_numpy(), found, dont_know=asked.dont_know)


def _points(cells: pd.DataFrame) -> tuple[str, str] | None:
    across, up = (next((str(name) for name in cells.columns if head.match(str(name))), "") for head in (X, Y))
    return (across, up) if across and up else None
