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

NEEDED = {
    ".dbf": "no .dbf, so its areas have no codes",
    ".shx": "no .shx, the index of its shapes",
    ".prj": "no .prj, so its coordinate reference system is not known",
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
        raise IntakeError(f"{name_of(path)} is damaged: it cannot be unpacked ({shown(wrong)}). Zip or upload it again.") from None


def _parts(path: Path, inside: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    by_name = {member.filename: member for member in inside}
    shapes = [name for name in by_name if name.lower().endswith(".shp")]
    if not shapes:
        raise IntakeError(
            f"{name_of(path)} holds no Shapefile, only {listed(by_name)}. Zip a .shp with its .shx, .dbf and .prj; any other file goes unzipped."
        )
    if len(shapes) > 1:
        raise IntakeError(f"{name_of(path)} holds more than one Shapefile: {listed(shapes)}. Zip only the one that is meant.")
    stem = PurePosixPath(shapes[0]).with_suffix("")
    parts = {
        PurePosixPath(name).suffix.lower(): member
        for name, member in by_name.items()
        if str(PurePosixPath(name).with_suffix("")).lower() == str(stem).lower()
    }
    if faults := tuple(f"{shapes[0]!r} has {why}; put it into the archive." for ending, why in NEEDED.items() if ending not in parts):
        raise IntakeError(f"{name_of(path)} holds an incomplete Shapefile:", faults)
    return {ending: parts[ending] for ending in PARTS if ending in parts}
