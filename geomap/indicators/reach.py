"""How many assets are within reach, for how many people."""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import Field

from geomap.indicators.bring import bring_column
from geomap.indicators.measure import Observed, Per
from geomap.indicators.near import Access, assets_of, observed_near, origins_of, pairs_of
from geomap.indicators.sources import Sources
from geomap.worded import worded


class Reach(Access):
    """Assets within *within* metres (or what streets cost), per *scale* of the people whose places' middles lie within it too.

    With capacity or hours their sum is taken, which are the cumulative opportunities.
    """

    measure: Literal["reach"] = "reach"
    within: float = Field(gt=0)
    per: Per | None = None
    scale: float = Field(10_000.0, gt=0)

    def observe(self, sources: Sources, level: str) -> Observed:
        """The count, or the count per head, per place."""
        notes = assets_of(self, sources, level).notes
        return observed_near(lambda own: self._count(sources, own), self, sources, level, *notes)

    def _count(self, sources: Sources, level: str) -> pd.Series:
        codes, origins, assets = sources.atlas[level].codes, origins_of(self, sources, level), assets_of(self, sources, level)
        near = pairs_of(self, sources, level, (origins.points, assets.points), self.within)
        count = near.per_origin(assets.capacity[near.asset])
        if self.per is None:
            return origins.mean(count, codes)
        people = np.nan_to_num(bring_column(self.per, sources, level).counts.to_numpy(dtype=float))
        middles = sources.atlas[level].centroids
        around = pairs_of(self, sources, level, (origins.points, np.column_stack([middles.x, middles.y])), self.within)
        shared = around.per_origin(people[around.asset])
        return origins.mean(np.divide(count * self.scale, shared, out=np.full(len(count), np.nan), where=shared > 0), codes)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        unit = " m" if self.along is None or not self.along.cost else ""
        gaps = {
            "layer": sources.called(self.layer),
            "within": f"{self.within:,.0f}{unit}",
            "way": self.way_of(sources),
            "start": self.start,
        }
        if self.per is None:
            return worded("'{layer}' within {within}, {way}, of {start}.", **gaps)
        people = sources.called(self.per.layer, *self.per.columns)
        return worded(
            "'{layer}' within {within}, {way}, of {start}, per {scale} of {people} living within it.",
            scale=f"{self.scale:,.0f}",
            people=people,
            **gaps,
        )
