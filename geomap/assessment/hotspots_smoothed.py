"""Hot spots of a rate as counted beside those of the rate smoothed: where few are counted a high rate may be chance, and smoothing can spread what is high."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.exposure import events_and_exposure, is_counted
from geomap.assessment.hotspots import PERMUTATIONS, UNKNOWN, HotSpots, hotspots
from geomap.errors import UsageError
from geomap.statistics.shrinkage import marshall
from geomap.worded import worded

HOT = "high-high"
BOTH, RAW, SMOOTH, NEITHER = "hot in both", "hot as counted only", "hot when smoothed only", "not hot"


@dataclass(frozen=True)
class RawAndSmoothed:
    """places: index = code; hot (BOTH, RAW, SMOOTH, NEITHER, or no number), raw, smoothed (the rates), raw_q, smoothed_q, events, edge.

    raw, smooth: the hot spots of each, among the same places. how: in words, how it was smoothed.
    """

    raw: HotSpots
    smooth: HotSpots
    places: pd.DataFrame
    how: str

    def count(self, kind: str) -> int:
        """How many places are of that *kind*."""
        return int((self.places["hot"] == kind).sum())


def raw_and_smoothed(
    assessment: Assessment, node_id: str, smoothed: str = "", *, permutations: int = PERMUTATIONS, seed: int = 1
) -> RawAndSmoothed:
    """The hot spots of the rate *node_id* as counted and smoothed: by the indicator *smoothed*, or by Marshall's empirical Bayes from the counts that are shown.

    UsageError where *node_id* is no rate of counted events. Only places with both numbers take part, so that a difference is one of the rates.
    """
    node = assessment.node(node_id)
    if not is_counted(node):
        raise UsageError(
            worded("'{title}' is no rate of counted events, shown as counted. Name one, and beside it --smoothed.", title=node.title)
        )
    if smoothed and assessment.node(smoothed).kind != "indicator":
        raise UsageError(worded("'{title}' is no indicator. Name the same rate, smoothed.", title=assessment.node(smoothed).title))
    counted = assessment.numbers[node_id]
    other = assessment.numbers[smoothed]["value"] if smoothed else _drawn(counted)
    both = counted["value"].notna() & other.notna()
    raw, smooth = (
        hotspots(_with(assessment, node_id, values.where(both)), node_id, permutations=permutations, seed=seed)
        for values in (counted["value"], other)
    )
    places = pd.DataFrame(
        {
            "hot": np.select([~both, *_cases(raw, smooth)], [UNKNOWN, BOTH, RAW, SMOOTH], NEITHER).astype(object), "raw": raw.places["value"], "smoothed": smooth.places["value"],
            "raw_q": raw.places["q"], "smoothed_q": smooth.places["q"], "events": counted["n"].where(both), "edge": raw.places["edge"],
        },
        index=assessment.places.index,
    )  # fmt: skip
    how = assessment.node(smoothed).title if smoothed else worded("Marshall's empirical Bayes, from the counts that are shown")
    return RawAndSmoothed(raw, smooth, places, how)


def _cases(raw: HotSpots, smooth: HotSpots) -> list[pd.Series]:
    one, other = (found.places["spot"] == HOT for found in (raw, smooth))
    return [one & other, one, other]


def _drawn(table: pd.DataFrame) -> pd.Series:
    """The shown rates drawn to their mean."""
    shown = events_and_exposure(table)
    rates = marshall(shown["events"], shown["exposure"])[0] if len(shown) else []
    return pd.Series(rates, index=shown.index, dtype=float).reindex(table.index)


def _with(assessment: Assessment, node_id: str, values: pd.Series) -> Assessment:
    """The same assessment with other *values* of one number; those that are left out keep the reason why they have none."""
    return replace(assessment, numbers={**assessment.numbers, node_id: assessment.numbers[node_id].assign(value=values)})
