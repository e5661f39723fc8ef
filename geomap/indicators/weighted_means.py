"""Means of numbers that people gave, per place, with what their number and the design leave in doubt."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from geomap.indicators.measure import Observed
from geomap.indicators.respondents import LEFT_OUT, Respondents
from geomap.indicators.sources import Sources


def weighted_means(
    who: Respondents, said: NDArray[np.float64], sources: Sources, level: str, *, without: frozenset[str] = frozenset()
) -> Observed:
    """The weighted mean of *said* (n,) in each place of *level*, its 95 % t interval, and how many gave a number; NaN is none."""
    own, groups = who.places(sources, level)
    given, left = ~np.isnan(said), own.isin(without).to_numpy()
    thinned = groups[left & given].dropna().unique()
    groups = groups.where(given & ~left).to_numpy(dtype=object)
    codes, mean, se, n = who.design.means(np.where(given, said, 0.0), groups)
    half = stdtrit(np.maximum(who.design.df_of(groups), 1), 0.975) * se
    found = pd.DataFrame({"value": mean, "low": mean - half, "high": mean + half, "n": n}, index=pd.Index(codes))
    frame = found.reindex(sources.atlas[level].codes)
    frame["n"] = frame["n"].fillna(0.0)
    frame["status"] = np.where(frame["value"].notna(), "value", "missing")
    flags = np.where(frame.index.isin(thinned), LEFT_OUT, "")
    return Observed(frame.assign(hidden=False, flags=flags), "base", who.notes)
