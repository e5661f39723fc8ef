"""What the shown counts of a rate stand against: people, or people by time, worked out from what is published."""

import pandas as pd

from geomap.assessment.assessment import Node
from geomap.statistics.intervals import poisson_interval

COUNTED = "exact Poisson"  # in the sentence of every rate that is shown as counted


def is_counted(node: Node) -> bool:
    """Whether *node* is a rate of counted events, shown as counted."""
    return node.kind == "indicator" and COUNTED in node.method


def events_and_exposure(table: pd.DataFrame) -> pd.DataFrame:
    """Events and exposure (events divided by the rate) of the places whose count is shown, from the columns n, value, high, flags of a rate with exact Poisson intervals.

    What a count of 0 stands against follows from its upper limit; one that protects people tells no such thing, and stays out.
    """
    certain = table["n"].gt(0) | (table["flags"].fillna("").eq("") & table["high"].gt(0))
    shown = table[table["value"].notna() & table["n"].notna() & certain]
    none = shown["n"].eq(0) | shown["value"].eq(0)
    exposure = (shown["n"] / shown["value"].mask(none)).mask(none, poisson_interval(0)[1] / shown["high"])
    return pd.DataFrame({"events": shown["n"].mask(none, 0.0), "exposure": exposure})
