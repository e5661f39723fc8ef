"""An assessment of other places, carried over to the places of another by a crosswalk."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.errors import EditionError
from geomap.worded import worded

BETWEEN = ("value", "low", "high", "scaled", "scaled_low", "scaled_high")


@dataclass(frozen=True)
class Walk:
    """frame: columns origin, place (codes) and share, which part of the origin lies in the place; how: where the shares come from."""

    origin_set: str
    place_set: str
    frame: pd.DataFrame
    how: str


def carried(old: Assessment, walk: Walk, new: Assessment) -> Assessment:
    """The numbers of *old* for the places of *new*: the mean of the places that lie in each, by the shares of the crosswalk.

    A place one of whose origins has no number has none. Half the widths of intervals are combined as independent errors. EditionError when the crosswalk
    begins or ends elsewhere.
    """
    if walk.origin_set != old.level or walk.place_set != new.level:
        raise EditionError(
            worded(
                "The crosswalk leads from '{origin}' to '{place}', but the editions are by '{old}' and '{new}'.",
                origin=walk.origin_set,
                place=walk.place_set,
                old=old.level,
                new=new.level,
            )
        )
    weights = _weights(walk.frame, old.places.index, new.places.index)
    numbers = {name: _carry(table, weights, len(new.places)).set_axis(new.places.index) for name, table in old.numbers.items()}
    return replace(old, level=new.level, one=new.one, many=new.many, places=new.places, numbers=numbers)


def reshaped(walk: Walk, old: Assessment, new: Assessment) -> pd.Index:
    """The places of *new* that are not one whole place of *old*."""
    weights = _weights(walk.frame, old.places.index, new.places.index)
    alone = weights.groupby("at")["from"].transform("size") == 1
    whole = weights[alone & np.isclose(weights["share"], 1.0)]
    return new.places.index.difference(new.places.index[whole["at"].to_numpy()])


def _weights(frame: pd.DataFrame, origins: pd.Index, places: pd.Index) -> pd.DataFrame:
    """Columns from, at (positions) and share of the pairs that lie in both."""
    pairs = frame[frame["share"] > 0]
    found = pd.DataFrame(
        {"from": origins.get_indexer(pairs["origin"]), "at": places.get_indexer(pairs["place"]), "share": pairs["share"].to_numpy()}
    )
    return found[found["at"] >= 0].reset_index(drop=True)


def _carry(table: pd.DataFrame, weights: pd.DataFrame, places: int) -> pd.DataFrame:
    origin, at = weights["from"].to_numpy(), weights["at"].to_numpy()
    total = np.bincount(at, weights["share"], minlength=places)
    share = weights["share"].to_numpy() / total[at]
    out = pd.DataFrame(np.nan, index=range(places), columns=table.columns).astype(
        {name: object for name in ("status", "flags") if name in table}
    )
    for name in (one for one in BETWEEN if one in table):
        values = np.where(origin >= 0, table[name].to_numpy(dtype=float)[origin], np.nan)
        out[name] = np.where(total > 0, np.bincount(at, share * values, minlength=places), np.nan)
    for middle, low, high in (("value", "low", "high"), ("scaled", "scaled_low", "scaled_high")):
        if middle in table:
            out[low] = out[middle] - _half(table[middle] - table[low], origin, at, share, places)
            out[high] = out[middle] + _half(table[high] - table[middle], origin, at, share, places)
    hidden = np.bincount(at, (origin >= 0) & (table["status"].to_numpy()[origin] == "suppressed"), minlength=places) > 0
    out["status"] = np.where(hidden, "suppressed", np.where(out["value"].notna(), "value", "missing"))
    return out


def _half(side: pd.Series, origin: np.ndarray, at: np.ndarray, share: np.ndarray, places: int) -> np.ndarray:
    """The combined half-width (place,) of independent errors."""
    squares = (share * np.where(origin >= 0, side.to_numpy(dtype=float)[origin], np.nan)) ** 2
    return np.sqrt(np.bincount(at, squares, minlength=places))
