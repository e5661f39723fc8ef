"""Bringing what rows say to the places of a level: counts through lookups and parents, with the reason where nothing is known."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from geomap.boundaries.cells import cells_within
from geomap.boundaries.strips import Reading
from geomap.errors import LayerError, MethodologyError
from geomap.indicators.measure import Per
from geomap.indicators.rows import matching, of_period, of_years
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.worded import worded

DUST = 6  # decimals, beyond which sums of shares are not exact
IN_WHOLE = worded("Counts of people in parts of divided places are estimates, told as whole numbers; less than one counts as one.")


@dataclass(frozen=True)
class Brought:
    """Counts per place of a level: counts, status (value, missing, suppressed, not_collected), flags; notes for people.

    low, high: where the source withholds a count but says between which numbers it lies, those; else NaN, or nothing where no count is so.
    divided: whether they are of a layer about people, carried from places of which some were divided, so that only whole numbers of them may be told.
    """

    counts: pd.Series
    status: pd.Series
    flags: pd.Series
    notes: tuple[str, ...] = ()
    low: pd.Series | None = None
    high: pd.Series | None = None
    divided: bool = False

    @property
    def told(self) -> "Brought":
        """The same as it may be told: of divided places of people whole numbers only, since the fraction tells the count that was divided."""
        if not self.divided:
            return self
        ends = {name: in_whole(end) for name in ("low", "high") if (end := getattr(self, name)) is not None}
        return replace(self, counts=in_whole(self.counts), **ends)


def in_whole(counts: pd.Series) -> pd.Series:
    """Counts to the nearest whole number; what is more than none is 1 at least, so that no small count looks like none.

    >>> in_whole(pd.Series([0.0, 0.3, 1.5, 11.2742])).tolist()
    [0.0, 1.0, 2.0, 11.0]
    """
    nearest = np.floor(counts.round(DUST) + 0.5)
    return nearest.mask(counts > 0, nearest.clip(lower=1.0))


def bring_sum(layer: Layer, columns: tuple[str, ...], sources: Sources, level: str, *, among: np.ndarray | None = None) -> Brought:
    """The sum of *columns* in each place of *level*; what the source withholds is suppressed, between the numbers that its marks give.

    among: which rows count; the others hold none, so that a place of which only they speak has none either.
    """
    kept = np.ones(len(layer.table), dtype=bool) if among is None else among
    found = bring(layer, add_up(layer, columns).where(kept, 0.0), sources, level, withheld=layer.withheld(columns) & kept)
    if not (found.status == "suppressed").any():
        return found
    ends = np.where(kept[:, None], layer.between(columns), 0.0)
    low, high = (bring(layer, pd.Series(ends[:, at], index=layer.table.index), sources, level).counts for at in (0, 1))
    hidden = found.status == "suppressed"
    return replace(found, low=low.where(hidden & high.notna()), high=high.where(hidden & low.notna()))


def bring_events(layer: Layer, columns: tuple[str, ...], sources: Sources, level: str, *, among: np.ndarray | None = None) -> Brought:
    """The events in each place of *level*: the sum of *columns*, or, without them, the rows, each of which is one. among: which rows count."""
    if columns:
        return bring_sum(layer, columns, sources, level, among=among)
    counted = np.ones(len(layer.table)) if among is None else among.astype(float)
    return bring(layer, pd.Series(counted, index=layer.table.index), sources, level, records=True)


def bring(
    layer: Layer, per_row: pd.Series, sources: Sources, level: str, *, withheld: np.ndarray | None = None, records: bool = False
) -> Brought:
    """The sum of *per_row* in each place of *level*.

    A place that a table does not list is missing. Where each row is one record (*records*), a place without any has none, so 0, unless the
    card says that nobody looked there.
    """
    whole = sources.layer(layer.name)
    join = sources.join(whole, level)
    own = join.boundaries
    walk = sources.atlas.route(own, level)
    if walk is None:
        raise MethodologyError(
            f"Counts of the layer '{layer.name}' are by '{own}', which cannot be divided over '{level}'. "
            f"Give the indicator levels = [\"{own}\"], or add a lookup, or an overlay (geomap:overlays), from '{own}' to '{level}'."
        )
    origins = sources.atlas.origins(own)
    place = join.place_of(per_row.index)
    sums = _sums(per_row, place, origins, records=records)
    places = sources.atlas[level].codes
    uncovered = _uncovered(layer, sources, level)
    counts = walk.carry(sums, places).mask(uncovered)
    status = pd.Series(np.where(counts.notna(), "value", "missing"), index=places, dtype="object")
    if withheld is not None and withheld.any():
        hidden = pd.Series(0.0, index=origins)
        hidden.iloc[place[withheld & (place >= 0)]] = 1.0
        status[(walk.carry(hidden, places) > 0) & counts.isna()] = "suppressed"
    status[uncovered] = "not_collected"
    flags = pd.Series("", index=places)
    flags[places.isin(walk.split)] = worded(
        "part of a place of {own} that is divided: an estimate", own=sources.atlas[own].many if own in sources.atlas.sets else own
    )
    divided = whole.card.guarded and own != level and len(walk.split) > 0
    notes = (worded("Counts were carried over: {ways}.", ways=walk.how),) if walk.how and own != level else ()
    return Brought(counts, status, flags, (*notes, IN_WHOLE) if divided else notes, divided=divided)


def _sums(per_row: pd.Series, place: np.ndarray, origins: pd.Index, *, records: bool) -> pd.Series:
    """The sum of *per_row* in each of *origins*, where *place* says which; unknown where any row is, and without rows, unless each is one of *records*."""
    inside = place >= 0
    sums = per_row[inside].groupby(place[inside]).sum().reindex(range(len(origins)), fill_value=0.0 if records else np.nan)
    holes = np.bincount(place[inside & per_row.isna().to_numpy()], minlength=len(origins)) > 0
    return sums.mask(holes).set_axis(origins)


def bring_column(per: Per, sources: Sources, level: str) -> Brought:
    """The columns that *per* names, summed in each place of *level*; DisclosureError where their layer is about people."""
    layer = per.of(sources)
    if layer.raster is not None:
        return _bring_cells(per, layer.raster, sources, level)
    kept = layer.take(matching(layer, per.where) & people_of(layer, sources))
    return bring_sum(kept, per.columns, sources, level)


def people_of(layer: Layer, sources: Sources) -> np.ndarray:
    """Per row of a layer that is counted against, whether it is of the year that is asked for, where it tells of years; else of the period."""
    if sources.years and layer.card.period_field and (rows := of_years(layer, sources.years)).any():
        return rows
    return of_period(layer, sources.period)


def _bring_cells(per: Per, raster: Path, sources: Sources, level: str) -> Brought:
    """The people (or whatever its cells hold) of a raster in each place of *level*, or its density times the area of each cell."""
    if per.field not in ("cells", "density"):
        raise MethodologyError(
            f"The layer '{per.layer}' is a raster, so its field is \"cells\" (what they hold is added up) or \"density\" (per km²), not '{per.words}'."
        )
    places, reading = sources.atlas[level], Reading(per_km2=per.field == "density")
    found = cells_within(raster, places.frame, ["sum"], error=LayerError, reading=reading)["sum"]
    counts = pd.Series(found.to_numpy(), index=places.codes)
    status = pd.Series(np.where(counts.notna(), "value", "missing"), index=places.codes, dtype="object")
    return Brought(
        counts,
        status,
        pd.Series("", index=places.codes),
        (worded("Counted against the cells of '{layer}', a raster.", layer=sources.called(per.layer)),),
    )


def add_up(layer: Layer, columns: tuple[str, ...]) -> pd.Series:
    """The sum of *columns* in each row; unknown where any of them is."""
    return pd.concat([layer.numbers(name) for name in columns], axis=1).sum(axis=1, skipna=False)


def _uncovered(layer: Layer, sources: Sources, level: str) -> np.ndarray:
    places = sources.atlas[level].codes
    gap = layer.card.not_covered
    if gap is None:
        return np.zeros(len(places), dtype=bool)
    parents = sources.atlas.parent_in(level, gap.boundaries)
    inside = places.isin(gap.codes) if gap.boundaries == level else (parents.isin(gap.codes).to_numpy() if parents is not None else False)
    return np.broadcast_to(inside, len(places))
