"""A part of a whole, both counted."""

from typing import ClassVar, Literal, Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from geomap.indicators.bring import bring_column, bring_sum
from geomap.indicators.counts import from_counts, pair
from geomap.indicators.measure import Measure, Observed, Per
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.statistics.intervals import wilson_interval
from geomap.worded import worded


class Share(Measure):
    """The columns *part* as a share of the columns *whole*, or of *per* from another layer.

    The interval is Wilson's: what chance alone would do among so few or so many people. With interval = "none" the count is taken as exact.
    """

    measure: Literal["share"] = "share"
    part: tuple[str, ...] = Field(min_length=1)
    whole: tuple[str, ...] = ()
    per: Per | None = None
    scale: float = Field(100.0, gt=0)
    interval: Literal["chance", "none"] = "chance"
    counting: ClassVar[bool] = True
    floor: ClassVar[float | None] = 0.0

    @model_validator(mode="after")
    def _one_whole(self) -> Self:
        if bool(self.whole) == bool(self.per):
            raise ValueError("give either whole (columns of the layer) or per (a column of another layer)")
        return self

    def observe(self, sources: Sources, level: str) -> Observed:
        """Part and whole per place."""
        layer = rows_of(sources.layer(self.layer), self, sources.period)
        part = bring_sum(layer, self.part, sources, level)
        whole = bring_column(self.per, sources, level) if self.per else bring_sum(layer, self.whole, sources, level)
        notes = tuple(dict.fromkeys([*part.notes, *whole.notes]))
        return Observed(pair(part, whole), "count", notes, whole=True, whole_is_open=self.per is not None)

    def finish(self, observed: Observed) -> pd.DataFrame:
        """Share with Wilson's interval; where counts were carried over and the part exceeds the whole, the share is the whole."""
        frame = observed.frame
        whole, half = frame["exposure"].to_numpy(), frame["half"].to_numpy()
        part = np.minimum(frame["events"].to_numpy(), whole)
        if self.interval == "none":
            return from_counts(frame, part - half, part + half, self.scale)
        low, _ = wilson_interval(np.maximum(part - half, 0), whole)
        _, high = wilson_interval(np.minimum(part + half, whole), whole)
        return from_counts(frame.assign(events=part), low * whole, high * whole, self.scale)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        layer = sources.layer(self.layer)
        part, whole = (", ".join(map(layer.called, columns)) for columns in (self.part, self.whole))
        if self.per:
            whole = f"{sources.called(self.per.layer, *self.per.columns)} ({sources.called(self.per.layer)})"
        if self.interval == "none":
            return worded("{part} as a share of {whole}; taken as exact.", part=part, whole=whole)
        return worded(
            "{part} as a share of {whole}; Wilson interval (what chance alone does in a place of this size).", part=part, whole=whole
        )
