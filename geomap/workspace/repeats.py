"""Whether records that are near in place are also near in time, for a layer of points as a whole."""

from dataclasses import replace

import pandas as pd

from geomap.errors import UsageError
from geomap.indicators.rows import matching
from geomap.statistics.knox import Knox, knox
from geomap.workspace.workspace import Workspace

MOST = 20_000


def repeats(
    workspace: Workspace, name: str, *, metres: float, days: float, where: dict[str, tuple[str, ...]] | None = None, seed: int = 1
) -> Knox:
    """Knox's test over the records of the layer called *name* that have a place and a date; no place is told.

    Of a layer about people pairs are told to the nearest threshold: asked again with a metre more, they would tell of two records by their distance.
    UsageError where records have no points or dates, are more than can be paired, or where they, or those that near pairs are made of, are too few for their
    number to be told: n records that are all near are n (n - 1) / 2 pairs, so that six pairs tell of four.
    """
    layer, methodology = workspace.sources.layer(name), workspace.methodology
    if not layer.card.may_be_seen_in(methodology.methodology.tier):
        raise UsageError(f"The layer '{name}' may not be seen in the tier '{methodology.methodology.tier}'.")
    layer = layer.take(matching(layer, where or {}))
    if layer.points is None or not layer.card.date_field:
        raise UsageError(
            f"'{layer.card.title}' has no points with dates; near in place and time can be asked of records with coordinates and geomap:date_field only."
        )
    when = layer.dates(layer.card.date_field)
    known = when.notna().to_numpy() & (layer.points.notna() & ~layer.points.is_empty).to_numpy()
    threshold = methodology.disclosure.threshold if layer.card.guarded else 0
    least = max(2, threshold)
    if not least <= known.sum() <= MOST:
        many = f"{int(known.sum()):,}" if known.sum() >= least else f"Fewer than {least}"
        raise UsageError(f"{many} records have a place and a date; from {least} to {MOST:,} can be paired. Choose with --where.")
    points = layer.points[known].to_crs(workspace.sources.atlas[workspace.sources.finest].frame.crs)
    times = (when[known] - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)
    found = knox(list(zip(points.x, points.y, strict=True)), times, metres=metres, days=days, seed=seed)
    if found.fewest < threshold:
        raise UsageError(
            f"The pairs that are near each other (in place, in time or in both) are made of fewer than {threshold} records, too few to tell. Take longer distances."
        )
    return _blurred(found, threshold) if threshold > 1 else found


def _blurred(found: Knox, nearest: int) -> Knox:
    told = {name: round(getattr(found, name) / nearest) * nearest for name in ("near_both", "near_time", "near_space")}
    return replace(found, **told, nearest=nearest, p_poisson=round(found.p_poisson, 2), p_permuted=round(found.p_permuted, 2))
