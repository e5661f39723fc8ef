"""Many tests at once: which findings stand when the share of false ones among them is held down."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def benjamini_hochberg(p: ArrayLike) -> NDArray[np.float64]:
    """The adjusted p-values q of a family of tests: those with q ≤ .05 hold at most 5 % false findings on average (Benjamini and Hochberg 1995).

    p: (test,); NaN is no test and stays NaN. Holds for independent tests and for those that are positively dependent.
    """
    p = np.asarray(p, dtype=float)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    count = len(order)
    stepped = p[order] * count / np.arange(1, count + 1)
    found = np.full(len(p), np.nan)
    found[order] = np.minimum(np.minimum.accumulate(stepped[::-1])[::-1], 1.0)
    return found
