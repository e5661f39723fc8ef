"""The doubt of every input, drawn: values that could as well have been observed."""

from dataclasses import dataclass

import numpy as np

Z = 1.959963984540054


@dataclass(frozen=True)
class Spread:
    """Middle and 95 % limits of each value, (place, indicator) arrays, with the bounds no value can cross (indicator,)."""

    middle: np.ndarray
    low: np.ndarray
    high: np.ndarray
    floor: np.ndarray
    ceiling: np.ndarray

    def draw(self, draws: int, generator: np.random.Generator) -> np.ndarray:
        """A (draw, place, indicator) array from split normals: each side as wide as its side of the interval."""
        z = generator.standard_normal((draws, *self.middle.shape))
        below, above = (self.middle - self.low) / Z, (self.high - self.middle) / Z
        return np.clip(self.middle + z * np.where(z < 0, below, above), self.floor, self.ceiling)
