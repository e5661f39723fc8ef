"""The English indices, held to their published files."""

from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, node, numbers, stored

KEY_2025 = "lsoa21_code"


@cache
def inputs_2025() -> pd.DataFrame:
    return stored("england_iod2025/lsoa_subdomains.csv.gz")


CASES = (
    Case(
        index="england-iod-2025",
        title="domains from sub-domains",
        files=("england_iod2025/lsoa_subdomains.csv.gz", "england_iod2025/lsoa.csv.gz"),
        table=inputs_2025,
        published=lambda: {"": numbers("england_iod2025/lsoa.csv.gz", KEY_2025)},
        checks=(Check("Education_score", "Education_score", digits=3), Check("Education_rank", "Education_rank")),
        planted={
            "weight": lambda data: node(data, "Education_score").update(weights=[0.501, 0.499]),
            "offset": lambda data: node(data, "children_x")["steps"][0].update(offset=0.0),
        },
    ),
)
