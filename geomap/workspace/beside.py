"""The boundary files that a file is held to: the one it must fit, and those beside it, of which one may fit better."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from geomap.errors import GeomapError
from geomap.intake.areas import TakenAreas, check_areas
from geomap.intake.keys import CODE_HEAD, ROW_HEAD
from geomap.intake.shapes import TakenShapes, take_shapes
from geomap.intake.words import shown
from geomap.workspace import guess

MOST = 12


@dataclass(frozen=True)
class Beside:
    """places: by code, with their names; others: further boundary files, read only where those places do not fit; encoding: as a person declared it."""

    places: gpd.GeoDataFrame | None = None
    others: tuple[Path, ...] = ()
    encoding: str = ""


def siblings(boundaries: Path) -> tuple[Path, ...]:
    """The boundary files of the same kind in the same folder, and of the other sets where the folder is one of a workspace's."""
    folder = boundaries.parent
    near = [
        *folder.glob(f"*{boundaries.suffix}"),
        *(folder.parent.glob(f"*/*{boundaries.suffix}") if folder.parent.name == "boundaries" else ()),
    ]
    return tuple(sorted({one for one in near if one.is_file() and one.resolve() != boundaries.resolve()}))[:MOST]


def codes_of(others: Sequence[Path]) -> dict[str, pd.Index]:
    """The codes in each boundary file that can be read, by its name."""
    found = {}
    for path in others:
        try:
            found[path.stem] = pd.Index(read_areas(path).codes)
        except GeomapError:
            continue
    return found


def better(codes: pd.Series | pd.Index, matched: int, others: Sequence[Path]) -> str:
    """One sentence on the boundary file that more of *codes* are in, or nothing."""
    given = pd.Index(codes)
    fits = {name: int(given.isin(known).sum()) for name, known in codes_of(others).items()}
    best = max(fits, key=fits.__getitem__, default="")
    return f" The boundary set {shown(best)} fits better: {fits[best]} of {len(given)}." if best and fits[best] > matched else ""


def read_places(path: Path) -> gpd.GeoDataFrame:
    """The places to compare with, by code."""
    taken = read_areas(path)
    names = guess.named(_cells(taken.frame), guess.NAME_WORDS, unique=False)
    frame = taken.frame.set_index(pd.Index(taken.codes, name="code"))
    return frame.assign(name=frame[names].astype(str) if names else frame.index)


def read_areas(path: Path) -> TakenAreas:
    """The areas of a boundary file, by the column that looks most like codes."""
    shapes = take_shapes(path)
    return check_areas(path, shapes, _code_column(shapes))


def _code_column(taken: TakenShapes) -> str:
    """The column of codes: named like one and different in each place, else only named like one, else different and no name, no row number of a portal."""
    table = _cells(taken.frame)
    called = guess.named(table, guess.CODE_WORDS, unique=True) or guess.named(table, guess.CODE_WORDS, unique=False)
    single = [name for name in map(str, table.columns) if table[name].is_unique and (table[name] != "").all()]
    others = [name for name in single if not guess.NAME_WORDS.search(name)]
    likely = [name for name in others if CODE_HEAD.search(name) and not ROW_HEAD.match(name)]
    plain = [name for name in others if not ROW_HEAD.match(name) and not name.startswith(":")]
    return called or next(iter([*likely, *plain, *others]), "code")


def _cells(frame: gpd.GeoDataFrame) -> pd.DataFrame:
    return pd.DataFrame(frame.drop(columns=frame.geometry.name)).astype(object).where(lambda cells: cells.notna(), "").astype(str)
