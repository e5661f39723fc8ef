"""Whether groups answer differently, in sentences: those that stand first, then how many do not."""

import pandas as pd

from geomap.language import noted, say
from geomap.symbology.numbers import interval, number

CITY = "city"
HIGHER = noted("{what} is {points} points higher among {by} {group} than among {other} ({interval} points; q {q}).")
LOWER = noted("{what} is {points} points lower among {by} {group} than among {other} ({interval} points; q {q}).")


def sentences(found: pd.DataFrame, names: dict[str, str], *, level: str = CITY, by: str = "", code: str = "") -> tuple[str, ...]:
    """What differs between groups in the city, or in the places of *level*, and how many pairs cannot be told apart.

    names: of places by code. by, code: only the groups of one column, only one place.
    """
    rows = found[(found["level"] == level) & ((found["by"] == by) | (by == "")) & ((found["code"] == code) | (code == ""))]
    if not len(rows):
        return (say("No two groups have enough answers here to be compared."),)
    apart = rows[rows["word"].isin(["lower", "higher"])].sort_values("difference", key=lambda gap: -gap.abs())
    said = [_sentence(row, names) for _, row in apart.iterrows()]
    rest = len(rows) - len(apart)
    tail = say(
        "Of {count} comparisons {rest} cannot be told from chance. False findings among those named are held to one in ten.",
        count=len(rows),
        rest=rest,
    )
    return (*said, tail)


def _sentence(row: "pd.Series[object]", names: dict[str, str]) -> str:
    gap, ends = abs(float(row["difference"])), sorted(abs(float(row[side])) for side in ("low", "high"))
    told = say(
        HIGHER if row["word"] == "higher" else LOWER,
        what=asked(row), points=number(gap, 0), by=str(row["by"]).replace("_", " "), group=row["group"], other=row["other"],
        interval=interval(ends[0], ends[1], 0), q=_q(float(row["q"])),
    )  # fmt: skip
    return told if row["level"] == CITY else say("{title}: {text}", title=names.get(str(row["code"]), str(row["code"])), text=told)


def asked(row: "pd.Series[object]") -> str:
    """What a question was about: trust in an institution, or its own words."""
    if not row["institution"]:
        return f"'{row['wording']}'"
    if not row["issue"]:
        return say("trust in {institution}", institution=row["institution"])
    return say("trust in {institution}, on {issue}", institution=row["institution"], issue=str(row["issue"]).replace("-", " "))


def _q(q: float) -> str:
    return say("under {high}", high=number(0.01, 2)) if q < 0.01 else f"= {number(q, 2)}"
