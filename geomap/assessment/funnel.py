"""Which places have more or fewer recorded events than chance alone would give them, from published rates."""

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.exposure import events_and_exposure, is_counted
from geomap.errors import UsageError
from geomap.statistics.funnel import INNER, OUTER, labelled, ratio_limits


def funnel(assessment: Assessment, indicator: str) -> pd.DataFrame:
    """Per place with a shown count: events, expected at the city's rate, ratio, the funnel's limits at that expectation (95 % and 99.8 %), label.

    Recorded events only; UsageError where the number is no rate of counted events.
    """
    node, table = assessment.node(indicator), assessment.numbers[indicator]
    if not is_counted(node):
        raise UsageError(f"'{node.title}' is no rate of counted events, so there is no funnel of it. Name an indicator that is a rate.")
    shown = events_and_exposure(table)
    expected = shown["exposure"] * shown["events"].sum() / shown["exposure"].sum()
    limits = {name: ratio_limits(expected, level) for name, level in (("95", INNER), ("998", OUTER))}
    return pd.DataFrame(
        {
            "events": shown["events"], "expected": expected, "ratio": shown["events"] / expected,
            **{f"{side}_{name}": ends[at] for name, ends in limits.items() for at, side in enumerate(("low", "high"))},
            "label": labelled(shown["events"], expected),
        }, index=shown.index,
    ).sort_values("ratio", ascending=False, kind="stable")  # fmt: skip


def overdispersion(found: pd.DataFrame) -> float:
    """How many times as much the places differ as chance alone would make them: the mean squared z of square roots (Spiegelhalter 2005)."""
    z = 2 * (np.sqrt(found["events"]) - np.sqrt(found["expected"]))
    return float((z**2).mean())
