"""The properties of features as a table."""

import json
from collections import Counter
from typing import Any

import numpy as np
import pandas as pd

from geomap.errors import IntakeError
from geomap.intake.limits import COLUMNS
from geomap.intake.record import Repair
from geomap.intake.words import listed
from geomap.worded import worded


def table_of(records: list[dict[str, Any]], constants: Counter[str], file: str) -> tuple[pd.DataFrame, list[Repair]]:
    """One row a feature; what is no number is missing, what is nested is kept as text."""
    names = list(dict.fromkeys(key for record in records for key in record))
    if len(names) > COLUMNS:
        raise IntakeError(
            worded(
                "{file} has {count} different properties, at most {most} are read. Leave out those you do not need.",
                file=file,
                count=len(names),
                most=COLUMNS,
            )
        )
    table = pd.DataFrame(records, columns=names, index=range(len(records)))
    repairs = []
    if constants:
        said = worded(
            "{count} value(s) are written {examples}, which JSON does not know (NaN: no number); read as missing.",
            count=str(sum(constants.values())),
            examples=listed(constants),
        )
        repairs.append(Repair("NaN", said, sum(constants.values())))
    return _named(_plain(table, repairs), repairs), repairs


def _plain(table: pd.DataFrame, repairs: list[Repair]) -> pd.DataFrame:
    nested: dict[str, int] = {}
    endless: dict[str, int] = {}
    for name in table.columns:
        column = table[name]
        if column.dtype == object:
            inside = column.map(lambda value: isinstance(value, dict | list)).astype(bool)
            if inside.any():
                nested[name] = int(inside.sum())
                table[name] = column = column.where(~inside, column[inside].map(json.dumps))
        numbers = pd.to_numeric(column.where(column.map(type).eq(float)), errors="coerce") if column.dtype == object else column
        if numbers.dtype.kind == "f" and (infinite := np.isinf(numbers)).any():
            endless[name] = int(infinite.sum())
            table[name] = column.mask(infinite)
    if nested:
        said = worded("{count} value(s) are lists or objects; they were kept as text.", count=str(sum(nested.values())))
        repairs.append(Repair("nested", said, sum(nested.values()), tuple(nested)))
    if endless:
        said = worded("{count} value(s) are numbers too large to be held; read as missing.", count=str(sum(endless.values())))
        repairs.append(Repair("too large a number", said, sum(endless.values()), tuple(endless)))
    return table


def _named(table: pd.DataFrame, repairs: list[Repair]) -> pd.DataFrame:
    """The word geometry belongs to the shapes."""
    if "geometry" not in table.columns:
        return table
    repairs.append(Repair("geometry", worded("A property is called 'geometry', as the shapes are; it was renamed 'geometry_property'."), 1))
    return table.rename(columns={"geometry": "geometry_property"})
