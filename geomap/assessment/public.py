"""What a public edition says of a place instead of a rank: which fifth of the places it is in, as surely as the data allow."""

from dataclasses import replace

import numpy as np
import pandas as pd

from geomap.assessment.assessment import PUBLIC, Assessment

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
