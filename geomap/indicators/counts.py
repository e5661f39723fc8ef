"""The table of every counting measure: events against an exposure."""

from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from geomap.indicators.bring import Brought
from geomap.indicators.measure import COLUMNS
from geomap.statistics.intervals import ohid_interval, poisson_interval
from geomap.worded import worded, worded_each

LEAST = 1e-6  # people, under which a difference of two sums is none
NOBODY = worded("no one to count against")
INTERVALS = {"exact": poisson_interval, "byar": ohid_interval}
BYAR = worded("Byar's interval (exact Poisson below 10 events)")


def pair(events: Brought, exposure: Brought, years: float = 1.0) -> pd.DataFrame:
    """The table of a counting measure from what was brought: unknown where either side is, or where the exposure is 0.

    Counts of people from divided places are whole numbers here, years already added up; a part that leaves some of its whole leaves one at least.
    """
    leaves = exposure.counts - events.counts > LEAST if exposure.divided else None
    events, exposure = events.told, exposure.told
    if leaves is not None:
        events = replace(events, counts=events.counts.mask(leaves & (events.counts >= exposure.counts), exposure.counts - 1))
    frame = pd.DataFrame({"events": events.counts, "exposure": exposure.counts * years, "half": 0.0, "hidden": False})
    status = events.status.where(events.status != "value", exposure.status)
    nobody = (frame["exposure"] <= 0).to_numpy()
    status[nobody & (status == "value").to_numpy()] = "missing"
    frame["status"] = status
    both = np.where(events.flags == exposure.flags, events.flags, (events.flags + "; " + exposure.flags).str.strip("; "))
    frame["flags"] = np.where(nobody, NOBODY, both)
    frame.loc[status != "value", "events"] = np.nan
    return frame if events.low is None else _banded(frame, events, exposure)


def _banded(frame: pd.DataFrame, events: Brought, exposure: Brought) -> pd.DataFrame:
    """Counts that the source withholds within limits: the middle of the band with half its width, hidden."""
    band = (frame["status"] == "suppressed") & events.low.notna() & (exposure.status == "value") & (frame["exposure"] > 0)
    words = worded_each(worded("withheld by the source: {limits}"), events.low.map("{:g}".format) + "–" + events.high.map("{:g}".format))
    return frame.assign(
        events=frame["events"].mask(band, (events.low + events.high) / 2),
        half=frame["half"].mask(band, (events.high - events.low) / 2),
        hidden=frame["hidden"] | band,
        flags=frame["flags"].mask(band, (words + "; " + frame["flags"]).str.strip("; ")),
    )


def count_limits(frame: pd.DataFrame, interval: Literal["exact", "byar"]) -> tuple[np.ndarray, np.ndarray]:
    """The limits of the count of each place, as wide as the band of a hidden one lets them be."""
    events, half = frame["events"].to_numpy(), frame["half"].to_numpy()
    return INTERVALS[interval](np.maximum(events - half, 0))[0], INTERVALS[interval](events + half)[1]


def from_counts(frame: pd.DataFrame, low: np.ndarray, high: np.ndarray, scale: float) -> pd.DataFrame:
    """The finished columns from counts and the limits of the counts, all divided by the exposure."""
    each = scale / frame["exposure"]
    hidden = frame["hidden"].to_numpy(dtype=bool)
    out = pd.DataFrame({"used": frame["events"] * each, "used_low": low * each, "used_high": high * each}, index=frame.index)
    out["value"] = out["used"].mask(hidden)
    out["low"] = out["used_low"].mask(hidden, (frame["events"] - frame["half"]) * each)
    out["high"] = out["used_high"].mask(hidden, (frame["events"] + frame["half"]) * each)
    out["n"] = frame["events"].mask(hidden)
    out["status"] = frame["status"].mask(hidden, "suppressed")
    out["flags"] = frame["flags"]
    return out[list(COLUMNS)]
