"""What all measures of access share: assets as points, places as centroids, and averages for larger places."""

from collections.abc import Callable

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.errors import LayerError
from geomap.indicators.averages import average_up
from geomap.indicators.measure import Measure, Observed, Per
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources

CROW_FLY = "Straight-line distance from the middle of each place; streets and opening hours are not looked at."


def asset_points(measure: Measure, sources: Sources, level: str) -> np.ndarray:
    """The assets the measure means, as an (n, 2) array in the working CRS of *level*; assets outside the city still count as near."""
    layer = rows_of(sources.layer(measure.layer), measure, sources.period)
    sources.join(sources.layer(measure.layer), level)
    if layer.points is None:
        raise LayerError(f"The layer '{layer.name}' has no points, so no distance can be measured. Count it with a rate instead.")
    points = layer.points[~(layer.points.isna() | layer.points.is_empty)].to_crs(sources.atlas[level].frame.crs)
    if points.empty:
        raise LayerError(f"The layer '{layer.name}' has no point that the measure means; check its where.")
    return _coordinates(points)


def centres(sources: Sources, level: str) -> np.ndarray:
    """The centroid of each place of *level*, as an (n, 2) array in its working CRS."""
    return _coordinates(sources.atlas[level].centroids)


def observed_near(per_place: Callable[[str], pd.Series], mean_by: Per | None, sources: Sources, level: str) -> Observed:
    """The measure at *level*: of each place itself, or, with weights, the mean over the smallest places inside it."""
    up = mean_by is not None and level != sources.finest
    own = sources.finest if up else level
    value = per_place(own)
    if up:
        frame, notes = average_up(value, mean_by, sources, (own, level))
    else:
        frame, notes = pd.DataFrame({"value": value, "status": np.where(value.notna(), "value", "missing"), "flags": ""}), ()
    return Observed(frame.assign(low=np.nan, high=np.nan, n=np.nan, hidden=False), "none", (*notes, CROW_FLY))


def _coordinates(points: gpd.GeoSeries) -> np.ndarray:
    return np.column_stack([points.x.to_numpy(), points.y.to_numpy()])
