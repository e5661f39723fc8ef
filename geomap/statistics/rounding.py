"""Numbers without the last bits of a machine's arithmetic, so that any machine gives the same bytes."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

PUBLISHED = 9
OF_ANSWERS = 3  # of what people answered, and its limits: by more, weights would tell how many of each group answered, and what


def significant(values: ArrayLike, digits: int = PUBLISHED) -> NDArray[np.float64]:
    """*values* rounded to so many significant digits.

    >>> significant([123.456789, 0.000123456789, 0.0, -2.5], 4).tolist()
    [123.5, 0.0001235, 0.0, -2.5]
    """
    values = np.asarray(values, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.where(values == 0, 0, np.floor(np.log10(np.abs(values))))
    factor = 10.0 ** (digits - 1 - np.nan_to_num(size, posinf=0, neginf=0))
    return np.round(values * factor) / factor
