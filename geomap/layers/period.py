"""Whether the dates in the data are those the card speaks of: a source that silently serves another period is refused."""

import re

import numpy as np
import pandas as pd

from geomap.errors import LayerError
from geomap.layers.layer import Layer
from geomap.worded import worded

YEAR = re.compile(r"(?<!\d)(?:1[89]|20)\d{2}(?!\d)")
TWO_YEARS = re.compile(r"(?<!\d)((?:1[89]|20)\d{2})[-/](\d{2})(?![-/\d])")
LEAST = 0.95


def years_of(period: str) -> tuple[int, int] | None:
    """First and last year that the words of a period name, such as "2019/2021", "June 2019 to May 2021" or "2024/25"; nothing where none is named."""
    named = [int(year) for year in YEAR.findall(period)]
    named += [int(first) + 1 for first, last in TWO_YEARS.findall(period) if int(last) == (int(first[2:]) + 1) % 100]
    return (min(named), max(named)) if named else None


def demand_period(layer: Layer) -> None:
    """Nothing, when the data hold the card's period; else LayerError, with the years that they really hold.

    They hold it when 95 in 100 dated rows lie in it, or when a longer series begins before and ends after it, of which a card names the part that is used.
    """
    said, years = years_of(layer.card.period), _years_in(layer)
    if said is None or years.empty:
        return
    inside = years.between(*said)
    if inside.mean() >= LEAST or (years.min() <= said[0] and years.max() >= said[1] and inside.any()):
        return
    counted = years[~inside].value_counts().sort_index()
    found = ", ".join(f"{int(year)}: {count} row(s)" for year, count in counted.head(10).items())
    raise LayerError(
        worded(
            "The card of '{layer}' says that its data speak of {period}, but {count} of {whole} dated rows lie outside: {found}. The source may serve another period than it did; look into the file, then correct geomap:period or fetch the right file.",
            layer=layer.name,
            period=layer.card.period,
            count=int((~inside).sum()),
            whole=len(years),
            found=str(found),
        )
    )


def cut_short(layer: Layer) -> str:
    """The years at either end of the card's period of which the data hold no row, as a sentence; nothing where they hold both."""
    said, years = years_of(layer.card.period), _years_in(layer)
    if said is None or years.empty or (absent := [year for year in dict.fromkeys(said) if not (years == year).any()]) == []:
        return ""
    return worded(
        "The card of '{layer}' says {period}, but no row is of {examples}; was the file cut short?",
        layer=layer.name,
        period=layer.card.period,
        examples=" or ".join(map(str, absent)),
    )


def years_held(layer: Layer) -> tuple[int, ...]:
    """The years of which the layer has rows, first to last; only those of its card's period where that names years."""
    said, years = years_of(layer.card.period), _years_in(layer).astype(int)
    return tuple(int(year) for year in np.unique(years[years.between(*said)] if said else years))


def _years_in(layer: Layer) -> pd.Series:
    """The year of each row that has one, from the column of dates or else of periods."""
    card, table = layer.card, layer.table
    if card.date_field in table.columns and pd.api.types.is_datetime64_any_dtype(table[card.date_field]):
        return table[card.date_field].dt.year.dropna()
    if card.period_field not in table.columns:
        return pd.Series(dtype=float)
    named = table[card.period_field].astype("str").str.extract(r"(?<!\d)((?:1[89]|20)\d{2})", expand=False)
    return pd.to_numeric(named, errors="coerce").replace([np.inf], np.nan).dropna()
