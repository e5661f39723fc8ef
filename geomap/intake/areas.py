"""Shapes held to what boundaries must be: one sound polygon and one code a place, each piece of ground in one place."""

import io
import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import shapely

from geomap.errors import IntakeError
from geomap.intake.apart import read_apart
from geomap.intake.area_codes import clean_names, code_faults
from geomap.intake.coordinates import at_zero, coordinate_faults, far_away, metres
from geomap.intake.coverage import SLIVERS
from geomap.intake.recognise import Kind, name_of
from geomap.intake.record import Repair
from geomap.intake.shapes import TakenShapes
from geomap.intake.sound import FINE, Sound, made_sound
from geomap.intake.words import listed
from geomap.worded import worded

HERE = 3_000  # vertices: so few cannot be tangled so badly that the checks take long; more are checked in a process of their own


@dataclass(frozen=True)
class TakenAreas:
    """frame: one row a place, sound polygons; codes: their codes as text; repairs: what was done or is doubtful; notes: what changes nothing."""

    frame: gpd.GeoDataFrame
    codes: pd.Series
    repairs: tuple[Repair, ...] = ()
    notes: tuple[Repair, ...] = ()


def check_areas(path: Path, taken: TakenShapes, code: str) -> TakenAreas:
    """The shapes as places, mended where that is safe; IntakeError with every fault at once."""
    frame = taken.frame.copy()
    if code not in frame.columns:
        columns = listed([name for name in frame.columns if name != frame.geometry.name])
        raise IntakeError(
            worded(
                "{file} has no column with an area code for each place. Its columns are: {columns}.",
                file=name_of(path),
                columns=str(columns or "–"),
            )
        )
    cleaned = clean_names(frame, but=code)
    text, faults, noted = code_faults(frame[code])
    names = text.fillna(worded("without code")).to_numpy(dtype=object)
    elsewhere = [*coordinate_faults(frame), *_zero(frame, names)]
    shapes, unsound, mended = _sound(path, frame, names, cover=not (elsewhere or faults))
    frame = frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs))
    apart = [] if elsewhere else far_away(frame, names)
    repairs = (*taken.repairs, *cleaned, *noted, *mended, *apart)
    if faults := [*faults, *unsound, *elsewhere]:
        raise IntakeError(
            worded("{file} cannot serve as boundaries:", file=name_of(path)), (*faults, *(f"(also: {repair})" for repair in repairs))
        )
    notes = tuple(repair for repair in repairs if repair.about in (FINE, SLIVERS))
    return TakenAreas(frame, text, tuple(repair for repair in repairs if repair not in notes), notes)


def _sound(path: Path, frame: gpd.GeoDataFrame, codes: np.ndarray, *, cover: bool) -> Sound:
    """Shapes made sound: here where they are few, else in the confined process, because a tangle can take hours."""
    shapes, unit = np.asarray(frame.geometry.array), metres(frame)
    if shapely.get_num_coordinates(shapes).sum() <= HERE:
        return made_sound(shapes, codes, unit, cover=cover)
    asked = {b"asked": json.dumps({"unit": unit, "cover": cover}).encode()}
    columns = [pa.array(shapely.to_wkb(shapes), pa.large_binary()), pa.array([str(code) for code in codes], pa.large_string())]
    table = pa.Table.from_arrays(columns, ["geometry", "code"]).replace_schema_metadata(asked)
    with tempfile.TemporaryDirectory(prefix="geomap-intake-") as folder:
        file = Path(folder, "shapes.arrow")
        with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_stream(sink, table.schema) as stream:
            stream.write_table(table)
        apart = read_apart("sound", file, Kind.SHAPES, said=path)
    changed = pa.ipc.open_stream(io.BytesIO(apart.body)).read_all()
    if changed.num_rows:
        shapes = shapes.copy()
        shapes[changed.column("at").to_numpy()] = shapely.from_wkb(changed.column("geometry").to_numpy(zero_copy_only=False))
    return shapes, apart.head["faults"], apart.repairs


def _zero(frame: gpd.GeoDataFrame, codes: np.ndarray) -> list[str]:
    zero = np.flatnonzero(at_zero(frame))
    return (
        [worded("{count} place(s) lie at (0, 0): {examples}. Draw them where they are.", count=len(zero), examples=listed(codes[zero]))]
        if len(zero)
        else []
    )
