"""CDC's Social Vulnerability Index, held to its published files: every rank, sum, flag and total."""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from tests.conformance.case import Case, Check, Planted, node, stored

FIFTEEN = {1: "POV UNEMP PCI NOHSDP", 2: "AGE65 AGE17 DISABL SNGPNT", 3: "MINRTY LIMENG", 4: "MUNIT MOBILE CROWD NOVEH GROUPQ"}
SIXTEEN = {1: "POV150 UNEMP HBURD NOHSDP UNINSUR", 2: "AGE65 AGE17 DISABL SNGPNT LIMENG", 3: "MINRTY", 4: "MUNIT MOBILE CROWD NOVEH GROUPQ"}
VARIABLES = {year: " ".join((FIFTEEN if year < 2020 else SIXTEEN).values()).split() for year in (2014, 2018, 2020, 2022)}
THEMES = ("THEME1", "THEME2", "THEME3", "THEME4", "THEMES")
RANKS = tuple(f"RPL_{theme}" for theme in THEMES)
SUMS = tuple(f"SPL_{theme}" for theme in THEMES)
RANKS_2010, SUMS_2010 = (tuple(f"{kind}_PL_{theme}" for theme in THEMES) for kind in "RS")
VARIABLES_2010 = (
    *("E_PL_POV", "E_PL_UNEMP", "E_PL_PCI", "E_PL_NOHSDIP", "PL_AGE65", "PL_AGE17", "PL_SNGPRNT", "PL_MINORITY"),
    *("E_PL_LIMENG", "E_PL_MUNIT", "E_PL_MOBILE", "E_PL_CROWD", "E_PL_NOVEH", "PL_GROUPQ"),
)
FLAGS_2010 = tuple("F_PLSNGPRNT" if name == "PL_SNGPRNT" else f"F_{name.removeprefix('E_')}" for name in VARIABLES_2010)
TOTALS = ("F_THEME1", "F_THEME2", "F_THEME3", "F_THEME4", "F_TOTAL")
COUNTS_INCOME = ("F_PCI", "F_THEME1", "F_TOTAL")
TOGETHER = ", ties together"
HALF_A_UNIT = 5.02e-5
NO_FLAGS = {"11001": "the District of Columbia has ranks but no flags: -999 was published for all of them"}
ONE_SLIP = {"25011": "one published rank, .5598 for a share that is level with one of .5595, and the two sums it is part of"}
KNOWN = {"R_PL_THEME3": {"55097": "level with Franklin County, Massachusetts, but for the slip there"}}
JUST_BELOW = {"44007001600": "its income rank is .9000, 1 less 24 of 240, and was not flagged: noise of the publisher's arithmetic"}


@cache
def table(name: str) -> pd.DataFrame:
    """A published file as text."""
    return stored(f"cdc_svi/{name}")


@cache
def published(name: str) -> dict[str, pd.DataFrame]:
    """The same as numbers, and each theme's rank with ties together: the first of those with the same sum bears the rank of them all.

    Before 2018 sums that are equal on paper were split by the noise of the publisher's arithmetic, and so were their ranks.
    """
    found = table(name).set_index("FIPS").apply(pd.to_numeric, errors="coerce").replace(-999, np.nan)
    step = 1e-4 if name.startswith("svi2010") else 1 / (len(found) - 1)  # sums are whole multiples of it, but for rounding
    pairs = [(rank, total) for rank, total in zip((*RANKS, *RANKS_2010), (*SUMS, *SUMS_2010), strict=True) if rank in found]
    first = {rank + TOGETHER: found[rank].groupby((found[total] / step).round()).transform("min") for rank, total in pairs}
    return {"": found.assign(**{rank: together.where(found[rank.removesuffix(TOGETHER)].notna()) for rank, together in first.items()})}


def same(*columns: str, digits: int | None = None, named: Mapping[str, str] | None = None) -> tuple[Check, ...]:
    """Columns that bear the published name and are equal, each cell of them."""
    return tuple(Check(column, column, digits=digits, named=named or {}) for column in columns)


def with_noise(ranks: tuple[str, ...], rows: int, split: tuple[int, ...], within: tuple[float, ...]) -> tuple[Check, ...]:
    """Ranks of which at most *split* differ, by no more than the size of the tie, and none once ties are kept together."""
    noisy = [Check(rank, rank, within=most, digits=4, exact=rows - off) for rank, off, most in zip(ranks, split, within, strict=True)]
    return (
        *noisy,
        *(Check(rank, rank + TOGETHER, digits=4, named=KNOWN.get(rank, {})) for rank, off in zip(ranks, split, strict=True) if off),
    )


def checks_2014(rows: int, split: tuple[int, ...], within: tuple[float, ...], unflagged: Mapping[str, str]) -> tuple[Check, ...]:
    """All columns of 2014: ranks and sums are unrounded here, and printed at four decimals there."""
    ranked = [name for name in VARIABLES[2014] if name != "LIMENG"]
    flags = [f"F_{name}" for name in VARIABLES[2014]]
    return (
        *same(*(f"EPL_{name}" for name in ranked), digits=4),
        *(Check(total, total, within=HALF_A_UNIT) for total in SUMS),
        *with_noise(RANKS, rows, split, within),
        *(check for flag in (*flags, *TOTALS) for check in same(flag, named=unflagged if flag in COUNTS_INCOME else {})),
    )


def every(year: int, unflagged: Mapping[str, str] | None = None) -> tuple[Check, ...]:
    """All columns of a year from 2018 on."""
    ranks = [f"EPL_{name}" for name in VARIABLES[year]]
    return (*same(*ranks, *SUMS, *RANKS), *same(*(f"F_{name}" for name in VARIABLES[year]), *TOTALS, named=unflagged))


