"""One way to measure two editions: the branches of a method, and the goalposts of its indicators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.assessment.assessment import Assessment
from geomap.assessment.explore import branches_of
from geomap.editions.edition import Edition
from geomap.scoring.doubt import drawn
from geomap.scoring.draws import Spread
from geomap.scoring.scale import TOP, Scale, scale_from
from geomap.scoring.tree import Branch, grow

Floats = NDArray[np.float64]
DRAWS = 400


@dataclass(frozen=True)
class Yardstick:
    """How scores come from values: *scale* for the indicators, *branches* for what they are combined into; ups: which way each indicator is worse."""

    branches: tuple[Branch, ...]
    scale: Scale
    ups: Mapping[str, str]

    @property
    def names(self) -> tuple[str, ...]:
        """The indicators it needs."""
        return self.scale.names

    def fits(self, assessment: Assessment) -> bool:
        """Whether *assessment* holds every indicator it needs."""
        return set(self.names) <= set(assessment.numbers)

    def leaves(self, assessment: Assessment, column: str, blank: Mapping[str, Floats]) -> dict[str, Floats]:
        """The scores (place,) of the indicators, from one column of their values; NaN where *blank* (place,) says so."""
        values = np.column_stack([assessment.numbers[name][column].to_numpy(dtype=float) for name in self.names])
        hidden = np.column_stack([blank[name] for name in self.names])
        return dict(zip(self.names, self.scale.apply(np.where(hidden, np.nan, values)).T, strict=True))

    def scores(self, assessment: Assessment, blank: Mapping[str, Floats]) -> Mapping[str, Floats]:
        """The scores (place,) of all branches by their id."""
        return grow(self.branches, self.leaves(assessment, "value", blank), self.ups).scores

    def errors(self, assessment: Assessment, blank: Mapping[str, Floats], seed: Sequence[int]) -> Mapping[str, Floats]:
        """The standard error (place,) of each branch's score, from draws of its indicators between 0 and 10."""
        middle, low, high = (np.column_stack(list(self.leaves(assessment, side, blank).values())) for side in ("value", "low", "high"))
        low, high = np.fmin(low, high), np.fmax(low, high)
        ends = np.zeros(len(self.names))
        spread = Spread(middle, np.where(np.isnan(low), middle, low), np.where(np.isnan(high), middle, high), ends, ends + TOP)
        samples = drawn(self.branches, spread, _as_they_are(self.names), self.ups, draws=DRAWS, seed=seed)
        return {name: sample.std(axis=1, ddof=1) for name, sample in samples.items()}


def yardstick_of(edition: Edition, level: str, assessment: Assessment) -> Yardstick:
    """How the edition itself measured: its methodology and its stored scale."""
    method = edition.methodology
    rulers = {one.id: (one.scale or method.scale).ruler(one.steps) for one in method.at(level)}
    scale = scale_from(edition.scales[level], rulers)
    return Yardstick(branches_of(assessment, method), scale, {one.id: one.up for one in method.at(level)})


def with_posts_of(own: Yardstick, other: Yardstick) -> Yardstick:
    """*own* with the goalposts of *other* for every indicator that both measure by the same ruler."""
    low, high, ladders = own.scale.low.copy(), own.scale.high.copy(), dict(own.scale.ladders)
    theirs = {name: column for column, name in enumerate(other.names)}
    for column, name in enumerate(own.names):
        there = theirs.get(name)
        if there is None or own.scale.rulers[column] != other.scale.rulers[there] or np.isnan(other.scale.low[there]):
            continue
        low[column], high[column] = other.scale.low[there], other.scale.high[there]
        if there in other.scale.ladders:
            ladders[column] = other.scale.ladders[there]
    return Yardstick(own.branches, Scale(own.names, low, high, own.scale.rulers, ladders), own.ups)


def _as_they_are(names: tuple[str, ...]) -> Scale:
    return Scale(names, np.zeros(len(names)), np.full(len(names), TOP))
