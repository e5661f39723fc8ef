"""Weighted sums of many draws with the noise of their inputs brought to the sum: the arithmetic of the fast mode."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.scoring.leeway import Chosen
from geomap.scoring.normals import Normals

Floats = NDArray[np.floating]
MOST = 32


@dataclass(frozen=True)
class Propagated:
    """Σ w x of each place and draw, in numbers of *kind*; with normals, and a noise of variance Σ w² s² in float32.

    scaled, errors: (place, indicator). The matrix products always have MOST rows of weights, so that the way they are rounded does not depend on how
    many draws are worked on at once.
    """

    scaled: Floats
    errors: Floats
    kind: type[np.floating] = np.float64

    def sums(self, pieces: Iterable[Chosen], normals: Normals | None) -> Iterator[Floats]:
        """The sums of each piece's draws, (draw, place); they last until the next are asked for."""
        gaps = np.flatnonzero(np.isnan(self.scaled).any(axis=1))
        there = np.ascontiguousarray(~np.isnan(self.scaled[gaps]).T, dtype=float)
        values = np.ascontiguousarray(self._without_gaps(self.scaled, gaps).T, dtype=self.kind)
        sums = np.empty((MOST, values.shape[1]), dtype=self.kind)
        noise = Noise(np.where(np.isnan(self.scaled), 0.0, self.errors) if len(gaps) else self.errors, normals) if normals else None
        for chosen in pieces:
            draws = len(chosen.weights)
            weights = np.zeros((MOST, len(values)))
            weights[:draws] = chosen.weights
            np.matmul(weights.astype(self.kind), values, out=sums)
            factor = _for_gaps(weights @ there, weights.sum(axis=1, keepdims=True))[:draws] if len(gaps) else None
            if factor is not None:
                sums[:draws, gaps] *= np.where((chosen.missing == "propagate")[:, None] & (factor != 1), np.nan, factor)
            if noise:
                noise.add(sums[:draws], weights, (gaps, factor))
            yield sums[:draws]

    @staticmethod
    def _without_gaps(values: Floats, gaps: NDArray[np.intp]) -> Floats:
        return np.nan_to_num(values) if len(gaps) else values


class Noise:
    """Normals of the variance Σ w² s², place by place and draw by draw."""

    def __init__(self, errors: Floats, normals: Normals) -> None:
        self._variances = np.square(np.ascontiguousarray(errors.T, dtype=np.float32))
        self._spread = np.empty((MOST, len(errors)), dtype=np.float32)
        self._normals = normals

    def add(self, sums: Floats, weights: Floats, scaled_up: tuple[NDArray[np.intp], Floats | None]) -> None:
        """Add noise to the *sums* of these weights; row by row, so that a row stays in the cache."""
        gaps, factor = scaled_up
        np.matmul(np.square(weights, dtype=np.float32, casting="same_kind"), self._variances, out=self._spread)
        noise = self._normals.draw(*sums.shape)
        for row, (into, spread, normal) in enumerate(zip(sums, self._spread, noise, strict=False)):
            np.sqrt(spread, out=spread)
            np.multiply(normal, spread, out=normal)
            if factor is not None:
                normal[gaps] *= factor[row]
            np.add(into, normal, out=into)


def _for_gaps(there: Floats, total: Floats) -> Floats:
    """What brings the weight that is there to the total; 1 where nothing with weight is missing, NaN where everything is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(there > 0, total / there, np.nan)
    return np.where(np.abs(factor - 1) < 1e-12, 1.0, factor)