def planted(*, income: bool = False, empty: bool = False) -> dict[str, Planted]:
    """Errors in a file from 2014 on. income: some incomes are level. empty: somebody lives in some of the places only."""
    errors: dict[str, Planted] = {
        "weight": lambda data: node(data, "SPL_THEME1").update(weights=[1.01, *[1] * (len(node(data, "SPL_THEME1")["of"]) - 1)]),
        "ties": lambda data: node(data, "EPL_MOBILE")["steps"][0].update(ties="max"),
        "kind": lambda data: node(data, "EPL_NOVEH")["steps"][0].update(kind="(r-0.5)/n"),
        "limit": lambda data: node(data, "F_NOVEH")["steps"][0].update(at_least=0.98),
    }
    if income:
        errors["rank of -x"] = lambda data: node(data, "EPL_PCI")["steps"][0].update(invert="rank")
    if empty:
        errors["places where nobody lives"] = lambda data: data["index"].pop("only")
    return errors


ROUNDED: dict[str, Planted] = {"cut off": lambda data: node(data, "EPL_UNEMP")["steps"][0].update(rounding="truncate")}
PLANTED_2010: dict[str, Planted] = {
    "weight": lambda data: node(data, "S_PL_THEME2").update(weights=[1, 1, 1.01]),
    "ties": lambda data: node(data, "E_PL_MOBILE")["steps"][0].update(ties="max"),
    "rounded": lambda data: node(data, "E_PL_POV")["steps"][0].update(rounding="half_up"),
    "cut off": lambda data: node(data, "E_PL_UNEMP")["steps"][0].update(rounding="truncate"),
    "cut off, theme": lambda data: node(data, "R_PL_THEMES")["steps"][0].update(rounding="truncate"),
    "unknown income": lambda data: node(data, "income_rank")["steps"].pop(0),
}
PLANTED_2014: dict[str, Planted] = {
    "percentages": lambda data: node(data, "rate_AGE17").update(of=["EP_AGE17"], gather=None),
    "rounding": lambda data: node(data, "EPL_POV")["steps"][0].update(digits=3),
}


def case(year: int, places: str, file: str, checks: tuple[Check, ...], errors: dict[str, Planted]) -> Case:
    """One published file, ranked within itself."""
    return Case(
        index=f"cdc-svi-{year}",
        title=places,
        files=(f"cdc_svi/{file}",),
        table=lambda: table(file),
        published=lambda: published(file),
        checks=checks,
        planted=errors,
    )


COUNTIES, PENNSYLVANIA, RHODE_ISLAND = "counties of the United States", "counties of Pennsylvania", "tracts of Rhode Island"
CASES = (
    case(
        2010,
        COUNTIES,
        "svi2010_us_county.csv.gz",
        (
            *same(*(name for name in VARIABLES_2010 if name != "E_PL_LIMENG"), *SUMS_2010[:2], SUMS_2010[3]),
            *same("E_PL_LIMENG", SUMS_2010[2], SUMS_2010[4], named=ONE_SLIP),
            *with_noise(RANKS_2010, 3143, (81, 204, 117, 92, 27), (0.0006, 0.0010, 0.0013, 0.0010, 0.0004)),
            *same(*FLAGS_2010, "F_PL_THEME1", "F_PL_THEME2", "F_PL_THEME3", "F_PL_THEME4", "F_PL_TOTAL"),
        ),
        PLANTED_2010,
    ),
    case(
        2014,
        COUNTIES,
        "svi2014_us_county.csv.gz",
        checks_2014(3142, (281, 273, 142, 212, 209), (0.0010, 0.0013, 0.0009, 0.0007, 0.0007), {}),
        planted(income=True) | PLANTED_2014,
    ),
    case(
        2014,
        PENNSYLVANIA,
        "svi2014_pa_county.csv",
        checks_2014(67, (5, 6, 3, 3, 4), (0.0303, 0.0152, 0.0303, 0.0152, 0.0152), {}),
        planted() | PLANTED_2014,
    ),
    case(
        2014,
        RHODE_ISLAND,
        "svi2014_ri_tract.csv",
        checks_2014(243, (0, 22, 11, 10, 0), (0.0, 0.0083, 0.0165, 0.0042, 0.0), JUST_BELOW),
        planted()
        | PLANTED_2014
        | {
            "places where nobody lives": lambda data: node(data, "rank_THEME2").update(
                of=["SPL_THEME2", "populated"], gather="product", powers=[1, 1], missing="propagate"
            )
        },
    ),
    case(2018, COUNTIES, "svi2018_us_county.csv.gz", every(2018), planted(income=True) | ROUNDED),
    case(2018, PENNSYLVANIA, "svi2018_pa_county.csv", every(2018), planted() | ROUNDED),
    case(2018, RHODE_ISLAND, "svi2018_ri_tract.csv", every(2018), planted(empty=True) | ROUNDED),
    case(2020, COUNTIES, "svi2020_us_county.csv.gz", every(2020, NO_FLAGS), planted() | ROUNDED),
    case(2020, PENNSYLVANIA, "svi2020_pa_county.csv", every(2020), planted() | ROUNDED),
    case(2020, RHODE_ISLAND, "svi2020_ri_tract.csv", every(2020), planted(empty=True) | ROUNDED),
    case(2022, COUNTIES, "svi2022_us_county.csv.gz", every(2022), planted() | ROUNDED),
    case(2022, PENNSYLVANIA, "svi2022_pa_county.csv", every(2022), planted() | ROUNDED),
)
