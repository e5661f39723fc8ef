"""An index file run on a table of one's own, and its result as files."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from geomap.assessment.as_index import as_index
from geomap.assessment.index import Indexed, run_index
from geomap.editions.files import write_whole
from geomap.errors import LayerError, UsageError
from geomap.methodology.index import IndexFile, read_index
from geomap.methodology.published import find, names
from geomap.methodology.read import read_methodology
from geomap.views.csv import harmless
from geomap.workspace.guess import text_table

WHOLE = 2**53


@dataclass(frozen=True)
class Run:
    """What came of it: the table that was read, the key column used, how many places, and the result."""

    table: Path
    key: str
    places: int
    result: Indexed


def built_in() -> list[tuple[str, str]]:
    """Name and title of every index that is built in."""
    return [(name, read_index(find(name)).index.title) for name in names()]


def read_any(name: str) -> IndexFile:
    """The index file *name* stands for: built in, or a path to a .toml file of one's own; a workspace's methodology serves as well."""
    path = find(name)
    return as_index(read_methodology(path)) if _is_of_a_workspace(path) else read_index(path)


def _is_of_a_workspace(path: Path) -> bool:
    return path.is_file() and any(
        line.strip() == "[methodology]" for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
    )


def index_table(recipe: IndexFile, table: Path, *, key: str = "") -> Run:
    """*recipe* run on the CSV file *table*; LayerError says which columns or cells do not serve."""
    if not table.is_file():
        raise UsageError(f"There is no file {table}.")
    cells = text_table(table)[0]
    own = key or recipe.index.key
    if own and own not in cells.columns:
        raise LayerError(
            f"{table} has no column '{own}' to name its places by. Its columns are {list(cells.columns)[:60]}. Name one with --key."
        )
    if own:
        cells[own] = cells[own].str.strip()
        if blank := [row + 2 for row in cells.index[cells[own] == ""]][:5]:
            raise LayerError(f"The column '{own}' of {table} is blank in the rows {blank}; each place needs a key of its own.")
    if own and (twice := cells[own][cells[own].duplicated()].unique().tolist()):
        raise LayerError(
            f"The column '{own}' of {table} names {len(twice)} place(s) more than once: {twice[:5]}. Each row needs a key of its own."
        )
    return Run(table, own, len(cells), run_index(recipe, cells, key=own))


def write_index(run: Run, path: Path) -> tuple[Path, ...]:
    """The files written: the places to *path*, and each summary beside it, named by the column it is grouped by."""
    tables: Mapping[Path, pd.DataFrame] = {path: run.result.places} | {
        path.with_name(f"{path.stem}-{_fit(by)}{path.suffix}"): summary for by, summary in run.result.summaries.items()
    }
    if clash := [str(target) for target in tables if target.resolve() == run.table.resolve()]:
        raise UsageError(f"{clash[0]} is the table itself, which would be lost. Name another file with --to.")
    for target, table in tables.items():
        _write(target, table)
    return tuple(tables)


def _fit(by: str) -> str:
    """The name of a column as a part of a file's name."""
    return "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in by)


def _write(target: Path, table: pd.DataFrame) -> None:
    plain = table.reset_index()
    for name in plain.columns[[not pd.api.types.is_numeric_dtype(kind) for kind in plain.dtypes]]:
        plain[name] = harmless(plain[name])
    whole = [
        name
        for name in plain.columns
        if plain[name].dtype.kind == "f" and (plain[name].dropna() % 1 == 0).all() and plain[name].abs().max() < WHOLE
    ]
    plain = plain.astype(dict.fromkeys(whole, "Int64"))
    write_whole(target, lambda work: plain.to_csv(work, index=False, lineterminator="\n", encoding="utf-8"))
