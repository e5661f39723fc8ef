"""The INFORM Risk Index, held to its published results."""

from dataclasses import replace
from functools import cache

import pandas as pd

from tests.conformance.case import Case, Check, node, stored

PUBLISHED = {
    "Natural": "Natural",
    "Human": "Human",
    "Hazard_and_exposure": "HAZARD & EXPOSURE",
    "Socio_economic_vulnerability": "Socio-Economic Vulnerability",
    "Other_vulnerable_groups": "Other Vulnerable Groups",
    "Vulnerable_groups": "Vulnerable Groups",
    "Vulnerability": "VULNERABILITY",
    "Institutional": "Institutional",
    "Infrastructure": "Infrastructure",
    "Lack_of_coping_capacity": "LACK OF COPING CAPACITY",
    "Risk": "INFORM RISK",
    "Risk_rank": "Rank",
}
CLASSES = {"Very Low": 1, "Low": 2, "Medium": 3, "High": 4, "Very High": 5}
PLANTED = {
    "weight": lambda data: node(data, "Socio_economic_vulnerability").update(weights=[1, 1, 1]),
    "rounding": lambda data: node(data, "Vulnerable_groups").update(steps=[]),
    "ties": lambda data: node(data, "Risk_rank")["steps"][0].update(ties="mean"),
    "half-even": lambda data: node(data, "Institutional")["steps"][0].update(how="half_even"),
}


@cache
def table(year: int) -> pd.DataFrame:
    """The results of one year as text."""
    return stored(f"inform_risk/inform{year}.csv")


def published(year: int) -> dict[str, pd.DataFrame]:
    """The published results as numbers, classes from 1 (very low) to 5 (very high)."""
    text = table(year).set_index("ISO3")
    found = text[list(PUBLISHED.values())].apply(pd.to_numeric, errors="coerce")
    return {"": found.assign(**{"RISK CLASS": text["RISK CLASS"].map(CLASSES)}) if "RISK CLASS" in text else found}


TOO_ROUND = "its hazards are published as 0.1, 0.1 and 0.0, which leaves open whether their mean is printed 0.0 or 0.1"
SHOWN_AS_NOUGHT = dict.fromkeys(("BHR", "FIN", "STP", "SGP"), TOO_ROUND)
WITHOUT_CONFLICT = dict.fromkeys(("STP", "SGP"), "no conflict either, so that natural hazard decides: " + TOO_ROUND)
KNOWN = {"Natural": SHOWN_AS_NOUGHT, "Hazard_and_exposure": WITHOUT_CONFLICT, "Risk": WITHOUT_CONFLICT}


def less_rounded() -> pd.DataFrame:
    """The table of 2016 with 0.14 for 0.1 in the four countries of which the published decimals leave the result open."""
    text = table(2016).copy()
    text.loc[text["ISO3"].isin(list(SHOWN_AS_NOUGHT)), ["Earthquake", "Flood"]] = "0.14"
    return text


CHECKS = tuple(Check(ours, theirs) for ours, theirs in PUBLISHED.items())
CASES = (
    Case(
        index="inform-risk-2016",
        title="dimensions and risk from components",
        files=("inform_risk/inform2016.csv",),
        table=lambda: table(2016),
        published=lambda: published(2016),
        checks=tuple(replace(check, named=KNOWN.get(check.ours, {})) for check in CHECKS if check.ours != "Risk_rank"),
        planted={name: PLANTED[name] for name in ("weight", "rounding", "half-even")},
    ),
    Case(
        index="inform-risk-2016",
        title="risk and rank with 0.14 for 0.1 in four countries",
        files=("inform_risk/inform2016.csv",),
        table=less_rounded,
        published=lambda: published(2016),
        checks=CHECKS,
        planted=PLANTED,
    ),
    Case(
        index="inform-risk-2020",
        title="dimensions and risk from components",
        files=("inform_risk/inform2020.csv",),
        table=lambda: table(2020),
        published=lambda: published(2020),
        checks=(*CHECKS, Check("Risk_class", "RISK CLASS")),
        planted=PLANTED,
    ),
)
