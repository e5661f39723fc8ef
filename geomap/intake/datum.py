"""On which datum degrees are: an older survey of a country puts the same degrees up to hundreds of metres elsewhere, and a file seldom says so.

A file whose degrees and grid coordinates agree can still be wrong in both; only a known point outside the file can tell.
"""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyproj import CRS, Geod, Transformer

from geomap.intake.record import Repair
from geomap.worded import worded

OLDER = {
    "EPSG:4277": ("OSGB36", "EPSG:27700"), "EPSG:4267": ("NAD27", ""), "EPSG:4230": ("ED50", ""), "EPSG:4301": ("Tokyo", ""), "EPSG:4202": ("AGD66", ""),
    "EPSG:4272": ("NZGD49", ""), "EPSG:4314": ("DHDN", ""), "EPSG:4275": ("NTF", ""), "EPSG:4299": ("TM65", "EPSG:29902"), "EPSG:4313": ("Belge 1972", ""),
    "EPSG:4222": ("Cape", ""),
}  # fmt: skip
WGS84 = "EPSG:4326"
FAR, NEAR = 30.0, 10.0
ACROSS, UP = (
    re.compile(r"^(?:easting|eastings|x_?coord.*)$", re.IGNORECASE),
    re.compile(r"^(?:northing|northings|y_?coord.*)$", re.IGNORECASE),
)


@dataclass(frozen=True)
class Datum:
    """crs: what the degrees most likely are; told: why, or what cannot be told."""

    crs: str
    told: tuple[Repair, ...] = ()


def datum_of(cells: pd.DataFrame, x: str, y: str) -> Datum:
    """What can be told of the degrees in columns *x* and *y*, from where they lie and from grid coordinates beside them."""
    degrees = _numbers(cells, x, y)
    if not len(degrees):
        return Datum(WGS84)
    older = _older(degrees)
    if not older:
        return Datum(WGS84)
    code, shift = older
    name, grid = OLDER[code]
    beside = _grid_columns(cells) if grid else None
    if beside is None:
        return Datum(WGS84, (_doubt(name, code, shift),))
    apart = {one: _apart(cells, (x, y), beside, (one, grid)) for one in (WGS84, code)}
    if apart[WGS84] > FAR and apart[code] < NEAR:
        said = worded(
            "Columns {x} and {y} are degrees of {name} ({code}), not WGS84: read so they agree with {first} and {second} to {near} m, read as WGS84 they lie {far} m off. The card says {code}.",
            x=str(repr(x)),
            y=str(repr(y)),
            name=name,
            code=str(code),
            first=str(repr(beside[0])),
            second=str(repr(beside[1])),
            near=f"{apart[code]:.0f}",
            far=f"{apart[WGS84]:.0f}",
        )
        return Datum(code, (Repair("datum", said, len(degrees)),))
    said = (
        worded(
            "Degrees and {first}, {second} agree to {near} m, which does not show that they are right: a file can be wrong in both.",
            first=str(repr(beside[0])),
            second=str(repr(beside[1])),
            near=f"{apart[WGS84]:.0f}",
        )
        if apart[WGS84] < NEAR
        else ""
    )
    doubt = _doubt(name, code, shift)
    return Datum(WGS84, (Repair(doubt.about, " ".join(filter(None, [said, doubt.sentence]))),))


def _doubt(name: str, code: str, shift: float) -> Repair:
    said = worded(
        "The degrees are taken as WGS84. If they are {name} ({code}), as in older files of this country, every point lies {shift} m off: measure one point that you know on a map, and say --crs {code} if it is so.",
        name=name,
        code=str(code),
        shift=f"{shift:.0f}",
    )
    return Repair("datum", said)


def _older(degrees: np.ndarray) -> tuple[str, float] | None:
    """The older datum in use where the points lie that moves them most, and by how many metres."""
    east, north = np.median(degrees, axis=0)
    found = {}
    for code in OLDER:
        area = CRS(code).area_of_use
        if area and area.west <= east <= area.east and area.south <= north <= area.north:
            moved = Transformer.from_crs(code, WGS84, always_xy=True).transform(east, north)
            found[code] = Geod(ellps="WGS84").inv(east, north, *moved)[2]
    named = [code for code in found if found[code] > FAR]
    smallest = min(named, key=lambda code: CRS(code).area_of_use.east - CRS(code).area_of_use.west, default="")
    return (smallest, found[smallest]) if smallest else None


def _apart(cells: pd.DataFrame, degrees: tuple[str, str], grid: tuple[str, str], ways: tuple[str, str]) -> float:
    """How many metres the two pairs of columns lie apart, in the median, read as *ways*."""
    own = [pd.to_numeric(cells[name], errors="coerce").to_numpy(dtype=float) for name in (*degrees, *grid)]
    known = np.isfinite(own).all(axis=0)
    lon, lat, east, north = (column[known] for column in own)
    if not len(lon):
        return np.inf
    here = Transformer.from_crs(ways[0], ways[1], always_xy=True).transform(lon, lat)
    return float(np.median(np.hypot(here[0] - east, here[1] - north)))


def _grid_columns(cells: pd.DataFrame) -> tuple[str, str] | None:
    across, up = (next((str(name) for name in cells.columns if head.match(str(name))), "") for head in (ACROSS, UP))
    return (across, up) if across and up else None


def _numbers(cells: pd.DataFrame, x: str, y: str) -> np.ndarray:
    found = np.column_stack([pd.to_numeric(cells[name], errors="coerce").to_numpy(dtype=float) for name in (x, y)])
    return found[np.isfinite(found).all(axis=1)]
