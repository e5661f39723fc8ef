"""Events per so many people as they would be if every place had people of the same ages: the directly standardised rate."""

from typing import ClassVar, Literal

import numpy as np
from pydantic import Field

from geomap.errors import DisclosureError
from geomap.indicators.by_band import by_band
from geomap.indicators.counts import pair
from geomap.indicators.measure import Observed, Per, named
from geomap.indicators.pooled import PoolingMeasure
from geomap.indicators.sources import Sources
from geomap.statistics.standardisation import LEAST_EVENTS, dobson, fay_feuer
from geomap.worded import worded

DOUBT = {"gamma": worded("gamma interval (Fay and Feuer)"), "byar": worded("interval of Dobson on Byar's limits")}
FEW = worded("fewer than {least} events: no standardised rate", least=LEAST_EVENTS)


class StandardisedRate(PoolingMeasure):
    """Events per *scale* people if the bands of each place were as large as in the whole city (or as *standard* says); none below ten events.

    bands: columns such as age and sex, of the layer and of the layer of *per*. standard: how many people each band counts for, such as the European
    Standard Population. interval: gamma (Fay and Feuer) or byar (Dobson). It is made of counts by band, so only open layers may be told so.
    """

    measure: Literal["standardised_rate"] = "standardised_rate"
    events: tuple[str, ...] = ()
    per: Per
    bands: tuple[str, ...] = Field(min_length=1)
    standard: dict[str, float] = Field(default_factory=dict)
    scale: float = Field(1_000.0, gt=0)
    interval: Literal["gamma", "byar"] = "gamma"
    floor: ClassVar[float | None] = 0.0

    def observe(self, sources: Sources, level: str) -> Observed:
        """The rate per place; DisclosureError where the layer is about people, whose counts by band could be worked out from it."""
        layer = sources.layer(self.layer)
        if layer.card.guarded:
            raise DisclosureError(
                f"A directly standardised rate of '{self.layer}' would tell how few events there are by {' and '.join(self.bands)}. "
                'Take measure = "standardised_ratio" with the rates of a standard, which needs the sum of each place only, or declare the layer open if its '
                "counts by band are published."
            )
        found = by_band(self.rows, self.events, self.per, self.bands, (sources, level))
        standard = found.standard(self.standard, "people") if self.standard else found.people.sum()
        rated = (fay_feuer if self.interval == "gamma" else dobson)(found.events, found.people.where(found.people > 0), standard)
        frame = pair(found.all_events, found.all_people)[["status", "flags"]].assign(hidden=False)
        known, few = (frame["status"] == "value").to_numpy(), rated.events < LEAST_EVENTS
        for name, numbers in (("value", rated.rate), ("low", rated.low), ("high", rated.high)):
            frame[name] = np.where(known & ~few, numbers * self.scale, np.nan)
        frame["n"] = np.where(known, rated.events, np.nan)
        frame["flags"] = frame["flags"].mask(known & few, FEW)
        frame["status"] = frame["status"].mask(known & frame["value"].isna().to_numpy(), "missing")
        return Observed(frame, "none", (*found.all_events.notes, *found.all_people.notes))

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        said = worded(
            "Recorded events per {scale} of {people} ({layer}) if every place had the people of {whose} by {bands}, directly standardised; {doubt}; none below {least} events.",
            whose=worded("a standard population") if self.standard else worded("the whole city"), bands=" + ".join(map(sources.layer(self.layer).called, self.bands)),
            doubt=DOUBT[self.interval], least=LEAST_EVENTS, **named(self.per, self.scale, sources),
        )  # fmt: skip
        return said + (self.pool.sentence if self.pool else "")
