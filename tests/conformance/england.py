"""The English indices, held to their published files."""

from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, node, numbers, stored

DOMAINS_2025 = {
    "imd": "imd", "income": "income", "employment": "employment", "education": "education_skills_and_training", "health": "health_deprivation_and_disability",
    "crime": "crime", "barriers": "barriers_to_housing_and_services", "living": "living_environment",
}  # fmt: skip
SHARE = "proportion_of_lso_as_in_most_deprived_10_percent_nationally"
DOMAINS_2019 = {
    "imd": "IMD", "income": "Income", "employment": "Employment", "education": "Education", "health": "Health", "crime": "Crime", "barriers": "Barriers",
    "living": "Living", "idaci": "IDACI", "idaopi": "IDAOPI",
}  # fmt: skip
DOMAINS = ("income", "employment", "education", "health", "crime", "barriers", "living")
MOVED = dict.fromkeys(
    ("E06000062", "E07000177"),
    "the publisher counts one area of Cherwell in West Northamptonshire (shares of 238 and 102 areas), the lookup does not",
)
PRISONS = {"E07000092": "the publisher's average of older people's ranks here fits none of the published populations"}


@cache
def inputs_2025() -> pd.DataFrame:
    """Sub-domain ranks, the ranks of the four domains without sub-domains, and each area's authority."""
    lookup = stored("england_iod2025/lookup_lsoa21_ward24_ltla24.csv.gz")[["lsoa21_code", "ltla24_code"]]
    ranks = stored("england_iod2025/lsoa.csv.gz")[["lsoa21_code", "Income_rank", "Employment_rank", "Health_rank", "Crime_rank"]]
    return stored("england_iod2025/lsoa_subdomains.csv.gz").merge(ranks, on="lsoa21_code").merge(lookup, on="lsoa21_code")


@cache
def inputs_2019() -> pd.DataFrame:
    """Ranks of domains and sub-domains, authorities and populations."""
    ranks = stored("england_iod2019/lsoa_subdomain_ranks.csv.gz").rename(columns={"lsoa11_code": "lsoa11"})
    own = stored("england_iod2019/lsoa.csv.gz")
    return own.merge(ranks[["lsoa11", *(name for name in ranks if name.endswith("_rank") and name not in own)]], on="lsoa11")


@cache
def authorities_2019() -> pd.DataFrame:
    """The published summaries, a column for each domain and measure."""
    long = stored("england_iod2019/la_summaries_2019.csv.gz").assign(name=lambda rows: rows["domain"] + ": " + rows["measure"])
    return long.pivot_table(index="code", columns="name", values="value", aggfunc="first").apply(pd.to_numeric, errors="coerce")


@cache
def warrington_2019() -> pd.DataFrame:
    """The published scores of Warrington's 127 areas."""
    return numbers("england_iod2019/file7_warrington_127.csv", "LSOA code (2011)")


def inputs_2010() -> pd.DataFrame:
    """Ranks of sub-domains and of domains."""
    ranks = stored("england_imd2010/lsoa.csv.gz")
    ranks = ranks[["lsoa01_code", *(name for name in ranks if name.endswith("_rank") and name != "IMD_rank")]]
    return stored("england_imd2010/lsoa_subdomains.csv.gz").merge(ranks, on="lsoa01_code")


def weight(name: str, part: str):
    """An error: the weight of a part of a node, a hundredth off."""
    return lambda data: node(data, name)["weights"].update({part: node(data, name)["weights"][part] + 0.01})


def step(name: str, **wrong: object):
    """An error in the first step of a node."""
    return lambda data: node(data, name)["steps"][0].update(wrong)


def renormalised(name: str):
    """The error of bringing weights of .999 to 1."""
    return lambda data: node(data, name).update(gather="mean")


