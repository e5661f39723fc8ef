"""Whether groups answer differently, in sentences: those that stand first, then how many do not."""

import pandas as pd

from geomap.symbology.numbers import interval, number

CITY = "city"
HELD = "False findings among those named are held to one in ten."


def sentences(found: pd.DataFrame, names: dict[str, str], *, level: str = CITY, by: str = "", code: str = "") -> tuple[str, ...]:
    """What differs between groups in the city, or in the places of *level*, and how many pairs cannot be told apart.

    names: of places by code. by, code: only the groups of one column, only one place.
    """
    rows = found[(found["level"] == level) & ((found["by"] == by) | (by == "")) & ((found["code"] == code) | (code == ""))]
    if not len(rows):
        return ("No two groups have enough answers here to be compared.",)
    apart = rows[rows["word"].isin(["lower", "higher"])].sort_values("difference", key=lambda gap: -gap.abs())
    said = [_sentence(row, names) for _, row in apart.iterrows()]
    rest = len(rows) - len(apart)
    tail = f"Of {len(rows):,} comparisons {rest:,} cannot be told from chance. {HELD}"
    return (*said, tail)


def _sentence(row: "pd.Series[object]", names: dict[str, str]) -> str:
    where = "" if row["level"] == CITY else f"{names.get(str(row['code']), str(row['code']))}: "
    on = f", on {str(row['issue']).replace('-', ' ')}" if row["issue"] else ""
    what = f"trust in {row['institution']}{on}" if row["institution"] else f"'{row['wording']}'"
    gap, ends = abs(float(row["difference"])), sorted(abs(float(row[side])) for side in ("low", "high"))
    by = str(row["by"]).replace("_", " ")
    return (
        f"{where}{what} is {number(gap, 0)} points {row['word']} among {by} {row['group']} than among {row['other']} "
        f"({interval(ends[0], ends[1], 0)} points; q {_q(float(row['q']))})."
    )


def _q(q: float) -> str:
    return "under 0.01" if q < 0.01 else f"= {q:.2f}"
