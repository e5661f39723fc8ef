"""What those who did not answer a survey could still change, for each question in the city."""

import pandas as pd

from geomap.assessment.grounds import CITY
from geomap.indicators.sources import Sources
from geomap.methodology.listening import Listening
from geomap.statistics.non_response import tipping_point
from geomap.statistics.rounding import significant

COLUMNS = (
    "layer",
    "period",
    "question",
    "wording",
    "institution",
    "issue",
    "rate",
    "value",
    "low",
    "high",
    "verdict",
    "needed",
    "others",
    "possible",
)


def non_response(sources: Sources, rule: Listening, grid: pd.DataFrame) -> pd.DataFrame:
    """The columns COLUMNS for the shares of the whole city that *grid* (trust_grid) shows; no row where the card does not give the response rate.

    rate: from the card, in percent. needed, others: see *tipping_point*.
    """
    survey = sources.layer(rule.layer).card.survey
    if survey is None or survey.response_rate is None:
        return pd.DataFrame(columns=list(COLUMNS))
    whole = grid[(grid["level"] == CITY) & (grid["by"] == "") & (grid["answer"] == "") & grid["value"].notna()].reset_index(drop=True)
    found = pd.concat([whole, tipping_point(whole["value"], whole["low"], whole["high"], rate=survey.response_rate)], axis=1)
    numbers = {name: significant(found[name].astype(float)) for name in ("needed", "others")}
    return found.assign(rate=100 * survey.response_rate, **numbers)[list(COLUMNS)]
