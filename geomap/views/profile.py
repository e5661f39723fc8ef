"""One neighbourhood: where it stands and how surely, what pulls it there, and what must be read beside it."""

import math
from dataclasses import dataclass

import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.errors import EditionError
from geomap.symbology.numbers import STATUS, interval, number, rank_in_words


@dataclass(frozen=True)
class Standing:
    """An index or domain of one place in words."""

    node: Node
    value: float
    words: str
    doubt: str
    rank: str
    share_worst: float
    change: str


@dataclass(frozen=True)
class Line:
    """An indicator of one place: its value in words, and how far it pulls its domain away from the middle of the city, in points."""

    node: Node
    words: str
    doubt: str
    base: str
    middle: str
    pull: float
    flags: str
    change: str


@dataclass(frozen=True)
class Profile:
    """A place: its standings, its indicators by domain, and the caveats of everything shown."""

    code: str
    name: str
    parent_name: str
    indices: tuple[Standing, ...]
    domains: tuple[Standing, ...]
    lines: dict[str, tuple[Line, ...]]
    caveats: tuple[str, ...]


def profile(assessment: Assessment, code: str) -> Profile:
    """The profile of *code*; EditionError when there is no such place."""
    if code not in assessment.places.index:
        raise EditionError(f"There is no {assessment.one} '{code}' in this edition.")
    place = assessment.places.loc[code]
    shown = assessment.nodes
    return Profile(
        code, str(place["name"]), str(place["parent_name"]),
        tuple(_standing(assessment, node, code) for node in assessment.of_kind("index")),
        tuple(_standing(assessment, node, code) for node in assessment.of_kind("domain")),
        {node.id: _lines(assessment, node, code) for node in assessment.of_kind("domain")},
        tuple(dict.fromkeys(caveat for node in shown for caveat in node.caveats)),
    )  # fmt: skip


def pulls(assessment: Assessment, domain: Node, code: str) -> dict[str, float]:
    """How many points each indicator pulls its domain away from the city's middle; the sum is the domain's score less that middle.

    The middle is the domain's score of a place that has the median of every indicator present here, so the parts add up exactly.
    """
    scaled = pd.DataFrame({part: _towards(assessment, domain, part) for part in domain.parts})
    own, weights = scaled.loc[code], pd.Series(domain.weights, index=list(domain.parts))
    present = weights.where(own.notna(), 0.0)
    if present.sum() == 0 or math.isnan(assessment.numbers[domain.id].at[code, "value"]):
        return dict.fromkeys(domain.parts, math.nan)
    return ((own - scaled.median()) * present / present.sum()).to_dict()


def _towards(assessment: Assessment, domain: Node, part: str) -> pd.Series:
    scaled = assessment.numbers[part]["scaled"]
    return scaled if assessment.node(part).up == domain.up else 10 - scaled


def _standing(assessment: Assessment, node: Node, code: str) -> Standing:
    table = assessment.numbers[node.id]
    row, count = table.loc[code], int(table["value"].notna().sum())
    words = number(row["value"], node.digits) if row["status"] == "value" else STATUS[row["status"]]
    return Standing(
        node, float(row["value"]), words, interval(row["low"], row["high"], node.digits), rank_in_words(row["rank_low"], row["rank_high"], count),
        float(row["p_worst"]), _change(row, node),
    )  # fmt: skip


def _lines(assessment: Assessment, domain: Node, code: str) -> tuple[Line, ...]:
    pull = pulls(assessment, domain, code)
    lines = [_line(assessment, assessment.node(part), code, pull[part]) for part in domain.parts]
    return tuple(sorted(lines, key=lambda line: -abs(line.pull) if not math.isnan(line.pull) else 0.0))


def _line(assessment: Assessment, node: Node, code: str, pull: float) -> Line:
    table = assessment.numbers[node.id]
    row = table.loc[code]
    known = row["status"] in ("value", "zero")
    return Line(
        node, number(row["value"], node.digits) if known else STATUS[row["status"]], interval(row["low"], row["high"], node.digits),
        "" if math.isnan(row["n"]) else number(row["n"], 0), number(table["value"].median(), node.digits), pull, row["flags"], _change(row, node),
    )  # fmt: skip


def _change(row: pd.Series, node: Node) -> str:
    """What can be said of the change since the baseline, taking the baseline to have been as uncertain as today."""
    before, value = row["previous"], row["value"]
    if math.isnan(before) or math.isnan(value):
        return ""
    risen = value > before
    side = value - row["low"] if risen else row["high"] - value
    if not abs(value - before) > math.sqrt(2) * side:
        return "no change we could see"
    better = risen == (node.up == "better")
    return (
        f"{'higher' if risen else 'lower'} than in the baseline ({number(before, node.digits)}), which is {'better' if better else 'worse'}"
    )
