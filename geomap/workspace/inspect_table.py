"""A table or a survey looked at as it would be taken in, held to places where they are given."""

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import geopandas as gpd
import pandas as pd
import shapely

from geomap.errors import IntakeError
from geomap.intake.record import Repair
from geomap.intake.tables import TakenTable, take_table
from geomap.workspace.beside import Beside, codes_of

MISFIT = re.compile(r"match(es)? a place")
Told = tuple[Iterable[Repair], Iterable[Repair], int, int]


def inspect_table(path: Path, beside: Beside, *, survey: bool) -> Told:
    """Repairs, notes, rows, and how many rows belong to a place; a table that does not fit its places is held to the other boundary files too."""
    table = _taken(path, beside, survey=survey)
    matched = table.matched if table.matched is not None else _inside(table, beside.places)
    return table.repairs, table.notes, table.rows, matched


def _taken(path: Path, beside: Beside, *, survey: bool) -> TakenTable:
    names = None if beside.places is None else beside.places["name"]
    take = partial(take_table, path, survey=survey, codes=None if names is None else names.index, names=names, encoding=beside.encoding)
    try:
        return take()
    except IntakeError as wrong:
        if any(MISFIT.search(fault) for fault in wrong.faults) and (others := codes_of(beside.others)):
            return take(others=others)
        raise


def _inside(table: TakenTable, places: gpd.GeoDataFrame | None) -> int:
    """How many points in degrees lie in a place; none where the rows are no such points."""
    if table.points is None or places is None:
        return 0
    x, y = (pd.to_numeric(table.frame[name], errors="coerce") for name in table.points)
    if not (x.abs().max() <= 180 and y.abs().max() <= 90):
        return 0
    points = gpd.GeoSeries(gpd.points_from_xy(x, y, crs="EPSG:4326")).to_crs(places.crs)
    return len(set(shapely.STRtree(places.geometry.to_numpy()).query(points.to_numpy(), predicate="intersects")[0]))
