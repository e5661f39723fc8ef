"""Protected counts: what may be told of each, and nothing else."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.errors import DisclosureError

STATUSES = ("exact", "rounded", "suppressed", "zero", "missing", "not_collected")
COLUMNS = ("status", "low", "high", "shown")


@dataclass(frozen=True)
class Protected:
    """Counts as they may be told. frame: one row a cell, the columns status, low, high, shown.

    exact: shown is the count. rounded: the count lies from low to high around shown (rounded, or with noise). suppressed: nothing is shown, the count lies
    from low to high (infinite where nothing is told). zero: a true zero. missing and not_collected: nothing is known, so nothing is told.
    """

    frame: pd.DataFrame

    def __post_init__(self) -> None:
        if list(self.frame.columns) != list(COLUMNS):
            raise DisclosureError(f"A protected table has the columns {list(COLUMNS)}, not {list(self.frame.columns)}.")
        if faults := tuple(self._faults()):
            raise DisclosureError("The protected table contradicts itself:", faults)

    @property
    def hidden(self) -> pd.Series:
        """Which cells are suppressed."""
        return self.frame["status"] == "suppressed"

    def counts(self) -> pd.Series:
        """How many cells there are of each status."""
        return self.frame["status"].value_counts().reindex(list(STATUSES), fill_value=0)

    def _faults(self) -> list[str]:
        status, low, high, shown = (self.frame[name] for name in COLUMNS)
        silent = status.isin(["missing", "not_collected"])
        rules = {
            f"has a status that is none of {list(STATUSES)}": ~status.isin(STATUSES),
            "tells something although nothing is known": silent & self.frame[["low", "high", "shown"]].notna().any(axis=1),
            "shows a number although it is suppressed": (status == "suppressed") & shown.notna(),
            "shows no number": status.isin(["exact", "rounded", "zero"]) & shown.isna(),
            "has no limits, or limits that no count fits": ~silent & ~((low >= 0) & (low <= high)),
            "is exact, but its limits are not the number": (status == "exact") & ~((low == shown) & (high == shown)),
            "is a true zero, but its number is not 0": (status == "zero") & ~((low == 0) & (high == 0) & (shown == 0)),
            "is exact, but 0; that is a true zero": (status == "exact") & (shown == 0),
        }
        return [f"{list(self.frame.index[wrong])[:10]} {fault}" for fault, wrong in rules.items() if wrong.any()]


def told(
    counts: pd.Series, low: pd.Series | np.ndarray, high: pd.Series | np.ndarray, shown: pd.Series, *, zeros: bool = True
) -> Protected:
    """The protected table of *counts* (NaN where unknown) by their limits and what is shown of each (NaN where suppressed).

    zeros: whether a count of 0 is told as a true zero; otherwise it looks like every other count that is shown as 0.
    """
    frame = pd.DataFrame({"status": "rounded", "low": low, "high": high, "shown": shown}, index=counts.index)
    frame.loc[(frame["low"] == shown) & (frame["high"] == shown), "status"] = "exact"
    frame.loc[shown.isna(), "status"] = "suppressed"
    if zeros:
        frame.loc[counts == 0, ["low", "high", "shown"]] = 0.0
        frame.loc[counts == 0, "status"] = "zero"
    frame.loc[counts.isna(), ["low", "high", "shown"]] = np.nan
    frame.loc[counts.isna(), "status"] = "missing"
    return Protected(frame)
