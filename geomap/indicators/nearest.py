"""How far it is to the nearest asset."""

from typing import ClassVar, Literal

import pandas as pd

from geomap.indicators.measure import Measure, Observed, Per
from geomap.indicators.near import asset_points, centres, observed_near
from geomap.indicators.sources import Sources


class Nearest(Measure):
    """Metres, as the crow flies, from the middle of each place to the nearest asset."""

    measure: Literal["nearest"] = "nearest"
    mean_by: Per | None = None
    floor: ClassVar[float | None] = 0.0

    def observe(self, sources: Sources, level: str) -> Observed:
        """The distance per place; for larger places the mean over the smallest ones, by *mean_by*."""

        def distance(own: str) -> pd.Series:
            from scipy.spatial import KDTree

            metres, _ = KDTree(asset_points(self, sources, own)).query(centres(sources, own))
            return pd.Series(metres, index=sources.atlas[own].codes)

        return observed_near(distance, self.mean_by, sources, level)

    def sentence(self) -> str:
        """How the number comes about."""
        return f"Straight-line metres from the middle of the place to the nearest of '{self.layer}'."