AVERAGES = {"imd": 0.1353, "idaci": 0.78, "idaopi": 1.92}
LEVEL = {"barriers": 315, "idaopi": 313}
SUMMARIES_2019 = tuple(
    check
    for key, domain in DOMAINS_2019.items()
    for check in (
        Check(
            f"{key}_average_rank",
            f"{domain}: Average rank",
            within=AVERAGES.get(key, 0.24),
            by="lad19",
            named=PRISONS if key == "idaopi" else {},
        ),
        Check(
            f"{key}_average_rank_rank",
            f"{domain}: Rank of average rank",
            by="lad19",
            within=float(key in LEVEL),
            exact=LEVEL.get(key, 317),
            named=PRISONS if key == "idaopi" else {},
        ),
        Check(f"{key}_proportion", f"{domain}: Proportion of LSOAs in most deprived 10% nationally", digits=4, by="lad19"),
        Check(f"{key}_proportion_rank", f"{domain}: Rank of proportion of LSOAs in most deprived 10% nationally", by="lad19"),
    )
)
CASES = (
    Case(
        index="england-iod-2025",
        title="domains, index and authorities from ranks",
        files=tuple(f"england_iod2025/{name}" for name in ("lsoa_subdomains.csv.gz", "lsoa.csv.gz", "lookup_lsoa21_ward24_ltla24.csv.gz", "ltla24_summaries.csv")),
        table=inputs_2025,
        published=lambda: {"": numbers("england_iod2025/lsoa.csv.gz", "lsoa21_code"), "ltla24_code": numbers("england_iod2025/ltla24_summaries.csv", "ltla24_code")},
        checks=(
            *(Check(f"{name}_score", f"{name}_score", digits=3) for name in ("Education", "Housing_and_Services", "Environment", "IMD")),
            *(Check(f"{name}_rank", f"{name}_rank") for name in ("Education", "Housing_and_Services", "Environment", "IMD")),
            Check("IMD_decile", "IMD_decile"),
            *(Check(f"{key}_proportion", f"{name}_{SHARE}", within=5e-5, by="ltla24_code", named=MOVED) for key, name in DOMAINS_2025.items()),
            Check("imd_proportion_rank", f"imd_rank_of_{SHARE}", by="ltla24_code"),
            *(Check(f"{key}_proportion_rank", f"{name}_rank_of_{SHARE}", within=1, exact=284, by="ltla24_code", named=MOVED) for key, name in DOMAINS_2025.items()),
        ),
        planted={
            "weight": weight("IMD_score", "Income_x"), "renormalised": renormalised("IMD_score"), "offset": step("children_x", offset=0.0),
            "indoors": weight("Environment_score", "indoors_x"), "decile": step("IMD_decile", rule="floor"),
        },
    ),
    Case(
        index="england-iod-2019",
        title="transformed domains, index and authorities from ranks",
        files=tuple(f"england_iod2019/{name}" for name in ("lsoa.csv.gz", "lsoa_subdomain_ranks.csv.gz", "la_summaries_2019.csv.gz")),
        table=inputs_2019,
        published=lambda: {"": numbers("england_iod2019/lsoa.csv.gz", "lsoa11"), "lad19": authorities_2019()},
        checks=(
            *(Check(f"{name}_exp", f"{name}_exp", within=5.3e-4) for name in DOMAINS),
            Check("education_from_parts_rank", "education_rank", within=1, exact=32_819),
            Check("barriers_from_parts_rank", "barriers_rank", within=1, exact=32_804),
            Check("living_from_parts_rank", "living_rank", within=1, exact=32_823),
            Check("imd_rank", "imd_rank", within=1, exact=32_814),
            Check("imd_decile", "imd_decile"),
            *SUMMARIES_2019,
            Check("imd_average_score", "IMD: Average score", within=5e-4, by="lad19"),
            Check("imd_average_score_rank", "IMD: Rank of average score", by="lad19"),
            Check("imd_extent", "IMD: Extent", within=5.2e-5, by="lad19"),
            Check("imd_extent_rank", "IMD: Rank of extent", by="lad19"),
            Check("imd_concentration", "IMD: Local concentration", within=0.19, by="lad19"),
            Check("imd_concentration_rank", "IMD: Rank of local concentration", within=1, exact=315, by="lad19"),
        ),
        planted={
            "weight": weight("imd_score", "health_exp"), "k": step("income_exp", k=22.0), "offset": step("crime_exp", offset=0.5),
            "indoors": weight("living_from_parts", "indoors_x"),
        },
    ),
    Case(
        index="england-iod-2019",
        title="scores of Warrington",
        files=("england_iod2019/lsoa.csv.gz", "england_iod2019/lsoa_subdomain_ranks.csv.gz", "england_iod2019/file7_warrington_127.csv"),
        table=inputs_2019,
        published=lambda: {"": warrington_2019()},
        checks=(Check("imd_score", "Index of Multiple Deprivation (IMD) Score", digits=3),),
        planted={"weight": weight("imd_score", "income_exp"), "renormalised": renormalised("imd_score")},
    ),
    Case(
        index="england-imd-2010",
        title="domains and index from ranks",
        files=("england_imd2010/lsoa.csv.gz", "england_imd2010/lsoa_subdomains.csv.gz"),
        table=inputs_2010,
        published=lambda: {"": numbers("england_imd2010/lsoa.csv.gz", "lsoa01_code")},
        checks=(
            *(Check(f"{name}_from_parts", f"{name}_score", within=0.00504) for name in ("Education", "Housing_and_Access", "Environment")),
            *(Check(f"{name}_from_parts_rank", f"{name}_rank", within=1) for name in ("Education", "Housing_and_Access", "Environment")),
            Check("IMD_score", "IMD_score", within=0.00504),
            Check("IMD_rank", "IMD_rank", within=1, exact=32_464),
        ),
        planted={"weight": weight("IMD_score", "Crime_x"), "renormalised": renormalised("IMD_score"), "offset": step("Income_x", offset=0.0)},
    ),
    Case(
        index="england-id-2000",
        title="index of wards from ranks",
        files=("england_imd2000_ward/ward98.csv.gz",),
        table=lambda: stored("england_imd2000_ward/ward98.csv.gz"),
        published=lambda: {"": numbers("england_imd2000_ward/ward98.csv.gz", "Ward")},
        checks=(
            Check("imd_score", "Index of Multiple Deprivation Score", within=1e-13),
            Check("imd_rank", "Rank of Index of Multiple Deprivation"),
        ),
        planted={"weight": weight("imd_score", "access_x"), "offset": step("housing_x", offset=0.0)},
    ),
)  # fmt: skip
