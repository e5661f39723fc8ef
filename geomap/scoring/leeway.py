"""What could as well have been chosen when an index was made, and choices drawn from it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.errors import MethodologyError


@dataclass(frozen=True)
class Chosen:
    """The choices of so many draws. weights: (draw, indicator), 0 where an indicator is left out; the others: a name per draw."""

    weights: NDArray[np.float64]
    normalisation: NDArray[np.str_]
    aggregation: NDArray[np.str_]
    missing: NDArray[np.str_]


@dataclass(frozen=True)
class Leeway:
    """Nominal weights and what else could as well have been chosen; of each tuple the first is the agreed choice, and each is equally likely.

    weights: as agreed; they need not sum to 1. concentration: weights are drawn from Dirichlet(concentration × share of the weight), brought to the
    agreed total. band: or each weight evenly within ± this share of itself; their total then varies, unless *keep_total*. drop: the probability
    that one indicator, each with weight equally likely, is left out; the others take over its weight in proportion.
    """

    weights: tuple[float, ...]
    concentration: float | None = None
    band: float | None = None
    keep_total: bool = False
    normalisation: tuple[str, ...] = ("min_max",)
    aggregation: tuple[str, ...] = ("arithmetic",)
    missing: tuple[str, ...] = ("renormalise",)
    drop: float = 0.0

    def __post_init__(self) -> None:
        weights = np.array(self.weights, dtype=float)
        faults = [
            (weights.ndim == 1 and bool((weights >= 0).all()) and 0 < weights.sum() < np.inf, "weights are numbers from 0 up, and one is above 0"),
            (self.concentration is None or self.concentration > 0, f"concentration is above 0, not {self.concentration}"),
            (self.band is None or 0 <= self.band <= 1, f"band is from 0 to 1, not {self.band}"),
            (self.concentration is None or self.band is None, "concentration and band exclude each other: leave one out"),
            (0 <= self.drop <= 1, f"drop is a probability, not {self.drop}"),
            (self.drop == 0 or (weights > 0).sum() > 1, "drop needs two indicators with weight"),
            (all((self.normalisation, self.aggregation, self.missing)), "normalisation, aggregation and missing name at least one choice each"),
        ]  # fmt: skip
        if wrong := tuple(fault for right, fault in faults if not right):
            raise MethodologyError("These choices cannot be drawn.", wrong)

    def agreed(self, draws: int = 1) -> Chosen:
        """The agreed choices, so many times."""
        first = (np.full(draws, ways[0]) for ways in (self.normalisation, self.aggregation, self.missing))
        return Chosen(np.tile(np.array(self.weights, dtype=float), (draws, 1)), *first)

    def stream(self, seed: np.random.SeedSequence) -> "Stream":
        """Choices drawn from a seed, each kind from its own, so that one more kind changes no other."""
        return Stream(self, tuple(np.random.default_rng(part) for part in seed.spawn(5)))


@dataclass(frozen=True)
class Stream:
    """A source of drawn choices: the same however many are asked for at a time."""

    leeway: Leeway
    generators: tuple[np.random.Generator, ...]

    def draw(self, draws: int) -> Chosen:
        """The next choices."""
        weights, drop, *names = self.generators
        leeway = self.leeway
        found = (
            _one_of(ways, draws, rng) for ways, rng in zip((leeway.normalisation, leeway.aggregation, leeway.missing), names, strict=True)
        )
        return Chosen(_dropped(_weights(leeway, draws, weights), leeway.drop, drop), *found)


def _weights(leeway: Leeway, draws: int, rng: np.random.Generator) -> NDArray[np.float64]:
    nominal = np.array(leeway.weights, dtype=float)
    if leeway.concentration is not None:
        drawn = rng.standard_gamma(leeway.concentration * nominal / nominal.sum(), (draws, len(nominal)))
    elif leeway.band is not None:
        drawn = nominal * (1 + leeway.band * (2 * rng.random((draws, len(nominal))) - 1))
    else:
        return np.tile(nominal, (draws, 1))
    keep = leeway.concentration is not None or leeway.keep_total
    return _to_total(drawn, nominal.sum()) if keep else drawn


def _dropped(weights: NDArray[np.float64], share: float, rng: np.random.Generator) -> NDArray[np.float64]:
    if share == 0:
        return weights
    which, whether = rng.random((len(weights), 2)).T
    able = np.flatnonzero(weights.any(axis=0))
    column = able[(which * len(able)).astype(int)]
    kept = weights.copy()
    kept[np.arange(len(weights)), column] *= whether >= share
    return _to_total(kept, weights.sum(axis=1, keepdims=True))


def _to_total(weights: NDArray[np.float64], total: float | NDArray[np.float64]) -> NDArray[np.float64]:
    return weights / weights.sum(axis=1, keepdims=True) * total


def _one_of(ways: tuple[str, ...], draws: int, rng: np.random.Generator) -> NDArray[np.str_]:
    return np.array(ways)[(rng.random(draws) * len(ways)).astype(int)]
