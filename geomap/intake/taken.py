"""A table that was taken in, with all that was found on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from geomap.intake.columns import Columns
from geomap.intake.findings import Findings
from geomap.intake.join import Joined
from geomap.intake.record import Repair
from geomap.intake.table_rows import Source
from geomap.intake.words import listed, shown
from geomap.worded import worded


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


def gather(path: Path, read: Columns, joined: Joined, source: Source, found: Findings) -> TakenTable:
    """The table of what was read and joined; what the source withholds is noted, with the numbers between which it lies."""
    hidden = {name: column.suppressed for name, column in read.numbers.items() if column.suppressed.any()}
    for name, mask in hidden.items():
        column = read.numbers[name]
        ends = (
            worded(
                "{marks} is carried as between {low} and {high}.",
                marks=listed(column.marks),
                low=f"{np.nanmin(column.low[mask]):g}",
                high=f"{np.nanmax(column.high[mask]):g}",
            )
            if (~np.isnan(column.high[mask])).any() and (~np.isnan(column.low[mask])).any()
            else ""
        )
        said = worded(
            "Column {name} has {count} suppressed cell(s) {marks}: withheld by the source, neither missing nor zero, and to stay withheld.",
            name=shown(name),
            count=int(mask.sum()),
            marks=listed(column.marks),
        )
        found.note(
            "suppressed",
            " ".join(filter(None, [said, ends])),
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
        joined.key, None if joined.codes is None else int(joined.codes.notna().sum()), source.encoding, source.separator, source.sheet, joined.points,
    )  # fmt: skip
