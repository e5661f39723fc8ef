"""Rates smoothed after the gate: what may be published is drawn towards the city's rate, or towards the neighbours as well."""

from typing import Literal

import numpy as np
import pandas as pd

from geomap.boundaries.contiguity import contiguity
from geomap.errors import MethodologyError
from geomap.indicators.measure import Observed
from geomap.statistics.bym2 import MOST_PLACES, bym2
from geomap.statistics.shrinkage import marshall

FEWEST = 3  # places: with fewer there is nothing to learn how much they vary


def smoothed(counted: pd.DataFrame, observed: Observed, way: Literal["empirical_bayes", "bym2"], scale: float) -> pd.DataFrame:
    """*counted* (the columns of a rate) with smoothed values; a withheld count takes part with the middle of its band and stays withheld.

    Empirical Bayes leaves the intervals open; BYM2 gives those of its posterior, wide enough for the band of a withheld count.
    """
    frame = observed.frame
    known = (frame["events"].notna() & (frame["exposure"] > 0)).to_numpy()
    if known.sum() < FEWEST:
        raise MethodologyError(
            f"Only {int(known.sum())} places have a count, too few to smooth. Take smooth out of the indicator, or give it finer levels."
        )
    risk = _shrunk(frame[known]) if way == "empirical_bayes" else _among_neighbours(frame[known], observed)
    full = pd.DataFrame(np.nan, index=frame.index, columns=["value", "low", "high"])
    full.loc[known] = risk * scale
    hidden = frame["hidden"].to_numpy(dtype=bool)
    wide = hidden & full["low"].notna().to_numpy()
    out = counted.assign(used=full["value"], used_low=full["low"], used_high=full["high"], value=full["value"].mask(hidden))
    out["used_low"] = out["used_low"].mask(wide, np.fmin(full["low"], counted["low"]))
    out["used_high"] = out["used_high"].mask(wide, np.fmax(full["high"], counted["high"]))
    return out.assign(**{side: counted[side].where(hidden, full[side]) for side in ("low", "high")})


def _shrunk(frame: pd.DataFrame) -> np.ndarray:
    rates, _ = marshall(frame["events"], frame["exposure"])
    return np.column_stack([rates, np.full((len(rates), 2), np.nan)])


def _among_neighbours(frame: pd.DataFrame, observed: Observed) -> np.ndarray:
    """Rates with the limits of their posterior, (place, 3)."""
    if len(frame) > MOST_PLACES:
        raise MethodologyError(
            f'BYM2 takes up to {MOST_PLACES:,} places, not {len(frame):,}. Write smooth = "empirical_bayes", or give the indicator coarser levels.'
        )
    if observed.places is None or not frame["events"].sum() > 0:
        raise MethodologyError('BYM2 needs places with shapes, and one event at least. Take smooth = "bym2" out of the indicator.')
    shapes = np.asarray(observed.places.frame.geometry.reindex(frame.index).array)
    rate = frame["events"].sum() / frame["exposure"].sum()
    found = bym2(frame["events"], frame["exposure"] * rate, contiguity(shapes, frame.index).matrix)
    return np.column_stack([found.risk, found.low, found.high]) * rate
