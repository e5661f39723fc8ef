"""Who answered against who lives here: by group, and for the whole sample."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

Floats = NDArray[np.float64]
NONE_AT_MOST = 3.69


def representation(answers: pd.Series, total: float | pd.Series, people_share: pd.Series, *, level: float = 0.95) -> pd.DataFrame:
    """The representation ratio of each group: its share of answers over its share of residents.

    answers: of each group, of *total* in all; people_share: its share of residents. Columns ratio, low, high (log-normal).
    A group of residents that nobody answered for has ratio 0 and the exact upper limit 3.69 / n expected ("rule of three" at 95 %).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = answers / total / people_share.where(people_share > 0)
        spread = np.sqrt(np.maximum(1 / answers - 1 / total, 0)) * ndtri(0.5 + level / 2)
        none = answers == 0
        low = (ratio * np.exp(-spread)).mask(none, 0.0)
        high = (ratio * np.exp(spread)).mask(none, NONE_AT_MOST / (total * people_share))
    return pd.DataFrame({"ratio": ratio, "low": low, "high": high})


@dataclass(frozen=True)
class Representativity:
    """R: 1 when every group answers at one rate, down to 0. rates (group,); partial (group,): above 0 over-, below 0 under-represented."""

    r: float
    rates: Floats
    partial: Floats


def r_indicator(answered: ArrayLike, silent: ArrayLike) -> Representativity:
    """Schouten, Cobben and Bethlehem's (2009) R = 1 - 2 S(ρ) over groups, and unconditional partial indicators √(N_k/N)(ρ_k - ρ̄).

    answered, silent: people of the sample (or of the population) who did and did not answer, per group (group,).
    """
    answered, silent = np.asarray(answered, dtype=float), np.asarray(silent, dtype=float)
    people = answered + silent
    rates, share = answered / people, people / people.sum()
    away = rates - share @ rates
    spread = np.sqrt((people @ away**2) / (people.sum() - 1))
    return Representativity(float(1 - 2 * spread), rates, np.sqrt(share) * away)
