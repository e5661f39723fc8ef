"""The cluster that stands out most among all circles: Kulldorff's (1997) spatial scan for Poisson counts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cluster:
    """The places (positions) of the circle that stands out most, its centre first; log likelihood ratio, events and those expected, and its chance."""

    members: tuple[int, ...]
    ratio: float
    events: float
    expected: float
    p: float


def scan(points: ArrayLike, events: ArrayLike, people: ArrayLike, *, most: float = 0.5, permutations: int = 999, seed: int = 1) -> Cluster:
    """Among circles around each place that hold up to a share *most* of all people; chance by events dealt out anew in proportion to people."""
    points, events, people = (np.asarray(given, dtype=float) for given in (points, events, people))
    order = np.argsort(((points[:, None] - points) ** 2).sum(axis=2), axis=1, kind="stable")
    within = np.cumsum(people[order], axis=1) <= most * people.sum()
    expected = np.cumsum(people[order], axis=1) * events.sum() / people.sum()
    found = _ratios(events, order, expected, within)
    centre, last = np.unravel_index(np.argmax(found), found.shape)
    rng, total = np.random.default_rng(seed), round(float(events.sum()))
    drawn = rng.multinomial(total, people / people.sum(), size=permutations)
    as_high = sum(_ratios(one, order, expected, within).max() >= found.max() for one in drawn)
    members = tuple(int(place) for place in order[centre, : last + 1])
    inside = float(events[list(members)].sum())
    return Cluster(members, float(found.max()), inside, float(expected[centre, last]), (1 + as_high) / (1 + permutations))


def _ratios(events: Floats, order: NDArray[np.int64], expected: Floats, within: NDArray[np.bool_]) -> Floats:
    """The log likelihood ratio of each circle with more events than expected; 0 for the others."""
    total, inside = events.sum(), np.cumsum(events[order], axis=1)
    high = within & (inside > expected)
    with np.errstate(divide="ignore", invalid="ignore"):
        outside = np.where(total > inside, (total - inside) * np.log((total - inside) / (total - expected)), 0.0)
        return np.where(high, inside * np.log(inside / expected) + outside, 0.0)
