"""What if not everything is reported: scenarios, and how uneven reporting would have to be to explain a difference away. Never applied by default."""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import expit, logit

Floats = NDArray[np.float64]
SLOPES = (0.0, 0.5, 1.0)


def tipping_ratio(rate: ArrayLike, reference: float) -> Floats:
    """How many times as complete the reporting of each place would have to be as the reference's, for its higher (or lower) rate to mean nothing.

    A rate ratio is explained away where reporting differs by the same ratio: 1.5 for half as many again, 1 / 0.5 = 2 times less complete for half.

    >>> tipping_ratio([6.0, 2.0], 4.0).tolist()
    [1.5, 0.5]
    """
    return np.asarray(rate, dtype=float) / reference


def scenario(rate: ArrayLike, completeness: float, propensity: ArrayLike | None = None, slope: float = 0.0) -> Floats:
    """The rates behind the recorded ones if a share *completeness* is reported in the city, more where people's *propensity* (such as trust) is high.

    slope: by how much the logit of reporting grows with one standard deviation of propensity; the studied scenarios are 0, 0.5 and 1.
    """
    rate = np.asarray(rate, dtype=float)
    if propensity is None or slope == 0:
        return rate / completeness
    score = np.asarray(propensity, dtype=float)
    score = (score - np.nanmean(score)) / np.nanstd(score)
    return rate / expit(logit(completeness) + slope * score)
