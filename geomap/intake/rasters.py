"""The door for rasters: one GeoTIFF, looked through before anything is computed from it."""

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
from pyproj import CRS

from geomap.errors import IntakeError
from geomap.intake.apart import read_apart
from geomap.intake.crs import described
from geomap.intake.recognise import Kind, name_of, recognise
from geomap.intake.record import Repair
from geomap.worded import worded

SENTINEL_SHARE = 1e-4
COVER = 0.999


@dataclass(frozen=True)
class TakenRaster:
    """A raster that may be used: where it lies, what its cells hold, and what is doubtful about it.

    nodata: the value that marks a cell without one, declared or found; low, high: the range of the other cells; cells: how many there are.
    """

    path: Path
    crs: CRS
    width: int
    height: int
    bounds: tuple[float, float, float, float]
    cell: tuple[float, float]
    dtype: str
    nodata: float | None
    low: float
    high: float
    cells: int
    repairs: tuple[Repair, ...] = ()

    def demand_nodata(self) -> None:
        """Nothing, or IntakeError where the file itself does not declare the nodata value that was found: whoever reads it would count with it."""
        if doubt := [str(repair) for repair in self.repairs if repair.about == "nodata"]:
            raise IntakeError(
                worded("{file} cannot be computed with as it is:", file=name_of(self.path)),
                (*doubt, f"gdal_edit.py -a_nodata {self.nodata:g} does it."),
            )


def take_raster(path: Path, *, places: gpd.GeoDataFrame | None = None) -> TakenRaster:
    """The raster in the file; where *places* are given, IntakeError too when it lies elsewhere."""
    kind = recognise(path)
    if kind is not Kind.GEOTIFF:
        raise IntakeError(
            worded(
                "{file} is not a GeoTIFF: it is {kind}. Export the raster as a GeoTIFF and try again.", file=name_of(path), kind=kind.value
            )
        )
    apart = read_apart("geotiff", path, kind)
    head, repairs = apart.head, apart.repairs
    if head["cells"] == 0:
        raise IntakeError(
            worded(
                "{file} has no values: every one of its {cells} cells is nodata. Export it again.",
                file=name_of(path),
                cells=head["width"] * head["height"],
            )
        )
    nodata = float(head["nodata"]) if head["nodata"] is not None else _undeclared(path, head, repairs)
    taken = TakenRaster(
        path, described(path, head["crs"]), head["width"], head["height"], tuple(head["bounds"]), tuple(head["cell"]), head["dtype"], nodata,
        head["low"], head["high"], head["cells"],
    )  # fmt: skip
    if places is not None:
        repairs += _over(taken, places)
    return TakenRaster(**{**vars(taken), "repairs": tuple(repairs)})


def _undeclared(path: Path, head: dict[str, object], repairs: list[Repair]) -> float | None:
    """A value that can only mean that there is none, and stands in many cells."""
    marks = {float(mark): times for mark, times in head["marks"].items() if times >= max(1, SENTINEL_SHARE * head["cells"])}
    ends = {mark: times for mark, times in marks.items() if min(abs(mark - head["low"]), abs(mark - head["high"])) <= abs(mark) * 1e-6}
    if not ends:
        return None
    mark = max(ends, key=ends.get)
    said = worded(
        "{file} declares no nodata value, but {some} of its {cells} cells hold {mark}, which can only mean nodata; they were read as such. Declare it in the file.",
        file=name_of(path),
        some=ends[mark],
        cells=head["cells"],
        mark=f"{mark:g}",
    )
    repairs.append(Repair("nodata", said, ends[mark]))
    return mark


def _over(taken: TakenRaster, places: gpd.GeoDataFrame) -> list[Repair]:
    """What its extent and its cells mean for the places."""
    import shapely

    here = places.geometry.to_crs(taken.crs)
    extent = shapely.box(*taken.bounds)
    shapes = here[~(here.isna() | here.is_empty)]
    covered = shapely.area(shapely.intersection(shapes.array, extent)) / shapely.area(shapes.array)
    repairs = []
    if not (covered > 0).any():
        raise IntakeError(
            worded(
                "{file} does not overlap the boundaries: it covers {covered} and they lie in {places} ({crs}). Check its coordinate reference system, or take the raster of this city.",
                file=name_of(taken.path),
                covered=_sides(taken.bounds),
                places=_sides(here.total_bounds),
                crs=str(taken.crs.to_string()[:40]),
            )
        )
    if (short := covered < COVER).any():
        names = tuple(str(code) for code in shapes.index[short][:3])
        said = worded(
            "{file} does not cover {count} of {whole} places, or only in part; their values rest on a part only.",
            file=name_of(taken.path),
            count=int(short.sum()),
            whole=len(shapes),
        )
        repairs.append(Repair("cover", said, int(short.sum()), names))
    if (small := shapely.area(shapes.array) < taken.cell[0] * taken.cell[1]).any():
        names = tuple(str(code) for code in shapes.index[small][:3])
        said = worded(
            "The resolution of {file} is coarse: {count} of {whole} places are smaller than one of its cells, so that neighbours share one value.",
            file=name_of(taken.path),
            count=int(small.sum()),
            whole=len(shapes),
        )
        repairs.append(Repair("resolution", said, int(small.sum()), names))
    return repairs


def _sides(bounds: object) -> str:
    return " to ".join(f"({bounds[at]:.4g}, {bounds[at + 1]:.4g})" for at in (0, 2))
