"""CSV files as typed columns: codes stay text, what is no number is named with its row."""

import csv
import warnings
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd

from geomap.datapackage.bounds import limits
from geomap.datapackage.package import Column, Resource
from geomap.errors import LayerError

FAULTS_SHOWN = 10


@dataclass(frozen=True)
class Table:
    """Rows as the card describes them; *suppressed* marks the cells whose value the source withholds.

    bounds: of columns with such cells, (row, 2): between which numbers each of those lies, NaN where its mark does not say, and of all other cells.
    """

    frame: pd.DataFrame
    suppressed: dict[str, np.ndarray] = field(default_factory=dict)
    bounds: dict[str, np.ndarray] = field(default_factory=dict)


def read_csv(path: Path, resource: Resource, *, columns: tuple[str, ...] = ()) -> Table:
    """The declared columns of a CSV file (and *columns* beside them, as text), with their types; LayerError names every fault."""
    declared = {column.name: column for column in resource.columns.fields}
    wanted = {**{name: Column(name=name) for name in columns}, **declared}
    raw = text_cells(path, separator=resource.dialect.delimiter, encoding=resource.encoding)
    if absent := [name for name in wanted if name not in raw.columns]:
        raise LayerError(f"{path} has no column {absent}. Its columns are {list(raw.columns)[:40]}. Correct the card or the file.")
    raw = raw[list(wanted)]
    faults: list[str] = []
    gone = set(resource.columns.missing_values) | {""}
    frame, withheld, bounds = {}, {}, {}
    for name, column in wanted.items():
        text = raw[name].str.strip()
        hidden = text.isin(resource.suppressed).to_numpy()
        if hidden.any():
            withheld[name] = hidden
            bounds[name] = limits(text.where(hidden, ""))[["low", "high"]].to_numpy(float)
        text = text.mask(hidden | text.isin(gone).to_numpy())
        frame[name] = typed(text, column, faults)
    refuse(path, faults)
    return Table(pd.DataFrame(frame), withheld, bounds)


def refuse(path: Path, faults: list[str]) -> None:
    """Nothing, when there are no *faults* in the cells of *path*; else LayerError with the first of them."""
    if faults:
        more = len(faults) - FAULTS_SHOWN
        shown = (*faults[:FAULTS_SHOWN], *([f"and {more} more of the kind."] if more > 0 else ()))
        raise LayerError(f"{path} does not hold what its card says:", shown)


def text_cells(path: Path, *, separator: str, encoding: str) -> pd.DataFrame:
    """All cells of a CSV file as they are written; a needless separator at the end of each row is passed over, any other cell too many is refused."""
    options = {"index_col": False, "dtype": str, "keep_default_na": False, "na_values": [""], "encoding_errors": "strict"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", pd.errors.ParserWarning)
            return pd.read_csv(path, sep=separator, encoding=encoding, **options).fillna("").rename(columns=str.strip)
    except UnicodeDecodeError as wrong:
        raise LayerError(
            f"{path} is not {encoding} text ({wrong.reason} at byte {wrong.start}). Save it as UTF-8, or name its encoding in the card."
        ) from None
    except pd.errors.ParserWarning:
        raise LayerError(
            f"{path} cannot be read as a CSV file separated by '{separator}': its rows have more cells than its first line."
        ) from None
    except (pd.errors.ParserError, pd.errors.EmptyDataError, csv.Error, LookupError, ValueError) as wrong:
        raise LayerError(f"{path} cannot be read as a CSV file separated by '{separator}': {wrong}.") from None


def typed(text: pd.Series, column: Column, faults: list[str], *, first: int = 2) -> pd.Series:
    """Cells as values of the column's type; *faults* grows by a sentence for each that is none, rows counted from *first*."""
    if column.type == "string":
        return text.astype("str")
    if column.type == "date":
        try:
            values = pd.to_datetime(text, format=column.format or "%Y-%m-%d", errors="coerce")
        except ValueError as wrong:
            faults.append(f"column '{column.name}': '{column.format[:40]}' is no way to write a date ({wrong}); one is %d/%m/%Y.")
            return pd.Series(pd.NaT, index=text.index)
    elif column.type == "boolean":
        values = text.str.lower().map({"true": 1.0, "false": 0.0, "yes": 1.0, "no": 0.0, "1": 1.0, "0": 0.0})
    else:
        values = pd.to_numeric(text, errors="coerce").astype(float)
        values = values.mask(np.isinf(values))
    wrong = text.notna() & values.isna()
    if column.type == "integer":
        wrong |= values.notna() & (values != values.round())
    kind = {"date": f"a date like {column.format or '%Y-%m-%d'}", "integer": "a whole number", "boolean": "yes or no"}.get(
        column.type, "a number"
    )
    faults += [f"row {row + first}, column '{column.name}': '{text[row][:60]}' is not {kind}." for row in text.index[wrong]]
    return values
