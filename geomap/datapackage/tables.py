"""CSV files as typed columns: codes stay text, what is no number is named with its row."""

import csv
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute

from geomap.datapackage.bounds import limits
from geomap.datapackage.package import Column, Resource
from geomap.errors import LayerError
from geomap.worded import worded

FAULTS_SHOWN = 10
AT_ONCE = 200_000  # rows held as text, so that memory stays near what the typed columns need


@dataclass(frozen=True)
class Table:
    """Rows as the card describes them; *suppressed* marks the cells whose value the source withholds.

    bounds: of columns with such cells, (row, 2): between which numbers each of those lies, NaN where its mark does not say, and of all other cells.
    """

    frame: pd.DataFrame
    suppressed: dict[str, np.ndarray] = field(default_factory=dict)
    bounds: dict[str, np.ndarray] = field(default_factory=dict)


def read_csv(path: Path, resource: Resource, *, columns: tuple[str, ...] = (), at_once: int = AT_ONCE) -> Table:
    """The declared columns of a CSV file (and *columns* beside them, as text), with their types; LayerError names every fault.

    at_once: how many rows are held as text at a time; the answer is the same for any number.
    """
    declared = {column.name: column for column in resource.columns.fields}
    wanted = {**{name: Column(name=name) for name in columns}, **declared}
    faults: dict[str, list[str]] = {name: [] for name in wanted}
    parts: dict[str, list[_Part]] = {name: [] for name in wanted}
    for raw in text_batches(path, separator=resource.dialect.delimiter, encoding=resource.encoding, at_once=at_once):
        if absent := [name for name in wanted if name not in raw.columns]:
            raise LayerError(
                worded(
                    "{file} has no column {absent}. Its columns are {columns}. Correct the card or the file.",
                    file=str(path),
                    absent=str(absent),
                    columns=str(list(raw.columns)[:40]),
                )
            )
        for name, column in wanted.items():
            parts[name].append(_part(raw[name].str.strip(), column, resource, faults[name]))
    refuse(path, [fault for some in faults.values() for fault in dict.fromkeys(some)])
    return _whole(parts)


class _Part(NamedTuple):
    """Some rows of one column; *hidden* and *bounds* where the source withholds any of these."""

    cells: pd.Series
    hidden: np.ndarray | None
    bounds: np.ndarray | None


def _part(text: pd.Series, column: Column, resource: Resource, faults: list[str]) -> _Part:
    hidden = text.isin(resource.suppressed).to_numpy() if resource.suppressed else np.zeros(len(text), dtype=bool)
    gone = {*resource.columns.missing_values, ""}
    values = typed(text.mask(hidden | text.isin(gone).to_numpy()), column, faults)
    if not hidden.any():
        return _Part(values, None, None)
    return _Part(values, hidden, limits(text.where(hidden, ""))[["low", "high"]].to_numpy(float))


def _whole(parts: dict[str, list[_Part]]) -> Table:
    """The table whose columns come in *parts*, each of which is let go when its column is whole."""
    frame, withheld, bounds = {}, {}, {}
    for name in list(parts):
        some = parts.pop(name)
        if any(part.hidden is not None for part in some):
            rows = [len(part.cells) for part in some]
            withheld[name] = np.concatenate(
                [np.zeros(n, dtype=bool) if one.hidden is None else one.hidden for n, one in zip(rows, some, strict=True)]
            )
            bounds[name] = np.concatenate(
                [np.full((n, 2), np.nan) if one.bounds is None else one.bounds for n, one in zip(rows, some, strict=True)]
            )
        frame[name] = pd.concat([part.cells for part in some]) if len(some) > 1 else some[0].cells
    return Table(pd.DataFrame(frame), withheld, bounds)


def refuse(path: Path, faults: list[str]) -> None:
    """Nothing, when there are no *faults* in the cells of *path*; else LayerError with the first of them."""
    if faults:
        more = len(faults) - FAULTS_SHOWN
        shown = (*faults[:FAULTS_SHOWN], *([worded("and {more} more of the kind.", more=more)] if more > 0 else ()))
        raise LayerError(worded("{file} does not hold what its card says:", file=str(path)), shown)


