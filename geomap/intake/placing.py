"""Shapes put where a person says they are: longitude and latitude the right way round, another coordinate system, undrawn places left out."""

import geopandas as gpd
import numpy as np
import shapely

from geomap.errors import IntakeError
from geomap.intake.coordinates import at_zero
from geomap.intake.record import Repair
from geomap.intake.shapes import TakenShapes
from geomap.intake.words import numbered
from geomap.worded import worded

Sides = tuple[float, float, float, float]
ROUND = 0.5  # of the city's own width: so far around it a point may lie


def turned_round(taken: TakenShapes, city: Sides | None, *, swapped: bool, name: str) -> TakenShapes:
    """The features, with x and y changed where only so they lie in or round the city; IntakeError where they must be and *swapped* was not said.

    Without a *city* (west, south, east, north in degrees) only latitudes over 90 can be known to be longitudes.
    """
    frame = taken.frame
    if not frame.crs.is_geographic:
        return taken
    wrong = _must_turn(frame, city) & ~at_zero(frame)
    count = int(wrong.sum())
    if not count:
        return taken
    rows = numbered(at + 1 for at in np.flatnonzero(wrong))
    if not swapped:
        raise IntakeError(
            worded(
                "{name} gives latitude before longitude in {count} of {whole} features (number {numbers}); so they lie on the far side of the earth or nowhere. Swap them in the program that wrote the file, or add it with --swapped, which turns those that must be.",
                name=name,
                count=str(count),
                whole=len(frame),
                numbers=str(rows),
            )
        )
    shapes = np.asarray(frame.geometry.array).copy()
    shapes[wrong] = shapely.transform(shapes[wrong], lambda points: points[:, ::-1])
    said = worded(
        "{count} of {whole} features gave latitude before longitude (number {numbers}); they were turned round.",
        count=str(count),
        whole=len(frame),
        numbers=str(rows),
    )
    return TakenShapes(
        frame.set_geometry(gpd.GeoSeries(shapes, index=frame.index, crs=frame.crs)), (*taken.repairs, Repair("swapped", said, count))
    )


def without_undrawn(taken: TakenShapes, name: str) -> TakenShapes:
    """The features that have a shape; what was left out is told."""
    gone = (taken.frame.geometry.isna() | taken.frame.geometry.is_empty).to_numpy()
    if not gone.any():
        return taken
    said = worded(
        "{count} of {whole} features of {name} have no shape; they were left out of the boundaries, and rows about them belong to no place.",
        count=int(gone.sum()),
        whole=len(gone),
        name=name,
    )
    return TakenShapes(taken.frame[~gone].reset_index(drop=True), (*taken.repairs, Repair("undrawn", said, int(gone.sum()))))


def _must_turn(frame: gpd.GeoDataFrame, city: Sides | None) -> np.ndarray:
    box = frame.geometry.bounds.to_numpy()
    if city is None:
        return (np.abs(box[:, [1, 3]]) > 90).any(axis=1)
    return _near(box[:, [1, 0, 3, 2]], city) & ~_near(box, city)


def _near(box: np.ndarray, city: Sides) -> np.ndarray:
    west, south, east, north = city
    across, up = (east - west) * ROUND, (north - south) * ROUND
    return (box[:, 0] >= west - across) & (box[:, 2] <= east + across) & (box[:, 1] >= south - up) & (box[:, 3] <= north + up)
