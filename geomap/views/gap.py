"""The gap between need and access: a map of three words, a table, and sentences."""

import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.gap import BOTH, NONE, ONE, UNKNOWN
from geomap.language import noted, say
from geomap.symbology.labelled import Words, labelled_map
from geomap.symbology.numbers import number
from geomap.symbology.payload import MapPayload

COLOURS = {BOTH: "#7d3c3c", ONE: "#d9b08c", NONE: "#d9d3c4", UNKNOWN: "#efece4"}
REGISTERED = noted("Only what is registered counts as access; informal groups that nobody listed may be there.")


def gap_map(assessment: Assessment, found: pd.DataFrame, need: str, access: str) -> MapPayload:
    """The places by whether need is high, access little, or both."""
    one, other = assessment.node(need).title, assessment.node(access).title
    hover = [
        say(
            "{label}: need above {need}%, lack above {lack}% of places",
            label=say(label),
            need=number(100 * row.need, 0),
            lack=number(100 * row.lack, 0),
        )
        if row.gap == row.gap
        else say(UNKNOWN)
        for row, label in _rows(found)
    ]
    title = say("{one}, and lack of access: {other}", one=one, other=other)
    return labelled_map(
        assessment.places,
        found["label"],
        COLOURS,
        Words(title, say("Last third of the {many}", many=assessment.many), "", say(REGISTERED)),
        hover,
    )


def gap_table(assessment: Assessment, found: pd.DataFrame, need: str, access: str) -> pd.DataFrame:
    """The places picked, widest gap first: name, both numbers, the gap, and whether both are beyond doubt."""
    picked = found[found["picked"]].sort_values("gap", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "name": assessment.places["name"].reindex(picked.index),
            need: assessment.numbers[need]["value"].reindex(picked.index),
            access: assessment.numbers[access]["value"].reindex(picked.index),
            say("gap"): picked["gap"].round(2),
            "certain": picked["certain"],
        }
    )


def gap_words(assessment: Assessment, found: pd.DataFrame, need: str, access: str) -> str:
    """What the gap says, in sentences."""
    table = gap_table(assessment, found, need, access)
    one, other = assessment.node(need), assessment.node(access)
    head = say(
        "{count} of {whole} {many} are in the last third both of need ({need}) and of access ({access}).",
        count=len(table), whole=int(found["gap"].notna().sum()), many=assessment.many, need=one.title, access=other.title,
    )  # fmt: skip
    if other_without := assessment.numbers[access]["low"].isna().all():
        head += " " + say("How sure that is cannot be told, because access comes without an interval.")
    lines = []
    for row in table.to_dict("records"):
        told = say("{name}: {need}, {access}", name=row["name"], need=_said(one, row[need]), access=_said(other, row[access]))
        sure = row["certain"] or other_without
        lines.append(told if sure else told + " " + say("(one of both is within chance of the city's median)"))
    return "\n".join([head, *lines, say(REGISTERED)])


def _said(node: Node, value: float) -> str:
    unit = f" {node.unit}" if node.kind == "indicator" and node.unit else ""
    return f"{node.title} {number(value, node.digits)}{unit}"


def _rows(found: pd.DataFrame) -> zip:
    return zip(found.itertuples(), found["label"], strict=True)
