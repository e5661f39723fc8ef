"""An exploration in words: what was asked, and which places move."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.symbology.numbers import number, ordinal

SHOWN = 10
COMBINED = {
    "arithmetic": "weighted mean", "geometric": "geometric mean", "harmonic": "harmonic mean", "scaled_geometric": "scaled geometric mean",
    "ordered": "mean, the highest first", "max": "the highest part", "min": "the lowest part",
}  # fmt: skip
MISSING = {
    "": "as agreed", "share": "a whole needs the agreed share of its parts", "propagate": "a whole needs all its parts",
    "renormalise": "a whole makes do with the parts there are",
}  # fmt: skip


def summary(moved: pd.DataFrame) -> str:
    """How far ranks move, in a sentence; *moved* as geomap.assessment.explore.shifts gives it."""
    known = moved["moved"].dropna().abs()
    lost = int((moved["rank"].notna() & moved["explored_rank"].isna()).sum())
    said = f"{int((known > 0).sum()):,} of {len(known):,} change their rank, by {number(known.mean(), 1)} on average and {number(known.max(), 0)} at most."
    return said + (f" {lost:,} can no longer be scored." if lost else "") if len(known) else "No place can be scored."


def in_words(assessment: Assessment, question: str, index: str, moved: pd.DataFrame) -> str:
    """The question, the summary, and the places that move most."""
    title = assessment.node(index).title
    most = moved[moved["moved"].abs() > 0].head(SHOWN).reset_index()
    lines = [
        f"  {row['name']} ({row['code']}): {ordinal(row['rank'])} to {ordinal(row['explored_rank'])} "
        f"(the data allow {ordinal(row['explored_rank_low'])} to {ordinal(row['explored_rank_high'])})"
        for row in most.to_dict("records")
    ]
    head = f"{question}\n{title}: {summary(moved)}"
    return "\n".join([head, *(["The places that move most:", *lines] if lines else [])])
