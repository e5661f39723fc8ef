"""The columns of an exported file, as a table: the same words that stand in the files."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.columns import describe
from geomap.language import Spoken, noted
from geomap.symbology.numbers import STATUS

STATUSES = Spoken({**STATUS, "value": noted("a number")})


def dictionary(assessment: Assessment) -> pd.DataFrame:
    """A row a column: name, title, unit, period, description."""
    return pd.DataFrame([vars(one) for one in describe(assessment)])[["name", "title", "unit", "period", "description"]]


def statuses() -> dict[str, str]:
    """What each value of a column _status means."""
    return {value: STATUSES[value] for value in STATUSES}
