"""The cells of a table by place and group: who is in each, and which cells add up to which."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.indicators.respondents import Respondents
from geomap.indicators.sources import Sources
from geomap.statistics.domains import Domains

CITY = "city"
KEY = ("level", "code", "by", "group")
MARK = "\x1f"


@dataclass(frozen=True)
class Cells:
    """table: the columns KEY, a row a cell. domains: who is in which cell, for each way of parting the respondents, in the order of the rows.

    lines: families of sums, as *hidden_bases* reads them.
    """

    table: pd.DataFrame
    domains: tuple[Domains, ...]
    lines: tuple[tuple[pd.Series, pd.Series], ...]


def cells_of(who: Respondents, sources: Sources, levels: Sequence[str], columns: Sequence[str]) -> Cells:
    """The city and each place of *levels*, each whole and by the groups of each of *columns*."""
    parts = {CITY: pd.Series(CITY, index=who.layer.table.index), **{level: who.places(sources, level)[1] for level in levels}}
    cuts = [(level, by) for level in parts for by in ("", *columns)]
    domains = tuple(_domains(parts[level], who, by) for level, by in cuts)
    tables = [_keys(found, level, by) for found, (level, by) in zip(domains, cuts, strict=True)]
    table = pd.concat(tables, ignore_index=True)
    return Cells(table, domains, tuple(_lines(table, sources)))


def _domains(place: pd.Series, who: Respondents, by: str) -> Domains:
    group = who.layer.column(by).astype("object") if by else pd.Series("", index=place.index)
    known = place.notna() & group.notna()
    return Domains.of((place.astype(str) + MARK + group.astype(str)).astype(object).where(known, None))


def _keys(found: Domains, level: str, by: str) -> pd.DataFrame:
    parted = [str(code).split(MARK, 1) for code in found.codes]
    return pd.DataFrame(
        {"level": level, "code": [code for code, _ in parted], "by": by, "group": [group for _, group in parted]}, dtype=object
    )


def _lines(table: pd.DataFrame, sources: Sources) -> list[tuple[pd.Series, pd.Series]]:
    """Groups in a place, groups over places, places in larger places, places in the city."""
    at = pd.Series(np.arange(len(table)), index=_joined(*(table[name] for name in KEY)))
    level, code, by, group = (table[name] for name in KEY)
    none, city = pd.Series("", index=table.index), pd.Series(CITY, index=table.index)

    def total(*parts: pd.Series) -> pd.Series:
        return _joined(*parts).map(at).fillna(-1).astype(int)

    lines = [
        (_joined(level, code, by).where(by != ""), total(level, code, none, none)),
        (_joined(level, by, group).where(level != CITY), total(city, city, by, group)),
    ]
    for place, finer in enumerate(sources.levels):
        for coarser in sources.levels[place + 1 :]:
            if (parents := sources.atlas.parent_in(finer, coarser)) is not None:
                parent = code.where(level == finer).map(parents)
                inside = _joined(pd.Series(coarser, index=table.index), parent.fillna(""), by, group)
                lines.append((inside.where(parent.notna()), total(pd.Series(coarser, index=table.index), parent.fillna(""), by, group)))
    return lines


def _joined(*parts: pd.Series) -> pd.Series:
    first, *rest = (part.astype(object) for part in parts)
    for part in rest:
        first = first + MARK + part
    return first
