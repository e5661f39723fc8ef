"""What somebody can work out who knows everything published and can solve linear programmes.

The attacker knows limits of each unknown count and of sums of them. For a sum of interest the least and the greatest value that fit all of it are two
linear programmes (Fischetti and Salazar 2000; Hundepool et al., Statistical Disclosure Control, 2012, chapter 4), solved with HiGHS. Counts are whole, so
the limits are brought to whole numbers.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array, csr_array, eye_array, hstack, vstack
from scipy.sparse.csgraph import connected_components

from geomap.errors import DisclosureError

EXACT = 1e-6
ROUNDS = 12
SWEEPS = 60
INFEASIBLE, UNBOUNDED = 2, 3
FAR = 1e9


class ContradictionError(DisclosureError):
    """What is said to be published cannot all be true of the same counts."""


@dataclass(frozen=True)
class Knowledge:
    """What is known of the counts x (n,): lowest ≤ x ≤ highest, and low ≤ relations @ x ≤ high; relations is sparse, (m, n)."""

    relations: csr_array
    low: np.ndarray
    high: np.ndarray
    lowest: np.ndarray
    highest: np.ndarray

    def __post_init__(self) -> None:
        rows, columns = self.relations.shape
        if len(self.low) != rows or len(self.high) != rows or len(self.lowest) != columns or len(self.highest) != columns:
            raise ValueError("Every relation and every count needs its two limits.")

    def take(self, columns: np.ndarray) -> "Knowledge":
        """What is known of some of the counts (positions), whose relations hold none of the others."""
        kept = self.relations[:, columns]
        rows = np.flatnonzero(np.diff(kept.indptr))
        return Knowledge(csr_array(kept[rows]), self.low[rows], self.high[rows], self.lowest[columns], self.highest[columns])


def narrowed(known: Knowledge) -> Knowledge:
    """The same knowledge with the limits of each count drawn in as far as single relations do, at most *SWEEPS* times; ContradictionError where none is left.

    A relation leaves for each of its counts what the least and greatest of the others do not take.
    """
    there = coo_array(known.relations)
    row, column, weight = there.row, there.col, there.data
    lowest, highest = known.lowest.astype(float), known.highest.astype(float)
    for _ in range(SWEEPS):
        least, greatest = _ends(weight, lowest[column], highest[column])
        rest_least, rest_greatest = _others(row, least, -np.inf), _others(row, greatest, np.inf)
        with np.errstate(invalid="ignore"):
            one, other = (known.low[row] - rest_greatest) / weight, (known.high[row] - rest_least) / weight
        up, down = np.where(weight > 0, one, other), np.where(weight > 0, other, one)
        before = lowest.copy(), highest.copy()
        np.maximum.at(lowest, column, np.ceil(np.nan_to_num(up, nan=-np.inf) - EXACT))
        np.minimum.at(highest, column, np.floor(np.nan_to_num(down, nan=np.inf) + EXACT))
        if (lowest > highest).any():
            raise ContradictionError("What is published contradicts itself: no counts fit all of it.")
        if np.array_equal(before[0], lowest) and np.array_equal(before[1], highest):
            break
    return replace(known, lowest=lowest, highest=highest)


def reach(known: Knowledge, targets: csr_array, *, enough: float | np.ndarray, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """The least and the greatest value of each target (a row of weights on the counts) that fit what is known: two arrays (targets,).

    Where two found solutions are already *enough* apart, their values are given and nothing more is solved: the truth is at least as wide.
    ContradictionError where nothing fits.
    """
    known = narrowed(_pinned(narrowed(known)))
    enough = np.broadcast_to(np.asarray(enough, dtype=float), targets.shape[0])
    fixed = known.lowest == known.highest
    base = targets @ np.where(fixed, known.lowest, 0.0)
    free = np.flatnonzero(~fixed)
    if not len(free):
        return base, base.copy()
    inside = known.relations[:, free]
    settled = known.relations @ np.where(fixed, known.lowest, 0.0)
    system = Knowledge(inside, known.low - settled, known.high - settled, known.lowest[free], known.highest[free])
    component = _components(system)
    parts = _Parts.of(csr_array(targets[:, free]), component)
    least, greatest = _spread(system, parts, enough, seed)
    _solve_rest(system, parts, component, (least, greatest), _undecided(parts, least, greatest, enough))
    found = np.full((2, targets.shape[0]), base)
    np.add.at(found[0], parts.target, least)
    np.add.at(found[1], parts.target, greatest)
    return np.ceil(found[0] - EXACT), np.floor(found[1] + EXACT)


@dataclass(frozen=True)
class _Parts:
    """Targets cut by the independent parts of the system: rows (parts, n), the target and the component of each."""

    rows: csr_array
    target: np.ndarray
    component: np.ndarray

    @classmethod
    def of(cls, targets: csr_array, component: np.ndarray) -> "_Parts":
        there = coo_array(targets)
        keys = there.row.astype(np.int64) * (component.max(initial=0) + 1) + component[there.col]
        unique, part = np.unique(keys, return_inverse=True)
        rows = csr_array((there.data, (part, there.col)), shape=(len(unique), targets.shape[1]))
        return cls(rows, unique // (component.max(initial=0) + 1), unique % (component.max(initial=0) + 1))


def _pinned(known: Knowledge) -> Knowledge:
    """The same knowledge, with the counts that can be no more than their least fixed there: what is left of a whole when all its groups are told is 0.

    No single relation says so of all of them, and programmes for all at once do.
    """
    still = known.lowest < known.highest
    for _ in range(SWEEPS):
        if not still.any():
            break
        risen = still & (_risen(known, np.flatnonzero(still)) > known.lowest + EXACT)
        if not risen.any():
            return replace(known, highest=np.where(still, known.lowest, known.highest))
        still &= ~risen
    return known


def _risen(known: Knowledge, some: np.ndarray) -> np.ndarray:
    """Counts that fit, in which as many of *some* (positions) as can do lie above their least.

    Each is rewarded for its first step only, so small a one that all can take theirs at once: the mean of as many solutions as there are counts, in each of which
    another has risen by one, does.
    """
    count, step = known.relations.shape[1], max(1 / len(some), 10 * EXACT)
    lift = csr_array((np.ones(len(some)), (np.arange(len(some)), some)), shape=(len(some), count))
    none = csr_array((known.relations.shape[0], len(some)))
    relations = csr_array(vstack([hstack([known.relations, none]), hstack([lift, -eye_array(len(some))])]))
    low, high = np.concatenate([known.low, known.lowest[some]]), np.concatenate([known.high, np.full(len(some), np.inf)])
    lowest, highest = np.concatenate([known.lowest, np.zeros(len(some))]), np.concatenate([known.highest, np.full(len(some), step)])
    reward = np.concatenate([np.zeros(count), -np.ones(len(some))])
    return _solve(Knowledge(relations, low, high, lowest, highest), reward)[:count]


def _components(known: Knowledge) -> np.ndarray:
    """Which independent part of the system each count belongs to."""
    pattern = csr_array(abs(known.relations))
    upper = hstack([csr_array((pattern.shape[1], pattern.shape[1])), pattern.T])
    lower = hstack([pattern, csr_array((pattern.shape[0], pattern.shape[0]))])
    _, labels = connected_components(vstack([upper, lower]).tocsr(), directed=False)
    return labels[: pattern.shape[1]]


def _spread(known: Knowledge, parts: _Parts, enough: np.ndarray, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """The limits of each part in the solutions that random directions lead to."""
    least, greatest = np.full(len(parts.target), np.inf), np.full(len(parts.target), -np.inf)
    random = np.random.default_rng(seed)
    for number in range(ROUNDS):
        open_ = _undecided(parts, least, greatest, enough)
        if not open_.any():
            break
        drawn = random.uniform(0.05, 1, len(open_)) * random.choice([-1, 1], len(open_)) if number else 1.0
        for sign in (1, -1):
            values = parts.rows @ _solve(known, sign * (parts.rows.T @ np.where(open_, drawn, 0.0)))
            np.minimum(least, values, out=least)
            np.maximum(greatest, values, out=greatest)
    return least, greatest


def _solve_rest(known: Knowledge, parts: _Parts, component: np.ndarray, ends: tuple[np.ndarray, np.ndarray], open_: np.ndarray) -> None:
    """Solves the *open_* parts, one of each independent component at a time, all components in one programme."""
    least, greatest = ends
    while open_.any():
        chosen = np.flatnonzero(open_)
        first = chosen[np.unique(parts.component[chosen], return_index=True)[1]]
        columns = np.flatnonzero(np.isin(component, parts.component[first]))
        rows = csr_array(parts.rows[first][:, columns])
        direction, near = rows.sum(axis=0), known.take(columns)
        for sign in (1, -1):
            values = rows @ _solve(near, sign * direction)
            least[first], greatest[first] = np.minimum(least[first], values), np.maximum(greatest[first], values)
        open_[first] = False


def _undecided(parts: _Parts, least: np.ndarray, greatest: np.ndarray, enough: np.ndarray) -> np.ndarray:
    """Parts of targets whose parts together do not yet spread far enough."""
    with np.errstate(invalid="ignore"):
        spread = np.bincount(parts.target, np.maximum(np.nan_to_num(greatest - least, nan=0.0, neginf=0.0), 0), minlength=len(enough))
    return (spread < enough - EXACT)[parts.target]


def _solve(known: Knowledge, direction: np.ndarray) -> np.ndarray:
    """Counts that fit and lie least far along *direction*; without a limit, as far as *FAR*."""
    equal = known.low == known.high
    upper, lower = ~equal & np.isfinite(known.high), ~equal & np.isfinite(known.low)
    matrix = vstack([known.relations[upper], -known.relations[lower]]) if (upper | lower).any() else None
    limits = np.concatenate([known.high[upper], -known.low[lower]]) if matrix is not None else None
    found = linprog(
        direction, A_ub=matrix, b_ub=limits, A_eq=known.relations[equal] if equal.any() else None, b_eq=known.low[equal] if equal.any() else None,
        bounds=np.column_stack([np.maximum(known.lowest, -FAR), np.minimum(known.highest, FAR)]), method="highs",
    )  # fmt: skip
    if found.status == INFEASIBLE:
        raise ContradictionError("What is published contradicts itself: no counts fit all of it.")
    if found.x is None:
        raise DisclosureError(f"The attack could not be worked out, so nothing may be published: {found.message}")
    return found.x


def _ends(weight: np.ndarray, lowest: np.ndarray, highest: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The least and greatest of weight × count."""
    return np.where(weight > 0, weight * lowest, weight * highest), np.where(weight > 0, weight * highest, weight * lowest)


def _others(row: np.ndarray, ends: np.ndarray, infinite: float) -> np.ndarray:
    """For each entry the sum of the ends of the other entries of its row; *infinite* where one of them is."""
    open_ended = ~np.isfinite(ends)
    finite = np.where(open_ended, 0.0, ends)
    others = np.bincount(row, open_ended)[row] - open_ended
    return np.where(others > 0, infinite, np.bincount(row, finite)[row] - finite)
