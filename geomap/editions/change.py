"""The change of one number in each place, how sure it is, and its name in words."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import ndtr

from geomap.scoring.draws import Z
from geomap.statistics.discovery import benjamini_hochberg

Floats = NDArray[np.float64]
BETTER, WORSE, UNSEEN, UNKNOWN = "got better", "got worse", "no change we could see", "cannot be compared"
LABELS = (WORSE, UNSEEN, BETTER, UNKNOWN)
FALSE = 0.05
COLUMNS = ("old", "new", "change", "low", "high", "p", "q", "p_real", "label")


def change_table(old: Floats, new: Floats, errors: tuple[Floats, Floats], *, up: str) -> pd.DataFrame:
    """A row a place with COLUMNS: both numbers, the change with its 95 % interval, p of no change, q after Benjamini and Hochberg, and the label.

    errors: the standard errors of both, taken as independent. p_real: the probability that the number truly moved the way it seems to, Φ(|change| / error),
    by which changes are ranked. A change is seen where q ≤ .05: of those that are called better or worse, at most one in twenty is false on average.
    """
    change, error = new - old, np.hypot(*errors)
    change = np.where(np.isnan(error), np.nan, change)
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(change == 0, 0.0, np.abs(change) / error)
    p = 2 * ndtr(-z)
    q = benjamini_hochberg(p)
    worse = (change > 0) == (up == "worse")
    label = np.select([np.isnan(change), ~(q <= FALSE)], [UNKNOWN, UNSEEN], np.where(worse, WORSE, BETTER))
    return pd.DataFrame(
        {
            "old": old, "new": new, "change": change, "low": change - Z * error, "high": change + Z * error, "p": p, "q": q,
            "p_real": np.where(np.isnan(change), np.nan, np.where(change == 0, 0.5, ndtr(z))), "label": label,
        }
    )  # fmt: skip


def error_of(table: pd.DataFrame) -> Floats:
    """The standard error that a published 95 % interval stands for; NaN where there is none."""
    return ((table["high"] - table["low"]) / (2 * Z)).to_numpy(dtype=float)


def counted(table: pd.DataFrame) -> dict[str, int]:
    """How many places have each label, in the order of LABELS."""
    return {label: int((table["label"] == label).sum()) for label in LABELS}
