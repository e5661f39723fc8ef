"""What would have to be otherwise for a score to lie in the class next to its own: arithmetic on the score, and no promise."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.explain import below, position, whole_of
from geomap.assessment.explore import branches_of, leaves_of, ups_of
from geomap.assessment.own_unit import value_at
from geomap.methodology.recipe import Methodology
from geomap.scoring.classes import SCORE_CUTS, class_of, limits_of
from geomap.scoring.scale import TOP
from geomap.scoring.tree import Branch, grow

GRID = np.linspace(0, 1, 65)
ROUNDS = 9  # 64 to the ninth is as fine as a double: a score on the very limit of its class has its crossing at the next one
ENDS = np.array([0.0, TOP])
Floats = NDArray[np.float64]
Reached = Callable[[Floats], NDArray[np.bool_]]


@dataclass(frozen=True)
class NextClass:
    """The class on one side. low, high: its ends; better: whether it is the better one.

    alone: a row for each indicator that could reach it while all others stay: score (0 to 10) and value (in its own unit, NaN where that cannot be told).
    together: by how many points of ten all indicators at once would have to be better, or worse; NaN where that is not enough.
    """

    low: float
    high: float
    better: bool
    alone: pd.DataFrame
    together: float


@dataclass(frozen=True)
class ClassChange:
    """The class of a score, and those next to it, the better one first; none where there is no score."""

    node: Node
    score: float
    low: float
    high: float
    next: tuple[NextClass, ...]


@dataclass(frozen=True)
class Place:
    """The indicators of one place, as far as a score rests on them, and how the score comes from them."""

    own: Mapping[str, float]
    branches: tuple[Branch, ...]
    ups: Mapping[str, str]

    def score(self, changed: Mapping[str, Floats]) -> Floats:
        """The score with some indicators changed, each an array of one shape."""
        shape = np.shape(next(iter(changed.values())))
        leaves = {name: np.asarray(changed.get(name, np.full(shape, value))) for name, value in self.own.items()}
        return grow(self.branches, leaves, self.ups).scores[self.branches[-1].id]

    @property
    def known(self) -> dict[str, float]:
        """The indicators that have a number here."""
        return {name: value for name, value in self.own.items() if not np.isnan(value)}


def class_change(assessment: Assessment, methodology: Methodology, code: str, node_id: str) -> ClassChange:
    """What would have to be otherwise in *code* for the index or domain *node_id* to lie in a class next to its own."""
    node, at = whole_of(assessment, node_id), position(assessment, code)
    branches = below(branches_of(assessment, methodology), node_id)
    inside = {part for branch in branches for part in branch.parts}
    own = {name: float(values[at]) for name, values in leaves_of(assessment, methodology).items() if name in inside}
    place = Place(own, branches, ups_of(assessment))
    score = float(place.score({name: np.array(value) for name, value in own.items()}))
    if np.isnan(score):
        return ClassChange(node, score, np.nan, np.nan, ())
    number = int(class_of(score))
    found = [_next(place, number, side, node) for side in (-1, 1) if 0 <= number + side < len(SCORE_CUTS)]
    for one in found:
        one.alone["value"] = [value_at(assessment, methodology, name, score) for name, score in one.alone["score"].items()]
    return ClassChange(node, score, *limits_of(number), tuple(sorted(found, key=lambda one: not one.better)))


def first_reached(at: Reached, shape: tuple[int, ...]) -> Floats:
    """The smallest share from 0 to 1, of an array of *shape*, for which *at* is true, found on a grid, then on finer ones between its lines; NaN where there is none."""
    low, high = np.zeros(shape), np.ones(shape)
    reached = None
    for _ in range(ROUNDS):
        lines = low[..., None] + (high - low)[..., None] * GRID
        lines[..., -1] = high  # whatever its sum rounds to, this one was seen to be enough
        hits = at(lines)
        first = hits.argmax(axis=-1)[..., None]
        low, high = (np.take_along_axis(lines, one, axis=-1)[..., 0] for one in (np.maximum(first - 1, 0), first))
        reached = hits.any(axis=-1) if reached is None else reached
    return np.where(reached, high, np.nan)


def _next(place: Place, number: int, side: int, node: Node) -> NextClass:
    better = (side < 0) == (node.up == "worse")

    def beyond(changed: Mapping[str, Floats]) -> NDArray[np.bool_]:
        return (class_of(place.score(changed)) - number) * side > 0

    scores = _alone(place.known, beyond).dropna()
    return NextClass(*limits_of(number + side), better, pd.DataFrame({"score": scores}), _together(place, beyond, better=better))


def _alone(own: Mapping[str, float], beyond: Callable[[Mapping[str, Floats]], NDArray[np.bool_]]) -> pd.Series:
    """The nearest score of each indicator alone at which the class is reached, NaN where there is none."""
    values = np.array(list(own.values()))
    way = ENDS - values[:, None]
    rows = np.arange(len(values))[:, None, None]

    def at(share: Floats) -> NDArray[np.bool_]:
        moved = values[:, None, None] + share * way[..., None]
        return beyond({name: np.where(rows == row, moved, values[row]) for row, name in enumerate(own)})

    steps = first_reached(at, way.shape) * way
    nearest = np.where(np.isnan(steps), np.inf, np.abs(steps)).argmin(axis=1)[:, None]
    return pd.Series(values + np.take_along_axis(steps, nearest, axis=1)[:, 0], index=list(own))


def _together(place: Place, beyond: Callable[[Mapping[str, Floats]], NDArray[np.bool_]], *, better: bool) -> float:
    """By how many points all indicators at once must be better, or worse, each no further than to its end."""
    signs = {name: TOP if (place.ups[name] == "better") == better else -TOP for name in place.known}
    return float(
        first_reached(lambda share: beyond({name: np.clip(place.own[name] + sign * share, *ENDS) for name, sign in signs.items()}), ())
        * TOP
    )
