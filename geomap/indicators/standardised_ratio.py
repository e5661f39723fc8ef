"""Events against those expected of people of the same ages: the indirectly standardised ratio."""

from dataclasses import replace
from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from geomap.errors import DisclosureError
from geomap.indicators.by_band import ByBand, by_band
from geomap.indicators.counts import BYAR, count_limits, from_counts, pair
from geomap.indicators.measure import Observed, Per, named
from geomap.indicators.pooled import PoolingMeasure
from geomap.indicators.sources import Sources
from geomap.worded import worded

TOGETHER = 10  # events: bands with fewer in the whole city share one rate, so that none rests on a few events
DOUBT = {"exact": worded("exact Poisson (gamma) interval"), "byar": BYAR}


class StandardisedRatio(PoolingMeasure):
    """Events per *scale* that would be expected if each band of people met them as often as in the whole city (or as *standard* says).

    bands: columns such as age and sex, of the layer and of the layer of *per*. standard: events per person of each band, instead of the city's own, which
    only an open layer may give: what is expected at them adds up to all events, withheld ones too. At those of a standard only the sum of events counts in
    each place, so small counts by band are never shown.
    """

    measure: Literal["standardised_ratio"] = "standardised_ratio"
    events: tuple[str, ...] = ()
    per: Per
    bands: tuple[str, ...] = Field(min_length=1)
    standard: dict[str, float] = Field(default_factory=dict)
    scale: float = Field(100.0, gt=0)
    interval: Literal["exact", "byar"] = "exact"
    counting: ClassVar[bool] = True
    floor: ClassVar[float | None] = 0.0

    def observe(self, sources: Sources, level: str) -> Observed:
        """Events per place, and how many were to be expected; DisclosureError where the layer is about people and the rates would be its own."""
        if not self.standard and (card := sources.layer(self.layer).card).guarded:
            raise DisclosureError(
                f"The city's own rates by {' and '.join(self.bands)} would be made of the counts of '{self.layer}', whose sensitivity is {card.sensitivity}: what is expected "
                "of all places adds up to all events, so the ratios that are shown would tell those that are withheld. Give the rates of a standard "
                "(standard = { band = events per person }, such as those of the country), or declare the layer open if its counts by band are published."
            )
        found = by_band(self.rows, self.events, self.per, self.bands, (sources, level))
        rates = found.standard(self.standard, "events per person") if self.standard else city_rates(found)
        expected = (found.people * rates).sum(axis=1, skipna=False)
        everyone = replace(found.all_people, counts=expected)
        return Observed(pair(found.all_events, everyone), "count", (*found.all_events.notes, *found.all_people.notes))

    def finish(self, observed: Observed) -> pd.DataFrame:
        """The ratio with the interval of its count; a hidden count shows only the band it lies in."""
        return from_counts(observed.frame, *count_limits(observed.frame, self.interval), self.scale)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        said = worded(
            "Recorded events per {scale} expected at {whose} by {bands} of {people} ({layer}), indirectly standardised; {doubt}.",
            whose=worded("given rates") if self.standard else worded("the city's rates"), bands=" + ".join(map(sources.layer(self.layer).called, self.bands)),
            doubt=DOUBT[self.interval], **named(self.per, self.scale, sources),
        )  # fmt: skip
        return said + (self.pool.sentence if self.pool else "")


def city_rates(found: ByBand) -> pd.Series:
    """Events per person of each band in all places where both are known; events of unknown band are shared out as the others are."""
    known = found.events.notna() & found.people.notna()
    events, people = found.events.where(known).sum(), found.people.where(known).sum()
    order = events.sort_values(kind="stable").index
    until = int(np.searchsorted(events[order].cumsum().to_numpy(), TOGETHER)) + 1
    few = [name for at, name in enumerate(order) if at < until or events[name] < TOGETHER]
    if events[order[0]] < TOGETHER:
        total = people[few].sum()
        events = events.where(~events.index.isin(few), people * events[few].sum() / total if total > 0 else 0.0)
    counted = found.all_events.counts.where(known.all(axis=1)).sum()
    share = counted / found.events.where(known.all(axis=1), axis=0).sum().sum() if events.sum() > 0 else 1.0
    return (events / people.where(people > 0)).fillna(0.0) * (share if np.isfinite(share) else 1.0)
