"""One row a place as CSV, safe to open in a spreadsheet."""

from pathlib import Path

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.columns import exported
from geomap.editions.beside import write_described
from geomap.editions.files import write_whole
from geomap.statistics.rounding import significant

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write_csv(assessment: Assessment, path: Path) -> tuple[Path, ...]:
    """The files written: *path*, UTF-8 with a byte-order mark so that spreadsheets read names right, and datapackage.json beside it.

    A text that a spreadsheet would run as a formula gets an apostrophe before it.
    """
    table = exported(assessment)
    for name in table.columns:
        if table[name].dtype.kind == "f":
            table[name] = significant(table[name])
        elif not pd.api.types.is_numeric_dtype(table[name]):
            table[name] = harmless(table[name])
    return write_described(
        path, assessment, "text/csv", lambda work: table.to_csv(work, index=False, lineterminator="\n", encoding="utf-8-sig")
    )


def write_sheet(table: pd.DataFrame, path: Path) -> Path:
    """Any table at *path*, for spreadsheets, its texts harmless."""
    write_whole(path, lambda work: work.write_bytes(sheet(table)))
    return path


def sheet(table: pd.DataFrame) -> bytes:
    """Any table as the bytes of a CSV file, for spreadsheets, its texts harmless."""
    text = {name: harmless(table[name]) for name in table.columns if not pd.api.types.is_numeric_dtype(table[name])}
    return table.assign(**text).to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def harmless(text: pd.Series) -> pd.Series:
    """*text* that a spreadsheet reads as text, never as a formula; what is a number, such as -1, is none."""
    text = text.fillna("").astype(str)
    formula = text.str.startswith(FORMULA) & pd.to_numeric(text, errors="coerce").isna()
    return text.mask(formula, "'" + text)
