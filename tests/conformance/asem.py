"""COINr's example index, held to every stage that is shipped with it."""

from functools import cache, partial
from typing import Any

import pandas as pd

from tests.conformance.case import Case, Check, Planted, node, numbers, stored

FOLDER = "coinr_asem"
GROUPS = ("Physical", "ConEcFin", "Political", "Instit", "P2P", "Environ", "Social", "SusEcFin", "Conn", "Sust", "Index")


@cache
def table() -> pd.DataFrame:
    """The raw indicators and what they are put in proportion to, a row a country."""
    below = stored(f"{FOLDER}/denominators.csv")
    return stored(f"{FOLDER}/raw.csv").merge(below[["UnitCode", *below.columns[below.columns.str.startswith("Den_")]]], on="UnitCode")


@cache
def published(name: str) -> dict[str, pd.DataFrame]:
    """One stage as numbers."""
    return {"": numbers(f"{FOLDER}/{name}.csv", "UnitCode")}


def stop_after(steps: int, data: dict[str, Any]) -> None:
    """Only the indicators, and of those only so many steps."""
    data["index"].pop("main")
    data["node"] = [entry | {"steps": entry["steps"][:steps]} for entry in data["node"] if len(entry.get("steps", ())) == 3]


def case(title: str, name: str, checks: tuple[Check, ...], planted: dict[str, Planted], *, steps: int | None = None) -> Case:
    """One stage against its file."""
    return Case(
        index="coinr-asem",
        title=title,
        files=tuple(f"{FOLDER}/{file}.csv" for file in ("raw", "denominators", name)),
        table=table,
        published=lambda: published(name),
        checks=checks,
        planted=planted,
        stage=None if steps is None else partial(stop_after, steps),
    )


INDICATORS = (
    *("Goods", "Services", "FDI", "PRemit", "ForPort", "CostImpEx", "Tariff", "TBTs", "TIRcon", "RTAs", "Visa", "StMob", "Research"),
    *("Pat", "CultServ", "CultGood", "Tourist", "MigStock", "Lang", "LPI", "Flights", "Ship", "Bord", "Elec", "Gas", "ConSpeed", "Cov4G"),
    *("Embs", "IGOs", "UNVote", "Renew", "PrimEner", "CO2", "MatCon", "Forest", "Poverty", "Palma", "TertGrad", "FreePress", "TolMin"),
    *("NGOs", "CPI", "FemLab", "WomParl", "PubDebt", "PrivDebt", "GDPGrow", "RDExp", "NEET"),
)
EACH = tuple(Check(name, name) for name in INDICATORS)
CASES = (
    case(
        "denominated", "denominated", EACH, {"denominator": lambda data: node(data, "Tourist").update(of=["Tourist", "Den_GDP"])}, steps=0
    ),
    case(
        "imputed",
        "imputed",
        EACH,
        {
            "median": lambda data: node(data, "Poverty")["steps"][0].update(how="median"),
            "all countries": lambda data: node(data, "Poverty")["steps"][0].update(by=""),
        },
        steps=1,
    ),
    case(
        "treated",
        "treated",
        EACH,
        {
            "limit": lambda data: node(data, "Flights")["steps"][1].update(kurtosis=20.0),
            "most": lambda data: node(data, "Services")["steps"][1].update(most_share=0.05),
            "never": lambda data: node(data, "FemLab")["steps"][1].update(skewness=9.0, otherwise="leave"),
        },
        steps=2,
    ),
    case(
        "normalised",
        "normalised",
        EACH,
        {
            "direction": lambda data: node(data, "CO2")["steps"][2].update(to=[0, 100]),
            "goalpost": lambda data: node(data, "LPI")["steps"][2].update(low_factor=0.99),
        },
        steps=3,
    ),
    case(
        "aggregated",
        "aggregated",
        (*EACH, *(Check(name, name) for name in GROUPS)),
        {
            "weight": lambda data: node(data, "Sust").update(weights=[1, 1, 1.01]),
            "one mean of all": lambda data: node(data, "Conn").update(of=list(INDICATORS[:30])),
            "geometric": lambda data: node(data, "Index").update(gather="geometric"),
        },
    ),
    case(
        "scores",
        "results_score",
        (*(Check(name, name, digits=2) for name in GROUPS), Check("Index_rank", "Rank")),
        {"weight": lambda data: node(data, "Physical").update(weights=[1.01, *[1] * 7])},
    ),
    case(
        "ranks",
        "results_rank",
        tuple(Check(f"{name}_rank", name) for name in GROUPS),
        {
            "ties": lambda data: node(data, "Instit_rank")["steps"][1].update(ties="mean"),
            "rounding": lambda data: [node(data, f"{name}_rank")["steps"].pop(0) for name in GROUPS],
            "weight": lambda data: node(data, "Index").update(weights=[1.1, 1]),
        },
    ),
)
