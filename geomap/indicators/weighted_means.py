"""Means of numbers that people gave, per place, with what their number and the design leave in doubt."""

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from geomap.indicators.measure import Observed
from geomap.indicators.respondents import LEFT_OUT, Respondents
from geomap.indicators.sources import Sources
from geomap.statistics.domains import Domains, domain_means


def weighted_means(
    who: Respondents, said: NDArray[np.float64], sources: Sources, level: str, *, without: frozenset[str] = frozenset()
) -> Observed:
    """The weighted mean of *said* (n,) in each place of *level*, its 95 % t interval, and how many gave a number; NaN is none."""
    own, groups = who.places(sources, level)
    given, left = ~np.isnan(said), own.isin(without).to_numpy()
    thinned = groups[left & given].dropna().unique()
    groups = groups.where(given & ~left).to_numpy(dtype=object)
    means = domain_means(who.design, np.where(given, said, 0.0), Domains.of(groups))
    half = stdtrit(means["df"].clip(lower=1), 0.975) * means["se"]
    found = pd.DataFrame({"value": means["mean"], "low": means["mean"] - half, "high": means["mean"] + half, "n": means["n"]})
    frame = found.reindex(sources.atlas[level].codes)
    frame["n"] = frame["n"].fillna(0.0)
    frame["status"] = np.where(frame["value"].notna(), "value", "missing")
    flags = np.where(frame.index.isin(thinned), LEFT_OUT, "")
    return Observed(frame.assign(hidden=False, flags=flags), "base", who.notes)
