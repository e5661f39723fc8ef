"""Dates in the ways people and Excel write them; a day and a month that could be either are refused."""

import numpy as np
import pandas as pd

from geomap.intake.findings import Findings
from geomap.intake.words import listed, shown
from geomap.worded import worded

HEADS = r"(?:^|[^a-z])(?:date|dates|datum|dato|fecha|day|occurred|reported_on|opened|from|until|start|end)(?:$|[^a-z])|date$"
ISO = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
CLOCK = r"[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?"
NUMERIC = r"([0-9]{1,2})[/.\-]([0-9]{1,2})[/.\-]([0-9]{4})(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AP]M)?)?"
YEAR_FIRST = r"([0-9]{4})[/.]([0-9]{1,2})[/.]([0-9]{1,2})(?:[T ][0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)?"
WORDED = r"[0-9]{1,2}[ \-](?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*[ \-,]+[0-9]{4}"
BAND = r"(?:[0-9]{1,2}-(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)-[0-9]{1,2})"
PERIOD_HEADS = r"month|period|date|quarter|year"
EARLIEST, LATEST = 18_000, 60_000


class Dates:
    """Reads columns of dates; the order of day and month that one column proves holds for the others of the file."""

    def __init__(self, cells: pd.Series) -> None:
        parts = cells.str.extract(rf"^{NUMERIC}$")
        self.first, self.second = (pd.to_numeric(parts[place]).to_numpy(float) for place in (0, 1))
        self.numeric = ~np.isnan(self.first)
        self.iso = cells.str.fullmatch(ISO).to_numpy(bool)
        self.clock = cells.str.fullmatch(ISO + CLOCK).to_numpy(bool)
        self.year_first = cells.str.fullmatch(YEAR_FIRST).to_numpy(bool)
        self.worded = cells.str.fullmatch(WORDED, case=False).to_numpy(bool)
        self.band = cells.str.fullmatch(BAND, case=False).to_numpy(bool)
        self.any = self.numeric | self.iso | self.clock | self.year_first | self.worded
        self.cells, self.parts = cells, parts
        self.day_first: bool | None = None

    def order(self, column: np.ndarray) -> bool | None:
        """Whether the day comes first in this column; nothing where it cannot be told."""
        first, second = np.nanmax(self.first[column], initial=0), np.nanmax(self.second[column], initial=0)
        return None if (first > 12) == (second > 12) else bool(first > 12)

    def read(self, name: str, column: np.ndarray, found: Findings) -> dict[int, str]:
        """The distinct cells of a column of dates as ISO dates; *found* grows by what was done, or by what cannot be told."""
        done = {int(at): self.cells[at][:10] for at in column[self.iso[column] | self.clock[column]]}
        if slashed := [int(at) for at in column if self.numeric[at]]:
            order = self.order(np.array(slashed))
            order = self.day_first if order is None else order
            if order is None:
                found.fault(
                    worded(
                        "column {name}: day and month cannot be told apart in its dates, such as {examples}: no day is over 12. Write dates as 2025-04-03.",
                        name=shown(name),
                        examples=listed(self.cells[slashed[:3]]),
                    )
                )
                return {}
            day, month = (0, 1) if order else (1, 0)
            done |= {at: f"{self.parts[2][at]}-{int(self.parts[month][at]):02d}-{int(self.parts[day][at]):02d}" for at in slashed}
            found.repair(
                "date",
                (
                    worded("Dates in column {name} are written day/month/year; kept as year-month-day.", name=shown(name))
                    if order
                    else worded("Dates in column {name} are written month/day/year; kept as year-month-day.", name=shown(name))
                ),
                len(slashed),
                tuple(f"{shown(self.cells[at])} is {done[at]}" for at in slashed[:3]),
            )
        others = [int(at) for at in column if self.year_first[at] or self.worded[at]]
        if others:
            read = pd.to_datetime(
                self.cells[others].str.replace(r"[T ][0-9]{1,2}:.*$", "", regex=True).str.replace(r"[/.,]", "-", regex=True),
                errors="coerce",
                format="mixed",
                dayfirst=True,
            )
            done |= {at: day.strftime("%Y-%m-%d") if pd.notna(day) else "" for at, day in zip(others, read, strict=True)}
            found.repair(
                "date",
                worded("Dates in column {name} are kept as year-month-day.", name=shown(name)),
                len(others),
                tuple(f"{shown(self.cells[at])} is {done[at]}" for at in others[:3]),
            )
        if self.clock[column].any():
            found.repair(
                "date",
                worded("Times of day in column {name} were left out; only the date is kept.", name=shown(name)),
                int(self.clock[column].sum()),
            )
        wrong = [at for at, day in done.items() if pd.isna(pd.to_datetime(day, format="%Y-%m-%d", errors="coerce"))]
        if wrong:
            found.fault(
                worded(
                    "column {name}: {examples} is no day of the calendar. Correct the date.",
                    name=shown(name),
                    examples=listed(self.cells[wrong]),
                )
            )
        return done


def serials(name: str, column: np.ndarray, values: np.ndarray, found: Findings) -> dict[int, str]:
    """Day numbers of Excel (1 is the first day of 1900) as ISO dates."""
    days = pd.Timestamp("1899-12-30") + pd.to_timedelta(values[column], unit="D")
    done = {int(at): day.strftime("%Y-%m-%d") for at, day in zip(column, days, strict=True)}
    found.repair(
        "date",
        worded("Column {name} holds dates as Excel's day numbers; kept as year-month-day.", name=shown(name)),
        len(column),
        tuple(f"{values[at]:.0f} is {done[at]}" for at in list(done)[:3]),
    )
    return done
