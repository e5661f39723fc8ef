"""How far it is to the nearest asset."""

from typing import Literal

import pandas as pd

from geomap.indicators.measure import Observed
from geomap.indicators.near import Access, assets_of, observed_near, origins_of, to_nearest
from geomap.indicators.sources import Sources
from geomap.worded import worded


class Nearest(Access):
    """Metres (or what streets cost) to the nearest asset from the middle of each place, or from where its people live."""

    measure: Literal["nearest"] = "nearest"

    def observe(self, sources: Sources, level: str) -> Observed:
        """The distance per place; for larger places the mean over people, or over the smallest places by *mean_by*."""

        def distance(own: str) -> pd.Series:
            origins, assets = origins_of(self, sources, own), assets_of(self, sources, own)
            return origins.mean(to_nearest(self, sources, own, (origins.points, assets.points)), sources.atlas[own].codes)

        return observed_near(distance, self, sources, level, *assets_of(self, sources, level).notes)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        if self.along is None and self.people is None:
            return worded(
                "Straight-line metres from the middle of the place to the nearest of '{layer}'.", layer=sources.called(self.layer)
            )
        return worded(
            "The way ({way}) from {start} to the nearest of '{layer}'.",
            way=self.way_of(sources),
            start=self.start,
            layer=sources.called(self.layer),
        )
