"""Shapes held to what boundaries must be: one sound polygon and one code a place, each piece of ground in one place."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from geomap.errors import IntakeError
from geomap.intake.area_codes import clean_names, code_faults
from geomap.intake.coordinates import at_zero, coordinate_faults, far_away, metres
from geomap.intake.coverage import gaps, overlaps
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.shapes import TakenShapes
from geomap.intake.words import listed

AREAS = (3, 6)
COLLECTION = 7
GROWN = 0.01


@dataclass(frozen=True)
class TakenAreas:
    """frame: one row a place, polygons that are sound; codes: their codes as text; repairs: what was done or is doubtful."""

    frame: gpd.GeoDataFrame
    codes: pd.Series
    repairs: tuple[Repair, ...]


def check_areas(path: Path, taken: TakenShapes, code: str) -> TakenAreas:
    """The shapes as places, mended where that is safe; IntakeError with every fault at once."""
    frame = taken.frame.copy()
    if code not in frame.columns:
        columns = listed([name for name in frame.columns if name != frame.geometry.name])
        raise IntakeError(f"{name_of(path)} has no column with an area code for each place. Its columns are: {columns or 'none'}.")
    repairs = [*taken.repairs, *clean_names(frame, but=code)]
    text, faults, noted = code_faults(frame[code])
    names = text.fillna("without code").to_numpy()
    repairs += noted
    shapes, more, noted = _sound(np.asarray(frame.geometry.array), names)
    faults += more
    repairs += noted
    frame = frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))
    if not (more := coordinate_faults(frame)):
        repairs += far_away(frame, names)
        if not faults:
            more, noted = _covered(frame, names)
            repairs += noted
    if faults := [*faults, *more, *_zero(frame, names)]:
        raise IntakeError(f"{name_of(path)} cannot serve as boundaries:", tuple([*faults, *_too(repairs)]))
    return TakenAreas(frame, text, tuple(repairs))


def _too(repairs: list[Repair]) -> list[str]:
    return [f"(also: {repair})" for repair in repairs]


def _sound(shapes: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, list[str], list[Repair]]:
    """Polygons only, valid, with an area."""
    faults, repairs = [], []
    gone = shapely.is_missing(shapes) | shapely.is_empty(shapes)
    if gone.any():
        faults.append(f"{int(gone.sum())} place(s) have no geometry: {_places(gone, codes)}. Draw them, or take them out.")
    shapes = _only_areas(shapes, codes, repairs)
    kinds = shapely.get_type_id(shapes)
    if (other := ~gone & ~np.isin(kinds, AREAS)).any():
        kind = shapely.GeometryType(int(kinds[other][0])).name.lower()
        faults.append(f"{int(other.sum())} feature(s) are no polygon, where a place needs its area: {_places(other, codes)} (the first is a {kind}).")
    fit = ~gone & ~other
    if (broken := fit & ~shapely.is_valid(shapes)).any():
        shapes = shapes.copy()
        repairs.append(_mended(shapes, broken, codes))
    if (flat := fit & ~(shapely.area(shapes) > 0)).any():
        faults.append(f"{int(flat.sum())} place(s) have no area: {_places(flat, codes)}. Draw them anew.")
    return shapes, faults, repairs


def _only_areas(shapes: np.ndarray, codes: np.ndarray, repairs: list[Repair]) -> np.ndarray:
    """Collections reduced to the polygons in them."""
    mixed = np.flatnonzero(shapely.get_type_id(shapes) == COLLECTION)
    if not len(mixed):
        return shapes
    shapes = shapes.copy()
    for at in mixed:
        parts = shapely.get_parts(shapes[at])
        parts = parts[np.isin(shapely.get_type_id(parts), AREAS)]
        if len(parts):
            shapes[at] = parts[0] if len(parts) == 1 else shapely.union_all(parts)
    said = f"{len(mixed)} place(s) are a GeometryCollection; lines and points in them were left out, the polygons kept."
    repairs.append(Repair("GeometryCollection", said, len(mixed), tuple(str(code) for code in codes[mixed][:3])))
    return shapes


def _mended(shapes: np.ndarray, broken: np.ndarray, codes: np.ndarray) -> Repair:
    """Mends the invalid shapes in place."""
    before = shapes[broken]
    reasons = sorted({str(why).split("[")[0].strip().lower() for why in shapely.is_valid_reason(before)})
    shapes[broken] = after = shapely.make_valid(before, method="structure", keep_collapsed=False)
    with np.errstate(all="ignore"):
        changed = np.abs(shapely.area(after) / shapely.area(before) - 1) > GROWN
    grown = f" The area of {int(changed.sum())} changed by more than {GROWN:.0%}: check them." if changed.any() else ""
    said = (
        f"{int(broken.sum())} polygon(s) were invalid ({', '.join(reasons)}), as when rings self-intersect or a hole lies outside; "
        f"they were repaired.{grown}"
    )
    return Repair("invalid", said, int(broken.sum()), tuple(str(code) for code in codes[broken][:3]))


def _covered(frame: gpd.GeoDataFrame, codes: np.ndarray) -> tuple[list[str], list[Repair]]:
    shapes, unit = np.asarray(frame.geometry.array), metres(frame)
    faults, repairs = overlaps(shapes, codes, unit[0] * unit[1])
    return faults, repairs if faults else [*repairs, *gaps(shapes, codes, unit)]


def _zero(frame: gpd.GeoDataFrame, codes: np.ndarray) -> list[str]:
    zero = at_zero(frame)
    return [f"{int(zero.sum())} place(s) lie at (0, 0): {_places(zero, codes)}. Draw them where they are."] if zero.any() else []


def _places(wrong: np.ndarray, codes: np.ndarray) -> str:
    return listed([f"{codes[at]} (feature {at + 1})" for at in np.flatnonzero(wrong)])
