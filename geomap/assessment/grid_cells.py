"""The cells of a table by place and group: who is in each, and which cells add up to which."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.assessment.grounds import CITY, Grounds
from geomap.disclosure.nesting import Nests, nests_of
from geomap.indicators.respondents import BETWEEN, Respondents, columns_of
from geomap.indicators.sources import Sources
from geomap.statistics.domains import Domains

KEY = ("level", "code", "by", "group")
MARK = "\x1f"
LEFT = "\x1eleft"  # after the code of a place: its answers that stay out of it, which a larger place may hold
REST = "\x1erest"  # the group of those who gave none, and the place of those in none: never shown, but what the others leave of their sum
_Part = tuple[int, Mapping[str, str] | None]  # which of crossed columns, and what its values fall into; None: themselves


@dataclass(frozen=True)
class Cells:
    """table: the columns KEY, a row a cell; which are *unsaid* is never shown. domains: who is in which cell, for each way of parting the respondents, in the order of the rows.

    lines: families of sums, as *hidden_bases* reads them. left: per level, whose answers stay out of it.
    """

    table: pd.DataFrame
    domains: tuple[Domains, ...]
    lines: tuple[tuple[pd.Series, pd.Series], ...]
    left: dict[str, NDArray[np.bool_]]

    @property
    def lacking(self) -> set[tuple[str, str]]:
        """The places (level, code) that some answers stay out of."""
        away = self.table[self.table["code"].str.endswith(LEFT)]
        return {(level, code.removesuffix(LEFT)) for level, code in zip(away["level"], away["code"], strict=True)}


def cells_of(who: Respondents, sources: Sources, grounds: Grounds, columns: Sequence[str], *, left: dict[str, NDArray[np.bool_]]) -> Cells:
    """The city and each place of *grounds*, each whole and by the groups of each of *columns*; left: per level, whose answers stay out of it."""
    parts = [
        (level, grounds.levels[level].fillna(REST).mask(left[level]))
        for level in (CITY, *(level for level in grounds.levels if level != CITY))
    ]
    parts += [(level, (grounds.levels[level] + LEFT).where(away)) for level, away in left.items() if level != CITY and away.any()]
    cuts = [(level, place, by) for level, place in parts for by in ("", *columns)]
    domains = tuple(_domains(place, who, by) for _, place, by in cuts)
    tables = [_keys(found, level, by) for found, (level, _, by) in zip(domains, cuts, strict=True)]
    table = pd.concat(tables, ignore_index=True)
    lines = [*nested(table, nests_of(who.layer.table, columns)), *lines_of(table, sources, absent(grounds, left))]
    return Cells(table, domains, tuple(lines), left)


def nested(table: pd.DataFrame, nests: Nests) -> Iterator[tuple[pd.Series, pd.Series]]:
    """Groups in the groups of a coarser column that they nest in, and crossed groups ("young * female") in those of each of their columns, as *hidden_bases* reads lines.

    table: the columns KEY. nests: of the columns of the records, as *nests_of* finds them.
    """
    keys = list(table[list(KEY)].itertuples(index=False, name=None))
    at = {key: position for position, key in enumerate(keys)}
    for finer, coarser in permutations([by for by in table["by"].unique() if by], 2):
        parts = _parts_of(finer, coarser, nests)
        if all(parts):
            into = {group: _falls_into(group, len(columns_of(finer)), parts) for group in table.loc[table["by"] == finer, "group"]}
            whole = [at.get((level, code, coarser, into[group]), -1) if by == finer else -1 for level, code, by, group in keys]
            total = pd.Series(whole, index=table.index)
            yield total.where(total >= 0), total


def _parts_of(finer: str, coarser: str, nests: Nests) -> list[_Part | None]:
    """For each column of *coarser*, a column or several that are crossed, where in *finer* the value lies that tells its own; None where none does."""
    columns = columns_of(finer)

    def part_of(wanted: str) -> _Part | None:
        known = ((place, None if one == wanted else nests.get((one, wanted), {})) for place, one in enumerate(columns))
        return next(((place, into) for place, into in known if into is None or into), None)

    return [part_of(wanted) for wanted in columns_of(coarser)]


def _falls_into(group: str, columns: int, parts: Sequence[_Part | None]) -> str | None:
    """The group that *group*, a value of each of so many *columns*, is a part of, as *parts* tell; None where it is part of none."""
    values = group.split(BETWEEN)
    if len(values) != columns:
        return None
    told = [values[place] if into is None else into.get(values[place]) for place, into in filter(None, parts)]
    known = [value for value in told if value is not None]
    return BETWEEN.join(known) if len(known) == len(told) else None


def at_most(shown: pd.Series, everybody: tuple[pd.Series, pd.Series], lines: Sequence[tuple[pd.Series, pd.Series]]) -> pd.Series:
    """How many may have answered in each withheld row (NaN in *shown*): the least that any total leaves, less one for each other withheld row.

    everybody: the line of each row, and all of it, which is told. lines: as *hidden_bases* reads them; a total that is no shown row tells nothing.
    """
    missing = shown.isna()
    sums = [everybody, *((line, shown.reindex(total.where(total >= 0)).set_axis(shown.index)) for line, total in lines)]
    left = [whole - shown.groupby(line).transform("sum") - missing.groupby(line).transform("sum") + 1 for line, whole in sums]
    return pd.concat(left, axis=1).min(axis=1).where(missing)


def absent(grounds: Grounds, left: dict[str, NDArray[np.bool_]]) -> set[tuple[str, str, str]]:
    """Which places (level, code) are, with some of their answers, no part of the places of another level."""
    found: set[tuple[str, str, str]] = set()
    for level, place in grounds.levels.items():
        for other, away in left.items():
            differ = away & ~left[level]
            found |= {(level, str(code), other) for code in place[differ].dropna().unique()}
            found |= {(level, str(code) + LEFT, other) for code in place[away & left[level]].dropna().unique()}
    return found


def _domains(place: pd.Series, who: Respondents, by: str) -> Domains:
    group = who.layer.column(by).astype("object").fillna(REST) if by else pd.Series("", index=place.index)
    return Domains.of((place.astype(str) + MARK + group.astype(str)).astype(object).where(place.notna(), None))


def _keys(found: Domains, level: str, by: str) -> pd.DataFrame:
    parted = [str(code).split(MARK, 1) for code in found.codes]
    return pd.DataFrame(
        {"level": level, "code": [code for code, _ in parted], "by": by, "group": [group for _, group in parted]}, dtype=object
    )


def unsaid(table: pd.DataFrame) -> pd.Series:
    """Which cells (the columns KEY) are never shown: answers that stay out of a place, and those of nobody's place or group."""
    return table["code"].str.endswith((LEFT, REST)) | (table["group"] == REST)


