"""The numbers of one map as a table, with their doubt."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.symbology.numbers import STATUS, rank_in_words

WORDS = {**STATUS, "value": "value", "zero": "true zero"}


def table(assessment: Assessment, node_id: str) -> pd.DataFrame:
    """A row a place, those that need attention most first where there is a rank: code, name, parent, value, low, high, rank in words or n, status."""
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
        columns |= {"base": numbers["n"], "note": numbers["flags"]}
    else:
        count = int(numbers["value"].notna().sum())
        columns["rank"] = [rank_in_words(low, high, count) for low, high in zip(numbers["rank_low"], numbers["rank_high"], strict=True)]
        columns["in_worst_fifth"] = numbers["p_worst"]
    shown = pd.DataFrame(columns, index=places.index)
    shown["status"] = numbers["status"].map(WORDS)
    return shown.sort_values(["value", "name"], ascending=[node.up != "worse", True], na_position="last").reset_index(names="code")
