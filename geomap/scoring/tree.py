"""A tree of scores: indicators into domains, domains into indices, indices into composites."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geomap.scoring.combine import arithmetic, geometric, present_share, turn


@dataclass(frozen=True)
class Branch:
    """A whole and its parts. up: which way is worse or better; least_share: how much of the weight must be present."""

    id: str
    up: str
    combine: str
    parts: tuple[str, ...]
    weights: tuple[float, ...]
    least_share: float


@dataclass(frozen=True)
class Grown:
    """Scores by id, arrays (..., place), and for each branch the share of its weight that was present."""

    scores: Mapping[str, np.ndarray]
    present: Mapping[str, np.ndarray]


def grow(branches: Sequence[Branch], leaves: Mapping[str, np.ndarray], ups: Mapping[str, str]) -> Grown:
    """Every branch's score from the leaves up; *branches* stand after their parts, *ups* gives each leaf's direction."""
    scores, ups, present = dict(leaves), dict(ups), {}
    for branch in branches:
        parts = np.stack([scores[part] for part in branch.parts], axis=-1)
        turned = np.array([ups[part] != branch.up for part in branch.parts])
        weights = np.array(branch.weights)
        parts = turn(parts, turned)
        whole = geometric(parts, weights) if branch.combine == "geometric" else arithmetic(parts, weights, least_share=branch.least_share)
        scores[branch.id], ups[branch.id] = whole, branch.up
        present[branch.id] = present_share(parts, weights)
    return Grown({branch.id: scores[branch.id] for branch in branches}, present)
