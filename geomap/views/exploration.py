"""An exploration in words: what was asked, and which places move."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.exploration import GAPS, WAYS
from geomap.language import Spoken, noted, say
from geomap.symbology.numbers import number, ordinal

SHOWN = 10
COMBINED = Spoken(WAYS)
MISSING = Spoken({"": noted("as agreed"), **GAPS})


def summary(moved: pd.DataFrame) -> str:
    """How far ranks move, in a sentence; *moved* as geomap.assessment.explore.shifts gives it."""
    known = moved["moved"].dropna().abs()
    lost = int((moved["rank"].notna() & moved["explored_rank"].isna()).sum())
    if not len(known):
        return say("No place can be scored.")
    gaps = {"changed": int((known > 0).sum()), "count": len(known), "mean": number(known.mean(), 1), "most": number(known.max(), 0)}
    said = say("{changed} of {count} change their rank, by {mean} on average and {most} at most.", **gaps)
    return f"{said} {say('{lost} can no longer be scored.', lost=lost)}" if lost else said


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
