"""Intensive values on another level: a weighted mean going up, the parent's value, labelled, going down."""

import numpy as np
import pandas as pd

from geomap.errors import MethodologyError
from geomap.indicators.bring import add_up, bring_column
from geomap.indicators.measure import Per
from geomap.indicators.sources import Sources
from geomap.worded import worded


def average_up(known: pd.Series, by: Per | None, sources: Sources, way: tuple[str, str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """The mean over the places of way[0] inside each place of way[1], weighted by *by*; parts without a value are left out and flagged."""
    origin, level = way
    if by is None:
        raise MethodologyError(f"Values by '{origin}' need mean_by, such as residents, to be averaged over '{level}'.")
    weights = _weights(by, sources, origin)
    way_up = sources.atlas.route(origin, level)
    walk = way_up.frame
    walk = walk.assign(value=walk["origin"].map(known), weight=walk["origin"].map(weights).fillna(0.0) * walk["share"])
    has = walk["value"].notna() & (walk["weight"] > 0)
    groups = walk.assign(product=walk["value"] * walk["weight"]).where(has).groupby(walk["place"])
    places = sources.atlas[level].codes
    value = (groups["product"].sum(min_count=1) / groups["weight"].sum(min_count=1)).reindex(places)
    partial = (walk["weight"].where(~has, 0.0).groupby(walk["place"]).sum() > 0).reindex(places, fill_value=False)
    frame = pd.DataFrame({"value": value, "status": np.where(value.notna(), "value", "missing"), "flags": ""}, index=places)
    frame.loc[partial.to_numpy() & value.notna().to_numpy(), "flags"] = worded("mean over the parts that have a value")
    how = (worded("The weights are {way}.", way=way_up.how),) if len(way_up.split) else ()
    parts = sources.atlas[origin].many if origin in sources.atlas.sets else origin
    return frame, (worded("Mean over {parts}, weighted by {people}.", parts=parts, people=sources.called(by.layer, *by.columns)), *how)


def shown_from_parent(known: pd.Series, sources: Sources, way: tuple[str, str]) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """Each place of way[0] with the value of the place of way[1] it lies in, flagged so."""
    level, parent_set = way
    parents = sources.atlas.parent_in(level, parent_set)
    if parents is None:
        raise MethodologyError(f"'{level}' is not nested in '{parent_set}', so its places cannot show values of it.")
    value = parents.map(known)
    one = sources.atlas[parent_set].one
    frame = pd.DataFrame({"value": value, "status": np.where(value.notna(), "value", "missing")}, index=parents.index)
    frame["flags"] = np.where(value.notna(), worded("value of its {one}", one=one), "")
    return frame, (
        worded("Known only by {one}: each place shows the value of its {one}; differences inside a {one} are not known.", one=one),
    )


def _weights(by: Per, sources: Sources, origin: str) -> pd.Series:
    return bring_column(by, sources, origin).counts if origin in sources.atlas.sets else _own_column(by, sources, origin)


def _own_column(by: Per, sources: Sources, origin: str) -> pd.Series:
    layer = by.of(sources)
    join = sources.join(layer, origin)
    if join.boundaries != origin:
        raise MethodologyError(
            f"The weights '{by.words}' are by '{join.boundaries}', but the values by '{origin}'; use weights of the same places."
        )
    return add_up(layer, by.columns).groupby(join.codes).sum()
