"""What all measures of access share: where people set out, what they can reach and how, and averages for larger places."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

import geopandas as gpd
import numpy as np
import pandas as pd
from pydantic import Field

from geomap._recipe import Recipe
from geomap.boundaries.locate import locate, spots_of
from geomap.boundaries.ways import Streets, straight, straight_to_nearest, streets_from
from geomap.errors import LayerError, MethodologyError
from geomap.indicators.averages import average_up
from geomap.indicators.bring import bring_column
from geomap.indicators.measure import Measure, Observed, Per
from geomap.indicators.rows import rows_of
from geomap.indicators.setting_out import Origins, cell_origins, small_origins
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.layers.shielded import hidden_rows
from geomap.statistics.catchment import Pairs
from geomap.worded import worded

CROW_FLY = worded("Straight-line distance from the middle of each place; streets and opening hours are not looked at.")


class Along(Recipe):
    """Streets to go along: a layer of lines. cost: its column of what each line costs, such as minutes; off_street: metres per unit of cost beside streets."""

    layer: str
    cost: str = ""
    off_street: float = Field(1.0, gt=0)


class Access(Measure):
    """What measures of access have in common.

    people: who sets out, from the middle of smaller places or from the cells of a raster; without it, from the middle of each place. along: streets;
    without them the straight line times *detour*. capacity, hours: columns of the assets by which each counts more; what is unknown counts as 1.
    """

    mean_by: Per | None = None
    people: Per | None = None
    along: Along | None = None
    detour: float = Field(1.0, ge=1)
    capacity: str = ""
    hours: str = ""
    floor: ClassVar[float | None] = 0.0

    def layers(self) -> tuple[str, ...]:
        """The assets, the people and the streets."""
        more = [one.layer for one in (self.people, self.along) if one is not None]
        return tuple(dict.fromkeys([*super().layers(), *more]))

    @property
    def start(self) -> str:
        """From where ways are measured, in words."""
        return worded("the middle of the place") if self.people is None else worded("where people live")

    def offered(self, sources: Sources) -> str:
        """By what an asset counts, in words."""
        return sources.layer(self.layer).called(self.capacity) if self.capacity else worded("how many there are")

    def way_of(self, sources: Sources) -> str:
        """The way in words."""
        if self.along:
            return worded("along the streets of '{layer}'", layer=sources.called(self.along.layer))
        return worded("straight line") if self.detour == 1 else worded("straight line × {detour}", detour=f"{self.detour:g}")


@dataclass(frozen=True)
class Assets:
    """What can be reached: points (n, 2), and how much each counts for."""

    points: np.ndarray
    capacity: np.ndarray
    notes: tuple[str, ...] = ()


def assets_of(measure: Access, sources: Sources, level: str) -> Assets:
    """The assets the measure means, in the working CRS of *level*; those outside the city still count as near, and those that must not be a point lie as *_roughly* puts them."""
    layer = rows_of(sources.layer(measure.layer), measure, sources.period)
    sources.join(sources.layer(measure.layer), level)
    if layer.points is None:
        raise LayerError(f"The layer '{layer.name}' has no points, so no distance can be measured. Count it with a rate instead.")
    placed = (~(layer.points.isna() | layer.points.is_empty)).to_numpy()
    if not placed.any():
        raise LayerError(f"The layer '{layer.name}' has no point that the measure means; check its where.")
    layer = layer.take(placed)
    points, unfindable = _roughly(layer, sources)
    layer, points = layer.take(points.notna().to_numpy()), points.dropna()
    counts, notes = np.ones(len(layer.table)), [*unfindable]
    for name in filter(None, (measure.capacity, measure.hours)):
        known = layer.numbers(name)
        if (known < 0).any():
            raise LayerError(
                f"The column '{name}' of the layer '{layer.name}' holds numbers below 0, which no asset can offer. Correct them."
            )
        if known.isna().any():
            notes.append(
                worded(
                    "{count} of {whole} assets of '{layer}' without {column} count as 1.",
                    count=int(known.isna().sum()),
                    whole=len(known),
                    layer=layer.called(),
                    column=layer.called(name),
                )
            )
        counts = counts * known.fillna(1.0).to_numpy()
    return Assets(_coordinates(points.to_crs(sources.atlas[level].frame.crs)), counts, tuple(notes))


def _roughly(layer: Layer, sources: Sources) -> tuple[gpd.GeoSeries, tuple[str, ...]]:
    """The points of a layer, and a note: what is informal or shielded lies in the middle of its smallest place, or, in no place, nowhere.

    Three distances to a point are enough to find it; from these nobody can tell more than the place.
    """
    points, hidden = layer.points, hidden_rows(layer).to_numpy(dtype=bool)
    if not hidden.any():
        return points, ()
    places = sources.atlas[sources.finest]
    found = locate(spots_of(points[hidden]), places).codes
    if hidden.all() and found.isna().all():
        raise LayerError(
            f"All assets of the layer '{layer.name}' that the measure means are informal or shielded, and none lies in a place of '{places.name}'. "
            "They count from the middle of their place, so there is nothing to measure to; correct their points, or leave the measure out."
        )
    middles = places.frame.geometry.representative_point().to_crs(points.crs).reindex(found)
    moved = points.copy()
    moved[hidden] = middles.to_numpy()
    note = worded(
        "What is informal or shielded in '{layer}' counts as if it lay in the middle of the smallest place it is in, and is left out where it is in none.",
        layer=layer.called(),
    )
    return moved, (note,)


def origins_of(measure: Access, sources: Sources, level: str) -> Origins:
    """Where people set out in each place of *level*."""
    places = sources.atlas[level]
    if measure.people is None:
        count = len(places.codes)
        return Origins(_coordinates(places.centroids), np.arange(count), np.ones(count), "the middle of each place")
    layer = measure.people.of(sources)
    if layer.raster is not None:
        return cell_origins(layer.raster, places)
    own = sources.join(layer, level).boundaries
    if own not in sources.atlas.sets or sources.atlas.route(own, level) is None:
        raise MethodologyError(
            f"The people of '{layer.name}' are by '{own}', of which no middles are known inside '{level}'. Name smaller places."
        )
    return small_origins(sources.atlas[own], bring_column(measure.people, sources, own).counts, sources.atlas.route(own, level), places)


def pairs_of(measure: Access, sources: Sources, level: str, ends: tuple[np.ndarray, np.ndarray], limit: float) -> Pairs:
    """Who reaches what for up to *limit*, *ends* being the points of origins and of assets."""
    if measure.along:
        return network(measure.along, sources, level).within(*ends, limit)
    found = straight(*ends, limit / measure.detour)
    return Pairs(found.origin, found.asset, found.cost * measure.detour, found.origins, found.assets)


def to_nearest(measure: Access, sources: Sources, level: str, ends: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """What the way to the nearest asset costs from each origin; NaN where no way leads."""
    if measure.along is None:
        return straight_to_nearest(*ends) * measure.detour
    cost = network(measure.along, sources, level).to_nearest(*ends)
    return np.where(np.isfinite(cost), cost, np.nan)


def network(along: Along, sources: Sources, level: str) -> Streets:
    """The streets of a layer, in the working CRS of *level*."""
    layer = sources.layer(along.layer)
    lines = None if layer.points is None else layer.points.dropna()
    if lines is None or not lines.geom_type.isin(["LineString", "MultiLineString"]).all() or lines.empty:
        raise LayerError(f"The layer '{layer.name}' holds no streets; ways need a file of lines, in a layer of kind streets.")
    return streets_from(lines.to_crs(sources.atlas[level].frame.crs), _costs(layer, along, lines), along.off_street)


def observed_near(per_place: Callable[[str], pd.Series], measure: Access, sources: Sources, level: str, *notes: str) -> Observed:
    """The measure at *level*: of each place itself, or, with mean_by, the mean over the smallest places inside it."""
    up = measure.mean_by is not None and measure.people is None and level != sources.finest
    own = sources.finest if up else level
    value = per_place(own)
    if up:
        frame, more = average_up(value, measure.mean_by, sources, (own, level))
    else:
        frame, more = pd.DataFrame({"value": value, "status": np.where(value.notna(), "value", "missing"), "flags": ""}), ()
    return Observed(frame.assign(low=np.nan, high=np.nan, n=np.nan, hidden=False), "none", (*more, *notes, _how(measure)))


def _how(measure: Access) -> str:
    if measure.people is None and measure.along is None and measure.detour == 1 and not measure.hours:
        return CROW_FLY
    kind = worded("Ways along streets")
    if not measure.along:
        kind = (
            worded("Straight-line distances") if measure.detour == 1 else worded("Straight lines × {detour}", detour=f"{measure.detour:g}")
        )
    if measure.hours:
        return worded("{ways}, measured from {start}.", ways=kind, start=measure.start)
    return worded("{ways}, measured from {start}; opening hours are not looked at.", ways=kind, start=measure.start)


def _costs(layer: Layer, along: Along, lines: gpd.GeoSeries) -> np.ndarray | None:
    if not along.cost:
        return None
    cost = layer.numbers(along.cost)[lines.index]
    if (cost.isna() | (cost < 0)).any():
        raise LayerError(
            f"The column '{along.cost}' of '{layer.name}' is blank or below 0 for {int((cost.isna() | (cost < 0)).sum())} street(s)."
        )
    return cost.to_numpy()


def _coordinates(points: gpd.GeoSeries) -> np.ndarray:
    return np.column_stack([points.x.to_numpy(), points.y.to_numpy()])
