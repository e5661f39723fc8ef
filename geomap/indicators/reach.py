"""How many assets are within reach, for how many people."""

from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from geomap.indicators.bring import bring_column
from geomap.indicators.measure import Measure, Observed, Per
from geomap.indicators.near import asset_points, centres, observed_near
from geomap.indicators.sources import Sources


class Reach(Measure):
    """Assets within *within* metres of the middle of each place, per *scale* of the people whose places' middles lie within it too."""

    measure: Literal["reach"] = "reach"
    within: float = Field(gt=0)
    per: Per | None = None
    scale: float = Field(10_000.0, gt=0)
    mean_by: Per | None = None
    floor: ClassVar[float | None] = 0.0

    def observe(self, sources: Sources, level: str) -> Observed:
        """The count, or the count per head, per place."""
        return observed_near(lambda own: self._count(sources, own), self.mean_by, sources, level)

    def _count(self, sources: Sources, level: str) -> pd.Series:
        from scipy.spatial import KDTree

        middles, codes = centres(sources, level), sources.atlas[level].codes
        near = KDTree(asset_points(self, sources, level)).query_ball_point(middles, self.within, return_length=True)
        count = pd.Series(near.astype(float), index=codes)
        if self.per is None:
            return count
        people = bring_column(self.per, sources, level).counts.fillna(0.0).to_numpy()
        pairs = KDTree(middles).query_pairs(self.within, output_type="ndarray")
        around = (
            people + np.bincount(pairs[:, 0], people[pairs[:, 1]], len(people)) + np.bincount(pairs[:, 1], people[pairs[:, 0]], len(people))
        )
        return count * self.scale / pd.Series(around, index=codes).where(around > 0)

    def sentence(self) -> str:
        """How the number comes about."""
        per = f", per {self.scale:,.0f} of {self.per.field.replace('_', ' ')} living within it" if self.per else ""
        return f"'{self.layer}' within {self.within:,.0f} m, straight line, of the middle of the place{per}."
