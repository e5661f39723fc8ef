"""The Community Needs Index, held to its published files."""

import pandas as pd

from tests.conformance.case import Case, Check, node, stored
from tests.conformance.england import step

SCORE, RANK = "Community Needs Index score", "Community Needs Index rank"


def cleaned(file: str, key: str) -> pd.DataFrame:
    """The published numbers by place."""
    return stored(file).set_index(key).apply(pd.to_numeric, errors="coerce")


def edition(  # noqa: PLR0913  what one published table needs
    year: int, file: str, key: str, columns: dict[str, str], *, score: float, within: int, exact: int, title: str
) -> Case:  # fmt: skip
    """Domains, index and rank of one table; *columns*: our node and the published column of each."""
    path = f"community_needs_index/{file}"
    return Case(
        index=f"community-needs-index-{year}",
        title=title,
        files=(path,),
        table=lambda: stored(path),
        published=lambda: {"": cleaned(path, key)},
        key=key,
        checks=(
            *(Check(ours, published, within=score) for ours, published in columns.items() if not ours.endswith("rank")),
            Check("cni_rank", columns["cni_rank"], within=within, exact=exact),
        ),
        planted={
            "weights": lambda data: node(data, "cni_score").update(weights=[1.0, 1.0, 1.01]),
            "k": step("civic_assets", k=22.0),
            "offset": step("engaged", offset=0.0),
        },
    )


NATIONS = {"cni_score": SCORE, "cni_rank": RANK}
DOMAINS = {"civic_assets": "Civic Assets score", "connectedness": "Connectedness score", "engaged": "Engaged community score"}
ENGLAND = {**NATIONS, **DOMAINS}
LATER = {"cni_score": "Community Needs Index 2023 Score", "cni_rank": "Community Needs Index 2023 Rank"}
CASES = (
    edition(2019, "cni2019_england_ward17.csv.gz", "ward17_code", ENGLAND, score=5.2e-5, within=1, exact=7_430, title="wards of England"),
    edition(
        2022,
        "cni2022_northern_ireland_soa11.csv",
        "soa11_code",
        NATIONS,
        score=5.2e-5,
        within=0,
        exact=890,
        title="areas of Northern Ireland",
    ),
    edition(2022, "cni2022_scotland_iz11.csv", "iz11_code", NATIONS, score=5.2e-5, within=0, exact=1_279, title="zones of Scotland"),
    edition(2022, "cni2022_wales_msoa11.csv", "msoa11_code", NATIONS, score=5.2e-5, within=0, exact=410, title="areas of Wales"),
    edition(
        2023, "cni2023_england_lsoa21.csv.gz", "lsoa21_code", LATER, score=5.02e-3, within=1, exact=33_728, title="small areas of England"
    ),
)
