"""Weights that data suggest: variance shared, information, contrast. They say what varies, not what matters, and change from edition to edition.

parts: (place, part). Rows with a gap are left out. ValueError where fewer than three rows are complete or a part is the same in all of them.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import entr

from geomap.statistics.correlation import complete

Floats = NDArray[np.float64]


def pca_loadings(parts: ArrayLike) -> Floats:
    """Correlations (part,) of the parts with the first principal component of their correlation matrix; the sign makes them sum to 0 or more.

    A loading is the eigenvector's entry times the root of the eigenvalue. Where all parts measure one thing in one direction, all are positive.
    """
    values, vectors = np.linalg.eigh(np.corrcoef(_varying(parts), rowvar=False).reshape(np.shape(parts)[1], -1))
    loadings = vectors[:, -1] * np.sqrt(values[-1])
    return loadings if loadings.sum() >= 0 else -loadings


def pca_weights(parts: ArrayLike) -> Floats:
    """Squared loadings of the first principal component over their sum (OECD/JRC Handbook on Constructing Composite Indicators 2008, section 6.1).

    The share of each part in the variance that the component explains, hence its square in the unit eigenvector; direction plays no role.
    """
    squares = pca_loadings(parts) ** 2
    return squares / squares.sum()


def entropy_weights(parts: ArrayLike) -> Floats:
    """Weights (part,) by Shannon's entropy: 1 - e over its sum, e = -Σ p ln p / ln m, p a place's share of the part's total over m places.

    Zeleny (1982), Multiple Criteria Decision Making. Parts that are spread evenly weigh little. ValueError also for values below 0.
    """
    rows = _varying(parts)
    if (rows < 0).any():
        raise ValueError("Entropy weights need shares of a total, so no value may be below 0. Rescale the parts first, to 0–1 for example.")
    informs = 1 - entr(rows / rows.sum(axis=0)).sum(axis=0) / np.log(len(rows))
    return informs / informs.sum()


def critic_weights(parts: ArrayLike, *, higher_is_better: Sequence[bool] | None = None) -> Floats:
    """Weights (part,) by contrast and conflict, s Σ(1 - r) over its sum, of parts brought to 0–1: spread s, correlations r with the others.

    CRITIC, Diakoulaki, Mavrotas and Papayannakis (1995), Computers & Operations Research 22. Parts that are not *higher_is_better* (part,) are
    turned over; without it none is. A single part weighs 1.
    """
    rows = _varying(parts)
    low, high = rows.min(axis=0), rows.max(axis=0)
    scaled = (rows - low) / (high - low)
    if higher_is_better is not None:
        if len(higher_is_better) != rows.shape[1]:
            raise ValueError(f"There are {rows.shape[1]} parts but {len(higher_is_better)} directions.")
        scaled = np.where(np.asarray(higher_is_better, dtype=bool), scaled, 1 - scaled)
    if rows.shape[1] == 1:
        return np.ones(1)
    content = scaled.std(axis=0, ddof=1) * (1 - np.corrcoef(scaled, rowvar=False)).sum(axis=0)
    if not content.sum() > 1e-12:
        raise ValueError("All parts rise and fall together exactly, so none contrasts with another. Give weights, or leave the copies out.")
    return content / content.sum()


def _varying(parts: ArrayLike) -> Floats:
    """The complete rows, when each part varies in them."""
    rows = complete(parts)
    same = np.flatnonzero(np.ptp(rows, axis=0) <= 1e-12 * np.abs(rows).max(axis=0))
    if len(same):
        raise ValueError(f"Part {same[0] + 1} is the same in every place, so the data cannot weigh it. Leave it out, or give weights.")
    return rows
