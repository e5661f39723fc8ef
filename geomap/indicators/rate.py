"""Events per so many people, with the interval of their count, or smoothed where few are counted."""

from typing import ClassVar, Literal

import pandas as pd
from pydantic import Field

from geomap.indicators.bring import Brought, bring_column, bring_events
from geomap.indicators.counts import BYAR, count_limits, from_counts, pair
from geomap.indicators.measure import Observed, Per, named
from geomap.indicators.pooled import PoolingMeasure, each_year, span
from geomap.indicators.smoothed import smoothed
from geomap.indicators.sources import Sources
from geomap.worded import worded

DOUBT = {"exact": worded("exact Poisson interval"), "byar": BYAR}
SMOOTH = {
    "empirical_bayes": worded(
        "drawn towards the city's rate where few are counted (Marshall's empirical Bayes); shown without an interval"
    ),
    "bym2": worded("smoothed among neighbours and towards the city's rate (BYM2); 95 % of the posterior"),
}


class Rate(PoolingMeasure):
    """Events in each place per *scale* of what they are counted against, a year.

    events: columns to sum; without them each row is one event. years: by how many years the count is divided. interval: of the count, exact (Garwood) or
    byar (from 10 events up). smooth: what is shown instead of the rate as counted; made of what the gate let out, so that nothing withheld is behind it.
    """

    measure: Literal["rate"] = "rate"
    events: tuple[str, ...] = ()
    per: Per
    scale: float = Field(1_000.0, gt=0)
    years: float = Field(1.0, gt=0)
    interval: Literal["exact", "byar"] = "exact"
    smooth: Literal["none", "empirical_bayes", "bym2"] = "none"
    counting: ClassVar[bool] = True
    floor: ClassVar[float | None] = 0.0

    def observe(self, sources: Sources, level: str) -> Observed:
        """Events and exposure (people × years) per place."""
        events = each_year(lambda one: self._events(one, level), sources)
        people = each_year(lambda one: bring_column(self.per, one, level), sources)
        return Observed(pair(events, people, self.years), "count", (*events.notes, *people.notes))

    @property
    def names_years(self) -> bool:
        """Whether it says itself of which or how many years it is."""
        return super().names_years or self.years != 1

    def _events(self, sources: Sources, level: str) -> Brought:
        return bring_events(self.rows(sources), self.events, sources, level)

    @property
    def shows_no_interval(self) -> bool:
        """Empirical Bayes is shown bare: its plug-in intervals cover as little as 61 % where 95 % is said."""
        return self.smooth == "empirical_bayes"

    def finish(self, observed: Observed) -> pd.DataFrame:
        """Rate with the interval of its count, or smoothed; a hidden count shows only the band it lies in."""
        counted = from_counts(observed.frame, *count_limits(observed.frame, self.interval), self.scale)
        return counted if self.smooth == "none" else smoothed(counted, observed, self.smooth, self.scale)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        gaps = {**named(self.per, self.scale, sources), "doubt": SMOOTH.get(self.smooth, DOUBT[self.interval])}
        if years := span(self.years, self.pool):
            return worded("Recorded events per {scale} of {people} ({layer}) a year, {years}; {doubt}.", years=years, **gaps)
        return worded("Recorded events per {scale} of {people} ({layer}); {doubt}.", **gaps)
