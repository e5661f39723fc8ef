"""How much there is for each person: floating catchment areas."""

from typing import Literal, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from geomap.indicators.measure import Observed, Per
from geomap.indicators.near import Access, assets_of, observed_near, origins_of, pairs_of
from geomap.indicators.sources import Sources
from geomap.statistics.catchment import three_step, two_step
from geomap.statistics.decay import LUO_QI, WAN, gaussian, stepped, thirds
from geomap.worded import worded

METHODS = {
    "two_step": worded("two-step floating catchment"), "enhanced": worded("enhanced two-step floating catchment"),
    "three_step": worded("three-step floating catchment"),
}  # fmt: skip


class Catchment(Access):
    """Assets (or their capacity) per *scale* of the people who share them, within *within* metres or what streets cost.

    method: two_step (all within count alike), enhanced (what is near counts more), three_step (people choose among what they reach). bands: the upper
    end and weight of each zone; without them three zones of equal width with published weights, or with decay = "gaussian" a bell.
    """

    measure: Literal["catchment"] = "catchment"
    people: Per
    within: float = Field(gt=0)
    method: Literal["two_step", "enhanced", "three_step"] = "enhanced"
    decay: Literal["steps", "gaussian"] = "steps"
    bands: tuple[tuple[float, float], ...] = ()
    scale: float = Field(10_000.0, gt=0)

    @model_validator(mode="after")
    def _one_decay(self) -> Self:
        if self.bands and (self.decay == "gaussian" or self.method == "two_step"):
            raise ValueError("bands are the zones of method = enhanced or three_step with decay = steps; take them out, or choose those")
        if self.bands and max(end for end, _ in self.bands) > self.within:
            raise ValueError("a band ends beyond within, where nothing counts; make within as large as the last band")
        if self.mean_by is not None:
            raise ValueError("mean_by is not needed here: larger places are means over their people; take it out")
        return self

    def observe(self, sources: Sources, level: str) -> Observed:
        """Assets per head, the mean over the people of each place."""
        origins, assets = origins_of(self, sources, level), assets_of(self, sources, level)
        pairs = pairs_of(self, sources, level, (origins.points, assets.points), self.within)
        steps = three_step if self.method == "three_step" else two_step
        per_head = steps(pairs, origins.people, assets.capacity, self._weight(pairs.cost))
        unheard = int(len(assets.capacity) - len(np.unique(pairs.asset)))
        notes = (*assets.notes, *([worded("{count} asset(s) lie out of everybody's reach.", count=int(unheard))] if unheard else []))
        codes: pd.Index = sources.atlas[level].codes
        return observed_near(
            lambda _: origins.mean(per_head * self.scale, codes),
            self,
            sources,
            level,
            *notes,
            worded("People set out from {places}.", places=origins.how),
        )

    def _weight(self, cost: np.ndarray) -> np.ndarray:
        if self.method == "two_step":
            return np.ones(len(cost))
        if self.decay == "gaussian":
            return gaussian(cost, self.within)
        return stepped(cost, self.bands or thirds(self.within, WAN if self.method == "three_step" else LUO_QI))

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        return worded(
            "'{layer}' ({what}) per {scale} of {people}, shared by all within {within} ({way}): {method}.",
            layer=sources.called(self.layer), what=self.offered(sources), scale=f"{self.scale:,.0f}", people=sources.called(self.people.layer, *self.people.columns),
            within=f"{self.within:,.0f}", way=self.way_of(sources), method=METHODS[self.method],
        )  # fmt: skip
