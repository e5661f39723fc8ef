"""What can be reached, the nearer the more: Hansen's gravity."""

from typing import Literal

import pandas as pd
from pydantic import Field

from geomap.indicators.measure import Observed
from geomap.indicators.near import Access, assets_of, observed_near, origins_of, pairs_of
from geomap.indicators.sources import Sources
from geomap.statistics.decay import exponential
from geomap.worded import worded

HALVES = 10


class Gravity(Access):
    """Assets (or their capacity), each counted half as much with every *half* metres (or what streets cost); beyond ten halves it counts for nothing."""

    measure: Literal["gravity"] = "gravity"
    half: float = Field(gt=0)

    def observe(self, sources: Sources, level: str) -> Observed:
        """The sum per place."""
        notes = assets_of(self, sources, level).notes
        return observed_near(lambda own: self._sum(sources, own), self, sources, level, *notes)

    def _sum(self, sources: Sources, level: str) -> pd.Series:
        origins, assets = origins_of(self, sources, level), assets_of(self, sources, level)
        near = pairs_of(self, sources, level, (origins.points, assets.points), HALVES * self.half)
        return origins.mean(near.per_origin(assets.capacity[near.asset] * exponential(near.cost, self.half)), sources.atlas[level].codes)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        return worded(
            "'{layer}' ({what}) in reach, {way}, each counted half as much with every {half} m (Hansen).",
            layer=sources.called(self.layer), what=self.offered(sources), way=self.way_of(sources), half=f"{self.half:,.0f}",
        )  # fmt: skip
