"""One file looked at as it would be taken in, and what would become of it; nothing is written."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geomap.errors import GeomapError, UsageError
from geomap.intake.areas import TakenAreas, check_areas
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.shapes import TakenShapes, take_shapes
from geomap.intake.words import listed
from geomap.workspace import guess
from geomap.workspace.inspect_card import inspect_card
from geomap.workspace.inspect_table import inspect_table

ROLES = ("boundary", "table", "survey", "raster", "card")
LEAST_MATCH = 0.5


@dataclass(frozen=True)
class Inspected:
    """outcome: loaded, repaired or refused; messages: sentences for a person; rows read, and how many found their place."""

    outcome: str
    messages: tuple[str, ...]
    rows: int = 0
    matched: int = 0


def inspect(path: Path, role: str, *, boundaries: Path | None = None) -> Inspected:
    """What becomes of the file in its *role*; with *boundaries*, held to those places."""
    if role not in ROLES:
        raise UsageError(f"A file is inspected as one of {', '.join(ROLES)}, not as '{role}'.")
    try:
        places = _places(boundaries) if boundaries else None
    except GeomapError as wrong:
        raise UsageError(f"The boundaries to compare with cannot be used: {wrong}") from None
    try:
        return _AS[role](path, places)
    except GeomapError as wrong:
        return Inspected("refused", (wrong.message, *wrong.faults))


def _boundary(path: Path, places: gpd.GeoDataFrame | None) -> Inspected:
    taken = _areas(path)
    repairs, matched = list(taken.repairs), len(taken.frame)
    if places is not None:
        known = taken.codes.isin(places.index)
        matched = int(known.sum())
        if matched < LEAST_MATCH * len(known):
            said = (
                f"Only {matched} of {len(known)} codes of {name_of(path)} match those of the boundaries ({listed(taken.codes[~known])} do not): "
                "another edition or another level. Take the boundaries on whose codes the data are."
            )
            return Inspected("refused", (said, *map(str, repairs)), len(known), matched)
        if matched < len(known):
            repairs.append(
                Repair(
                    "match",
                    f"{len(known) - matched} codes match none of the boundaries: {listed(taken.codes[~known])}.",
                    len(known) - matched,
                )
            )
    return _told(repairs, taken.notes, len(taken.frame), matched)


def _raster(path: Path, places: gpd.GeoDataFrame | None) -> Inspected:
    from geomap.intake.rasters import take_raster

    taken = take_raster(path, places=places)
    return _told(taken.repairs, (), taken.cells, 0 if places is None else len(places))


def _table(path: Path, places: gpd.GeoDataFrame | None) -> Inspected:
    return _told(*inspect_table(path, places, survey=False))


def _survey(path: Path, places: gpd.GeoDataFrame | None) -> Inspected:
    return _told(*inspect_table(path, places, survey=True))


def _card(path: Path, places: gpd.GeoDataFrame | None) -> Inspected:  # noqa: ARG001  a card is judged without places
    return Inspected("loaded", inspect_card(path))


def _told(repairs: Iterable[Repair], notes: Iterable[Repair], rows: int, matched: int) -> Inspected:
    repairs = tuple(repairs)
    return Inspected("repaired" if repairs else "loaded", (*map(str, repairs), *map(str, notes)), rows, matched)


def _places(path: Path) -> gpd.GeoDataFrame:
    """The places to compare with, by code."""
    taken = _areas(path)
    names = guess.named(_cells(taken.frame), guess.NAME_WORDS, unique=False)
    frame = taken.frame.set_index(pd.Index(taken.codes, name="code"))
    return frame.assign(name=frame[names].astype(str) if names else frame.index)


def _areas(path: Path) -> TakenAreas:
    shapes = take_shapes(path)
    return check_areas(path, shapes, _code_column(shapes))


def _code_column(taken: TakenShapes) -> str:
    """The column of codes: named like one and different in each place, else only named like one, else different and no name."""
    table = _cells(taken.frame)
    called = guess.named(table, guess.CODE_WORDS, unique=True) or guess.named(table, guess.CODE_WORDS, unique=False)
    others = (
        name for name in table.columns if not guess.NAME_WORDS.search(str(name)) and table[name].is_unique and (table[name] != "").all()
    )
    return called or next(others, "code")


def _cells(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(frame.drop(columns=frame.geometry.name)).astype(object).where(lambda cells: cells.notna(), "").astype(str)


_AS = {"boundary": _boundary, "raster": _raster, "table": _table, "survey": _survey, "card": _card}
