"""A number the layer already gives per place."""

from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from geomap.errors import LayerError, MethodologyError
from geomap.indicators.averages import average_up, shown_from_parent
from geomap.indicators.measure import Measure, Observed, Per
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.statistics.intervals import wilson_interval
from geomap.worded import worded


class Value(Measure):
    """The column *field* as it stands, times *scale*.

    mean_by: weights (such as residents) for the mean over smaller places. coarser = "show": a smaller place may show its parent's value, labelled.
    answers: the field is a proportion among about so many answers (answers_reason says why), which gives Wilson's interval.
    """

    measure: Literal["value"] = "value"
    field: str
    mean_by: Per | None = None
    coarser: Literal["show", "refuse"] = "refuse"
    answers: int = Field(0, ge=0)
    answers_reason: str = ""
    scale: float = 1.0
    counting: ClassVar[bool] = False

    def observe(self, sources: Sources, level: str) -> Observed:
        """The values of the layer's own places, brought to *level*."""
        layer = rows_of(sources.layer(self.layer), self, sources.period)
        join = sources.join(sources.layer(self.layer), level)
        known, withheld = _one_each(layer, join.codes, self.field)
        if join.boundaries == level:
            frame, notes = _own(known, withheld, sources, level), ()
        elif sources.atlas.route(join.boundaries, level) is not None:
            frame, notes = average_up(known, self.mean_by, sources, (join.boundaries, level))
        elif self.coarser == "show":
            frame, notes = shown_from_parent(known, sources, (level, join.boundaries))
        else:
            raise MethodologyError(
                f"The layer '{self.layer}' is by '{join.boundaries}', which is coarser than '{level}'. "
                f'Give the indicator levels = ["{join.boundaries}"], or coarser = "show" to show each place its parent\'s value, labelled so.'
            )
        frame = self._doubt(frame)
        return Observed(frame, "none", (*notes, *([self.answers_reason] if self.answers_reason else [])))

    def _doubt(self, frame: pd.DataFrame) -> pd.DataFrame:
        low = high = frame["value"].to_numpy(dtype=float)
        if self.answers:
            low, high = wilson_interval(low * self.answers, np.where(np.isnan(low), np.nan, float(self.answers)))
        else:
            low = high = np.full(len(frame), np.nan)
        n = np.where(frame["value"].isna() | (self.answers == 0), np.nan, float(self.answers))
        return frame.assign(value=frame["value"] * self.scale, low=low * self.scale, high=high * self.scale, n=n, hidden=False)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        said = worded("{column}, as the source gives it.", column=sources.layer(self.layer).called(self.field))
        return f"{said} {worded('Interval as of {answers} answers a place (Wilson).', answers=self.answers)}" if self.answers else said


def _one_each(layer: object, codes: pd.Series, field: str) -> tuple[pd.Series, pd.Series]:
    codes = codes.reindex(layer.table.index)
    kept = codes.notna().to_numpy()
    codes = codes[kept]
    if twice := sorted(set(codes[codes.duplicated()]))[:5]:
        raise LayerError(
            f"The layer '{layer.name}' has more than one row for {twice}. Narrow it with where, or with dates, to one row a place."
        )
    values = pd.Series(layer.numbers(field).to_numpy()[kept], index=codes.to_numpy())
    return values, pd.Series(layer.withheld((field,))[kept], index=codes.to_numpy())


def _own(known: pd.Series, withheld: pd.Series, sources: Sources, level: str) -> pd.DataFrame:
    value = known.reindex(sources.atlas[level].codes)
    status = pd.Series(np.where(value.notna(), "value", "missing"), index=value.index, dtype="object")
    status[withheld.reindex(value.index, fill_value=False).to_numpy(dtype=bool)] = "suppressed"
    return pd.DataFrame({"value": value, "status": status, "flags": ""})
