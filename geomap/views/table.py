"""The numbers of one map as a table, with their doubt."""

import math

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.language import Spoken, known, noted, say
from geomap.symbology.numbers import STATUS, fifth_in_words, rests_on

WORDS = Spoken({**STATUS, "value": noted("value"), "zero": noted("true zero")})


def table(assessment: Assessment, node_id: str) -> pd.DataFrame:
    """A row a place, those that need attention most first where there is a rank: code, name, parent, value, low, high, rank in words or n, status.

    In a public edition the fifth stands for the rank and places stand in the order of their names. Ranks hold for all places at once, since a table is read as a whole. by_choice is the spread over choices of method, apart from the doubt of the data.
    """
    node, numbers = assessment.node(node_id), assessment.numbers[node_id]
    places = assessment.places
    columns = {
        "name": places["name"],
        "parent": places["parent_name"],
        "value": numbers["value"],
        "low": numbers["low"],
        "high": numbers["high"],
    }
    if node.kind == "indicator":
        columns |= {"base": numbers["n"], "note": numbers["flags"].map(known, na_action="ignore")}
    elif assessment.tier == "public":
        columns["fifth"] = [fifth_in_words(*limits) for limits in zip(numbers["fifth_low"], numbers["fifth_high"], strict=True)]
    else:
        columns["rank"] = _ranks(numbers["rank_low_all"], numbers["rank_high_all"])
        columns["in_worst_tenth"] = numbers["p_worst_tenth"]
        columns["worse_than_next"] = numbers["p_worse_next"]
        if numbers["choice_rank_low"].notna().any():
            columns["by_choice"] = _ranks(numbers["choice_rank_low"], numbers["choice_rank_high"])
    if node.kind != "indicator" and (marks := assessment.stand_ins(node_id).where(numbers["value"].notna(), 0).map(rests_on)).any():
        columns["note"] = marks
    shown = pd.DataFrame(columns, index=places.index)
    shown["status"] = numbers["status"].map(WORDS.__getitem__).astype("category")
    if assessment.tier == "public":
        return shown.sort_values("name").reset_index(names="code")
    return shown.sort_values(["value", "name"], ascending=[node.up != "worse", True], na_position="last").reset_index(names="code")


def _ranks(low: pd.Series, high: pd.Series) -> list[str]:
    """Between which ranks each place lies, such as 12 to 31; blank where it has none."""
    return [_rank(*limits) for limits in zip(low.round(), high.round(), strict=True)]


def _rank(low: float, high: float) -> str:
    if math.isnan(low) or math.isnan(high):
        return ""
    return f"{low:.0f}" if low == high else say("{low} to {high}", low=f"{low:.0f}", high=f"{high:.0f}")
