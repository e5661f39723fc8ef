"""How much of an uncertain result each uncertain choice explains, alone and together with the others: Sobol' indices."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Model = Callable[[Floats], Floats]
CELLS = 1 << 22


class Choice(Protocol):
    """An uncertain choice: whatever gives the value at each probability, as the frozen distributions of scipy.stats do."""

    def ppf(self, probability: Floats, /) -> Floats:
        """The values at these probabilities, of the same shape."""


@dataclass(frozen=True)
class Between:
    """Any value between two limits, all alike."""

    low: float = 0.0
    high: float = 1.0

    def ppf(self, probability: Floats, /) -> Floats:
        """The value at each probability."""
        return self.low + (self.high - self.low) * probability


@dataclass(frozen=True)
class OneOf:
    """One of several ways, as a whole number from 0; *odds* say how likely each is, in any unit.

    >>> OneOf((1, 1, 2)).ppf(np.array([0.1, 0.3, 0.6])).tolist()
    [0.0, 1.0, 2.0]
    """

    odds: tuple[float, ...]

    def __post_init__(self) -> None:
        """Odds are positive."""
        if not self.odds or not all(odds > 0 for odds in self.odds):
            raise ValueError(f"Each way of choosing needs odds above 0, but these are {self.odds}.")

    @classmethod
    def equally(cls, count: int) -> "OneOf":
        """One of *count* ways that are equally likely."""
        return cls((1.0,) * count)

    def ppf(self, probability: Floats, /) -> Floats:
        """The way at each probability."""
        ends = np.cumsum(self.odds) / np.sum(self.odds)
        return np.searchsorted(ends[:-1], probability, side="right").astype(float)


@dataclass(frozen=True)
class Sensitivity:
    """First-order and total indices with limits, each (choice,), or (output, choice) where the function gives several outputs.

    first: the share of the variance that goes when the choice alone is known; total: that is left when all but this choice are known. They are
    estimates: a little below 0 means 0.
    """

    first: Floats
    first_low: Floats
    first_high: Floats
    total: Floats
    total_low: Floats
    total_high: Floats


def sobol(
    function: Model,
    choices: Sequence[Choice],
    *,
    n: int = 1_024,
    level: float = 0.95,
    resamples: int = 200,
    batch: int = 4_096,
    seed: int = 0,
) -> Sensitivity:
    """Sobol' indices of *function* over independent *choices*, by Saltelli et al. (2010) as scipy.stats.sobol_indices estimates them.

    function: takes (choice, sample), at most *batch* samples at a time, gives (sample,) or (output, sample), all finite. It is asked n (choices + 2)
    times; *n* is a power of 2. Limits are percentiles of *resamples* bootstrap samples, which see chance in the sample and not that it is evenly
    spread, so they are wide. A function that does not change has indices 0. Memory grows with outputs × n × choices. ValueError for a result that
    is not a number.
    """
    from scipy.stats import qmc

    if not choices or n < 2 or n & (n - 1):
        raise ValueError(f"Sobol' indices need at least one choice and a power of 2 of samples, but there are {len(choices)} and {n}.")
    count = len(choices)
    plain = qmc.Sobol(d=2 * count, rng=seed).random(n).T.reshape(2, count, n)
    first, second = (np.stack([choice.ppf(row) for choice, row in zip(choices, half, strict=True)]) for half in plain)
    mixed = np.tile(first, (count, 1, 1))
    mixed[np.arange(count), np.arange(count)] = second
    outputs = _in_batches(function, np.concatenate([first, second, *mixed], axis=1), batch)
    single = outputs.ndim == 1
    results = _without_noise(np.atleast_2d(outputs)).reshape(-1, count + 2, n)
    found = _estimated(results, np.arange(n)[None, :])[..., 0]
    low, high = _limits(results, resamples, level, seed)
    return Sensitivity(*(part[0] if single else part for kind in (0, 1) for part in (found[kind], low[kind], high[kind])))


def _in_batches(function: Model, samples: Floats, batch: int) -> Floats:
    results = [np.asarray(function(samples[:, start : start + batch]), dtype=float) for start in range(0, samples.shape[1], batch)]
    outputs = np.concatenate(results, axis=-1)
    if outputs.shape[-1] != samples.shape[1] or not np.isfinite(outputs).all():
        raise ValueError("The function has to give one finite number per sample (or a row of them per output).")
    return outputs


def _without_noise(outputs: Floats) -> Floats:
    """Outputs less their middle, and 0 where all that moves them is arithmetic noise."""
    middle = outputs.mean(axis=1, keepdims=True)
    return np.where(np.ptp(outputs, axis=1, keepdims=True) <= 1e-12 * np.abs(outputs).max(axis=1, keepdims=True), 0.0, outputs - middle)


def _limits(results: Floats, resamples: int, level: float, seed: int) -> tuple[Floats, Floats]:
    """Percentiles of the indices over bootstrap samples, (kind, output, choice)."""
    n = results.shape[-1]
    again = np.random.default_rng([seed, 1]).integers(n, size=(resamples, n))
    step = max(1, CELLS // results.size)
    drawn = np.concatenate([_estimated(results, again[start : start + step]) for start in range(0, resamples, step)], axis=-1)
    tail = (1 - level) / 2
    low, high = np.quantile(drawn, [tail, 1 - tail], axis=-1)
    return low, high


def _estimated(results: Floats, samples: NDArray[np.intp]) -> Floats:
    """Indices (kind, output, choice, resample) of *results* (output, matrix, sample) at each row of *samples* (resample, sample).

    A resample is one more output to scipy. It is told the first twice over, for it drops axes of length one.
    """
    from scipy.stats import sobol_indices

    output, matrices, n = results.shape
    taken = np.moveaxis(results[:, :, samples], 1, 0).reshape(matrices, output * len(samples), n)
    taken = np.concatenate([taken, taken[:, :1]], axis=1)
    found = sobol_indices(func={"f_A": taken[0], "f_B": taken[1], "f_AB": taken[2:]}, n=n)
    kinds = np.stack([np.reshape(kind, (len(taken[0]), matrices - 2))[:-1] for kind in (found.first_order, found.total_order)])
    return np.moveaxis(kinds.reshape(2, output, len(samples), matrices - 2), 2, -1)
