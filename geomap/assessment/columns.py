"""What every exported column means, for data dictionaries and legends."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from geomap.assessment.assessment import Assessment, Node, exported_of

MEANING = {
    "low": "lower limit of the 95 % interval",
    "high": "upper limit of the 95 % interval",
    "status": "value, zero (a true zero), missing, suppressed (withheld to protect people) or not_collected",
    "n": "events or answers behind the number; empty where withheld or not stated by the source",
    "flags": "what is particular about this number here",
    "rank": "rank among all places; 1 needs attention most",
    "rank_low": "first rank of the 95 % rank confidence set: the data do not rule out that the place needs attention this much",
    "rank_high": "last rank of the 95 % rank confidence set",
    "rank_low_all": "first rank of the 95 % rank confidence set that holds for all places at once",
    "rank_high_all": "last rank of that set",
    "choice_rank_low": "first rank between which 95 % of the other choices of method place it, the data as they are; empty where none are declared",
    "choice_rank_high": "last rank of that spread",
    "stand_ins": "how many withheld numbers it is made of, by the stand-ins that were counted for them; each widens the interval and the ranks",
    "fifth": "which fifth of all places it is in; 1 needs attention most",
    "fifth_low": "first fifth that the data do not rule out (95 %)",
    "fifth_high": "last fifth that the data do not rule out (95 %)",
    "p_worst_tenth": "probability of being among the tenth of places that need attention most, from the doubt of the inputs",
    "p_worst": "probability of being among the fifth of places that need attention most, from the doubt of the inputs",
}
SHORT = {"p_worst": "chance of the first fifth", "p_worst_tenth": "chance of the first tenth"}  # a title that labels no place
WHOLE = (
    "rank",
    "rank_low",
    "rank_high",
    "rank_low_all",
    "rank_high_all",
    "choice_rank_low",
    "choice_rank_high",
    "fifth",
    "fifth_low",
    "fifth_high",
    "stand_ins",
)
TEXT = ("status", "flags")


@dataclass(frozen=True)
class Described:
    """A column of an export: its name, type (string, number or integer), title, unit, description, and the period of its number."""

    name: str
    type: str
    title: str
    unit: str
    description: str
    period: str = ""

    def as_field(self) -> dict[str, Any]:
        """The column as a field of a Data Package schema."""
        unit = {"unit": self.unit} if self.unit else {}
        return {"name": self.name, "type": self.type, "title": self.title, "description": self.description, **unit}


def describe(assessment: Assessment) -> tuple[Described, ...]:
    """The columns of Assessment.wide() with its code, in order."""
    own = (
        Described("code", "string", "Code", "", f"Code of the {assessment.one}"),
        Described("name", "string", "Name", "", f"Name of the {assessment.one}"),
        Described("parent", "string", "Parent code", "", "Code of the larger place it lies in"),
        Described("parent_name", "string", "Parent name", "", "Name of the larger place it lies in"),
    )
    return (*own, *(column for node in assessment.nodes for column in _of(node, assessment.tier)))


def exported(assessment: Assessment) -> pd.DataFrame:
    """Assessment.wide() with its code as first column, ranks as whole numbers and nothing (None) where there is no value."""
    wide = assessment.wide()
    for name in wide.columns:
        if name.endswith(tuple(f"_{kind}" for kind in WHOLE)) and wide[name].dtype.kind == "f":
            wide[name] = wide[name].round().astype("Int64")
    return wide.reset_index(names="code")


def _of(node: Node, tier: str) -> list[Described]:
    worse = "higher needs more attention" if node.up == "worse" else "higher is better"
    said = "".join(f" {mark}" for mark in node.marks) + (f" Please read: {' '.join(node.caveats)}" if node.caveats else "")
    value = Described(node.id, "number", node.title, node.unit, f"{node.method} Period: {node.period}; {worse}.{said}", node.period)
    parts = [
        Described(
            f"{node.id}_{kind}",
            "string" if kind in TEXT else "integer" if kind in WHOLE else "number",
            f"{node.title}: {SHORT.get(kind, kind.replace('_', ' '))}",
            "",
            MEANING[kind],
            node.period,
        )
        for kind in (*exported_of(node.kind, tier), *(() if node.kind == "indicator" else ("stand_ins",)))
    ]
    return [value, *parts]
