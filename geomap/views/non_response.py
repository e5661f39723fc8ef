"""What those who did not answer could still change, in sentences."""

import pandas as pd

from geomap.language import noted, say
from geomap.statistics.non_response import OPEN
from geomap.symbology.numbers import number

MORE = noted("{what} ({share} %, {verdict}): that falls if those who did not answer agree {points} points more often, {others} % of them.")
LESS = noted("{what} ({share} %, {verdict}): that falls if those who did not answer agree {points} points less often, {others} % of them.")
VERDICTS = (noted("more than half"), noted("less than half"))


def sentences(found: pd.DataFrame) -> tuple[str, ...]:
    """Of the last period: the response rate, then each question, those whose conclusion falls most easily first."""
    rows = found[found["period"] == found["period"].max()]
    if not len(rows):
        return ()
    rows = rows.sort_values("needed", key=lambda points: points.abs())
    rate = float(rows["rate"].iloc[0])
    first = say(
        "{rate} of 100 who were asked answered. How those who did not answer think is not known; this says how different they would have to be.",
        rate=number(rate, 0),
    )
    return (first, *(_sentence(row) for _, row in rows.iterrows()))


def _sentence(row: "pd.Series[object]") -> str:
    gaps = {"what": _asked(row), "share": number(float(row["value"]), 0)}
    if row["verdict"] == OPEN:
        return say("{what} ({share} %): whether it is more or less than half is open even among those who answered.", **gaps)
    if pd.isna(row["needed"]):
        return say("{what} ({share} %): everybody answered.", **gaps)
    gaps["verdict"] = say(str(row["verdict"]))
    if not row["possible"]:
        return say("{what} ({share} %, {verdict}): no answers of the others could change that.", **gaps)
    needed = float(row["needed"])
    return say(MORE if needed > 0 else LESS, points=number(abs(needed), 0), others=number(float(row["others"]), 0), **gaps)


def _asked(row: "pd.Series[object]") -> str:
    if not row["institution"]:
        return f"'{row['wording']}'"
    if not row["issue"]:
        return say("Trust in {institution}", institution=row["institution"])
    return say("Trust in {institution}, on {issue}", institution=row["institution"], issue=str(row["issue"]).replace("-", " "))
