"""The socio-economic index of Israel's local authorities, held to its published index and rank."""

from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, node, numbers, stored

FILE = "israel_ses2019/local_authorities.csv"
WITHHELD = dict.fromkeys(("29", "267", "65", "10074", "43", "3608", "10051"), "its measures are withheld though its index is published")


@cache
def table() -> pd.DataFrame:
    """The standardised measures; the published index only where they are withheld, so that nothing else can be read from it."""
    text = stored(FILE)
    return text.assign(index_value=text["index_value"].where(text["code"].isin(list(WITHHELD)), ""))


CASES = (
    Case(
        index="israel-cbs-2019",
        title="index and rank from standardised measures",
        files=(FILE,),
        table=table,
        published=lambda: {"": numbers(FILE, "code")},
        checks=(Check("Index", "index_value", within=6e-15, named=WITHHELD), Check("Rank", "rank")),
        planted={
            "weight": lambda data: node(data, "From_measures")["weights"].update(median_age_z=0.0931),
            "order": lambda data: node(data, "Rank")["steps"][0].update(first="highest"),
            "withheld": lambda data: node(data, "Index").update(of=["From_measures"]),
        },
    ),
)
