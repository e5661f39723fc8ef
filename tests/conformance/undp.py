"""UNDP's composite indices, held to their time series and to Table 1 of the report."""

from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, node, stored

SERIES = "undp_hdr2021_22/composite_indices_1990_2021.csv.gz"
TABLE_1 = "undp_hdr2021_22/table1_hdi_2021.csv"
WITHHELD = dict.fromkeys(
    (f"RWA {year}" for year in range(1990, 1994)), "nothing is published for Rwanda before 1995, though every part is in the table"
)


@cache
def table() -> pd.DataFrame:
    """The series with a key, such as CHL 1996."""
    text = stored(SERIES)
    return text.assign(iso3_year=text["iso3"] + " " + text["year"])


@cache
def series() -> dict[str, pd.DataFrame]:
    """The series as numbers."""
    return {"": table().set_index("iso3_year").drop(columns=["country", "iso3", "year"]).apply(pd.to_numeric, errors="coerce")}


@cache
def table_1() -> dict[str, pd.DataFrame]:
    """HDI of 2021 and rank of 2021 and 2020. Countries bear other names in the series and are found by their life expectancy and income."""
    latest = table().query("year == '2021'")
    found = stored(TABLE_1).merge(latest[["iso3", "le", "gnipc"]], left_on=["life_expectancy", "gni_pc"], right_on=["le", "gnipc"])
    now = found.assign(key=found["iso3"] + " 2021")[["key", "hdi", "hdi_rank"]]
    before = found.assign(key=found["iso3"] + " 2020", hdi_rank=found["hdi_rank_2020"])[["key", "hdi_rank"]]
    return {name: part.set_index("key").apply(pd.to_numeric) for name, part in (("now", now), ("", pd.concat([now, before])))}


CASES = (
    Case(
        index="undp-hdi",
        title="HDI of every country and year",
        files=(SERIES,),
        table=table,
        published=series,
        checks=(Check("hdi", "hdi", digits=3, named=WITHHELD),),
        planted={
            "weight": lambda data: node(data, "education").update(weights=[0.51, 0.49]),
            "cap": lambda data: node(data, "income")["steps"][1].update(cap="none"),
            "goalpost": lambda data: node(data, "health")["steps"][0].update(low=19.9),
            "mean": lambda data: node(data, "hdi").update(gather="mean"),
        },
    ),
    Case(
        index="undp-hdi",
        title="Table 1, ranks of 2021 and 2020",
        files=(SERIES, TABLE_1),
        table=table,
        published=table_1,
        checks=(Check("hdi_rank", "hdi_rank"),),
        planted={
            "rounding": lambda data: node(data, "hdi_rank")["steps"].pop(0),
            "ties": lambda data: node(data, "hdi_rank")["steps"][1].update(ties="mean"),
            "years": lambda data: node(data, "hdi_rank")["steps"][1].update(by=""),
        },
    ),
    Case(
        index="undp-gdi",
        title="HDI of women and men, GDI",
        files=(SERIES,),
        table=table,
        published=series,
        checks=(
            Check("hdi_f", "hdi_f", within=5.2e-10, named=WITHHELD),
            Check("hdi_m", "hdi_m", within=5.2e-10, named=WITHHELD),
            Check("gdi", "gdi", digits=3, named=WITHHELD),
        ),
        planted={
            "weight": lambda data: node(data, "education_f").update(weights=[0.501, 0.499]),
            "goalposts": lambda data: node(data, "health_m")["steps"][0].update(low=20, high=85),
            "cap": lambda data: node(data, "health_f")["steps"][0].update(cap="none"),
        },
    ),
    Case(
        index="undp-gii",
        title="GII",
        files=(SERIES,),
        table=table,
        published=series,
        checks=(Check("gii", "gii", digits=3),),
        planted={
            "weight": lambda data: node(data, "health_f").update(weights=[0.51, 0.49]),
            "offset, women": lambda data: node(data, "seats_f")["steps"][0].update(to=0.09),
            "offset, men": lambda data: node(data, "seats_m").update(steps=[]),
            "limit": lambda data: node(data, "safe_birth").update(steps=[{"step": "linear", "multiply": 10}]),
        },
    ),
    Case(
        index="undp-phdi",
        title="HDI, PHDI and their difference",
        files=(SERIES,),
        table=table,
        published=series,
        checks=(
            Check("hdi", "hdi", named=WITHHELD),
            Check("phdi", "phdi", named=WITHHELD),
            Check("difference", "diff_hdi_phdi", within=5e-9, named=WITHHELD),
        ),
        planted={
            "weight": lambda data: node(data, "ease").update(weights=[0.51, 0.49]),
            "rounding": lambda data: node(data, "hdi").update(steps=[]),
            "goalpost": lambda data: node(data, "carbon")["steps"][0].update(low=68.5),
        },
    ),
)
