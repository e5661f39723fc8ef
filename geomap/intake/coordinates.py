"""Whether coordinates can be what the file says they are: degrees, metres, the right way round, on this earth."""

from collections.abc import Sequence

import geopandas as gpd
import numpy as np
import pyproj

from geomap.intake.land import near_land
from geomap.intake.record import Repair
from geomap.intake.words import listed
from geomap.worded import worded

HALF, QUARTER = 180.0, 90.0
EARTH = 6_371_000
FAR_METRES = 100_000
FAR_TIMES = 20
ZERO_METRES = 1.0


def coordinate_faults(frame: gpd.GeoDataFrame) -> list[str]:
    """What makes the coordinates of the shapes as a whole impossible; nothing when they may be right."""
    bounds = frame.geometry.total_bounds
    if not np.isfinite(bounds).all():
        return []
    crs = frame.crs
    if crs.is_geographic:
        return _degrees(frame, bounds)
    if np.abs(bounds[[0, 2]]).max() <= HALF and np.abs(bounds[[1, 3]]).max() <= QUARTER:
        return [
            (
                worded(
                    "the coordinates, such as ({x}, {y}), look like degrees, but the file says its coordinate reference system is {crs}, in metres. Set the coordinate reference system that they have, mostly EPSG:4326, and export the file again.",
                    x=f"{bounds[0]:.4f}",
                    y=f"{bounds[1]:.4f}",
                    crs=_short(crs),
                )
            )
        ]
    west, south, east, north = _in_degrees(crs, bounds)
    if not np.isfinite([west, south, east, north]).all() or not near_land((west + east) / 2, (south + north) / 2):
        return [
            (
                worded(
                    "with the coordinate reference system {crs} the shapes lie in the open sea or nowhere, round {west}, {south}. Set the coordinate reference system that they have and export the file again.",
                    crs=_short(crs),
                    west=f"{west:.2f}",
                    south=f"{south:.2f}",
                )
            )
        ]
    return []


def in_degrees(frame: gpd.GeoDataFrame) -> np.ndarray:
    """Longitude and latitude of the middle of each shape's extent; nothing where there is none."""
    box = frame.geometry.bounds.to_numpy()
    middle = np.column_stack([box[:, [0, 2]].mean(axis=1), box[:, [1, 3]].mean(axis=1)])
    if frame.crs.is_geographic:
        return middle
    return np.column_stack(_to_degrees(frame.crs).transform(middle[:, 0], middle[:, 1]))


def far_away(frame: gpd.GeoDataFrame, codes: Sequence[object]) -> list[Repair]:
    """Shapes more than a hundred kilometres, and more than twenty times the usual distance, from the middle of all."""
    where = np.radians(in_degrees(frame))
    where[~np.isfinite(where)] = np.nan
    if np.isnan(where).all(axis=0).any():
        return []
    centre = np.nanmedian(where, axis=0)
    apart = 2 * EARTH * np.arcsin(np.sqrt(np.clip(_haversine(where, centre), 0, 1)))
    far = np.flatnonzero(apart > max(FAR_METRES, FAR_TIMES * float(np.nanmedian(apart))))
    if not len(far):
        return []
    said = worded(
        "{count} place(s) lie far from the rest, up to {farthest} km: {examples}. Check them.",
        count=len(far),
        farthest=f"{apart[far].max() / 1000:,.0f}",
        examples=listed([codes[at] for at in far]),
    )
    return [Repair("far from", said, len(far))]


def outside(frame: gpd.GeoDataFrame) -> np.ndarray:
    """Which shapes reach over the poles or more than once round the earth; only degrees can tell."""
    box = frame.geometry.bounds.to_numpy()
    if not frame.crs.is_geographic:
        return np.zeros(len(box), dtype=bool)
    return (np.abs(box[:, [1, 3]]) > QUARTER).any(axis=1) | (np.abs(box[:, [0, 2]]) > HALF).any(axis=1)


