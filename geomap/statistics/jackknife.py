"""Replicate weights made from a sampling design by leaving out one primary unit after the other."""

import numpy as np

from geomap.statistics.design import Design
from geomap.statistics.replicates import Replicates


def jackknife(design: Design) -> Replicates:
    """Each primary unit left out in turn, the others of its stratum raised: JK1 in one stratum, JKn in several (Wolter 2007).

    A finite population shrinks the count of a stratum's replicates by 1 - n/N. Units of a stratum with one unit cannot be left out.
    """
    _, first, unit = np.unique(design.psu, return_index=True, return_inverse=True)
    strata, within, sizes = np.unique(design.stratum[first], return_inverse=True, return_counts=True)
    sampled = np.zeros(len(strata)) if design.fpc is None else sizes / design.fpc[first][np.unique(within, return_index=True)[1]]
    out = np.flatnonzero(sizes[within] > 1)
    same = within[unit.reshape(-1)][:, None] == within[out][None, :]
    left = unit.reshape(-1)[:, None] == out[None, :]
    raised = sizes[within[out]] / (sizes[within[out]] - 1)
    factor = np.where(left, 0.0, np.where(same, raised, 1.0))
    return Replicates(design.weights[:, None] * factor, (1 - sampled[within[out]]) / raised)
