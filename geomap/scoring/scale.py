"""A yardstick fitted once and held still, so that next year is measured with this year's ruler."""

from dataclasses import dataclass

import numpy as np

TOP = 10.0
MIDDLE = TOP / 2


@dataclass(frozen=True)
class Scale:
    """Two goalposts per indicator: values at *low* score 0 and at *high* score 10; beyond them the score stays there.

    low, high: arrays (indicator,), NaN where the baseline has no value. names: the indicators, in the same order.
    """

    names: tuple[str, ...]
    low: np.ndarray
    high: np.ndarray

    def apply(self, values: np.ndarray) -> np.ndarray:
        """Scores 0–10 of a (..., place, indicator) array; where the baseline had one value for all places, the middle."""
        width = self.high - self.low
        flat = width == 0
        scores = np.clip(TOP * (values - self.low) / np.where(flat, 1.0, width), 0.0, TOP)
        return np.where(flat & ~np.isnan(values), MIDDLE, scores)

    def clipped(self, values: np.ndarray) -> np.ndarray:
        """How many places lie beyond a goalpost, per indicator."""
        return ((values < self.low) | (values > self.high)).sum(axis=-2)

    def as_record(self) -> dict[str, dict[str, float | None]]:
        """The goalposts as plain values."""
        return {
            name: {"low": None if np.isnan(low) else float(low), "high": None if np.isnan(high) else float(high)}
            for name, low, high in zip(self.names, self.low, self.high, strict=True)
        }


def fit_scale(names: tuple[str, ...], values: np.ndarray, *, low: float, high: float) -> Scale:
    """Goalposts at the *low*th and *high*th percentile of each column of a (place, indicator) array, ignoring what is missing."""
    known = ~np.isnan(values).all(axis=0)
    posts = np.full((2, len(names)), np.nan)
    if known.any():
        posts[:, known] = np.nanpercentile(values[:, known], [low, high], axis=0)
    return Scale(names, posts[0], posts[1])
