"""Pressure against capacity: two numbers on one map, since high with high and low with low need opposite action."""

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.language import Spoken, known, noted, say
from geomap.symbology.classes import SIGNS, classify
from geomap.symbology.numbers import STATUS, interval, number
from geomap.symbology.palettes import BIVARIATE
from geomap.symbology.payload import Entry, MapPayload, withheld_entries

NOTE = noted("Dark red: much to bear and little to answer with. Teal: little to bear and much to answer with.")
THIRDS = Spoken({0: noted("low {title}"), 1: noted("middle {title}"), 2: noted("high {title}")})


def shows_both(assessment: Assessment, across: str = "pressure", up: str = "capacity") -> bool:
    """Whether the assessment has both numbers of the map."""
    return {across, up} <= set(assessment.numbers)


def opens_on_both(assessment: Assessment) -> bool:
    """Whether a map for which nobody named a number shows both: in a public edition it shows what protects."""
    return shows_both(assessment) and assessment.tier != "public"


def bivariate(assessment: Assessment, across: str = "pressure", up: str = "capacity") -> MapPayload:
    """The 3 × 3 map of *across* and *up*, each cut into thirds of the places; the sign of a place is 3 × its row + its column."""
    one, other = assessment.node(across), assessment.node(up)
    first, second = assessment.numbers[across], assessment.numbers[up]
    columns, rows = (classify(table, classes=len(THIRDS)) for table in (first, second))
    pairs = zip(columns.digits, rows.digits, first["status"], second["status"], strict=True)
    digits = "".join(str(3 * int(row) + int(column)) if (row + column).isdigit() else _sign(a, b) for column, row, a, b in pairs)
    counts = {sign: digits.count(sign) for sign in set(digits)}
    legend = [
        Entry(
            str(3 * row + column),
            BIVARIATE[row][column],
            say("{one}, {other}", one=_third(column, one), other=_third(row, other)),
            counts.get(str(3 * row + column), 0),
        )
        for row in (2, 1, 0)
        for column in (0, 1, 2)
    ]
    west, south, east, north = assessment.places.total_bounds
    title = say("{one} and {other}", one=one.title, other=other.title.lower())
    hover = tuple(
        say("{one} {value} · {other} {beside}", one=one.title, value=a, other=other.title.lower(), beside=b)
        for a, b in zip(_words(first), _words(second), strict=True)
    )
    return MapPayload(
        title=title, legend_title=say("{title}, thirds of the {many} ({period})", title=title, many=assessment.many, period=assessment.period),
        legend_note=say(NOTE) if (across, up) == ("pressure", "capacity") else say("Darkest: both high. Lightest: both low. Association, not cause."),
        digits=digits, faded="".join("0" if sure else "1" for sure in np.logical_and(columns.certain, rows.certain)),
        legend=(*legend, *withheld_entries(counts)), hover=hover, about=f"{assessment.period}. {known(assessment.caveats[0])}" if assessment.caveats else assessment.period,
        bounds=((float(south), float(west)), (float(north), float(east))), grid=(f"{one.title} →", f"{other.title} →"),
    )  # fmt: skip


def _third(step: int, node: Node) -> str:
    return THIRDS[step].format(title=node.title.lower())


def _words(table: pd.DataFrame) -> list[str]:
    rows = zip(table["value"], table["low"], table["high"], table["status"], strict=True)
    return [f"{number(value, 1)} ({interval(low, high, 1)})" if status == "value" else STATUS[status] for value, low, high, status in rows]


def _sign(one: str, other: str) -> str:
    return next((SIGNS[status] for status in (one, other) if status in SIGNS), "M")
