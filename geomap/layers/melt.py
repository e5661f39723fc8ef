"""Wide tables, with a column for each year or category, turned into long ones: a row for each place and year."""

from typing import Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from geomap.datapackage.package import Standard
from geomap.datapackage.tables import Table
from geomap.errors import CardError
from geomap.worded import worded


class Melt(Standard):
    """Columns that hold one thing for several years or categories: their heads go into the column *into*, their cells into *value*.

    confirmed: geomap add proposes it with false; a person who looked at the table writes true, or takes the entry out.
    """

    columns: tuple[str, ...] = Field(min_length=2)
    into: str = Field(min_length=1)
    value: str = Field(min_length=1)
    heads: dict[str, str] = Field(default_factory=dict)
    confirmed: bool = False

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = []
        if self.into == self.value:
            faults.append(worded("into and value: are the same name; heads and cells need a column each"))
        if strange := sorted(set(self.heads) - set(self.columns)):
            faults.append(worded("heads: {strange} are not among the columns", strange=str(strange)))
        if len(set(self.names)) < len(self.names):
            faults.append(worded("heads: two columns would get the same head; name them apart"))
        if faults:
            raise ValueError("\n".join(faults))
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """What each column's head becomes."""
        return tuple(self.heads.get(name, name) for name in self.columns)

    @property
    def sentence(self) -> str:
        """What was done, for the record."""
        return worded(
            "{count} columns ({first} to {last}) were turned into rows: heads as '{into}', cells as '{value}'.",
            count=len(self.columns),
            first=str(self.columns[0]),
            last=str(self.columns[-1]),
            into=str(self.into),
            value=self.value,
        )


def melted(table: Table, rule: Melt, where: str) -> Table:
    """The long table: each row once for each of the rule's columns, in their order; what is withheld stays withheld.

    CardError where nobody confirmed the rule, where a name is taken by another column, and where the columns are of different types.
    """
    frame = table.frame
    if not rule.confirmed:
        raise CardError(
            worded(
                '{where}: the card proposes to turn {count} columns ({first} …) into rows. Look at the file, then write "confirmed": true under geomap:melt, or take the entry out.',
                where=where,
                count=len(rule.columns),
                first=", ".join(rule.columns[:3]),
            )
        )
    kept = [name for name in frame.columns if name not in rule.columns]
    if taken := sorted({rule.into, rule.value} & set(kept)):
        raise CardError(
            worded(
                "{where}: geomap:melt would make columns called {taken}, which the table has already. Choose other names.",
                where=where,
                taken=str(taken),
            )
        )
    kinds = {pd.api.types.is_numeric_dtype(frame[name]) for name in rule.columns}
    if len(kinds) > 1:
        raise CardError(
            worded(
                "{where}: some of the columns of geomap:melt hold numbers and some do not. Give them one type, or list only those of one kind.",
                where=where,
            )
        )
    times, rows = len(rule.columns), len(frame)
    long = frame.loc[frame.index.repeat(times), kept].reset_index(drop=True)
    long[rule.into] = np.tile(np.array(rule.names, dtype=object), rows)
    long[rule.value] = np.column_stack([frame[name].to_numpy() for name in rule.columns]).reshape(-1)
    return Table(long, *(_turned(part, rule, rows, kept) for part in (table.suppressed, table.bounds)))


def _turned(marks: dict[str, np.ndarray], rule: Melt, rows: int, kept: list[str]) -> dict[str, np.ndarray]:
    """Marks of cells as those of the long table: repeated for the columns that stay, woven together for those that were turned."""
    out = {name: np.repeat(mark, len(rule.columns), axis=0) for name, mark in marks.items() if name in kept}
    own = [marks.get(name) for name in rule.columns]
    if any(mark is not None for mark in own):
        like = next(mark for mark in own if mark is not None)
        blank = np.zeros_like(like) if like.dtype == bool else np.full_like(like, np.nan)
        woven = np.stack([blank if mark is None else mark for mark in own], axis=1)
        out[rule.value] = woven.reshape(rows * len(rule.columns), *like.shape[1:])
    return out
