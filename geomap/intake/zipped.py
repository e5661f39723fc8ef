"""A zipped Shapefile: its parts are checked and unpacked into a folder of our own, then read apart."""

import tempfile
import zipfile
from pathlib import Path, PurePosixPath

import geopandas as gpd

from geomap.errors import IntakeError
from geomap.intake.apart import shapes_apart
from geomap.intake.archive import BROKEN, members, unpack
from geomap.intake.recognise import Kind, name_of
from geomap.intake.record import Repair
from geomap.intake.words import listed, shown
from geomap.worded import worded

NEEDED = {
    ".dbf": worded("no .dbf, so its areas have no codes"),
    ".shx": worded("no .shx, the index of its shapes"),
    ".prj": worded("no .prj, so its coordinate reference system is not known"),
}
PARTS = (".shp", *NEEDED, ".cpg")


def read_zipped_shapefile(path: Path) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """The features of the one Shapefile in the archive, and what was repaired."""
    try:
        with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory(prefix="geomap-intake-") as folder:
            parts = _parts(path, members(path, archive))
            for ending, member in parts.items():
                unpack(archive, member, Path(folder, f"shapes{ending}"))
            return shapes_apart("shapefile", Path(folder, "shapes.shp"), Kind.ZIP, said=path)
    except BROKEN as wrong:
        raise IntakeError(
            worded("{file} is damaged: it cannot be unpacked ({wrong}). Zip or upload it again.", file=name_of(path), wrong=shown(wrong))
        ) from None


def _parts(path: Path, inside: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    by_name = {member.filename: member for member in inside}
    shapes = [name for name in by_name if name.lower().endswith(".shp")]
    if not shapes:
        raise IntakeError(
            worded(
                "{file} holds no Shapefile, only {examples}. Zip a .shp with its .shx, .dbf and .prj; any other file goes unzipped.",
                file=name_of(path),
                examples=listed(by_name),
            )
        )
    if len(shapes) > 1:
        raise IntakeError(
            worded(
                "{file} holds more than one Shapefile: {examples}. Zip only the one that is meant.",
                file=name_of(path),
                examples=listed(shapes),
            )
        )
    stem = PurePosixPath(shapes[0]).with_suffix("")
    parts = {
        PurePosixPath(name).suffix.lower(): member
        for name, member in by_name.items()
        if str(PurePosixPath(name).with_suffix("")).lower() == str(stem).lower()
    }
    if faults := tuple(
        worded("{file} has {why}; put it into the archive.", file=str(repr(shapes[0])), why=why)
        for ending, why in NEEDED.items()
        if ending not in parts
    ):
        raise IntakeError(worded("{file} holds an incomplete Shapefile:", file=name_of(path)), faults)
    return {ending: parts[ending] for ending in PARTS if ending in parts}
