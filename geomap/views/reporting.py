"""What uneven reporting would do, in words and as a table."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.reporting import Reporting
from geomap.symbology.numbers import number

ASKED = "This is what would follow if it were so; no number of the edition is changed by it. Recorded counts alone cannot tell how much is reported."
MOST = 10


def reporting_table(assessment: Assessment, found: Reporting) -> pd.DataFrame:
    """Name, recorded rate, tipping ratio, and the rate and rank of each scenario, the most telling ratio first."""
    places = found.places.sort_values("tipping_sure", ascending=False, kind="stable")
    return places.assign(name=assessment.places["name"].reindex(places.index))[["name", *places.columns]]


def reporting_words(assessment: Assessment, found: Reporting) -> str:
    """Which differences uneven reporting would hardly explain, and how far ranks hold under each scenario."""
    table = reporting_table(assessment, found)
    high = table[table["tipping_sure"] > 1]
    digits = found.node.digits
    lines = [
        f"{found.node.title}, {found.node.period}: {number(found.city, digits)} recorded in the {len(table):,} {assessment.many} with a shown count.",
        f"{len(high):,} {assessment.many} have more than chance would give at that rate. Their difference would mean nothing if reporting there were so many times as complete:",
        *(
            f"  {row['name']}: {number(row['tipping'], 2)} times (at least {number(row['tipping_sure'], 2)})"
            for _, row in high.head(MOST).iterrows()
        ),
        *_scenarios(found, assessment.many),
        ASKED,
    ]
    return "\n".join(lines)


def _scenarios(found: Reporting, many: str) -> list[str]:
    if found.reported is None:
        return []
    lines = [
        f"If {number(100 * found.reported, 0)} % were reported everywhere, {number(found.city / found.reported, found.node.digits)} would lie behind; the order stays."
    ]
    rises = f"If reporting rose with {found.trust.title}" if found.trust else ""
    return lines + [
        f"{rises} by {one.slope:g} on the logit scale for each standard deviation: {one.kept} of the {one.top} highest {many} stay among the highest, "
        f"rank correlation {number(one.correlation, 2)}."
        for one in found.scenarios[1:]
    ]
