"""The columns of a user's table as an index file needs them: numbers with their gaps, groups, and who takes part."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.errors import LayerError
from geomap.methodology.index import IndexFile, Only

Floats = NDArray[np.float64]
Groups = dict[str, tuple[NDArray[np.intp], pd.Index]]
SENTINELS = (-999.0, -9999.0, -99999.0, -9.0e9)
FAULTS_SHOWN = 10


def numbers_of(recipe: IndexFile, table: pd.DataFrame) -> tuple[dict[str, Floats], NDArray[np.bool_]]:
    """The columns of numbers by name, and which places take no part; LayerError names columns that are absent and cells that are no numbers."""
    if table.empty:
        raise LayerError(f"The table has no rows for '{recipe.index.name}' to be worked out from.")
    if absent := [name for name in (*recipe.columns, *recipe.groups) if name not in table.columns]:
        raise LayerError(
            f"The table has no column {absent}, which '{recipe.index.name}' is made of. Its columns are {list(table.columns)[:60]}."
        )
    twice = [name for name in recipe.columns if f"{name}.1" in table.columns and f"{name}.1" not in recipe.columns]
    faults = [f"the column '{name}' stands there twice; take one out, or rename it." for name in twice]
    found = {name: _typed(table[name], recipe, faults) for name in recipe.columns}
    faults += [
        f"row {row + 2}, column '{name}': {found[name][row]:g} is below 0 and cannot be a weight."
        for name in recipe.weighting
        for row in np.flatnonzero(found[name] < 0)[:3]
    ]
    if faults:
        raise LayerError(f"The table cannot be used for '{recipe.index.name}':", tuple(faults[:FAULTS_SHOWN]))
    out = np.zeros(len(table), dtype=bool)
    if recipe.index.only:
        out = ~taking_part(recipe.index.only, found[recipe.index.only.column])
        if out.all():
            raise LayerError(f"No place takes part in '{recipe.index.name}': look at 'only' in the file, and at the column it reads.")
    return {name: np.where(out, np.nan, values) for name, values in found.items()}, out


def taking_part(only: Only, column: Floats) -> NDArray[np.bool_]:
    """Which places are within the limits; a gap is not."""
    limits = ((np.greater, only.above), (np.greater_equal, only.at_least), (np.less, only.below), (np.less_equal, only.at_most))
    return np.logical_and.reduce([compare(column, limit) for compare, limit in limits if limit is not None])


def groups_of(recipe: IndexFile, table: pd.DataFrame) -> Groups:
    """Each column that steps or summaries group by, as numbers from 0 and the names they stand for; -1 for a blank, which belongs to no group."""
    return {name: _grouped(table[name], recipe) for name in recipe.groups}


def _grouped(column: pd.Series, recipe: IndexFile) -> tuple[NDArray[np.intp], pd.Index]:
    text = column.astype("str").str.strip()
    gone = column.isna() | (text == "") | text.isin(recipe.index.missing)
    codes, values = pd.factorize(text.mask(gone), sort=True)
    return codes.astype(np.intp), pd.Index(values, name=column.name)


def _typed(column: pd.Series, recipe: IndexFile, faults: list[str]) -> Floats:
    text = column.astype("str").str.strip()
    gone = (text.isin(recipe.index.missing) | column.isna() | (text == "")).to_numpy()
    values = pd.to_numeric(text.mask(gone), errors="coerce").to_numpy(dtype=float, copy=True)
    marks = [float(mark) for mark in recipe.index.missing if _is_number(mark)]
    values[np.isin(values, marks)] = np.nan
    wrong = (~gone & np.isnan(values) & ~np.isin(pd.to_numeric(text, errors="coerce"), marks)) | np.isinf(values)
    faults += [
        f"row {row + 2}, column '{column.name}': '{text.iloc[row][:40]}' is not a number{_remedy(text.iloc[row])}"
        for row in np.flatnonzero(wrong)[:3]
    ]
    strange = sorted({value for value in SENTINELS if (values == value).any()})
    faults += [
        f"column '{column.name}' holds {value:g}, which looks like a mark for a gap; name it in missing, or correct the table."
        for value in strange
    ]
    return values


def _remedy(text: str) -> str:
    plain = text.replace(",", "").replace(" ", "").removesuffix("%").lstrip("£$€")
    if plain != text and _is_number(plain):
        return "; write it without separators and signs, with a point before decimals."
    return "; if it stands for a gap, name it in missing."


def _is_number(mark: str) -> bool:
    try:
        float(mark)
    except ValueError:
        return False
    return True
