"""How many years to take together so that counts can be shown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike


@dataclass(frozen=True)
class Pooled:
    """years: those taken together, latest last; small: the share of places under *least* events then, and with the last year alone; enough: whether the rule is met."""

    years: tuple[int, ...]
    least: int
    small: float
    small_alone: float
    enough: bool

    @property
    def sentence(self) -> str:
        """Which years and why."""
        if len(self.years) == 1:
            return f"{self.years[0]} alone: {self.small_alone:.0%} of places have fewer than {self.least} events."
        why = f"in {self.years[-1]} alone {self.small_alone:.0%} of places have fewer than {self.least} events, together {self.small:.0%}"
        return f"{self.years[0]} to {self.years[-1]} are taken together, because {why}" + ("." if self.enough else ", still too many.")


def pool(counts: ArrayLike, years: ArrayLike, *, least: int = 10, share: float = 0.2, most: int = 5) -> Pooled:
    """The fewest last years in which at most a *share* of places has fewer than *least* events; up to *most* years that follow one another.

    counts: (places, years), years ascending; unknown counts do not count as small.
    """
    counts, years = np.asarray(counts, dtype=float), np.asarray(years, dtype=int)
    gap = np.flatnonzero(np.diff(years[::-1]) != -1)
    usable = min(most, len(years), int(gap[0]) + 1 if len(gap) else len(years))
    sums = np.cumsum(counts[:, ::-1][:, :usable], axis=1)
    small = np.array([small_share(column, least) for column in sums.T])
    met = np.flatnonzero(small <= share)
    taken = int(met[0]) if len(met) else usable - 1
    return Pooled(tuple(int(year) for year in years[len(years) - taken - 1 :]), least, float(small[taken]), float(small[0]), bool(len(met)))


def small_share(counts: ArrayLike, least: int) -> float:
    """The share of the known counts that are under *least*; 0 where none is known."""
    counts = np.asarray(counts, dtype=float)
    return float((counts < least).sum() / max((~np.isnan(counts)).sum(), 1))
