"""Townsend deprivation scores of four censuses, held to the scores of the UK Data Service."""

from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, node, stored

PRINTED = 5e-9
KEYS = {1971: "Zone.Code", 1991: "Zone.ID", 2001: "Zone.Code", 2011: "GEO_CODE"}
PLANTED = {
    "weight": lambda data: node(data, "TDS").update(weights=[1, 1, 1, 0.999]),
    "degrees of freedom": lambda data: node(data, "z_no_car")["steps"][0].update(ddof=0),
    "logarithm": lambda data: node(data, "z_crowded")["steps"][0].update(add=1.001),
    "percentages": lambda data: node(data, "unemployed").update(steps=[]),
    "quintile": lambda data: node(data, "quintile")["steps"][0].update(first="highest"),
}


@cache
def table(year: int, areas: str) -> pd.DataFrame:
    """The counts and the published scores; one file of 2001 spells its key with a space."""
    return stored(f"townsend/townsend_{year}_{areas}.csv.gz").rename(columns={"Zone Code": "Zone.Code"})


def published(year: int, areas: str) -> dict[str, pd.DataFrame]:
    """The published score and fifth of each area."""
    text = table(year, areas).set_index(KEYS[year])
    return {"": text[["TDS_published", "quintile_published"]].apply(pd.to_numeric, errors="coerce")}


def case(year: int, areas: str, within: float = PRINTED) -> Case:
    """One census by one kind of area; the same file serves all kinds."""
    return Case(
        index=f"townsend-{year}",
        title=f"score and fifth by {areas}",
        files=(f"townsend/townsend_{year}_{areas}.csv.gz",),
        table=lambda: table(year, areas),
        published=lambda: published(year, areas),
        checks=(Check("TDS", "TDS_published", within=within), Check("quintile", "quintile_published")),
        planted=PLANTED,
    )


CASES = (
    case(1971, "district"),
    case(1991, "district"),
    case(2001, "la"),
    case(2001, "ward"),
    case(2011, "la"),
    case(2011, "ward", within=5e-14),
)
