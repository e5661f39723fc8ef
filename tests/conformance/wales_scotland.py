"""The indices of Wales and Scotland, held to their published files."""

from tests.conformance.case import Case, Check, numbers, stored
from tests.conformance.england import step, weight

WALES = "wales_wimd2019/lsoa.csv.gz"
DOMAINS = ("Income", "Employment", "Health", "Education", "Access", "Housing", "Crime", "Environment")


def scotland(year: int, key: str, within: int, exact: int, ties: str) -> Case:
    """The overall rank of one edition from seven domain ranks."""
    file = f"scotland_simd/simd{year}.csv.gz"
    return Case(
        index=f"scotland-simd-{year}",
        title="overall rank from domain ranks",
        files=(file,),
        table=lambda: stored(file),
        published=lambda: {"": numbers(file, key)},
        checks=(Check("IMD_rank", "IMD_rank", within=within, exact=exact),),
        planted={"weight": weight("IMD_score", "Housing_x"), "offset": step("Income_x", offset=0.5), "ties": step("Housing_x", ties=ties)},
    )


CASES = (
    Case(
        index="wales-wimd-2019",
        title="domain scores and index from ranks",
        files=(WALES,),
        table=lambda: stored(WALES),
        published=lambda: {"": numbers(WALES, "lsoa11_code")},
        checks=(
            *(Check(f"{name}_score", f"{name}_score", within=5.5e-9) for name in DOMAINS),
            Check("IMD_score", "IMD_score", within=5.5e-9),
            Check("IMD_rank", "IMD_rank"),
        ),
        planted={
            "weight": weight("IMD_score", "Crime_score"),
            "ties": step("Housing_score", ties="mean"),
            "offset": step("Income_score", offset=0.0),
        },
    ),
    scotland(2012, "dz01_code", 1, 6_491, "min"),
    scotland(2016, "dz11_code", 0, 6_976, "min"),
    scotland(2020, "dz11_code", 2, 6_955, "min"),
)
