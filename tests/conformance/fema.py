"""FEMA's National Risk Index, held to its published county table."""

from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, node, stored

FILE = "fema_nri_2021/nri_counties_nov2021.csv.gz"
PARTS = ("EAL", "SOVI", "RESL", "RISK")
CLASSES = {"Very Low": 1, "Relatively Low": 2, "Relatively Moderate": 3, "Relatively High": 4, "Very High": 5}

PRINTED = 5e-9  # percentiles are printed with ten digits, so eight decimals
SAME_CLASS = {"SOVI": 3092, "RESL": 3123, "RISK": 3063}  # published by k-means, which stopped short of the best breaks; ours are the best
TEN_DIGITS = dict.fromkeys(("48029", "48201"), "both the loss and the score are printed with ten digits; together 1.01e-8 off")


@cache
def table() -> pd.DataFrame:
    """The county table as text."""
    return stored(FILE)


def published() -> dict[str, pd.DataFrame]:
    """The published columns as numbers, classes from 1 (very low) to 5 (very high)."""
    text = table().set_index("STCOFIPS")
    found = {f"{part}_{what}": pd.to_numeric(text[f"{part}_{what}"]) for part in PARTS for what in ("SCORE", "NPCTL", "SPCTL")}
    return {"": pd.DataFrame(found | {f"{part}_CLASS": text[f"{part}_RATNG"].map(CLASSES) for part in PARTS})}


CASES = (
    Case(
        index="fema-nri-2021",
        title="scores, percentiles and classes of counties",
        files=(FILE,),
        table=table,
        published=published,
        checks=(
            *(Check(f"{part}_SCORE", f"{part}_SCORE", within=1e-8, named=TEN_DIGITS if part == "EAL" else {}) for part in PARTS),
            *(Check(f"{part}_{where}PCTL", f"{part}_{where}PCTL", within=PRINTED) for part in PARTS for where in ("N", "S")),
            Check("EAL_CLASS", "EAL_CLASS"),
            *(Check(f"{part}_CLASS", f"{part}_CLASS", within=1, exact=exact) for part, exact in SAME_CLASS.items()),
        ),
        planted={
            "power": lambda data: node(data, "RISK_SCORE").update(powers=[1, 1, -0.999]),
            "low end": lambda data: node(data, "EAL_SCORE")["steps"][1].update(low_factor=1.0),
            "ties": lambda data: node(data, "SOVI_NPCTL")["steps"][0].update(ties="min"),
            "states": lambda data: node(data, "SOVI_SPCTL")["steps"][0].pop("by"),
            "classes": lambda data: node(data, "EAL_CLASS").update(steps=[{"step": "quantile_class", "count": 5, "first": "lowest"}]),
        },
    ),
)
