"""Events per so many people, with an exact Poisson interval."""

from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from geomap.indicators.bring import bring, bring_column, bring_sum
from geomap.indicators.counts import from_counts, pair
from geomap.indicators.measure import Measure, Observed, Per
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.statistics.intervals import poisson_interval


class Rate(Measure):
    """Events in each place per *scale* of what they are counted against, a year.

    events: columns to sum; without them each row is one event. years: by how many years the count is divided.
    """

    measure: Literal["rate"] = "rate"
    events: tuple[str, ...] = ()
    per: Per
    scale: float = Field(1_000.0, gt=0)
    years: float = Field(1.0, gt=0)
    counting: ClassVar[bool] = True
    floor: ClassVar[float | None] = 0.0

    def observe(self, sources: Sources, level: str) -> Observed:
        """Events and exposure (people × years) per place."""
        layer = rows_of(sources.layer(self.layer), self, sources.period)
        if self.events:
            events = bring_sum(layer, self.events, sources, level)
        else:
            events = bring(layer, pd.Series(1.0, index=layer.table.index), sources, level, records=True)
        people = bring_column(self.per, sources, level)
        return Observed(pair(events, people, self.years), "count", (*events.notes, *people.notes))

    def finish(self, observed: Observed) -> pd.DataFrame:
        """Rate with the exact Poisson (Garwood) interval of its count; a hidden count shows only the band it lies in."""
        low, high = poisson_interval(observed.frame["events"].to_numpy())
        half = observed.frame["half"].to_numpy()
        if half.any():
            low, _ = poisson_interval(np.maximum(observed.frame["events"].to_numpy() - half, 0))
            _, high = poisson_interval(observed.frame["events"].to_numpy() + half)
        return from_counts(observed.frame, low, high, self.scale)

    def sentence(self) -> str:
        """How the number comes about."""
        years = "" if self.years == 1 else f" a year over {self.years:g} years"
        return f"Recorded events per {self.scale:,.0f} of {self.per.words} ({self.per.layer}){years}; exact Poisson interval."
