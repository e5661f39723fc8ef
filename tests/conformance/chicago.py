"""The Hardship Index of Chicago's community areas by the University of Illinois, held to its published values."""

from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, Planted, node, numbers, stored

FILE = "chicago_hardship/uic_gci_2014_2017.csv"


@cache
def table() -> pd.DataFrame:
    """Both years of the six measures and of the index, as text."""
    return stored(FILE)


def case(year: int, check: Check, planted: dict[str, Planted]) -> Case:
    """One year, which has its own columns."""
    return Case(
        index=f"chicago-hardship-uic-{year}",
        title="index from six measures",
        files=(FILE,),
        table=table,
        published=lambda: {"": numbers(FILE, "Community")},
        checks=(check,),
        planted=PLANTED | planted,
    )


PLANTED: dict[str, Planted] = {
    "weight": lambda data: node(data, "Hardship").update(weights=[1, 1, 1, 1, 1, 1.1]),
    "direction": lambda data: node(data, "inc")["steps"].pop(),
}
CASES = (
    case(2014, Check("HI14", "HI14"), {"rounding": lambda data: node(data, "HI14")["steps"][0].update(how="truncate")}),
    case(2017, Check("Hardship", "HI17", within=0.171), {"goalpost": lambda data: node(data, "unemp")["steps"][0].update(low=0)}),
)
