"""What uneven reporting would do to a recorded rate: asked for, never applied to an edition."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.exposure import events_and_exposure
from geomap.assessment.funnel import funnel
from geomap.errors import UsageError
from geomap.statistics.reporting import SLOPES, scenario, tipping_ratio
from geomap.worded import worded

TOP = 0.2


@dataclass(frozen=True)
class Scenario:
    """Reporting that rises by *slope* with a standard deviation of trust: the rank correlation with the recorded rates, and how many of the highest fifth stay in it."""

    slope: float
    correlation: float
    kept: int
    top: int


@dataclass(frozen=True)
class Reporting:
    """places: index = code; recorded (the rate), tipping, tipping_sure, rank, and per scenario the rate behind it and its rank (behind_0.5, rank_0.5).

    tipping: how many times as complete as in the city reporting would have to be for the difference to mean nothing; tipping_sure: the same for the limit of the
    interval that lies nearer to the city's rate, 1 where the interval holds it.
    """

    node: Node
    city: float
    places: pd.DataFrame
    scenarios: tuple[Scenario, ...]
    trust: Node | None
    reported: float | None


def reporting(assessment: Assessment, indicator: str, *, reported: float | None = None, trust: str = "") -> Reporting:
    """Of the shown places of a rate of recorded events; *reported*: the share that is reported in the city; *trust*: the number with which reporting rises.

    UsageError where *indicator* is no such rate, or *trust* is none of which more is better, or differs nowhere.
    """
    if trust and reported is None:
        raise UsageError(
            worded("How much is reported where trust is high can be told only beside how much is in the city: give --reported too.")
        )
    found = funnel(assessment, indicator)
    table = assessment.numbers[indicator].loc[found.index[found["events"] > 0]]
    shown = events_and_exposure(assessment.numbers[indicator])
    city = float(shown["events"].sum() / shown["exposure"].sum())
    nearer = np.where(table["value"] > city, np.maximum(table["low"], city), np.minimum(table["high"], city))
    places = pd.DataFrame(
        {"recorded": table["value"], "tipping": tipping_ratio(table["value"], city), "tipping_sure": tipping_ratio(nearer, city), "rank": _rank(table["value"])},
        index=table.index,
    )  # fmt: skip
    if reported is None:
        return Reporting(assessment.node(indicator), city, places, (), None, None)
    score = _trust(assessment, trust, places.index) if trust else None
    scenarios = []
    for slope in SLOPES if trust else SLOPES[:1]:
        behind = pd.Series(scenario(places["recorded"], reported, score, slope), index=places.index)
        places[f"behind_{slope:g}"], places[f"rank_{slope:g}"] = behind, _rank(behind)
        scenarios.append(_compared(places, slope))
    return Reporting(assessment.node(indicator), city, places, tuple(scenarios), assessment.node(trust) if trust else None, reported)


def _trust(assessment: Assessment, trust: str, codes: pd.Index) -> pd.Series:
    node, score = assessment.node(trust), assessment.numbers[trust]["value"].reindex(codes)
    if node.up != "better":
        raise UsageError(
            worded("'{title}' is better when low; name a number of which more is better, such as trust in the police.", title=node.title)
        )
    if not score.std() > 0:
        raise UsageError(
            worded("'{title}' is the same in all places, or known in one only, so reporting cannot rise with it.", title=node.title)
        )
    return score


def _rank(rates: pd.Series) -> pd.Series:
    return rates.rank(ascending=False, method="min")


def _compared(places: pd.DataFrame, slope: float) -> Scenario:
    known = places[places[f"rank_{slope:g}"].notna()]
    top = max(round(TOP * len(known)), 1)
    first, then = (set(known[name].nlargest(top).index) for name in ("recorded", f"behind_{slope:g}"))
    correlation = known["recorded"].corr(known[f"behind_{slope:g}"], method="spearman")
    return Scenario(slope, float(correlation), len(first & then), top)
