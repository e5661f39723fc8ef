"""Hostile kinds of file read in a process of their own, and its answer checked."""

import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import shapely

from geomap.errors import IntakeError
from geomap.intake.confined import run
from geomap.intake.crs import described
from geomap.intake.limits import GIGABYTE, MEMORY_BYTES, seconds_for
from geomap.intake.recognise import Kind, name_of
from geomap.intake.record import Repair
from geomap.intake.words import shown
from geomap.worded import worded


@dataclass(frozen=True)
class Apart:
    """head: what the reader says of the file; repairs: what it did; body: an Arrow stream, or nothing."""

    head: dict[str, Any]
    repairs: list[Repair]
    body: bytes


def read_apart(reader: str, path: Path, kind: Kind, *, said: Path | None = None) -> Apart:
    """What the *reader* finds in *path*; IntakeError in its words, naming the file *said*."""
    ran = run(reader, path)
    file = name_of(said or path)
    line, _, body = ran.answer.partition(b"\n")
    try:
        found = json.loads(line)
    except ValueError:
        found = {}
    if ran.late or ran.code < 0 or not found:
        raise IntakeError(
            worded(
                "{file} was given up: {kind} of its size may take {seconds} seconds and {memory} GB of memory to be read, and this one asked for more or broke the reader. It is damaged, too large, or made to do harm; export it again.",
                file=file,
                kind=kind.value,
                seconds=str(seconds_for(path.stat().st_size)),
                memory=str(MEMORY_BYTES // GIGABYTE),
            )
        )
    if "refused" in found:
        raise IntakeError(found["refused"].replace(name_of(path), file), tuple(found["faults"]))
    if "damaged" in found:
        raise IntakeError(
            worded(
                "{file} is damaged: it cannot be read as {kind} ({wrong}). Export or upload it again.",
                file=file,
                kind=kind.value,
                wrong=shown(found["damaged"]),
            )
        )
    if ran.code:
        raise IntakeError(
            worded("{file} is damaged: it cannot be read to its end as {kind}. Export or upload it again.", file=file, kind=kind.value)
        )
    head = found["head"]
    return Apart(
        head, [Repair(one["about"], one["sentence"], one["count"], tuple(one["examples"])) for one in head.get("repairs", [])], body
    )


def shapes_apart(reader: str, path: Path, kind: Kind, *, said: Path | None = None) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """The features that the *reader* finds in *path*, with their CRS."""
    apart = read_apart(reader, path, kind, said=said)
    crs = described(said or path, apart.head.get("crs") or "")
    try:
        table = pa.ipc.open_stream(io.BytesIO(apart.body)).read_all()
        table.validate(full=True)
        shapes = shapely.force_2d(shapely.from_wkb(table.column("geometry").to_numpy(zero_copy_only=False)))
        frame = table.drop_columns(["geometry"]).to_pandas(date_as_object=False)
    except (pa.ArrowInvalid, pa.ArrowException, shapely.errors.GEOSException, OSError) as wrong:
        raise IntakeError(
            worded(
                "{file} is damaged: it cannot be read as {kind} ({wrong}).", file=name_of(said or path), kind=kind.value, wrong=shown(wrong)
            )
        ) from None
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=crs), apart.repairs
