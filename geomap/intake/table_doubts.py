"""Whether the numbers of a table can be what they say they are: faults and doubts beyond the single cell."""

import re

import numpy as np

from geomap.intake import margins, sense
from geomap.intake.columns import Columns
from geomap.intake.findings import Findings
from geomap.intake.join import Joined
from geomap.intake.numbers import Numbers
from geomap.intake.personal import looks_like_facilities
from geomap.intake.words import listed
from geomap.worded import worded

PERIOD = re.compile(r"(19|20)[0-9]{2}([-/_. ]?([0-9]{2}|Q[1-4]))?")


def refuse_hollow(read: Columns, key: str, found: Findings) -> None:
    """A fault where the table holds no value at all; a doubt for each column without one."""
    hollow = [
        *read.empty,
        *(name for name, column in read.numbers.items() if np.isnan(column.observed).all() and not column.suppressed.any()),
    ]
    hollow = [name for name in hollow if name != key]
    others = [name for name in read.numbers if name not in hollow] + [name for name, kind in read.types.items() if kind == "date"]
    if hollow and not others:
        found.fault(worded("{examples}: there are no values in any row. Export the table again with its values.", examples=listed(hollow)))
    elif hollow:
        found.repair(
            "empty column",
            worded("{count} column(s) hold no values: {examples}.", count=str(len(hollow)), examples=listed(hollow)),
            len(hollow),
        )


def doubt(read: Columns, joined: Joined, found: Findings) -> None:
    """Counts below zero, shares beyond their scale, values far from all others, columns alike, totals that betray: each told."""
    rows = read.cells.index.to_numpy()
    numbers = {name: column for name, column in read.numbers.items() if name not in (joined.points or ())}
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
    _tell_periods(numbers, found)
    if joined.points and not looks_like_facilities(read.cells):
        found.repair(
            "points",
            worded(
                "The rows are exact points ({examples}); they are aggregated to places, and no map or export may show them as points.",
                examples=listed(joined.points),
            ),
            len(rows),
        )


def _tell_periods(numbers: dict[str, Numbers], found: Findings) -> None:
    periods = [name for name in numbers if PERIOD.fullmatch(name)]
    sense.check_all_zero({name: numbers[name] for name in periods}, found)
    if len(periods) >= 4:
        found.note(
            "wide",
            worded(
                "{count} columns are periods, {examples}: one measure at several times. Name the column that is meant, or melt them into one row a place and period.",
                count=str(len(periods)),
                examples=listed([periods[0], periods[-1]]),
            ),
            len(periods),
        )
