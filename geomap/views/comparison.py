"""Two neighbourhoods side by side, and whether they can be told apart."""

import math

import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.errors import EditionError
from geomap.symbology.numbers import STATUS, interval, number

SAME = "cannot be told apart"
UNKNOWN = "cannot be compared"


def compare(assessment: Assessment, one: str, other: str) -> pd.DataFrame:
    """A row per index, domain and indicator: kind, title, unit, both values with their intervals in words, and which differs.

    Two places differ only where the difference is larger than 1.96 times its standard error, taken from both intervals as independent.
    """
    for code in (one, other):
        if code not in assessment.places.index:
            raise EditionError(f"There is no {assessment.one} '{code}' in this edition.")
    return pd.DataFrame([_row(assessment, node, one, other) for node in assessment.nodes])


def _row(assessment: Assessment, node: Node, one: str, other: str) -> dict[str, str]:
    first, second = (assessment.numbers[node.id].loc[code] for code in (one, other))
    return {
        "kind": node.kind, "id": node.id, "title": node.title, "unit": node.unit, "first": _words(first, node), "second": _words(second, node),
        "verdict": _verdict(first, second, node),
    }  # fmt: skip


def _words(row: pd.Series, node: Node) -> str:
    if row["status"] not in ("value", "zero"):
        return STATUS[row["status"]]
    doubt = interval(row["low"], row["high"], node.digits)
    return number(row["value"], node.digits) + (f" ({doubt})" if doubt else "")


def _verdict(first: pd.Series, second: pd.Series, node: Node) -> str:
    difference = first["value"] - second["value"]
    if math.isnan(difference):
        return UNKNOWN
    toward = (
        (first["value"] - first["low"], second["high"] - second["value"])
        if difference > 0
        else (first["high"] - first["value"], second["value"] - second["low"])
    )
    if not abs(difference) > math.hypot(*(0.0 if math.isnan(side) else side for side in toward)):
        return SAME
    worse_first = (difference > 0) == (node.up == "worse")
    return "first needs attention more" if worse_first else "second needs attention more"
