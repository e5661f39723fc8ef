"""A smooth line through a cloud of points, by straight lines fitted locally (Cleveland 1979), without rounds against outliers."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def lowess(x: ArrayLike, y: ArrayLike, at: ArrayLike, *, span: float = 2 / 3) -> NDArray[np.float64]:
    """The line's height *at* (position,): around each position a straight line through the nearest *span* of the points, the near ones weighing more (tricube).

    Where those points share one x, their weighted mean.
    """
    x, y, at = (np.asarray(some, dtype=float) for some in (x, y, at))
    near = max(2, min(len(x), int(np.ceil(span * len(x)))))
    away = np.abs(at[:, None] - x)
    reach = np.partition(away, near - 1, axis=1)[:, near - 1 : near]
    weight = np.clip(1 - (away / np.where(reach > 0, reach * (1 + 1e-12), 1)) ** 3, 0, 1) ** 3
    weight = weight / weight.sum(axis=1, keepdims=True)
    mean_x, mean_y = weight @ x, weight @ y
    spread = (weight * (x - mean_x[:, None]) ** 2).sum(axis=1)
    together = (weight * (x - mean_x[:, None]) * y).sum(axis=1)
    tiny = 1e-12 * max(float(np.ptp(x)) ** 2, np.finfo(float).tiny)
    slope = np.where(spread > tiny, together / np.where(spread > tiny, spread, 1), 0)
    return mean_y + slope * (at - mean_x)
