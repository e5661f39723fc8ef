"""A yardstick fitted once and held still, so that next year is measured with this year's ruler."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

TOP = 10.0
MIDDLE = TOP / 2
Method = Literal["goalposts", "fixed", "z", "percentile"]


@dataclass(frozen=True)
class Ruler:
    """How an indicator is scaled.

    method: goalposts (*low* and *high* are percentiles of the baseline), fixed (they are values, in the indicator's own unit after its steps),
    z (they are distances from the baseline's mean in its standard deviations), percentile (the share of baseline places below, half of those equal).
    steps: transformations before scaling, value by value.
    """

    method: Method
    low: float = 5.0
    high: float = 95.0
    steps: tuple[Callable[[np.ndarray], np.ndarray], ...] = ()

    def before(self, values: np.ndarray) -> np.ndarray:
        """*values* after the transformations."""
        for step in self.steps:
            values = step(values)
        return values


@dataclass(frozen=True)
class Scale:
    """Two goalposts per indicator: values at *low* score 0 and at *high* score 10; beyond them the score stays there.

    low, high: arrays (indicator,), NaN where the baseline has no value. names: the indicators, in the same order. rulers: what comes before scaling;
    ladders: for percentile scales, the sorted values of the baseline, by position of the indicator.
    """

    names: tuple[str, ...]
    low: np.ndarray
    high: np.ndarray
    rulers: tuple[Ruler, ...] = ()
    ladders: Mapping[int, np.ndarray] = field(default_factory=dict)

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Scores 0–10 of a (..., place, indicator) array; where the baseline had one value for all places, the middle."""
        values = self.before(values)
        width = self.high - self.low
        flat = width == 0
        scores = np.clip(TOP * (values - self.low) / np.where(flat, 1.0, width), 0.0, TOP)
        scores = np.where(flat & ~np.isnan(values), MIDDLE, scores)
        for column, ladder in self.ladders.items():
            scores[..., column] = _climbed(values[..., column], ladder)
        return scores

    def before(self, values: np.ndarray) -> np.ndarray:
        """The values after the transformations of their indicators, before scaling."""
        if not any(ruler.steps for ruler in self.rulers):
            return values
        return np.stack([ruler.before(values[..., column]) for column, ruler in enumerate(self.rulers)], axis=-1)

    def clipped(self, values: np.ndarray) -> np.ndarray:
        """How many places lie beyond a goalpost, per indicator."""
        values = self.before(values)
        beyond = (values - self.low) * (values - self.high) > 0
        return beyond.sum(axis=-2)

    def as_record(self) -> dict[str, dict[str, Any]]:
        """The goalposts as plain values, and the ladder of a percentile scale."""
        return {
            name: {"low": None if np.isnan(low) else float(low), "high": None if np.isnan(high) else float(high)}
            | ({"ladder": [float(step) for step in self.ladders[column]]} if column in self.ladders else {})
            for column, (name, low, high) in enumerate(zip(self.names, self.low, self.high, strict=True))
        }


def fit_scale(names: tuple[str, ...], values: np.ndarray, rulers: Sequence[Ruler]) -> Scale:
    """The scale of each column of a (place, indicator) array of the baseline by its ruler, ignoring what is missing."""
    ready = np.column_stack([ruler.before(values[:, column]) for column, ruler in enumerate(rulers)])
    posts = np.array([_posts(ready[:, column], ruler) for column, ruler in enumerate(rulers)]).reshape(-1, 2)
    ladders = {
        column: np.sort(ready[~np.isnan(ready[:, column]), column]) for column, ruler in enumerate(rulers) if ruler.method == "percentile"
    }
    return Scale(names, posts[:, 0], posts[:, 1], tuple(rulers), {column: ladder for column, ladder in ladders.items() if len(ladder)})


def scale_from(record: Mapping[str, Mapping[str, Any]], rulers: Mapping[str, Ruler]) -> Scale:
    """The scale that *as_record* wrote, for the indicators of *rulers*, each with its ruler; an indicator that the record does not know has no goalposts."""
    found = [record.get(name, {}) for name in rulers]
    low, high = (np.array([one.get(side, np.nan) for one in found], dtype=float) for side in ("low", "high"))
    ladders = {column: np.array(one["ladder"], dtype=float) for column, one in enumerate(found) if one.get("ladder")}
    return Scale(tuple(rulers), low, high, tuple(rulers.values()), ladders)


def _posts(values: np.ndarray, ruler: Ruler) -> tuple[float, float]:
    known = values[~np.isnan(values)]
    if ruler.method == "fixed":
        return ruler.low, ruler.high
    if not len(known):
        return np.nan, np.nan
    if ruler.method == "z":
        mean, spread = known.mean(), known.std(ddof=1) if len(known) > 1 else 0.0
        return mean + ruler.low * spread, mean + ruler.high * spread
    low, high = np.percentile(known, [ruler.low, ruler.high] if ruler.method == "goalposts" else [0, 100])
    return float(low), float(high)


def _climbed(values: np.ndarray, ladder: np.ndarray) -> np.ndarray:
    steps = (np.searchsorted(ladder, values, side="left") + np.searchsorted(ladder, values, side="right")) / 2
    return np.where(np.isnan(values), np.nan, TOP * steps / len(ladder))
