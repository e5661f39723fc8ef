"""Draws of an index under the noise of its inputs and the choices of its method, in two modes.

full: noise is drawn on every indicator, and everything is normalised and combined again in each draw. Exact for any index that *score* can compute.
fast: the noise of the weighted sum is drawn, one normal per place and draw, with the variance Σ w² s² of that draw's weights. Exact for an
arithmetic index on a linear scale that is held still; approximate where the scale was fitted to the same values; refused for anything else.

Both take errors to be normal and independent between places and between indicators, and draw them from `Normals`, whose resolution is 0.0014 standard
deviations. Nothing grows with the number of draws but what `OrderStatistics` holds, up to twice *room*.

Arithmetic: agreed scores and ranks are of float64 and sorted, in both modes. So are the draws, but for the fast mode's with noise from PAYS_FROM
places on: those are summed in float32, to about a millionth of the largest weighted value, and ranked by `CountedRanks`, where places that differ by
less than a 32,765th of the draw's range may share a rank; *rank_error* says how many ranks that is at most, never more than twelve. Limits of scores
are exact order statistics of the draws in either mode as long as they are held, and *score_error* says so.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from geomap.errors import MethodologyError
from geomap.scoring.counted import PAYS_FROM
from geomap.scoring.leeway import Chosen, Leeway, Stream
from geomap.scoring.normals import Normals
from geomap.scoring.packed import ranks
from geomap.scoring.propagated import MOST, Propagated
from geomap.scoring.standing import Of, Standing, Tally

Floats = NDArray[np.float64]
Score = Callable[[Floats, Chosen], Floats]
CELLS = 2_000_000
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
    point = next(Propagated(scaled, errors).sums([leeway.agreed()], None))[0].copy()
    noise = plan.of != "choices" and bool(errors.any())
    many = noise and len(scaled) >= PAYS_FROM
    return _stand(
        point,
        lambda table: _fast(Propagated(scaled[table], errors[table], np.float32 if many else np.float64), leeway, plan),
        plan,
        mode="fast",
        approximate=FITTED if fitted and noise else "",
        counted=many,
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


def _fast(index: Propagated, leeway: Leeway, plan: Plan) -> Iterator[Floats]:
    choices, normals = _streams(leeway, plan)
    return index.sums(_pieces(choices, leeway, plan, len(index.scaled)), normals if index.errors.any() else None)


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
    values, errors = np.asarray(values, dtype=float), np.asarray(errors, dtype=float)
    errors = np.where(np.isnan(errors), 0.0, errors)
    if values.shape != errors.shape or values.ndim != 2 or values.shape[1] != len(leeway.weights):
        raise MethodologyError(
            f"Values {values.shape} and errors {errors.shape} need the same places and indicators, and a weight each, of which there are {len(leeway.weights)}."
        )
    if np.isinf(values).any() or not (np.isfinite(errors) & (errors >= 0)).all():
        raise MethodologyError("Values and errors are finite, and no error is negative.")
    return values, errors


def _stand(
    point: Floats,
    draws: Callable[[NDArray[np.intp]], Iterable[Floats]],
    plan: Plan,
    mode: Literal["full", "fast"],
    approximate: str = "",
    *,
    counted: bool = False,
) -> Standing:
    """Sums up *draws* of the places that have a score, in the order of the table."""
    sign = 1.0 if plan.worst_is_high else -1.0
    known = np.flatnonzero(~np.isnan(point))
    own = ranks(sign * point[None, known])[0]
    order = np.argsort(own, kind="stable")
    table = known[order]
    tally = Tally(sign * point[table], plan.draws, worst_share=plan.worst_share, room=plan.room, counted=counted)
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
