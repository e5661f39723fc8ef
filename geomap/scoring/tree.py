"""A tree of scores: indicators into domains, domains into indices, indices into composites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from geomap.scoring.combine import LIFT, Combine, combine, turn
from geomap.scoring.gather import present
from geomap.scoring.reshape import round_to
from geomap.statistics import weighting

FromData = Literal["", "pca", "entropy", "critic"]


@dataclass(frozen=True)
class Branch:
    """A whole and its parts.

    up: which way is worse or better; least_share: how much of the weight must be present; data: the parts' own scores set the weights, once, in the
    baseline; digits: decimals that what follows reads; from_zero: brought back to 0 to 10 where its way to combine runs from 1.
    """

    id: str
    up: str
    combine: Combine
    parts: tuple[str, ...]
    weights: tuple[float, ...]
    least_share: float
    data: FromData = ""
    digits: int | None = None
    from_zero: bool = False


@dataclass(frozen=True)
class Grown:
    """Scores by id, arrays (..., place), and for each branch the share of its weight that was present."""

    scores: Mapping[str, np.ndarray]
    present: Mapping[str, np.ndarray]


def grow(
    branches: Sequence[Branch], leaves: Mapping[str, np.ndarray], ups: Mapping[str, str], *, weights: Mapping[str, np.ndarray] | None = None
) -> Grown:
    """Every branch's score from the leaves up; *branches* stand after their parts, *ups* gives each leaf's direction.

    weights: drawn weights by branch id, (draw, 1, part), in place of the branches' own.
    """
    scores, ups, there = dict(leaves), dict(ups), {}
    for branch in branches:
        parts, own = parts_of(branch, scores, ups), (weights or {}).get(branch.id, np.array(branch.weights))
        there[branch.id] = present(parts, own)
        whole = combine(parts, own, way=branch.combine, least_share=branch.least_share, present=there[branch.id])
        whole = (whole - 1) / LIFT if branch.from_zero else whole
        scores[branch.id] = whole if branch.digits is None else round_to(whole, branch.digits)
        ups[branch.id] = branch.up
    return Grown({branch.id: scores[branch.id] for branch in branches}, there)


def parts_of(branch: Branch, scores: Mapping[str, np.ndarray], ups: Mapping[str, str]) -> np.ndarray:
    """The parts of a branch as it counts them, (..., place, part): what runs the other way is turned."""
    turned = np.array([ups[part] != branch.up for part in branch.parts])
    return turn(np.stack([scores[part] for part in branch.parts], axis=-1), turned)


def weigh(branches: Sequence[Branch], leaves: Mapping[str, np.ndarray], ups: Mapping[str, str]) -> tuple[Branch, ...]:
    """The branches with the weights that the baseline's own figures, *leaves* (place,), give to those that ask for it."""
    if not any(branch.data for branch in branches):
        return tuple(branches)
    known, weighed = dict(ups), []
    for branch in branches:
        scores = {**leaves, **grow(weighed, leaves, ups).scores}
        weighed.append(replace(branch, weights=_from_data(branch, parts_of(branch, scores, known))) if branch.data else branch)
        known[branch.id] = branch.up
    return tuple(weighed)


def _from_data(branch: Branch, parts: np.ndarray) -> tuple[float, ...]:
    ways = {"pca": weighting.pca_weights, "entropy": weighting.entropy_weights, "critic": weighting.critic_weights}
    return tuple(map(float, ways[branch.data](parts)))
