"""A layer's records over time, for the whole city: trend beside the seasons, when the level changed, unusual weeks."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.errors import UsageError
from geomap.indicators.rows import matching
from geomap.layers.layer import Layer
from geomap.statistics.change_point import Change, pettitt
from geomap.statistics.farrington import FEWEST_YEARS, YEARS, farrington
from geomap.statistics.quasi_poisson import quasi_poisson, seasonal
from geomap.statistics.surveillance import ears
from geomap.workspace.workspace import Workspace

STEPS = {"week": ("W-MON", 52.18), "month": ("MS", 12.0)}
AROUND = {"week": 3, "month": 1}
LEAST_SEASONS = 2
DOUBT = 0.05


@dataclass(frozen=True)
class Series:
    """counts: by the first day of each week or month, without the last, which is not over; yearly: the factor a year with its interval, beside the seasons.

    dispersion: how many times as much counts vary as chance alone would; change: where the level moved, if it did; unusual: counts above the limit of the method.
    """

    title: str
    every: str
    counts: pd.Series
    yearly: tuple[float, float, float]
    dispersion: float
    change: Change | None
    limits: pd.Series
    threshold: int

    @property
    def unusual(self) -> pd.Series:
        """The counts above their limit, as far as they may be shown."""
        return self.counts[(self.counts > self.limits) & (self.counts >= self.threshold)]


def series(
    workspace: Workspace,
    name: str,
    *,
    every: str = "month",
    where: dict[str, tuple[str, ...]] | None = None,
    method: str = "C2",
    count: str = "",
) -> Series:
    """The series of the layer called *name*; UsageError where it has no dates, or fewer than two years of them.

    count: the column to add up where a row is not one record but a count of them; without it a table of counts is refused, since its rows say nothing.
    """
    layer = workspace.sources.layer(name)
    tier = workspace.methodology.methodology.tier
    if not layer.card.may_be_seen_in(tier):
        raise UsageError(f"The layer '{name}' may not be seen in the tier '{tier}'.")
    if count and count not in layer.table:
        raise UsageError(f"'{name}' has no column '{count}'. It has {sorted(layer.table.columns)}.")
    if layer.card.date_field and not count and (added := _added_up(workspace, name)):
        raise UsageError(
            f"A row of '{name}' is a count, not a record: the methodology adds up {', '.join(added)}. Name the column with --count."
        )
    threshold = workspace.methodology.disclosure.threshold if layer.card.guarded else 0
    counts = _protected(_counts(layer.take(matching(layer, where or {})), every, count), threshold)
    period = STEPS[every][1]
    if len(counts) < LEAST_SEASONS * period:
        raise UsageError(f"'{layer.card.title}' holds {len(counts)} whole {every}s; a trend beside the seasons needs two years.")
    time = np.arange(len(counts))
    fit = quasi_poisson(counts, seasonal(time, period))
    change = pettitt(counts / np.exp(seasonal(time, period)[:, 2:] @ fit.coefficients[2:]))
    limits = pd.Series(_limits(counts, every, method), index=counts.index)
    title = f"Recorded: {layer.card.title}"
    return Series(title, every, counts, fit.ratio(1, period), fit.dispersion, change if change.p < DOUBT else None, limits, threshold)


def _protected(counts: pd.Series, threshold: int) -> pd.Series:
    """The counts with the middle of the band in place of those from 1 to threshold - 1, of which alone trends, limits and medians are made."""
    small = (counts > 0) & (counts < threshold)
    return counts.astype(float).mask(small, threshold / 2) if small.any() else counts


def _limits(counts: pd.Series, every: str, method: str) -> np.ndarray:
    """The count above which each week or month is unusual, by EARS or beside the same weeks of earlier years."""
    if method != "farrington":
        return ears(counts, method)
    years = min(YEARS, int((len(counts) - AROUND[every] - 1) / STEPS[every][1]))
    if years < FEWEST_YEARS:
        raise UsageError(f"Farrington's method needs {FEWEST_YEARS} whole years before the weeks it looks at; take one of C1, C2, C3.")
    return farrington(counts, counts.index.to_numpy(), years=years, around=AROUND[every])


def _added_up(workspace: Workspace, name: str) -> tuple[str, ...]:
    """The columns of the layer that indicators add up, so that its rows are no records."""
    measures = (indicator.measure for indicator in workspace.methodology.indicator)
    return tuple(dict.fromkeys(column for one in measures if one.layer == name for column in getattr(one, "events", ())))


def _counts(layer: Layer, every: str, count: str) -> pd.Series:
    """Records by week or month; the first and the last are left out where they are not whole, for reports still come in."""
    if not layer.card.date_field:
        raise UsageError(f"The card of '{layer.name}' names no geomap:date_field, so its records have no time.")
    dates = layer.dates(layer.card.date_field).dropna()
    if dates.empty:
        raise UsageError(f"No record of '{layer.name}' has a date.")
    each = layer.numbers(count).reindex(dates.index) if count else pd.Series(1, index=dates.index)
    if each.isna().any():
        raise UsageError(
            f"{int(each.isna().sum()):,} rows of '{layer.name}' hold no number in '{count}', so the sum over time is not known."
        )
    counts = pd.Series(each.to_numpy(), index=pd.DatetimeIndex(dates)).resample(STEPS[every][0], closed="left", label="left").sum()
    whole = counts.iloc[1:-1] if every == "week" else counts if count else counts.iloc[:-1]
    if len(whole) and (whole == whole.iloc[0]).all():
        raise UsageError(
            f"Every {every} holds {whole.iloc[0]:g}, so nothing moves. If a row is a count and not a record, name its column with --count."
        )
    return whole
