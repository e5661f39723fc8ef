"""One neighbourhood: where it stands and how surely, what pulls it there, and what must be read beside it."""

import math
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.explain import worst_part
from geomap.assessment.public import protecting_first
from geomap.errors import EditionError
from geomap.language import Spoken, known, noted, say
from geomap.scoring.attribution import slopes
from geomap.scoring.scale import TOP
from geomap.symbology.numbers import STATUS, fifth_in_words, interval, number, rank_in_words

CHANGED = Spoken({
    (True, True): noted("higher than in the baseline ({before}), which is better"),
    (True, False): noted("higher than in the baseline ({before}), which is worse"),
    (False, True): noted("lower than in the baseline ({before}), which is better"),
    (False, False): noted("lower than in the baseline ({before}), which is worse"),
})  # fmt: skip


@dataclass(frozen=True)
class Standing:
    """An index or domain of one place in words.

    rank: what the doubt of the data allows, for this place on its own; in a public edition the fifth it is in. by_choice: between which ranks the declared choices of method place it, the data
    as they are; blank where none are declared. The two are never mixed.
    """

    node: Node
    value: float
    words: str
    doubt: str
    rank: str
    by_choice: str
    share_worst: float
    change: str
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True)
class Line:
    """A part of a domain in one place: its value in words, and how far it pulls its domain away from the middle of the city, in points."""

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
    """A place: its standings, its indicators by domain, its worst part in a sentence (none in a public edition), and the caveats of everything shown."""

    code: str
    name: str
    parent_name: str
    indices: tuple[Standing, ...]
    domains: tuple[Standing, ...]
    lines: dict[str, tuple[Line, ...]]
    worst: str
    caveats: tuple[str, ...]


def profile(assessment: Assessment, code: str) -> Profile:
    """The profile of *code*; EditionError when there is no such place."""
    if code not in assessment.places.index:
        raise EditionError(f"There is no {assessment.one} '{code}' in this edition.")
    place = assessment.places.loc[code]
    shown = assessment.nodes
    indices, domains = (protecting_first(assessment, assessment.of_kind(kind)) for kind in ("index", "domain"))
    return Profile(
        code, str(place["name"]), str(place["parent_name"]),
        tuple(_standing(assessment, node, code) for node in indices),
        tuple(_standing(assessment, node, code) for node in domains),
        {node.id: _lines(assessment, node, code) for node in domains}, _worst(assessment, code),
        tuple(dict.fromkeys(caveat for node in shown for caveat in node.caveats)),
    )  # fmt: skip


def pulls(assessment: Assessment, domain: Node, code: str) -> dict[str, float]:
    """How many points each part pulls its domain away from the city's middle; the sum is the domain's score less that middle.

    The middle is the domain's score of a place that has the median of every part present here, so the points add up exactly however it combines.
    """
    scores = pd.DataFrame({part: _counted(assessment, domain, part) for part in domain.parts})
    own, middle = scores.loc[code], scores.median().where(scores.loc[code].notna())
    if math.isnan(assessment.numbers[domain.id].at[code, "value"]):
        return dict.fromkeys(domain.parts, math.nan)
    return ((own - middle) * slopes(domain.combine, own.to_numpy(), middle.to_numpy(), np.array(domain.weights))).to_dict()


def _counted(assessment: Assessment, domain: Node, part: str) -> pd.Series:
    """The scores of a part as the domain counts them: what runs the other way is turned."""
    node, table = assessment.node(part), assessment.numbers[part]
    scores = table["scaled" if node.kind == "indicator" else "value"]
    return scores if node.up == domain.up else TOP - scores


def _worst(assessment: Assessment, code: str) -> str:
    worst = worst_part(assessment, code) if assessment.tier != "public" else None
    if worst is None or len(assessment.of_kind("domain")) < 2:
        return ""
    value = number(assessment.numbers[worst.id].at[code, "value"], worst.digits)
    if worst.up == "worse":
        return say(
            "The worst part is {title}: {value} of 10, where higher needs attention. An index can hide that.",
            title=worst.title,
            value=value,
        )
    return say("The worst part is {title}: {value} of 10, where higher is better. An index can hide that.", title=worst.title, value=value)


def _standing(assessment: Assessment, node: Node, code: str) -> Standing:
    table = assessment.numbers[node.id]
    row, count = table.loc[code], int(table["value"].notna().sum())
    words = number(row["value"], node.digits) if row["status"] == "value" else STATUS[row["status"]]
    limits = float(row["low"]), float(row["high"])
    if assessment.tier == "public":
        fifth = fifth_in_words(row["fifth_low"], row["fifth_high"])
        return Standing(
            node,
            float(row["value"]),
            words,
            interval(row["low"], row["high"], node.digits),
            fifth,
            "",
            math.nan,
            _change(row, node),
            *limits,
        )
    return Standing(
        node, float(row["value"]), words, interval(row["low"], row["high"], node.digits), rank_in_words(row["rank_low"], row["rank_high"], count),
        "" if math.isnan(row["choice_rank_low"]) else rank_in_words(row["choice_rank_low"], row["choice_rank_high"], count),
        float(row["p_worst"]), _change(row, node), *limits,
    )  # fmt: skip


def _lines(assessment: Assessment, domain: Node, code: str) -> tuple[Line, ...]:
    pull = pulls(assessment, domain, code)
    lines = [_line(assessment, assessment.node(part), code, pull[part]) for part in domain.parts]
    return tuple(sorted(lines, key=lambda line: -abs(line.pull) if not math.isnan(line.pull) else 0.0))


def _line(assessment: Assessment, node: Node, code: str, pull: float) -> Line:
    table = assessment.numbers[node.id]
    row = table.loc[code]
    there = row["status"] in ("value", "zero")
    return Line(
        node, number(row["value"], node.digits) if there else STATUS[row["status"]], interval(row["low"], row["high"], node.digits),
        number(row["n"], 0) if not math.isnan(row.get("n", math.nan)) else "", number(table["value"].median(), node.digits), pull, known(row.get("flags", "") or ""),
        _change(row, node),
    )  # fmt: skip


def _change(row: pd.Series, node: Node) -> str:
    """What can be said of the change since the baseline, taking the baseline to have been as uncertain as today."""
    before, value = row["previous"], row["value"]
    if math.isnan(before) or math.isnan(value):
        return ""
    risen = value > before
    side = value - row["low"] if risen else row["high"] - value
    if not abs(value - before) > math.sqrt(2) * side:
        return say("no change we could see")
    words = CHANGED[risen, risen == (node.up == "better")]
    return words.format(before=number(before, node.digits))
