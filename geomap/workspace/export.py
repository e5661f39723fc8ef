"""The files an edition is given away as: by one door, so that the command line and the dashboard give the same bytes."""

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from geomap.assessment.assessment import Assessment
from geomap.assessment.hotspots import hotspots
from geomap.assessment.public import protecting_first
from geomap.editions.age import with_age
from geomap.editions.edition import Edition
from geomap.editions.files import write_whole
from geomap.editions.protects import demand_protects
from geomap.language import in_english
from geomap.methodology.read import FILE as METHOD
from geomap.symbology.overlay import Overlay
from geomap.views.assets_overlay import assets_overlay
from geomap.views.bivariate import bivariate, opens_on_both
from geomap.views.choropleth import choropleth
from geomap.views.csv import write_csv
from geomap.views.geojson import write_geojson
from geomap.views.geopackage import write_geopackage
from geomap.views.hotspots import hotspot_outlines
from geomap.views.standalone import write_page
from geomap.views.workbook import write_workbook

WRITERS: dict[str, Callable[[Assessment, Path], tuple[Path, ...]]] = {
    ".geojson": write_geojson, ".gpkg": write_geopackage, ".csv": write_csv, ".xlsx": write_workbook,
}  # fmt: skip
PACKAGE, MAP, RECIPE = ".zip", ".html", ".toml"
ENDINGS = (*WRITERS, PACKAGE)


@dataclass(frozen=True)
class Wanted:
    """A map that stands alone. node: what colours it, else what the dashboard's map opens on; over it the hot spots of *hot_spots*, and what *protects*."""

    node: str = ""
    hot_spots: str = ""
    protects: bool = False


def write_export(edition: Edition, shown: Assessment, path: Path) -> tuple[Path, ...]:
    """The files written with *shown*, a level of *edition*: *path*, in the format of its ending (one of ENDINGS), and for a single table datapackage.json beside it."""
    ending = path.suffix.lower()
    return (_write_package(edition, shown, path),) if ending == PACKAGE else WRITERS[ending](shown, path)


@in_english
def write_map(edition: Edition, shown: Assessment, path: Path, wanted: Wanted = Wanted(), *, today: date) -> Path:
    """*path*: a map that stands alone, as it is *wanted*."""
    aged = with_age(edition, shown, today)
    both = not wanted.node and opens_on_both(aged)
    payload = bivariate(aged) if both else choropleth(aged, wanted.node or protecting_first(aged, aged.nodes)[0].id)
    return write_page(aged, replace(payload, overlays=tuple(_over(edition, aged, wanted))), path)


def _over(edition: Edition, shown: Assessment, wanted: Wanted) -> Iterator[Overlay]:
    if wanted.hot_spots:
        yield hotspot_outlines(hotspots(shown, wanted.hot_spots))
    if wanted.protects:
        yield assets_overlay(shown, demand_protects(edition))


def made(edition: Edition, level: str, ending: str, *, today: date) -> tuple[tuple[str, bytes], ...]:
    """Name and content of the file that *ending* asks for (one of ENDINGS, MAP, RECIPE), then of what is written beside it."""
    if ending == RECIPE:
        return ((name_of(edition, level, ending), (edition.path / METHOD).read_bytes()),)
    shown = edition.level(level)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name_of(edition, level, ending)
        files = (write_map(edition, shown, path, today=today),) if ending == MAP else write_export(edition, shown, path)
        return tuple((one.name, one.read_bytes()) for one in files)


def name_of(edition: Edition, level: str, ending: str) -> str:
    """What a file is called: by the edition, whose name holds the hash of its content, and by the level, except the method, which is one for all."""
    return f"{edition.path.name}-{METHOD}" if ending == RECIPE else f"{edition.path.name}-{level}{ending}"


def _write_package(edition: Edition, shown: Assessment, path: Path) -> Path:
    """One level in every format, the datapackage.json that tells of them all, and the method, in one archive; the same edition gives the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        inside = Path(folder)
        for ending, write in WRITERS.items():
            write(shown, inside / name_of(edition, shown.level, ending))
        (inside / METHOD).write_bytes((edition.path / METHOD).read_bytes())
        write_whole(path, lambda work: _pack(sorted(inside.iterdir()), work))
    return path


def _pack(files: list[Path], archive: Path) -> None:
    with ZipFile(archive, "w") as packed:
        for one in files:
            packed.writestr(ZipInfo(one.name), one.read_bytes(), ZIP_DEFLATED)
