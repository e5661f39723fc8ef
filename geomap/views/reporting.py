"""What uneven reporting would do, in words and as a table."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.reporting import Reporting
from geomap.language import noted, numeral, say
from geomap.symbology.numbers import number

ASKED = noted(
    "This is what would follow if it were so; no number of the edition is changed by it. Recorded counts alone cannot tell how much is reported."
)
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
        say(
            "{title}, {period}: {city} recorded in the {count} {many} with a shown count.",
            title=found.node.title,
            period=found.node.period,
            city=number(found.city, digits),
            count=len(table),
            many=assessment.many,
        ),
        say(
            "{count} {many} have more than chance would give at that rate. Their difference would mean nothing if reporting there were so many times as complete:",
            count=len(high),
            many=assessment.many,
        ),
        *(
            "  "
            + say(
                "{name}: {times} times (at least {least})",
                name=row["name"],
                times=number(row["tipping"], 2),
                least=number(row["tipping_sure"], 2),
            )
            for _, row in high.head(MOST).iterrows()
        ),
        *_scenarios(found, assessment.many),
        say(ASKED),
    ]
    return "\n".join(lines)


def _scenarios(found: Reporting, many: str) -> list[str]:
    if found.reported is None:
        return []
    behind = number(found.city / found.reported, found.node.digits)
    lines = [
        say(
            "If {share} % were reported everywhere, {city} would lie behind; the order stays.",
            share=number(100 * found.reported, 0),
            city=behind,
        )
    ]
    return lines + [
        say(
            "If reporting rose with {title} by {slope} on the logit scale for each standard deviation: {kept} of the {top} highest {many} stay among the highest, rank correlation {correlation}.",
            title=found.trust.title if found.trust else "",
            slope=numeral(f"{one.slope:g}"),
            kept=str(one.kept),
            top=str(one.top),
            many=many,
            correlation=number(one.correlation, 2),
        )
        for one in found.scenarios[1:]
    ]
