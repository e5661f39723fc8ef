"""What each part adds to the difference between two scores, exactly, for every way to combine and through a tree of any depth."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geomap.scoring.combine import LIFT, Combine
from geomap.scoring.tree import Branch, grow, parts_of

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Attributed:
    """Two scores of a whole and what lies between them.

    here, there: the scores of everything, by id. points: what each branch and leaf below the whole adds to its score here less its score there, NaN
    where it has no part in it. rounding: what the rounding of scores on the way adds. The points of the leaves and the rounding sum to the difference.
    """

    here: Mapping[str, Floats]
    there: Mapping[str, Floats]
    points: Mapping[str, Floats]
    rounding: Floats


def attribute(
    branches: Sequence[Branch], here: Mapping[str, Floats], there: Mapping[str, Floats], ups: Mapping[str, str], root: str
) -> Attributed:
    """What lies between the scores of *root* in two places, given as leaves that are missing in both or in neither.

    At each branch, slopes() gives one slope for each part, such that slope × difference sums to the difference of the whole. Slopes multiply along
    the tree, and add up where a part is reached in two ways; so the sum over the leaves is the difference at the root, whatever the branches between.
    """
    here, there = ({**leaves, **grow(branches, leaves, ups).scores} for leaves in (here, there))
    known = dict(ups) | {branch.id: branch.up for branch in branches}
    rounding = np.zeros(np.shape(here[root]))
    slope, counted = {root: rounding + 1.0}, {root: ~np.isnan(here[root])}
    for branch in reversed(branches):
        if branch.id not in slope:
            continue
        own, inside = slope[branch.id], counted[branch.id]
        found, difference = _at(branch, here, there, known)
        if branch.digits is not None:
            left = here[branch.id] - there[branch.id] - (found * difference).sum(axis=-1)
            rounding = rounding + np.where(inside, own * left, 0.0)
        for column, part in enumerate(branch.parts):
            side = 1.0 if known[part] == branch.up else -1.0
            slope[part] = slope.get(part, 0.0) + np.where(inside, own * side * found[..., column], 0.0)
            counted[part] = counted.get(part, False) | (inside & ~np.isnan(here[part]))
    points = {name: np.where(counted[name], slope[name] * (here[name] - there[name]), np.nan) for name in slope if name != root}
    return Attributed(here, there, points, np.where(counted[root], rounding, np.nan))


def slopes(way: Combine, here: Floats, there: Floats, weights: Floats) -> Floats:
    """One slope for each part of (..., part) arrays, such that Σ slope × (here − there) is the difference of the wholes; 0 for missing parts.

    A weighted mean has its weights for slopes. Products and reciprocals are split by logarithmic means and by products of both ends (the logarithmic
    mean Divisia index, Ang 2004), which leave no remainder. An ordered mean, a maximum and a minimum take the slopes along the straight line from
    there to here, each as long as it holds (Aumann and Shapley 1974).
    """
    missing = np.isnan(here)
    there = np.where(missing, np.nan, there)
    shares = np.where(missing, 0.0, weights)
    with np.errstate(divide="ignore", invalid="ignore"):
        shares = shares / shares.sum(axis=-1, keepdims=True)
        found = SLOPES[way](here, there, shares) if way in SLOPES else _on_the_way(here, there, _cumulated(way, missing, weights))
    return np.where(missing, 0.0, found)


def _at(branch: Branch, here: Mapping[str, Floats], there: Mapping[str, Floats], ups: Mapping[str, str]) -> tuple[Floats, Floats]:
    """The slopes of a branch's parts as it counts them, and the parts' differences."""
    one, other = (parts_of(branch, scores, ups) for scores in (here, there))
    found = slopes(branch.combine, one, other, np.array(branch.weights, dtype=float))
    return found / LIFT if branch.from_zero else found, np.nan_to_num(one - other)


def _geometric(here: Floats, there: Floats, shares: Floats) -> Floats:
    here, there = 1.0 + LIFT * here, 1.0 + LIFT * there
    return LIFT * shares * _mean_of_wholes(here, there, shares) / _logarithmic_mean(here, there)


def _harmonic(here: Floats, there: Floats, shares: Floats) -> Floats:
    here, there = 1.0 + LIFT * here, 1.0 + LIFT * there
    wholes = [1 / np.nansum(shares / parts, axis=-1, keepdims=True) for parts in (here, there)]
    return LIFT * shares * wholes[0] * wholes[1] / (here * there)


def _scaled_geometric(here: Floats, there: Floats, shares: Floats) -> Floats:
    here, there = (10 - here) / 10 * 9 + 1, (10 - there) / 10 * 9 + 1
    return shares * _mean_of_wholes(here, there, shares) / _logarithmic_mean(here, there)


def _mean_of_wholes(here: Floats, there: Floats, shares: Floats) -> Floats:
    """The logarithmic mean of the two geometric means."""
    return _logarithmic_mean(*(np.exp(np.nansum(shares * np.log(parts), axis=-1, keepdims=True)) for parts in (here, there)))


def _logarithmic_mean(one: Floats, other: Floats) -> Floats:
    """(a − b) / (ln a − ln b), and a where the two are alike."""
    step = (one - other) / other
    return np.where(step == 0, one, other * step / np.log1p(step))


def _cumulated(way: Combine, missing: NDArray[np.bool_], weights: Floats) -> Floats:
    """The weight of the first 0, 1, 2 … parts in order, the highest first: (..., part + 1), 1 where all that are there are counted."""
    there = (~missing).sum(axis=-1, keepdims=True)
    positions = np.arange(missing.shape[-1] + 1)
    if way in ("max", "min"):
        return np.where(positions >= (1 if way == "max" else there), 1.0, 0.0)
    sums = np.broadcast_to(np.concatenate([[0.0], np.cumsum(weights)]), (*missing.shape[:-1], len(positions)))
    return sums / np.take_along_axis(sums, there, axis=-1)


def _on_the_way(here: Floats, there: Floats, cumulated: Floats) -> Floats:
    """The mean weight that each part's rank gives it along the straight line from there to here; parts that stand level share theirs."""
    step = here - there
    one, other = np.triu_indices(here.shape[-1], 1)
    meet = (there[..., other] - there[..., one]) / (step[..., one] - step[..., other])
    ends = np.zeros((*here.shape[:-1], 1))
    stops = np.sort(np.concatenate([ends, np.clip(np.nan_to_num(meet, posinf=0.0, neginf=0.0), 0.0, 1.0), ends + 1.0], axis=-1), axis=-1)
    middles = (stops[..., 1:] + stops[..., :-1]) / 2
    at = there[..., None, :] + middles[..., None] * step[..., None, :]
    at = np.where(np.isnan(at), -np.inf, at)
    above = (at[..., None, :] > at[..., :, None]).sum(axis=-1)
    level = (at[..., None, :] == at[..., :, None]).sum(axis=-1)
    cumulated = np.broadcast_to(cumulated[..., None, :], (*at.shape[:-1], cumulated.shape[-1]))
    weight = (np.take_along_axis(cumulated, above + level, axis=-1) - np.take_along_axis(cumulated, above, axis=-1)) / level
    return (weight * np.diff(stops, axis=-1)[..., None]).sum(axis=-2)


SLOPES = {
    "arithmetic": lambda _here, _there, shares: shares,
    "geometric": _geometric,
    "harmonic": _harmonic,
    "scaled_geometric": _scaled_geometric,
}
