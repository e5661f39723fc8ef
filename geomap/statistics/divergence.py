"""Where what people feel and what is recorded part: in four words, or "cannot tell"."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtr, ndtri

from geomap.statistics.discovery import benjamini_hochberg
from geomap.statistics.fay_herriot import fay_herriot

Floats = NDArray[np.float64]
WORDS = {(True, True): "seen and felt", (True, False): "felt, not recorded", (False, True): "recorded, not felt", (False, False): "neither"}
CANNOT_TELL = "cannot tell"
FALSE_DISCOVERY = 0.10


def standardised(value: ArrayLike, variance: ArrayLike) -> tuple[Floats, Floats]:
    """How many standard deviations between places each place lies from the common mean, shrunk towards it by its own doubt; and the error of that.

    value, variance: (place,), NaN where unknown. Both are NaN everywhere where places do not differ beyond chance, and where fewer than three are
    known: no unit is then to be had.
    """
    value, variance = np.asarray(value, dtype=float), np.asarray(variance, dtype=float)
    known = ~np.isnan(value) & ~np.isnan(variance)
    gone = np.full(len(value), np.nan)
    if known.sum() < 3:
        return gone, gone.copy()
    found = fay_herriot(np.where(known, value, np.nan), np.where(known, variance, np.nan))
    if found.between <= 0:
        return gone, gone.copy()
    unit = np.sqrt(found.between)
    return np.where(known, (found.estimate - found.synthetic) / unit, np.nan), np.where(known, np.sqrt(found.mse) / unit, np.nan)


def divergence(perceived: tuple[ArrayLike, ArrayLike], recorded: tuple[ArrayLike, ArrayLike], *, level: float = 0.95) -> pd.DataFrame:
    """Perceived against recorded (value, variance), each (place,) and high where there is more of it.

    Columns: perceived, perceived_se, recorded, recorded_se (standardised, shrunk), difference, low, high, p, q (Benjamini–Hochberg), differs
    (q ≤ 0.10), word. A word is said only where neither interval crosses the common mean. Errors of the two are taken as independent: one is a
    sample of answers, the other of events.
    """
    felt, felt_se = standardised(*perceived)
    seen, seen_se = standardised(*recorded)
    z = ndtri(0.5 + level / 2)
    gap, se = felt - seen, np.hypot(felt_se, seen_se)
    p = 2 * ndtr(-np.abs(gap) / se)
    known = ~np.isnan(p)
    q = benjamini_hochberg(p)
    told = known & (np.abs(felt) > z * felt_se) & (np.abs(seen) > z * seen_se)
    words = [WORDS[bool(up), bool(down)] if sure else CANNOT_TELL for up, down, sure in zip(felt > 0, seen > 0, told, strict=True)]
    return pd.DataFrame(
        {
            "perceived": felt, "perceived_se": felt_se, "recorded": seen, "recorded_se": seen_se, "difference": gap, "low": gap - z * se,
            "high": gap + z * se, "p": p, "q": q, "differs": np.nan_to_num(q, nan=1.0) <= FALSE_DISCOVERY, "word": words,
        }
    )  # fmt: skip
