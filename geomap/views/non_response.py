"""What those who did not answer could still change, in sentences."""

import pandas as pd

from geomap.statistics.non_response import OPEN
from geomap.symbology.numbers import number

NOT_A_CORRECTION = "How those who did not answer think is not known; this says how different they would have to be."


def sentences(found: pd.DataFrame) -> tuple[str, ...]:
    """Of the last period: the response rate, then each question, those whose conclusion falls most easily first."""
    rows = found[found["period"] == found["period"].max()]
    if not len(rows):
        return ()
    rows = rows.sort_values("needed", key=lambda points: points.abs())
    rate = float(rows["rate"].iloc[0])
    return (f"{number(rate, 0)} of 100 who were asked answered. {NOT_A_CORRECTION}", *(_sentence(row) for _, row in rows.iterrows()))


def _sentence(row: "pd.Series[object]") -> str:
    on = f", on {str(row['issue']).replace('-', ' ')}" if row["issue"] else ""
    what = f"Trust in {row['institution']}{on}" if row["institution"] else f"'{row['wording']}'"
    share = f"{number(float(row['value']), 0)} %"
    if row["verdict"] == OPEN:
        return f"{what} ({share}): whether it is more or less than half is open even among those who answered."
    if pd.isna(row["needed"]):
        return f"{what} ({share}): everybody answered."
    if not row["possible"]:
        return f"{what} ({share}, {row['verdict']}): no answers of the others could change that."
    apart = f"{number(abs(float(row['needed'])), 0)} points {'more' if float(row['needed']) > 0 else 'less'} often"
    return f"{what} ({share}, {row['verdict']}): that falls if those who did not answer agree {apart}, {number(float(row['others']), 0)} % of them."
