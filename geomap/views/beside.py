"""What stands beside the numbers of one place: that they are not about persons, how far they can be trusted, what protects there, and who to call."""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.at_hand import AtHand
from geomap.assessment.trust_badge import badges
from geomap.language import known, noted, say
from geomap.symbology.numbers import STATUS, number

PEOPLE = re.compile(r"%\s+of\s+((?:all\s+)?(?:\w+\s+)?(?:residents|people|adults|households|families|children|pupils|persons|women|men))\b")
WHOLE = noted("Each number of {name} is one number for all who live there, and says nothing of any one person.")
FALLACY = noted(
    "About {share} of 100 {base} in {name} are counted under “{title}”, so about {rest} are not: "
    "the number is about the place, and says nothing of any one person who lives there."
)


@dataclass(frozen=True)
class Trust:
    """How far the score *title* can be trusted: a letter from A to D, and why not more."""

    title: str
    grade: str
    why: str


@dataclass(frozen=True)
class Beside:
    """fallacy: a sentence with the place's own numbers. trust: of each index. protects: a sentence for each number of what protects. exists, call: names."""

    fallacy: str
    trust: tuple[Trust, ...]
    protects: tuple[str, ...]
    exists: tuple[str, ...]
    call: tuple[str, ...]


def letters(assessment: Assessment, there: AtHand) -> dict[str, pd.DataFrame]:
    """The badges of all places, by the id of each index, or of each domain where there is no index."""
    wholes = assessment.of_kind("index") or assessment.of_kind("domain")
    return {node.id: badges(assessment, node.id, there.biases) for node in wholes}


def beside(assessment: Assessment, code: str, there: AtHand, trusted: Mapping[str, pd.DataFrame]) -> Beside:
    """What stands beside the numbers of *code*; mechanisms and partners are those for the issues that the edition's indicators speak to. trusted: see letters."""
    issues = sorted({issue for node in assessment.of_kind("indicator") for issue in node.issues})
    trust = (
        Trust(assessment.node(name).title, str(table.at[code, "grade"]), known(str(table.at[code, "why"])))
        for name, table in trusted.items()
    )
    return Beside(
        fallacy(assessment, code), tuple(trust), protects(assessment, code),
        tuple(there.active(there.mechanisms, code, issues)["name"].drop_duplicates()), _call(there.active(there.partners, code, issues)),
    )  # fmt: skip


def fallacy(assessment: Assessment, code: str) -> str:
    """That the numbers are about the place, by the share of its people that needs attention most; without any such share, in general."""
    name = str(assessment.places.at[code, "name"])
    shares = [(node, found[1]) for node in assessment.of_kind("indicator") if node.up == "worse" and (found := PEOPLE.search(node.unit))]
    shares_here = [
        (assessment.numbers[node.id].at[code, "scaled"], node, base) for node, base in shares if _between(assessment, node, code)
    ]
    if not shares_here:
        return say(WHOLE, name=name)
    _, node, base = max(shares_here, key=lambda one: one[0])
    share = round(assessment.numbers[node.id].at[code, "value"])
    return say(FALLACY, share=share, rest=100 - share, base=base, name=name, title=node.title)


def protects(assessment: Assessment, code: str, domain: str = "assets") -> tuple[str, ...]:
    """Each number of what protects, with the city's middle."""
    return tuple(_protects(assessment, node, code) for node in assessment.of_kind("indicator") if node.domain == domain)


def _protects(assessment: Assessment, node: Node, code: str) -> str:
    table = assessment.numbers[node.id]
    row = table.loc[code]
    if row["status"] not in ("value", "zero"):
        return say("{title}: {text}.", title=node.title, text=STATUS[row["status"]])
    value, middle = number(row["value"], node.digits), number(table["value"].median(), node.digits)
    return say("{title}: {value} {unit} (city's middle {middle}).", title=node.title, value=value, unit=node.unit, middle=middle)


def _between(assessment: Assessment, node: Node, code: str) -> bool:
    value = assessment.numbers[node.id].at[code, "value"]
    return not math.isnan(value) and 0 <= value <= 100


def _call(rows: pd.DataFrame) -> tuple[str, ...]:
    """Each organisation with the issues it works on there."""
    return tuple(
        f"{name} ({', '.join(issue.replace('-', ' ') for issue in dict.fromkeys(work['issue']))})"
        for name, work in rows.groupby("organisation", sort=True)
    )
