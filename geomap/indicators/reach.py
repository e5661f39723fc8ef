"""How many assets are within reach, for how many people."""

from typing import Literal

import numpy as np
import pandas as pd
from pydantic import Field

from geomap.indicators.bring import bring_column
from geomap.indicators.measure import Observed, Per
from geomap.indicators.near import Access, assets_of, observed_near, origins_of, pairs_of
from geomap.indicators.sources import Sources


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

    def sentence(self) -> str:
        """How the number comes about."""
        per = f", per {self.scale:,.0f} of {self.per.words} living within it" if self.per else ""
        start = "the middle of the place" if self.people is None else "where people live"
        unit = " m" if self.along is None or not self.along.cost else ""
        return f"'{self.layer}' within {self.within:,.0f}{unit}, {self.way}, of {start}{per}."
