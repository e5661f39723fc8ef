"""Which rows of a layer a measure speaks of: those of its filter, its dates and the period."""

import re

import numpy as np
import pandas as pd

from geomap.errors import LayerError, MethodologyError
from geomap.indicators.measure import Cell, Measure
from geomap.layers.layer import Layer


def rows_of(layer: Layer, measure: Measure, period: str, years: tuple[int, ...] = ()) -> Layer:
    """The layer with only the rows that *measure* means in *period*, or in *years* where those are taken together."""
    rows = matching(layer, measure.where)
    rows &= of_years(layer, years) if years else of_period(layer, period)
    since, until = ends_of(years) if years and layer.card.date_field else window(measure, period)
    if since or until:
        if not layer.card.date_field:
            raise MethodologyError(f"The measure of '{layer.name}' names dates, but its card names no geomap:date_field.")
        dates = layer.dates(layer.card.date_field)
        rows &= (dates >= pd.Timestamp(since)).to_numpy() if since else True
        rows &= (dates < pd.Timestamp(until) + pd.Timedelta(days=1)).to_numpy() if until else True
    return layer.take(rows)


def matching(layer: Layer, where: dict[str, tuple[Cell, ...]]) -> np.ndarray:
    """Per row, whether every column named in *where* holds one of its values; a value that never occurs is an error."""
    rows = np.ones(len(layer.table), dtype=bool)
    for name, wanted in where.items():
        column = layer.column(name)
        present = set(column.dropna().unique())
        if unknown := [value for value in wanted if value not in present]:
            raise LayerError(
                f"The column '{name}' of the layer '{layer.name}' never holds {unknown}. It holds {sorted(map(str, present))[:30]}."
            )
        rows &= column.isin(list(wanted)).to_numpy()
    return rows


def of_period(layer: Layer, period: str) -> np.ndarray:
    """Per row, whether it is of *period*; all rows where the layer knows no periods."""
    if not layer.card.period_field:
        return np.ones(len(layer.table), dtype=bool)
    column = layer.column(layer.card.period_field).astype(str)
    rows = (column == period).to_numpy()
    if not rows.any():
        raise LayerError(f"The layer '{layer.name}' has no rows of the period '{period}'. It has {sorted(column.unique())}.")
    return rows


def of_years(layer: Layer, years: tuple[int, ...]) -> np.ndarray:
    """Per row, whether the last year that its period names is one of *years*; all rows where the layer knows no periods."""
    if not layer.card.period_field:
        return np.ones(len(layer.table), dtype=bool)
    named = layer.column(layer.card.period_field).astype("str")
    last = named.drop_duplicates().str.extract(r"(\d{4})(?!.*\d{4})", expand=False)
    return named.isin(named[last.index][last.isin(list(map(str, years)))]).to_numpy()


def ends_of(years: tuple[int, ...]) -> tuple[str, str]:
    """The first day of the first and the last day of the last of *years*."""
    return f"{years[0]}-01-01", f"{years[-1]}-12-31"


def window(measure: Measure, period: str) -> tuple[str, str]:
    """The first and last day the measure looks at, or nothing where it names none."""
    if not measure.window_years:
        return measure.since, measure.until
    year = year_of(period)
    return f"{year - measure.window_years + 1}-01-01", f"{year}-12-31"


def year_of(period: str) -> int:
    """The last year named in a period: 2025 of "2025", 2021 of "2019/2021"."""
    years = re.findall(r"\d{4}", period)
    if not years:
        raise MethodologyError(f"The period '{period}' names no year; write one such as 2025.")
    return int(years[-1])
