"""Categories that one extract of a source has and the next has not: joined by name they fake a rise or a fall that nobody lived through."""

import pandas as pd

from geomap.errors import GeomapError
from geomap.intake.record import Repair
from geomap.intake.table_doubts import PERIOD
from geomap.intake.taken import TakenTable
from geomap.intake.words import listed
from geomap.layers.layer import Layer
from geomap.workspace.workspace import Workspace

LEAST_PERIODS = 4
SAME_WHOLE = 0.02
MOST_CATEGORIES = 200
MOVED = 0.01


def renamed_since(table: TakenTable, workspace: Workspace) -> tuple[Repair, ...]:
    """A doubt for each layer of *workspace* that holds the same periods as *table* under other categories."""
    if sum(bool(PERIOD.fullmatch(str(name))) for name in table.frame) < LEAST_PERIODS:
        return ()
    try:
        layers = workspace.layers
    except GeomapError:
        return ()
    return tuple(repair for _, layer in sorted(layers.items()) for repair in _beside(layer, table))


def _beside(layer: Layer, table: TakenTable) -> list[Repair]:
    """What the two say of the periods that both hold."""
    periods = [
        name
        for name in table.frame
        if PERIOD.fullmatch(str(name)) and name in layer.table and _counts(layer.table[name]) and _counts(table.frame[name])
    ]
    if len(periods) < LEAST_PERIODS:
        return []
    columns = [
        name
        for name in layer.table
        if name in table.frame and name != table.key and _names_kinds(layer.table[name]) and _names_kinds(table.frame[name])
    ]
    sums = [(name, *(frame.groupby(name)[periods].sum().sum(axis=1) for frame in (layer.table, table.frame))) for name in columns]
    return [repair for name, before, after in sums for repair in _compared(layer, name, (before, after), len(periods))]


def _compared(layer: Layer, column: str, sums: tuple[pd.Series, pd.Series], periods: int) -> list[Repair]:
    before, after = sums
    gone, came = before.index.difference(after.index), after.index.difference(before.index)
    whole = after.sum() / before.sum() - 1 if before.sum() else float("inf")
    if abs(whole) > SAME_WHOLE or max(before[gone].sum(), after[came].sum()) < MOVED * before.sum():
        return []
    shared = before.index.intersection(after.index)
    fake = after[shared].sum() / before[shared].sum() - 1
    said = (
        f"Of the {periods} periods that the layer '{layer.name}' holds as well, the totals differ by {whole:+.1%}, but column {column!r} has other categories: "
        f"{_named('gone', gone, before)}{_named('new', came, after)}Compared by the names that both have, this would look like a change of {fake:+.1%}, which is none. "
        "Give the renamed ones one name in both, or compare the whole only."
    )
    return [Repair("renamed", said, len(gone) + len(came))]


def _named(what: str, names: pd.Index, sums: pd.Series) -> str:
    some = ", ".join(f"{listed([name])} ({sums[name]:,.0f})" for name in sums[names].sort_values(ascending=False).index[:5])
    return f"{what} {some}; " if len(names) else ""


def _counts(column: pd.Series) -> bool:
    return pd.api.types.is_numeric_dtype(column)


def _names_kinds(column: pd.Series) -> bool:
    return not pd.api.types.is_numeric_dtype(column) and 1 < column.nunique() <= MOST_CATEGORIES
