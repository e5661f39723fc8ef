"""Draws of an index under the noise of its inputs and the choices of its method, in two modes.

full: noise is drawn on every indicator, and everything is normalised and combined again in each draw. Exact for any index that *score* can compute.
fast: the noise of the weighted sum is drawn, one normal per place and draw, with the variance Σ w² s² of that draw's weights. Exact for an
arithmetic index on a linear scale that is held still; approximate where the scale was fitted to the same values; refused for anything else.

Both take errors to be normal and independent between places and between indicators, and draw them from `Normals`, whose resolution is 0.0014 standard
deviations. Nothing grows with the number of draws but what `OrderStatistics` holds, up to twice *room*.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geomap.errors import MethodologyError
from geomap.scoring.leeway import Chosen, Leeway, Stream
from geomap.scoring.normals import Normals
from geomap.scoring.packed import ranks
from geomap.scoring.standing import Of, Standing, Tally

Floats = NDArray[np.float64]
Score = Callable[[Floats, Chosen], Floats]
CELLS = 2_000_000
MOST = 32
ROOM = 160 * 2**20
FITTED = "The scale was fitted to the same values; the noise of its own ends is not drawn."


@dataclass(frozen=True)
class Plan:
    """How to draw. of: noise, choices, or both; at_once: draws worked on together, which changes no byte of the result; room: bytes for held draws."""

    draws: int = 1_000
    seed: tuple[int, ...] = (0,)
    of: Of = "both"
    worst_is_high: bool = True
    worst_share: float = 0.1
    at_once: int | None = None
    room: int = ROOM

    def __post_init__(self) -> None:
        if self.draws < 1 or (self.at_once is not None and self.at_once < 1):
            raise MethodologyError(f"There is at least one draw, and at least one at once, not {self.draws} and {self.at_once}.")
        if self.of not in {"noise", "choices", "both"} or not 0 < self.worst_share < 1:
            raise MethodologyError(
                f'What is drawn is "noise", "choices" or "both", and the worst share is between 0 and 1, not {self.of} and {self.worst_share}.'
            )


def simulate_full(values: Floats, errors: Floats, score: Score, leeway: Leeway, plan: Plan) -> Standing:
    """Where each place stands when noise is drawn on its indicators and *score* is computed anew in each draw: exact, whatever *score* does.

    values, errors: (place, indicator); an error that is 0 or missing means an exact value. score: (draw, place, indicator) values and the choices of
    each draw into (draw, place) scores, each draw on its own.
    """
    values, errors = _checked(values, errors, leeway)
    point = score(values[None], leeway.agreed())[0]
    return _stand(point, lambda table: (found[:, table] for found in _full(values, errors, score, leeway, plan)), plan, mode="full")


def simulate_fast(scaled: Floats, errors: Floats, leeway: Leeway, plan: Plan, *, fitted: bool = False) -> Standing:
    """Where each place stands when the noise of its weighted sum is drawn.

    scaled, errors: (place, indicator) values on their common scale, all in one direction, and their errors on that scale; an error that is 0 or
    missing means an exact value. Exact where the scale is linear and held still; *fitted*: it was fitted to these values, and the result says
    "approximate". Weights, band, drop and missing-data rule may vary; other normalisations and aggregations are refused: they need `simulate_full`.
    """
    if len(leeway.normalisation) > 1 or set(leeway.aggregation) != {"arithmetic"}:
        raise MethodologyError(
            f"The fast mode knows one linear scale and the arithmetic mean, not {leeway.normalisation} and {leeway.aggregation}. Use the full mode."
        )
    if unknown := set(leeway.missing) - {"renormalise", "propagate"}:
        raise MethodologyError(
            f"The fast mode does not know {sorted(unknown)} for missing data. Use renormalise or propagate, or the full mode."
        )
    scaled, errors = _checked(scaled, errors, leeway)
    point = next(_sums(scaled, errors, [leeway.agreed()], None))[0]
    noise = fitted and plan.of != "choices" and bool(errors.any())
    return _stand(
        point, lambda table: _fast(scaled[table], errors[table], leeway, plan), plan, mode="fast", approximate=FITTED if noise else ""
    )


def _full(values: Floats, errors: Floats, score: Score, leeway: Leeway, plan: Plan) -> Iterator[Floats]:
    choices, normals = _streams(leeway, plan)
    uncertain = np.flatnonzero(errors.any(axis=0)) if normals else np.array([], dtype=int)
    own = np.ascontiguousarray(errors[:, uncertain], dtype=np.float32)
    for chosen in _pieces(choices, leeway, plan, values.size):
        draws = len(chosen.weights)
        if not len(uncertain):
            drawn = np.broadcast_to(values, (draws, *values.shape))
        else:
            noise = normals.draw(draws, own.size).reshape(draws, *own.shape)
            noise *= own
            drawn = _noisy(values, noise, uncertain)
        yield score(drawn, chosen)


def _fast(scaled: Floats, errors: Floats, leeway: Leeway, plan: Plan) -> Iterator[Floats]:
    choices, normals = _streams(leeway, plan)
    return _sums(scaled, errors, _pieces(choices, leeway, plan, len(scaled)), normals if errors.any() else None)


def _sums(scaled: Floats, errors: Floats, pieces: Iterable[Chosen], normals: Normals | None) -> Iterator[Floats]:
    """Weighted sums of each piece's draws, with their noise where *normals* are given.

    The matrix products always have MOST rows of weights, so that the way they are rounded does not depend on how many draws are worked on at once.
    """
    gaps = np.flatnonzero(np.isnan(scaled).any(axis=1))
    values = np.ascontiguousarray(np.nan_to_num(scaled).T)
    there = np.ascontiguousarray(~np.isnan(scaled[gaps]).T, dtype=float)
    variances = np.ascontiguousarray(np.where(np.isnan(scaled), 0.0, errors).T ** 2, dtype=np.float32)
    for chosen in pieces:
        draws = len(chosen.weights)
        weights = np.zeros((MOST, len(values)))
        weights[:draws] = chosen.weights
        sums = (weights @ values)[:draws]
        noise = None
        if normals:
            noise = normals.draw(draws, values.shape[1])
            noise *= np.sqrt(np.square(weights, dtype=np.float32, casting="same_kind") @ variances)[:draws]
        if len(gaps):
            factor = _for_gaps(weights @ there, weights.sum(axis=1, keepdims=True))[:draws]
            sums[:, gaps] *= np.where((chosen.missing == "propagate")[:, None] & (factor != 1), np.nan, factor)
            if noise is not None:
                noise[:, gaps] *= factor
        yield sums if noise is None else np.add(sums, noise, out=sums)


def _for_gaps(there: Floats, total: Floats) -> Floats:
    """What brings the weight that is there to the total; 1 where nothing with weight is missing, NaN where everything is."""
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(there > 0, total / there, np.nan)
    return np.where(np.abs(factor - 1) < 1e-12, 1.0, factor)


def _streams(leeway: Leeway, plan: Plan) -> tuple[Stream | None, Normals | None]:
    choices, noise = np.random.SeedSequence(plan.seed).spawn(2)
    return leeway.stream(choices) if plan.of != "noise" else None, Normals(noise) if plan.of != "choices" else None


def _pieces(choices: Stream | None, leeway: Leeway, plan: Plan, cells: int) -> Iterator[Chosen]:
    at_once = min(plan.at_once or max(1, CELLS // max(cells, 1)), MOST)
    for start in range(0, plan.draws, at_once):
        draws = min(at_once, plan.draws - start)
        yield choices.draw(draws) if choices else leeway.agreed(draws)


def _noisy(values: Floats, noise: Floats, uncertain: NDArray[np.intp]) -> Floats:
    if len(uncertain) == values.shape[1]:
        return values + noise
    drawn = np.repeat(values[None], len(noise), axis=0)
    drawn[..., uncertain] += noise
    return drawn


def _checked(values: Floats, errors: Floats, leeway: Leeway) -> tuple[Floats, Floats]:
    values, errors = np.asarray(values, dtype=float), np.nan_to_num(np.asarray(errors, dtype=float))
    if values.shape != errors.shape or values.ndim != 2 or values.shape[1] != len(leeway.weights):
        raise MethodologyError(
            f"Values {values.shape} and errors {errors.shape} need the same places and indicators, and a weight each, of which there are {len(leeway.weights)}."
        )
    if np.isinf(values).any() or not (np.isfinite(errors) & (errors >= 0)).all():
        raise MethodologyError("Values and errors are finite, and no error is negative.")
    return values, errors


def _stand(
    point: Floats, draws: Callable[[NDArray[np.intp]], Iterable[Floats]], plan: Plan, mode: Literal["full", "fast"], approximate: str = ""
) -> Standing:
    """Sums up *draws* of the places that have a score, in the order of the table."""
    sign = 1.0 if plan.worst_is_high else -1.0
    known = np.flatnonzero(~np.isnan(point))
    own = ranks(sign * point[None, known])[0]
    order = np.argsort(own, kind="stable")
    table = known[order]
    tally = Tally(sign * point[table], plan.draws, worst_share=plan.worst_share, room=plan.room)
    for found in draws(table):
        tally.add(found if plan.worst_is_high else np.negative(found))
    summed = tally.summed_up()
    if not plan.worst_is_high:
        summed["low"], summed["high"] = -summed["high"], -summed["low"]
    found = {name: _spread_out(values, table, len(point)) for name, values in (summed | {"rank": own[order].astype(float)}).items()}
    below = np.full(len(point), -1)
    below[table[:-1]] = table[1:]
    return Standing(
        score=point, below=below, draws=plan.draws, worst_share=plan.worst_share, of=plan.of, mode=mode, approximate=approximate, **found
    )


def _spread_out(values: Floats, table: NDArray[np.intp], places: int) -> Floats:
    found = np.full(places, np.nan)
    found[table] = values
    return found
