"""A flat index under choices that differ from draw to draw: normalised, weighted, combined, with a rule for gaps."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.errors import MethodologyError
from geomap.scoring.leeway import Chosen
from geomap.scoring.packed import ranks
from geomap.scoring.scale import MIDDLE, TOP

Floats = NDArray[np.float64]
LIFT = 0.9


@dataclass(frozen=True)
class FlatIndex:
    """Scores of (draw, place, indicator) values under choices: a `score` for `simulate_full`.

    Normalised values run from 0 to 10: "min_max" between the draw's lowest and highest value; "goalposts" between *low* and *high* (indicator,), and
    no further; "percentile" 10 (r - 1)/(n - 1), r = 1 the lowest, tied values with the lowest rank; "z" 5 + 10 z/6, so that ±3 standard deviations
    (ddof 1) span the scale. Indicators where *turned* is true count from the other end. "arithmetic" is Σ w x with the weights as drawn;
    "geometric" the mean g = exp(Σ w ln(1 + 0.9 x)/Σ w) brought back, (g - 1)/0.9 × Σ w, z clipped at 0. "renormalise" gives the weight of what is
    missing to what is there; "propagate" leaves a place with a gap in a weighted indicator without a score. Where all values are the same they score 5.
    """

    low: Floats | None = None
    high: Floats | None = None
    turned: NDArray[np.bool_] | None = None

    def __call__(self, values: Floats, chosen: Chosen) -> Floats:
        """Scores (draw, place)."""
        _check(chosen.normalisation, WAYS), _check(chosen.aggregation, GATHERED), _check(chosen.missing, ("renormalise", "propagate"))
        found = np.empty(values.shape[:2])
        for way in np.unique(chosen.normalisation):
            for gathered in np.unique(chosen.aggregation):
                here = (chosen.normalisation == way) & (chosen.aggregation == gathered)
                if here.any():
                    some = slice(None) if here.all() else here
                    found[some] = self._scored(values[some], way, gathered, chosen.weights[some], chosen.missing[some] == "propagate")
        return found

    def _scored(self, values: Floats, way: str, gathered: str, weights: Floats, propagate: NDArray[np.bool_]) -> Floats:
        if way in POSTS and gathered == "arithmetic":
            low, high = POSTS[way](values)
            if (high > low).all() and not np.isnan(low.max()) and not np.isnan(values.min()):
                return self._straight(values, low, high, weights)
        scaled = WAYS[way](self, values)
        return GATHERED[gathered](scaled if self.turned is None else np.where(self.turned, TOP - scaled, scaled), weights, propagate)

    def _straight(self, values: Floats, low: Floats, high: Floats, weights: Floats) -> Floats:
        """Linear scale and weighted sum in one: Σ w 10 (x - low)/(high - low) is Σ v x less Σ v low; turned, it is taken from Σ w 10."""
        slopes = weights[:, None, :] * TOP / (high - low)
        slopes, start = (slopes, 0.0) if self.turned is None else (np.where(self.turned, -slopes, slopes), TOP * weights @ self.turned)
        return (values @ slopes.swapaxes(1, 2))[..., 0] + (start - (slopes * low).sum(axis=(1, 2)))[:, None]


def lowest_and_highest(values: Floats) -> tuple[Floats, Floats]:
    """The draw's lowest and highest value of each indicator, (draw, 1, indicator)."""
    return _over_places(np.fmin, values), _over_places(np.fmax, values)


def three_deviations(values: Floats) -> tuple[Floats, Floats]:
    """The mean less and more three standard deviations of each indicator, (draw, 1, indicator)."""
    n = (~np.isnan(values)).sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        mean = np.nansum(values, axis=1, keepdims=True) / n
        sd = np.sqrt(np.nansum((values - mean) ** 2, axis=1, keepdims=True) / np.maximum(n - 1, 1))
    return mean - 3 * sd, mean + 3 * sd


def min_max(_index: FlatIndex, values: Floats) -> Floats:
    """0 for the draw's lowest, 10 for its highest value of each indicator."""
    return _between(values, *lowest_and_highest(values))


def goalposts(index: FlatIndex, values: Floats) -> Floats:
    """0 at the low, 10 at the high goalpost, and no further."""
    if index.low is None or index.high is None:
        raise MethodologyError("Normalisation by goalposts needs a low and a high one for each indicator.")
    return np.clip(_between(values, index.low, index.high), 0.0, TOP)


def percentile(_index: FlatIndex, values: Floats) -> Floats:
    """Percentile ranks from 0 to 10."""
    draws, places, indicators = values.shape
    columns = np.ascontiguousarray(-values.transpose(0, 2, 1)).reshape(-1, places)
    known = ~np.isnan(columns)
    found = np.where(known, TOP * (ranks(columns) - 1.0) / np.maximum(known.sum(axis=1, keepdims=True) - 1, 1), np.nan)
    return found.reshape(draws, indicators, places).transpose(0, 2, 1)


def z(_index: FlatIndex, values: Floats) -> Floats:
    """5 + 10 z/6."""
    return _between(values, *three_deviations(values))


def arithmetic(scaled: Floats, weights: Floats, propagate: NDArray[np.bool_]) -> Floats:
    """Σ w x, of each draw with its weights."""
    if not np.isnan(scaled.min()):
        return (scaled @ weights[..., None])[..., 0]
    known = ~np.isnan(scaled)
    there = (known @ weights[..., None])[..., 0]
    total = weights.sum(axis=1, keepdims=True)
    found = (np.where(known, scaled, 0.0) @ weights[..., None])[..., 0] * total / np.where(there > 0, there, np.nan)
    gap = (~known @ (weights[..., None] > 0).astype(float))[..., 0] > 0
    return np.where(gap & propagate[:, None], np.nan, found)


def geometric(scaled: Floats, weights: Floats, propagate: NDArray[np.bool_]) -> Floats:
    """(g - 1)/0.9 × Σ w."""
    total = weights.sum(axis=1, keepdims=True)
    logs = arithmetic(np.log1p(LIFT * np.maximum(scaled, 0.0)), weights, propagate) / total
    return np.expm1(logs) / LIFT * total


def _between(values: Floats, low: Floats, high: Floats) -> Floats:
    width = high - low
    found = values - low
    found *= TOP / np.where(width > 0, width, 1.0)
    if (width > 0).all():
        return found
    return np.where((width > 0) | np.isnan(values), found, MIDDLE)


def _over_places(pick: np.ufunc, values: Floats) -> Floats:
    """The pick of all places, (draw, 1, indicator); first of every sixteenth, because long rows are reduced faster than short ones."""
    draws, places, indicators = values.shape
    even = places // 16 * 16
    picked = pick.reduce(values[:, even:], axis=1, initial=np.nan)
    if even:
        rows = pick.reduce(values[:, :even].reshape(draws, -1, 16 * indicators), axis=1)
        picked = pick(picked, pick.reduce(rows.reshape(draws, 16, indicators), axis=1))
    return picked[:, None]


def _check(named: NDArray[np.str_], known: "dict[str, object] | tuple[str, ...]") -> None:
    if unknown := sorted(set(named.tolist()) - set(known)):
        raise MethodologyError(f"A flat index does not know {unknown}. It knows {sorted(known)}.")


POSTS = {"min_max": lowest_and_highest, "z": three_deviations}
WAYS = {"min_max": min_max, "goalposts": goalposts, "percentile": percentile, "z": z}
GATHERED = {"arithmetic": arithmetic, "geometric": geometric}
