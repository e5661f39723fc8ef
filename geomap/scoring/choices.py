"""Where places rank when the method is chosen otherwise: draws of weights, scales, ways to combine, missing-data rules, indicators left out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np
from numpy.typing import NDArray

from geomap.scoring.combine import Combine, runs_from_one
from geomap.scoring.leeway import Leeway
from geomap.scoring.packed import missing_rank, ranks
from geomap.scoring.streaming import OrderStatistics
from geomap.scoring.tree import Branch, grow

Floats = NDArray[np.float64]
Leaves = Mapping[str, Floats]
CELLS = 400_000
ROOM = 16 * 2**20
LOW, HIGH = 0.025, 0.975


@dataclass(frozen=True)
class Ways:
    """What could as well have been chosen beside the agreed method; each is equally likely.

    scales: the leaves (place,) under each scale, the agreed one among them. combine: ways that a branch may change to, when its own is among them.
    least_shares: the share of the weight that must be there, per alternative; none stands for each branch's own. concentration or band: see Leeway.
    leave_out: the chance that one indicator, of those that are not alone in their domain, is left out.
    """

    scales: Mapping[str, Leaves]
    combine: tuple[Combine, ...] = ()
    least_shares: tuple[float | None, ...] = (None,)
    concentration: float | None = None
    band: float | None = None
    leave_out: float = 0.0


@dataclass(frozen=True)
class RankSpread:
    """Between which ranks 95 % of the draws of method lie, per place; rank 1 needs attention most, NaN where there is no score."""

    low: Floats
    high: Floats


def choice_spread(
    branches: Sequence[Branch], ups: Mapping[str, str], ways: Ways, *, draws: int, seed: Sequence[int]
) -> dict[str, RankSpread]:
    """The spread of ranks of each branch over *draws* of method, the data as observed. Scores of different methods are not of one scale, ranks are.

    Draws are shared out evenly among the combinations of scale, combine and missing-data rule. Memory holds a piece of draws.
    """
    places = len(next(iter(next(iter(ways.scales.values())).values())))
    kept = {
        branch.id: OrderStatistics(places, draws, dtype=missing_rank(places).dtype, room=ROOM, missing=missing_rank(places))
        for branch in branches
    }
    for found in _drawn(branches, ups, ways, draws, np.random.SeedSequence(seed), places):
        for branch in branches:
            scores = found[branch.id]
            kept[branch.id].add(ranks(scores if branch.up == "worse" else -scores))
    return {name: RankSpread(*held.at((LOW, HIGH))[0]) for name, held in kept.items()}


def _drawn(
    branches: Sequence[Branch], ups: Mapping[str, str], ways: Ways, draws: int, seed: np.random.SeedSequence, places: int
) -> Iterator[dict[str, Floats]]:
    """Scores (draw, place) by branch id, a piece at a time."""
    methods = list(product(ways.scales, (None, *ways.combine), ways.least_shares))
    streams = [
        Leeway(branch.weights, ways.concentration, ways.band).stream(own)
        for branch, own in zip(branches, seed.spawn(len(branches)), strict=True)
    ]
    chance = np.random.default_rng(seed.spawn(1)[0])
    at_once = max(1, CELLS // places)
    shares = [len(part) for part in np.array_split(np.arange(draws), len(methods))]
    for (scale, way, least), count in zip(methods, shares, strict=True):
        own = [_changed(branch, way, least, ways.combine) for branch in branches]
        for start in range(0, count, at_once):
            piece = min(at_once, count - start)
            weights = {branch.id: stream.draw(piece).weights for branch, stream in zip(branches, streams, strict=True)}
            weights = _left_out(branches, ups, weights, ways.leave_out, chance)
            leaves = {name: np.broadcast_to(values, (piece, places)) for name, values in ways.scales[scale].items()}
            yield dict(grow(own, leaves, ups, weights={name: drawn[:, None, :] for name, drawn in weights.items()}).scores)


def _changed(branch: Branch, way: Combine | None, least: float | None, among: tuple[Combine, ...]) -> Branch:
    changed = branch if least is None else replace(branch, least_share=least)
    if way in (None, branch.combine) or branch.combine not in among:
        return changed
    return replace(changed, combine=way, from_zero=runs_from_one(way) and not runs_from_one(branch.combine))


def _left_out(
    branches: Sequence[Branch], ups: Mapping[str, str], weights: dict[str, Floats], share: float, chance: np.random.Generator
) -> dict[str, Floats]:
    """The weights with, by chance, the weight of one leaf set to nothing; a leaf that is alone in its branch stays."""
    able = [(branch.id, column) for branch in branches if len(branch.parts) > 1 for column, part in enumerate(branch.parts) if part in ups]
    if not share or not able:
        return weights
    draws = len(next(iter(weights.values())))
    which, whether = chance.integers(len(able), size=draws), chance.random(draws) < share
    for number, (name, column) in enumerate(able):
        hit = whether & (which == number)
        if hit.any():
            weights[name] = np.where(hit[:, None] & (np.arange(weights[name].shape[1]) == column), 0.0, weights[name])
    return weights
