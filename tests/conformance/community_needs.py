"""The Community Needs Index, held to its published files."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, Planted, node, numbers, stored
from tests.conformance.england import step

FOLDER, SMALL_AREAS = "community_needs_index", "cni2023_england_lsoa21.csv.gz"
SCORE, RANK = "Community Needs Index score", "Community Needs Index rank"
RANKS = {"civic_assets_rank": "Civic Assets", "connectedness_rank": "Connectedness", "engaged_rank": "Engaged Community"}
WARDS = {
    "cni_score": SCORE,
    "civic_assets": "Civic Assets score",
    "connectedness": "Connectedness score",
    "engaged": "Engaged community score",
}
PLANTED: dict[str, Planted] = {
    "weights": lambda data: node(data, "cni_score").update(weights=[1.0, 1.0, 1.01]),
    "k": step("civic_assets", k=22.0),
    "offset": step("engaged", offset=0.0),
}


@cache
def with_deprivation() -> pd.DataFrame:
    """The table of 2023 with the decile of the English indices of 2019, for the areas whose boundaries are still those of 2011."""
    deciles = stored("england_iod2019/lsoa.csv.gz")[["lsoa11", "imd_decile"]].set_axis(["lsoa21_code", "IMD 2019 decile"], axis="columns")
    return stored(f"{FOLDER}/{SMALL_AREAS}").merge(deciles, on="lsoa21_code", how="left").fillna({"IMD 2019 decile": ""})


def left_behind() -> pd.DataFrame:
    """The published mark as 0 or 1, of those areas."""
    table = with_deprivation().set_index("lsoa21_code")
    return table["Left Behind Area?"].eq("True").astype(float).to_frame().loc[table["IMD 2019 decile"] != ""]


def edition(year: int, file: str, key: str, title: str, checks: Sequence[Check], planted: Mapping[str, Planted]) -> Case:
    """One published table."""
    path = f"{FOLDER}/{file}"
    return Case(
        index=f"community-needs-index-{year}", title=title, files=(path,), table=lambda: stored(path), published=lambda: {"": numbers(path, key)},
        key=key, checks=checks, planted=PLANTED | planted,
    )  # fmt: skip


def nation(file: str, key: str, title: str, *, ties: bool) -> Case:
    """One table of 2022: ranks of domains, index and its rank, from the domains' scores."""
    checks = (
        *(Check(ours, f"{published} rank") for ours, published in RANKS.items()),
        Check("cni_score", SCORE, within=5.2e-5),
        Check("cni_rank", RANK),
    )
    wrong = {"ties": step("engaged", ties="min")} if ties else {}
    return edition(2022, file, key, title, checks, wrong)


CASES = (
    edition(
        2019, "cni2019_england_ward17.csv.gz", "ward17_code", "wards of England",
        (*(Check(ours, published, within=5.2e-5) for ours, published in WARDS.items()), Check("cni_rank", RANK, within=1, exact=7_430)),
        {"ties": step("engaged", ties="as_given")},
    ),
    nation("cni2022_northern_ireland_soa11.csv", "soa11_code", "areas of Northern Ireland", ties=False),
    nation("cni2022_scotland_iz11.csv", "iz11_code", "zones of Scotland", ties=True),
    nation("cni2022_wales_msoa11.csv", "msoa11_code", "areas of Wales", ties=True),
    replace(
        edition(
            2023, SMALL_AREAS, "lsoa21_code", "small areas of England",
            (
                Check("cni_score", "Community Needs Index 2023 Score", within=5.02e-3),
                Check("cni_rank", "Community Needs Index 2023 Rank", within=1, exact=33_728),
            ),
            {"ties": step("engaged", ties="as_given")},
        ),
        files=(f"{FOLDER}/{SMALL_AREAS}", "england_iod2019/lsoa.csv.gz"),
        table=with_deprivation,
    ),
    Case(
        index="community-needs-index-2023",
        title="left behind, of areas as they were in 2011",
        files=(f"{FOLDER}/{SMALL_AREAS}", "england_iod2019/lsoa.csv.gz"),
        table=with_deprivation,
        published=lambda: {"": left_behind()},
        checks=(Check("left_behind", "Left Behind Area?"),),
        planted={
            "twentieth": step("needs_most", count=20), "either": lambda data: node(data, "left_behind").update(gather="max"),
            "lowest": step("needs_most", first="lowest"), "fifth": step("deprived_most", at_most=2),
        },
    ),
)  # fmt: skip
