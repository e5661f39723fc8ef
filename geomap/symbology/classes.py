"""Numbers into classes, with the statuses that are no number kept apart."""

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.language import Spoken, noted
from geomap.scoring.classes import class_of

COUNT = 5
SIGNS = {"missing": "M", "suppressed": "S", "not_collected": "N"}
WORDS = Spoken({"M": noted("No number (missing)"), "S": noted("Withheld to protect people"), "N": noted("Nobody looked here")})


@dataclass(frozen=True)
class Classed:
    """digits: one sign per place, a class from 0 or M, S, N. cuts: upper ends of the classes. certain: whether the interval lies in one class."""

    digits: str
    cuts: tuple[float, ...]
    certain: np.ndarray
    lowest: float

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.cuts)

    def counts(self) -> dict[str, int]:
        """Places per sign."""
        return {sign: self.digits.count(sign) for sign in sorted(set(self.digits))}


def by_fifth(table: pd.DataFrame, up: str) -> Classed:
    """The fifth of each place of a public edition's table as its class, the greatest where the number is highest; certain where the data leave one fifth only."""
    fifth = table["fifth"].to_numpy(dtype=float)
    known = ~np.isnan(fifth) & table["value"].notna().to_numpy()
    step = np.where(known, COUNT - fifth if up == "worse" else fifth - 1, 0).astype(int)
    digits = "".join(str(own) if there else SIGNS.get(status, "M") for own, there, status in zip(step, known, table["status"], strict=True))
    certain = (table["fifth_low"] == table["fifth_high"]).to_numpy() | ~known
    return Classed(digits, tuple(float(cut) for cut in range(COUNT)), certain, 0.0)


def classify(table: pd.DataFrame, *, fixed: tuple[float, ...] = (), classes: int = COUNT) -> Classed:
    """The class of each place of an assessment's table: at *fixed* cuts, or by quantiles of the values (both mapclassify's)."""
    import mapclassify

    value = table["value"].to_numpy(dtype=float)
    known = ~np.isnan(value)
    if not known.any():
        return Classed("".join(SIGNS.get(status, "M") for status in table["status"]), (), np.ones(len(table), dtype=bool), np.nan)
    found = value[known]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # values that many places share make fewer classes, as the legend shows
        scheme = (
            mapclassify.UserDefined(found, list(fixed), lowest=-np.inf)
            if fixed
            else mapclassify.Quantiles(found, k=min(classes, len(np.unique(found))))
        )
    cuts = np.asarray(fixed) if fixed else np.unique(scheme.bins)
    own, low, high = (class_of(table[name].fillna(table["value"]).to_numpy(dtype=float), cuts) for name in ("value", "low", "high"))
    digits = "".join(
        str(number) if there else SIGNS.get(status, "M") for number, there, status in zip(own, known, table["status"], strict=True)
    )
    return Classed(digits, tuple(float(cut) for cut in cuts), (low == high) | ~known, float(found.min()))
