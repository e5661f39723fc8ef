"""Each column given its type, and its cells written so that any reader reads the same: numbers with a point, dates as 2025-04-03."""

import re
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from geomap.intake.cells import describe
from geomap.intake.commas import Elsewhere, comma_among
from geomap.intake.dates import EARLIEST, HEADS, LATEST, PERIOD_HEADS, Dates, serials
from geomap.intake.described import Described, described
from geomap.intake.findings import Findings
from geomap.intake.numbers import Numbers, is_number, read_numbers
from geomap.intake.sense import plain
from geomap.intake.words import listed, shown
from geomap.worded import worded

OFTEN = 0.2


@dataclass
class Columns:
    """cells: text as it would be written anew; types: of each column; numbers: those that are, as they were read."""

    cells: pd.DataFrame
    types: dict[str, str] = field(default_factory=dict)
    numbers: dict[str, Numbers] = field(default_factory=dict)
    empty: list[str] = field(default_factory=list)


def read_columns(cells: pd.DataFrame, separator: str, found: Findings, *, text: frozenset[str]) -> Columns:
    """All columns of a table; those named in *text* hold codes and names and stay as they are written."""
    flat, distinct = pd.factorize(cells.to_numpy(dtype=object).ravel())
    grid = flat.reshape(cells.shape)
    seen = described(describe(pd.Series(distinct, dtype="object").astype("str")))
    dates, clean = Dates(pd.Series(seen.cell, dtype="str")), seen.cell
    done = Columns(pd.DataFrame(index=cells.index))
    written: dict[str, np.ndarray] = {}
    columns = {str(name): grid[:, at] for at, name in enumerate(cells.columns)}
    dated = [name for name, column in columns.items() if name not in text and _is_dates(name, column, seen, dates)]
    orders = {dates.order(columns[name]) for name in dated} - {None}
    dates.day_first = orders.pop() if len(orders) == 1 else None
    numeric = {name: column for name, column in columns.items() if name not in text and name not in dated and is_number(seen, name, column)}
    elsewhere = Elsewhere(separator, comma_among(seen, numeric), cells.index.to_numpy())
    for name, column in columns.items():
        written[name], done.types[name] = clean[column], "string"
        if seen.is_["blank"][column].all():
            done.empty.append(name)
        elif name in dated:
            written[name], done.types[name] = _dates(name, column, seen, dates, found, clean), "date"
        elif name in numeric:
            if (number := read_numbers(seen, name, column, elsewhere, found)) is not None:
                written[name], done.types[name], done.numbers[name] = number.text, "integer" if number.whole else "number", number
        elif name not in text:
            _bands(name, column, dates, found)
    done.cells = pd.DataFrame(written, index=cells.index, columns=list(columns), dtype="object")
    return done


def _is_dates(name: str, column: np.ndarray, seen: Described, dates: Dates) -> bool:
    filled = np.unique(column[~(seen.is_["blank"] | seen.is_["missing"])[column]])
    if not len(filled):
        return False
    if dates.any[filled].mean() >= 0.8:
        return True
    return bool(re.search(HEADS, plain(name))) and _are_serials(filled, seen)


def _are_serials(filled: np.ndarray, seen: Described) -> bool:
    values = seen.value["as_dot"][filled]
    return bool(((values >= EARLIEST) & (values <= LATEST)).all())


def _dates(name: str, column: np.ndarray, seen: Described, dates: Dates, found: Findings, clean: np.ndarray) -> np.ndarray:
    filled = np.unique(column[~(seen.is_["blank"] | seen.is_["missing"])[column]])
    if not dates.any[filled].any():
        done = serials(name, filled, seen.value["as_dot"], found)
    else:
        done = dates.read(name, filled, found)
        if odd := [clean[at] for at in filled if not dates.any[at]]:
            found.fault(
                worded(
                    "column {name} holds dates, but {examples} is no date. Correct it, or leave it empty.",
                    name=shown(name),
                    examples=listed(odd),
                )
            )
    return np.array([done.get(int(at), "") for at in column], dtype=object)


def _bands(name: str, column: np.ndarray, dates: Dates, found: Findings) -> None:
    """A fault where a spreadsheet turned bands such as 3-4 into dates such as 03-Apr."""
    present = np.unique(column)
    if not (turned := dates.band[present]).any() or (turned.all() and re.search(PERIOD_HEADS, plain(name))):
        return
    some = dates.cells[present[turned]]
    if dates.band[column].mean() >= OFTEN:
        found.fault(
            worded(
                "column {name}: {examples} look like bands, such as 3-4, that a spreadsheet turned into a date. Write them as text again, such as '3 to 4'.",
                name=shown(name),
                examples=listed(some),
            )
        )
    else:
        found.repair(
            "date",
            worded(
                "Column {name} has cells that a spreadsheet may have turned into a date, such as 3-4 into 03-Apr; left as they are.",
                name=shown(name),
            ),
            int(dates.band[column].sum()),
            tuple(map(shown, some[:3])),
        )
