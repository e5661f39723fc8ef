"""A folder with a card and polygons, read into Boundaries."""

from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.card import BoundaryCard
from geomap.datapackage.package import CARD, card_in, file_of
from geomap.datapackage.vectors import codes
from geomap.errors import BoundaryError
from geomap.intake.areas import check_areas
from geomap.intake.coverage import SLIVERS
from geomap.intake.shapes import take_shapes
from geomap.worded import worded


def read_boundary_card(folder: Path) -> BoundaryCard:
    """The card of the boundary set in *folder*; BoundaryError lists all its faults."""
    return BoundaryCard.read(card_in(folder), where=str(folder / CARD), error=BoundaryError)


def read_boundaries(folder: Path) -> Boundaries:
    """The boundary set in *folder*, in its working CRS; every repair is recorded."""
    card = read_boundary_card(folder)
    path = file_of(folder, card.polygons)
    taken = take_shapes(path)
    raw = taken.frame
    wanted = [card.code, card.name_field, *([card.parent.field] if card.parent else [])]
    if absent := [name for name in wanted if name not in raw.columns]:
        raise BoundaryError(
            worded(
                "{file} has no column {absent}. Its columns are {columns}. Correct the card.",
                file=str(path),
                absent=str(absent),
                columns=str([c for c in raw.columns if c != "geometry"]),
            )
        )
    areas = check_areas(path, taken, card.code)
    raw = areas.frame
    geometry, repaired = _valid(raw.to_crs(card.working_crs or raw.estimate_utm_crs()).geometry)
    frame = gpd.GeoDataFrame(
        {"name": raw[card.name_field].map(str).to_numpy(), "parent": codes(raw[card.parent.field]).to_numpy() if card.parent else ""},
        geometry=geometry.to_numpy(),
        crs=geometry.crs,
        index=pd.Index(areas.codes, name="code"),
    )
    return Boundaries(
        card.name,
        card.title,
        card.level,
        card.date,
        frame.sort_index(),
        card.parent.boundaries if card.parent else "",
        card.one,
        card.many,
        (*map(str, (*areas.repairs, *(note for note in areas.notes if note.about == SLIVERS))), *repaired),
    )


def _valid(geometry: gpd.GeoSeries) -> tuple[gpd.GeoSeries, tuple[str, ...]]:
    broken = ~geometry.is_valid
    if not broken.any():
        return geometry, ()
    mended = geometry.where(~broken, shapely.make_valid(geometry.array, method="structure", keep_collapsed=False))
    return mended, (worded("{count} polygon(s) whose rings crossed after projection were repaired.", count=int(broken.sum())),)
