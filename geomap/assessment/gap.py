"""Where need is high and what could help is out of reach: need × lack of access, and the places it picks."""

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.errors import UsageError
from geomap.worded import worded

PICKED = 2 / 3
BOTH, ONE, NONE, UNKNOWN = "high need, little access", "high need or little access", "neither", "cannot tell"


def gap(assessment: Assessment, need: str, access: str) -> pd.DataFrame:
    """Per place: need and lack (0 to 1: the share of the known places with less of it), gap = need × lack, label, picked, certain.

    Picked are the places in the last third of both. certain: whether the intervals of both leave the city's median out; a number without an interval cannot
    tell. UsageError where *need* is what is better when high, or both are one number.
    """
    node = assessment.node(need)
    if node.up != "worse" or need == access:
        raise UsageError(
            worded("'{title}' does not say where need is. Name a number of which more is worse, and another for access.", title=node.title)
        )
    wanting = {"need": need, "lack": access}
    tables = {name: assessment.numbers[of] for name, of in wanting.items()}
    worse = {"need": 1, "lack": 1 if assessment.node(access).up == "worse" else -1}
    known = tables["need"]["value"].notna() & tables["lack"]["value"].notna()
    out = pd.DataFrame(
        {name: _share_below(worse[name] * table["value"].where(known)) for name, table in tables.items()}, index=assessment.places.index
    )
    out["gap"] = out["need"] * out["lack"]
    high = out[["need", "lack"]] >= PICKED
    label = np.select([~known, high.all(axis=1), high.any(axis=1)], [UNKNOWN, BOTH, ONE], NONE)
    sure = [_beyond_median(table, worse[name]) for name, table in tables.items()]
    return out.assign(label=label, picked=high.all(axis=1) & known, certain=np.logical_and(*sure) & known)


def _share_below(values: pd.Series) -> pd.Series:
    """The share of the other known places with less; ties share the middle."""
    return (values.rank() - 1) / max(int(values.notna().sum()) - 1, 1)


def _beyond_median(table: pd.DataFrame, worse: int) -> np.ndarray:
    """Whether the whole interval lies on the worse side of the median."""
    end = table["low"] if worse == 1 else table["high"]
    return (worse * (end - table["value"].median()) > 0).to_numpy()
