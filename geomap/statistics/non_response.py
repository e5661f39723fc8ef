"""How far those who did not answer would have to differ from those who did before a conclusion falls: a tipping point, not a correction."""

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

MORE, LESS, OPEN = "more than half", "less than half", "not settled"


def tipping_point(value: ArrayLike, low: ArrayLike, high: ArrayLike, *, rate: float, threshold: float = 50.0) -> pd.DataFrame:
    """Of shares in percent with their interval: verdict against *threshold*, needed, others and possible, a row a share.

    The share among all is value + (1 - rate) δ, where δ is by how many points those who did not answer differ (the pattern-mixture model of Rubin 1977,
    *Formalizing subjective notions about the effect of nonrespondents*; rate: the response rate, 0 to 1). needed: the δ at which the interval's nearer limit meets the threshold;
    others: their share then; possible: whether that lies within 0 to 100. NaN where nothing is settled, or everybody answered.
    """
    value, low, high = (np.asarray(one, dtype=float) for one in (value, low, high))
    verdict = np.select([low > threshold, high < threshold], [MORE, LESS], default=OPEN)
    near = np.select([verdict == MORE, verdict == LESS], [low, high], default=np.nan)
    with np.errstate(divide="ignore", invalid="ignore"):
        needed = np.where(rate < 1, (threshold - near) / (1 - rate), np.nan)
    others = value + needed
    return pd.DataFrame({"verdict": verdict, "needed": needed, "others": others, "possible": (others >= 0) & (others <= 100)})
