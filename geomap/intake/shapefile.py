"""The parts of a Shapefile held to each other, then read by GDAL's driver, in the confined process."""

import struct
from pathlib import Path
from typing import Any

from geomap.errors import IntakeError
from geomap.intake.encodings import known_encoding
from geomap.intake.recognise import name_of
from geomap.intake.record import Repair
from geomap.intake.words import shown
from geomap.worded import worded

MAGIC = b"\x00\x00\x27\x0a"
HEADER = 100


def read(path: Path) -> tuple[dict[str, Any], Any]:
    """The features of the Shapefile whose parts lie beside *path*."""
    repairs: list[Repair] = []
    _whole(path)
    encoding = _encoding(path, repairs)
    from geomap.intake.features import read_by_gdal

    return read_by_gdal(path, "ESRI Shapefile", repairs=repairs, encoding=encoding, SHAPE_RESTORE_SHX="NO")


def _whole(path: Path) -> None:
    """The index and the table speak of the same number of shapes, and no part stops short."""
    with path.open("rb") as shapes, path.with_suffix(".shx").open("rb") as index, path.with_suffix(".dbf").open("rb") as table:
        marks, head = (shapes.read(4), index.read(4)), table.read(12)
    if marks != (MAGIC, MAGIC) or len(head) < 12:
        raise IntakeError(
            worded("{file} is damaged: what is called .shp, .shx and .dbf is no Shapefile. Export it again.", file=name_of(path))
        )
    rows, start, width = struct.unpack_from("<IHH", head, 4)
    drawn = (path.with_suffix(".shx").stat().st_size - HEADER) // 8
    if rows != drawn:
        raise IntakeError(
            worded(
                "{file} is damaged: its .dbf has {rows} rows and its .shx {drawn} shapes. Export it again.",
                file=name_of(path),
                rows=rows,
                drawn=drawn,
            )
        )
    if path.with_suffix(".dbf").stat().st_size < start + rows * width:
        raise IntakeError(worded("{file} is damaged: its .dbf stops before its last row. Export it again.", file=name_of(path)))


def _encoding(path: Path, repairs: list[Repair]) -> str:
    """The encoding of the .cpg where it fits the table, else the one that does, with a record."""
    raw = path.with_suffix(".dbf").read_bytes()
    (start,) = struct.unpack_from("<H", raw, 8)
    text = raw[start:]
    note = path.with_suffix(".cpg")
    said = note.read_bytes()[:40].decode("latin-1") if note.is_file() else ""
    declared = known_encoding(said)
    if text.isascii():
        return declared or "utf-8"
    if declared and _fits(text, declared):
        return declared
    found = "utf-8" if _fits(text, "utf-8") else "cp1252" if _fits(text, "cp1252") else "latin-1"
    why = worded("says {said}, which does not fit", said=shown(said)) if said else worded("has no .cpg that says so")
    repairs.append(
        Repair(
            "encoding",
            worded("The encoding of its names is not sure: it {why}; they were read as {found}. Check them.", why=why, found=str(found)),
            1,
        )
    )
    return found


def _fits(text: bytes, encoding: str) -> bool:
    try:
        text.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
