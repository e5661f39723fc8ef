"""A funnel in words and as a table: which places lie outside what chance alone would do."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.funnel import overdispersion
from geomap.symbology.numbers import number

RECORDED = "Recorded events only: more can mean that more is reported."
SPREAD = 2.0


def funnel_table(assessment: Assessment, found: pd.DataFrame) -> pd.DataFrame:
    """Name, recorded events, expected ones, their ratio, the limits and what they say, highest ratio first."""
    return found.assign(name=assessment.places["name"].reindex(found.index))[["name", *found.columns]]


def funnel_words(assessment: Assessment, found: pd.DataFrame, indicator: str) -> str:
    """How many places lie outside, and which lie outside the wider limits."""
    node, names = assessment.node(indicator), assessment.places["name"]
    far = found[found["label"].str.endswith("(0.001)")]
    out = int((found["label"] != "not significant").sum())
    lines = [
        f"{names[code]}: {number(row['events'], 0)} recorded, {number(row['expected'], 1)} expected at the city's rate, {number(row['ratio'], 2)} times"
        for code, row in far.iterrows()
    ]
    times = overdispersion(found)
    wide = f" The {assessment.many} differ {number(times, 1)} times as much as chance alone would make them, so that many lie outside: compare like with like."
    return "\n".join(
        [
            f"{node.title}: {out} of {len(found)} {assessment.many} with a shown count lie outside the 95 % limits, {len(far)} outside the 99.8 % limits."
            + (wide if times > SPREAD else ""),
            *lines,
            RECORDED,
        ]
    )
