"""What a public edition says of a place instead of a rank: which fifth of the places it is in, as surely as the data allow; and what protects before what weighs."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from geomap.assessment.assessment import PUBLIC, Assessment, Node

FIFTHS = 5


def for_public(assessment: Assessment) -> Assessment:
    """The assessment without ranks, with fifths; 1 is the fifth of the places that needs attention most."""
    numbers = {name: fifths(table) if assessment.node(name).kind != "indicator" else table for name, table in assessment.numbers.items()}
    return replace(assessment, numbers=numbers)


def fifths(table: pd.DataFrame) -> pd.DataFrame:
    """A table with ranks as one with fifths: fifth, and fifth_low to fifth_high, which the data do not rule out (95 %)."""
    count = int(table["value"].notna().sum())
    ranks = {"fifth": "rank", "fifth_low": "rank_low", "fifth_high": "rank_high"}
    found = {name: np.ceil(table[rank].round() * FIFTHS / max(count, 1)).clip(1, FIFTHS) for name, rank in ranks.items()}
    return table.assign(**found)[list(PUBLIC)]


def fifths_of_values(table: pd.DataFrame, up: str) -> pd.DataFrame:
    """The table of an indicator with the fifth of each place by its value, and the fifths that its interval, and the places with the very same value, leave open."""
    sign = 1.0 if up == "worse" else -1.0
    value, low, high = (sign * table[name].fillna(table["value"]).to_numpy(dtype=float) for name in ("value", "low", "high"))
    most, least = np.fmax(value, np.fmax(low, high)), np.fmin(value, np.fmin(low, high))
    ordered = np.sort(value[~np.isnan(value)])
    count = len(ordered)
    over, at_least = (count - np.searchsorted(ordered, limit, side) for limit, side in ((most, "right"), (least, "left")))
    middle = (count - np.searchsorted(ordered, value, "right") + 1 + count - np.searchsorted(ordered, value, "left")) / 2
    ranks = {"fifth": middle, "fifth_low": over + 1, "fifth_high": at_least}
    found = {
        name: np.where(np.isnan(value), np.nan, np.ceil(rank * FIFTHS / max(count, 1)).clip(1, FIFTHS)) for name, rank in ranks.items()
    }
    return table.assign(**found)


def protecting_first(assessment: Assessment, nodes: Iterable[Node]) -> tuple[Node, ...]:
    """*nodes* in their order; in a public edition those of which more is better stand before all others."""
    return tuple(sorted(nodes, key=lambda node: assessment.tier == "public" and node.up != "better"))
