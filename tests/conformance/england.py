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
MISFILED, ITS_AUTHORITY = "E01027305", "E06000062"
PRISON = "the authority holds a prison, and the publisher averaged with other numbers of people than it published"
RUSHMOOR = {"E07000092": "the publisher's average of older people's ranks here fits none of the published populations"}
NO_PRISON = RUSHMOOR | {"E08000004": "the publisher's average of older people's ranks here is 1.9 higher than by the published populations"}
PRISONS = {
    "employment": "E07000131 E06000017 E07000147 E07000119",
    "health": "E07000234 E07000238 E07000197",
    "barriers": "E07000136 E07000118 E07000234 E07000194 E07000039 E07000035 E07000171 E07000151 E07000198",
    "living": "E07000234 E07000136 E07000194 E07000039 E07000035",
    "idaci": "E07000035 E07000121 E06000007 E07000143 E07000148 E07000193 E07000041 E06000004 E07000011 E07000136 E07000211 E07000113 E07000209 "
    "E07000171 E06000014 E09000032 E08000035 E07000244 E07000010",
    "idaopi": "E07000148 E07000123 E07000197 E06000007 E07000193 E07000211 E09000011 E06000014 E07000119 E07000151 E07000039 E07000138 E07000113 "
    "E07000171 E08000012 E07000143 E08000035 E09000022 E07000041 E09000013 E08000003 E07000238 E09000032",
}


@cache
def inputs_2025() -> pd.DataFrame:
    """Sub-domain ranks, the ranks of the four domains without sub-domains, and each area's authority.

    The lookup files one area, West Northamptonshire 048E, under Cherwell; the published shares count it where its name says.
    """
    lookup = stored("england_iod2025/lookup_lsoa21_ward24_ltla24.csv.gz")[["lsoa21_code", "ltla24_code"]]
    lookup.loc[lookup["lsoa21_code"] == MISFILED, "ltla24_code"] = ITS_AUTHORITY
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


def averaged_otherwise(key: str) -> dict[str, str]:
    """Authorities whose average rank was published by other populations than those published."""
    return dict.fromkeys(PRISONS.get(key, "").split(), PRISON) | (NO_PRISON if key == "idaopi" else {})


LEVEL = {
    "barriers": dict.fromkeys(
        ("E07000012", "E07000094"),
        "next to each other; the published average of Winchester, which holds a prison, is .1 lower than by the published populations",
    ),
    "idaopi": RUSHMOOR | dict.fromkeys(("E07000192", "E08000014", "E08000017"), "moved one place by Rushmoor"),
}
SUMMARIES_2019 = tuple(
    check
    for key, domain in DOMAINS_2019.items()
    for check in (
        Check(f"{key}_average_rank", f"{domain}: Average rank", within=0.1353, by="lad19", named=averaged_otherwise(key)),
        Check(f"{key}_average_rank_rank", f"{domain}: Rank of average rank", by="lad19", named=LEVEL.get(key, {})),
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
            *(Check(f"{name}_decile", f"{name}_decile") for name in ("IMD", "Income", "Employment", "Education", "Health", "Crime", "Housing_and_Services", "Environment")),
            *(Check(f"{key}_proportion", f"{name}_{SHARE}", within=5e-5, by="ltla24_code") for key, name in DOMAINS_2025.items()),
            *(Check(f"{key}_proportion_rank", f"{name}_rank_of_{SHARE}", by="ltla24_code") for key, name in DOMAINS_2025.items()),
        ),
        planted={
            "weight": weight("IMD_score", "Income_x"), "renormalised": renormalised("IMD_score"), "offset": step("children_x", offset=0.0),
            "indoors": weight("Environment_score", "indoors_x"), "decile": step("IMD_decile", rule="floor"),
            "ties": step("Income_x", ties="as_given"), "ties of a part": step("adults_x", ties="as_given"),
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
            *(Check(f"{name}_decile", f"{name}_decile") for name in ("imd", *DOMAINS, "idaci", "idaopi")),
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
            "indoors": weight("living_from_parts", "indoors_x"), "ties": step("employment_exp", ties="as_given"),
        },
    ),
    Case(
        index="england-iod-2019",
        title="scores of Warrington",
        files=("england_iod2019/lsoa.csv.gz", "england_iod2019/lsoa_subdomain_ranks.csv.gz", "england_iod2019/file7_warrington_127.csv"),
        table=inputs_2019,
        published=lambda: {"": warrington_2019()},
        checks=(
            Check("imd_score", "Index of Multiple Deprivation (IMD) Score", digits=3),
            Check("education_from_parts", "Education, Skills and Training Score", digits=3),
            Check("barriers_from_parts", "Barriers to Housing and Services Score", digits=3),
            Check("living_from_parts", "Living Environment Score", digits=3),
        ),
        planted={
            "weight": weight("imd_score", "income_exp"), "renormalised": renormalised("imd_score"), "indoors": weight("living_from_parts", "indoors_x"),
            "offset": step("adults_x", offset=0.0), "ties": step("living_exp", ties="as_given"),
        },
    ),
    Case(
        index="england-imd-2010",
        title="domains and index from ranks",
        files=("england_imd2010/lsoa.csv.gz", "england_imd2010/lsoa_subdomains.csv.gz"),
        table=inputs_2010,
        published=lambda: {"": numbers("england_imd2010/lsoa.csv.gz", "lsoa01_code")},
        checks=(
            *(Check(f"{name}_from_parts", f"{name}_score", within=0.00502) for name in ("Education", "Housing_and_Access", "Environment")),
            Check("Education_from_parts_rank", "Education_rank", within=1, exact=32_461),
            Check("Housing_and_Access_from_parts_rank", "Housing_and_Access_rank", within=1, exact=32_435),
            Check("Environment_from_parts_rank", "Environment_rank", within=1, exact=32_463),
            Check("IMD_score", "IMD_score", within=0.00502),
            Check("IMD_rank", "IMD_rank", within=1, exact=32_464),
        ),
        planted={"weight": weight("IMD_score", "Crime_x"), "renormalised": renormalised("IMD_score"), "offset": step("Income_x", offset=0.0), "ties": step("Income_x", ties="as_given")},
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
        planted={"weight": weight("imd_score", "access_x"), "offset": step("housing_x", offset=0.0), "ties": step("employment_x", ties="as_given")},
    ),
)  # fmt: skip
