"""Rates drawn towards the mean where few are counted: Marshall's (1991) empirical Bayes, of all places or of the neighbours.

No interval comes with them: those that take the estimated prior for known cover as little as 61 % where 95 % is said.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]


def marshall(events: ArrayLike, people: ArrayLike) -> tuple[Floats, Floats]:
    """The shrunk rate of each place and the weight its own rate has in it (1: all its own); where nobody lives the mean of all, of weight 0.

    Prior mean and variance by moments; where the rates vary no more than chance alone would make them, all are drawn to the mean.
    """
    events, people = np.asarray(events, dtype=float), np.asarray(people, dtype=float)
    mean = events.sum() / people.sum()
    raw = np.divide(events, people, out=np.full(len(events), mean), where=people > 0)
    variance = (people * (raw - mean) ** 2).sum() / people.sum() - mean / people.mean()
    return _drawn(raw, people, np.full(len(raw), mean), np.full(len(raw), variance))


def marshall_local(events: ArrayLike, people: ArrayLike, neighbours: csr_array) -> tuple[Floats, Floats]:
    """The same with the mean and variance of each place and its *neighbours* (a 0/1 matrix without the places themselves)."""
    events, people = np.asarray(events, dtype=float), np.asarray(people, dtype=float)
    around = neighbours.astype(float)
    count = 1 + around.sum(axis=1)
    near_people = people + around @ people
    mean = (events + around @ events) / near_people
    raw = np.divide(events, people, out=mean.copy(), where=people > 0)
    squares = people * raw**2 + around @ (people * raw**2)
    cross = people * raw + around @ (people * raw)
    variance = (squares - 2 * mean * cross + mean**2 * near_people) / near_people - mean / (near_people / count)
    return _drawn(raw, people, mean, variance)


def _drawn(raw: Floats, people: Floats, mean: Floats, variance: Floats) -> tuple[Floats, Floats]:
    between = np.maximum(variance, 0)
    total = between + np.divide(mean, people, out=np.full(len(people), np.inf), where=people > 0)
    own = np.divide(between, total, out=np.zeros(len(people)), where=total > 0)
    return mean + own * (raw - mean), own