def text_cells(path: Path, *, separator: str, encoding: str) -> pd.DataFrame:
    """All cells of a CSV file as they are written; a needless separator at the end of each row is passed over, any other cell too many is refused."""
    batches = list(text_batches(path, separator=separator, encoding=encoding))
    return pd.concat(batches) if len(batches) > 1 else batches[0]


def text_batches(path: Path, *, separator: str, encoding: str, at_once: int = AT_ONCE) -> Iterator[pd.DataFrame]:
    """The same, *at_once* rows at a time; one batch without rows where the file has only its heads."""
    options = {"index_col": False, "dtype": str, "keep_default_na": False, "na_values": [""], "encoding_errors": "strict"}
    with _told(path, separator, encoding):
        reader = pd.read_csv(path, sep=separator, encoding=encoding, chunksize=at_once, **options)
    with reader:
        while True:
            with _told(path, separator, encoding):
                batch = next(reader, None)
            if batch is None:
                return
            yield batch.fillna("").rename(columns=str.strip)


@contextmanager
def _told(path: Path, separator: str, encoding: str) -> Iterator[None]:
    """What stops pandas from reading *path*, as a LayerError."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            yield
    except UnicodeDecodeError as wrong:
        raise LayerError(
            worded(
                "{file} is not {encoding} text ({reason} at byte {byte}). Save it as UTF-8, or name its encoding in the card.",
                file=str(path),
                encoding=encoding,
                reason=str(wrong.reason),
                byte=str(wrong.start),
            )
        ) from None
    except pd.errors.ParserWarning:
        raise LayerError(
            worded(
                "{file} cannot be read as a CSV file separated by '{separator}': its rows have more cells than its first line.",
                file=str(path),
                separator=str(separator),
            )
        ) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error, LookupError, ValueError) as wrong:
        raise LayerError(
            worded(
                "{file} cannot be read as a CSV file separated by '{separator}': {wrong}.",
                file=str(path),
                separator=str(separator),
                wrong=str(wrong),
            )
        ) from None


def typed(text: pd.Series, column: Column, faults: list[str], *, first: int = 2) -> pd.Series:
    """Cells as values of the column's type; *faults* grows by a sentence for each that is none, rows counted from *first*."""
    if column.type == "string":
        return text.astype("str")
    if column.type == "date":
        try:
            values = _days(text, column.format or "%Y-%m-%d")
        except ValueError as wrong:
            faults.append(
                worded(
                    "column '{column}': '{format}' is no way to write a date ({wrong}); one is %d/%m/%Y.",
                    column=column.name,
                    format=str(column.format[:40]),
                    wrong=str(wrong),
                )
            )
            return pd.Series(pd.NaT, index=text.index)
    elif column.type == "boolean":
        values = text.str.lower().map({"true": 1.0, "false": 0.0, "yes": 1.0, "no": 0.0, "1": 1.0, "0": 0.0}).astype(float)
    else:
        values = numbers_in(text)
        values = values.mask(np.isinf(values))
    wrong = text.notna() & values.isna()
    if column.type == "integer":
        wrong |= values.notna() & (values != values.round())
    kind = {
        "date": worded("a date like {form}", form=str(column.format or "%Y-%m-%d")),
        "integer": worded("a whole number"),
        "boolean": worded("yes or no"),
    }.get(column.type, "a number")
    faults += [
        worded(
            "row {row}, column '{column}': '{text}' is not {kind}.",
            row=str(row + first),
            column=column.name,
            text=str(text[row][:60]),
            kind=kind,
        )
        for row in text.index[wrong]
    ]
    return values


def _days(text: pd.Series, form: str) -> pd.Series:
    """Cells as dates, each way of writing one read once; NaT where they are none."""
    which, written = pd.factorize(text)
    read = pd.to_datetime(pd.Series(written), format=form, errors="coerce")
    return read.reindex(which).set_axis(text.index)


def numbers_in(text: pd.Series) -> pd.Series:
    """Cells as numbers, NaN where they are none. Arrow reads the same numbers as pandas, in a fifteenth of the time, where each cell is one and no more."""
    try:
        values = pa.compute.cast(pa.array(text, type=pa.large_string(), from_pandas=True), pa.float64())
    except pa.ArrowException:
        return pd.to_numeric(text, errors="coerce").astype(float)
    return pd.Series(values.to_numpy(zero_copy_only=False), index=text.index)