def at_zero(frame: gpd.GeoDataFrame) -> np.ndarray:
    """Which shapes lie at (0, 0), where programs put what they could not place."""
    box = np.abs(frame.geometry.bounds.to_numpy())
    return (np.nan_to_num(box, nan=np.inf) <= (1e-9 if frame.crs.is_geographic else ZERO_METRES)).all(axis=1)


def _degrees(frame: gpd.GeoDataFrame, bounds: np.ndarray) -> list[str]:
    west, south, east, north = bounds
    if max(abs(west), abs(east)) > 2 * HALF or max(abs(south), abs(north)) > 2 * HALF:
        return [
            (
                worded(
                    "the coordinates, such as ({west}, {south}), are no degrees, but the file says, or leaves unsaid, that they are ({crs}). They look like metres; set their coordinate reference system, such as EPSG:27700, and export the file again.",
                    west=f"{west:.0f}",
                    south=f"{south:.0f}",
                    crs=_short(frame.crs),
                )
            )
        ]
    turned = _turned(bounds)
    if max(abs(south), abs(north)) > QUARTER or max(abs(west), abs(east)) > HALF:
        return [
            turned
            or worded(
                "coordinates such as ({west}, {north}) are no longitude and latitude; check the coordinate reference system, {crs}.",
                west=f"{west:.4f}",
                north=f"{north:.4f}",
                crs=_short(frame.crs),
            )
        ]
    box = frame.geometry.bounds.to_numpy()
    if len(wide := np.flatnonzero(box[:, 2] - box[:, 0] > HALF)):
        return [
            (
                worded(
                    "{count} shape(s), the first is number {first}, span more than half the globe: they cross the antimeridian (180°) uncut. Cut them there in a GIS, or export in a projected system.",
                    count=len(wide),
                    first=str(wide[0] + 1),
                )
            )
        ]
    return [turned] if turned and not near_land((west + east) / 2, (south + north) / 2) else []


def _turned(bounds: np.ndarray) -> str:
    """The sentence that longitude and latitude are swapped, where turned round they would lie on land."""
    west, south, east, north = bounds
    if not near_land((south + north) / 2, (west + east) / 2):
        return ""
    return worded(
        "longitude and latitude are swapped: ({west}, {south}) lies in the open sea or nowhere, ({south}, {west}) on land. GeoJSON gives longitude first. Swap them in the program that wrote the file.",
        west=f"{west:.4f}",
        south=f"{south:.4f}",
    )


def _in_degrees(crs: pyproj.CRS, bounds: np.ndarray) -> tuple[float, float, float, float]:
    try:
        return _to_degrees(crs).transform_bounds(*bounds)
    except pyproj.exceptions.ProjError:
        return (np.inf,) * 4


def _to_degrees(crs: pyproj.CRS) -> pyproj.Transformer:
    return pyproj.Transformer.from_crs(crs, "EPSG:4326", always_xy=True)


def _haversine(where: np.ndarray, centre: np.ndarray) -> np.ndarray:
    half = (where - centre) / 2
    return np.sin(half[:, 1]) ** 2 + np.cos(where[:, 1]) * np.cos(centre[1]) * np.sin(half[:, 0]) ** 2


def _short(crs: pyproj.CRS) -> str:
    code = crs.to_authority()
    return ":".join(code) if code else "".join(sign for sign in crs.name[:40] if sign.isprintable())


def metres(frame: gpd.GeoDataFrame) -> tuple[float, float]:
    """How many metres one unit of x and of y are, in the middle of the shapes."""
    if not frame.crs.is_geographic:
        unit = float(frame.crs.axis_info[0].unit_conversion_factor or 1) if frame.crs.axis_info else 1.0
        return unit, unit
    south, north = frame.geometry.total_bounds[[1, 3]]
    return 111_320 * float(np.cos(np.radians((south + north) / 2))), 110_574.0
