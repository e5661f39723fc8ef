"""How many interviews for which margin, and what change two waves could show: planning before anybody is asked.

Cochran (1977), *Sampling Techniques*, chapter 4. deff: the design effect expected of weights and clusters; 1 is a plain random sample.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]


def margin_of(n: ArrayLike, *, share: float = 0.5, deff: float = 1.0, people: ArrayLike = np.inf, level: float = 0.95) -> Floats:
    """Half the width of the interval of a *share* from *n* interviews, as a share; *people* live there (finite population correction).

    >>> float(margin_of(1_000).round(3))
    0.031
    """
    n, people = np.asarray(n, dtype=float), np.asarray(people, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        rest = np.where(np.isinf(people), 1.0, np.clip((people - n) / (people - 1), 0, 1))
        return ndtri(0.5 + level / 2) * np.sqrt(share * (1 - share) * deff / n * rest)


def interviews_for(margin: ArrayLike, *, share: float = 0.5, deff: float = 1.0, people: ArrayLike = np.inf, level: float = 0.95) -> Floats:
    """The fewest interviews whose *margin_of* is at most *margin*; never more than *people*.

    >>> float(interviews_for(0.031))
    1000.0
    """
    margin, people = np.asarray(margin, dtype=float), np.asarray(people, dtype=float)
    endless = ndtri(0.5 + level / 2) ** 2 * share * (1 - share) * deff / margin**2
    with np.errstate(invalid="ignore"):
        limited = np.where(np.isinf(people), endless, endless * people / (people - 1 + endless))
    return np.ceil(np.minimum(limited, people) - 1e-9)


def detectable_change(
    first: ArrayLike, second: ArrayLike, *, share: float = 0.5, deff: float = 1.0, power: float = 0.8, level: float = 0.95
) -> Floats:
    """The smallest change of a *share* between two waves of *first* and *second* interviews that would be seen with *power*, two-sided.

    >>> float(detectable_change(1_000, 1_000).round(3))
    0.063
    """
    first, second = np.asarray(first, dtype=float), np.asarray(second, dtype=float)
    with np.errstate(divide="ignore"):
        return (ndtri(0.5 + level / 2) + ndtri(power)) * np.sqrt(share * (1 - share) * deff * (1 / first + 1 / second))