def key_of(cut: pd.Series, part: pd.Series, split: pd.Series) -> pd.DataFrame:
    """The columns KEY of rows that each speak of one *part* of a *cut*: of a group where it is a *split* of the people, of a place where it is a level, of the city where it is blank."""
    place = ~split & (cut != "")
    return pd.DataFrame(
        {"level": cut.where(place, CITY), "code": part.where(place, CITY), "by": cut.where(split, ""), "group": part.where(split, "")}
    )


def lines_of(table: pd.DataFrame, sources: Sources, absent: Collection[tuple[str, str, str]] = ()) -> list[tuple[pd.Series, pd.Series]]:
    """Groups in a place, places in larger places, all places and groups in the city.

    table: the columns KEY. absent: a place (level, code) that is no part of those of another level. The city comes last, since what is hidden of a larger place often serves it too.
    """
    at = pd.Series(np.arange(len(table)), index=_joined(*(table[name] for name in KEY)))
    level, code, by, group = (table[name] for name in KEY)
    none, city = pd.Series("", index=table.index), pd.Series(CITY, index=table.index)

    def part_of(other: str) -> pd.Series:
        return pd.Series([(*key, other) not in absent for key in zip(level, code, strict=True)], index=table.index)

    def total(*parts: pd.Series) -> pd.Series:
        return _joined(*parts).map(at).fillna(-1).astype(int)

    lines = [
        (_joined(level, code, by).where(by != ""), total(level, code, none, none)),
    ]
    for place, finer in enumerate(sources.levels):
        for coarser in sources.levels[place + 1 :]:
            if (parents := sources.atlas.parent_in(finer, coarser)) is not None:
                parent = (
                    code.where(level == finer)
                    .str.removesuffix(LEFT)
                    .map(lambda one, known=parents: known.get(one, one if one == REST else np.nan))
                    .astype(object)
                )
                inside = _joined(pd.Series(coarser, index=table.index), parent.fillna(""), by, group)
                lines.append(
                    (
                        inside.where(parent.notna() & part_of(coarser)),
                        total(pd.Series(coarser, index=table.index), parent.fillna(""), by, group),
                    )
                )
    lines.append((_joined(level, by, group).where((level != CITY) & part_of(CITY)), total(city, city, by, group)))
    return lines


def _joined(*parts: pd.Series) -> pd.Series:
    first, *rest = (part.astype(object) for part in parts)
    for part in rest:
        first = first + MARK + part
    return first
