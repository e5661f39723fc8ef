"""What every map of clusters shares: its colours, the words for what is grey, and the sentences that must stand beside it."""

import math
from collections.abc import Iterable, Mapping

import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.hotspots import ALONE, LEVEL, UNKNOWN, Tested
from geomap.language import known, noted, numeral, say
from geomap.symbology.classes import SIGNS
from geomap.symbology.numbers import STATUS
from geomap.symbology.payload import Entry, MapPayload, withheld_entries

Line = tuple[str, str, str]  # sign, colour, label
HOT, WARM, COOL, COLD = ("3", "#8f2d3c"), ("2", "#e0a17d"), ("1", "#9fc3d1"), ("0", "#2f5f87")
FADED: Line = ("U", "#c4c1ba", noted("Only before correction: may well be chance"))
GREY: Line = ("V", "#e6e3dc", noted("No more than chance"))
ISLAND: Line = ("W", "#fbfaf7", noted("No neighbours"))
NOTE = noted("Clusters are where numbers are alike, as recorded and published; they say nothing of why, and nothing of single people.")


def spot_map(assessment: Assessment, node: Node, signs: str, lines: tuple[Line, ...], hover: tuple[str, ...], **words: str) -> MapPayload:
    """A map of *signs*, one a place, told by *lines*; *words*: title, legend_title, legend_note. Lines that no place needs are left out where they are faded or alone."""
    counts = {sign: signs.count(sign) for sign in set(signs)}
    kept = [line for line in lines if line[0] not in {FADED[0], ISLAND[0]} or counts.get(line[0])]
    legend = [Entry(sign, colour, say(label), counts.get(sign, 0), hatched=sign == ISLAND[0]) for sign, colour, label in kept]
    west, south, east, north = (float(side) for side in assessment.places.total_bounds)
    return MapPayload(
        **words, digits=signs, faded="0" * len(signs), legend=(*legend, *withheld_entries(counts)), hover=hover,
        about=f"{node.period}. {known(node.caveats[0])}" if node.caveats else node.period, bounds=((south, west), (north, east)),
    )  # fmt: skip


def quadrants(high_high: str, high_low: str, low_high: str, low_low: str) -> dict[str, Line]:
    """The line of each quadrant of local Moran, by its kind, from the labels."""
    return {
        "high-high": (*HOT, high_high), "high-low": (*WARM, high_low), "low-high": (*COOL, low_high), "low-low": (*COLD, low_low),
    }  # fmt: skip


def quadrant_map(
    assessment: Assessment, node: Node, found: Tested, why: pd.Series, kinds: Mapping[str, Line], hover: Iterable[str], **words: str
) -> MapPayload:
    """A map of the quadrants in *found* (places: spot, uncorrected), told by the lines *kinds*; *why*: per place, the status by which it has no number."""
    lines = (*kinds.values(), FADED, GREY, ISLAND)
    return spot_map(assessment, node, _quadrant_signs(found, why, kinds), lines, tuple(hover), **words)


def _quadrant_signs(found: Tested, why: pd.Series, lines: Mapping[str, Line]) -> str:
    """A sign a place: its quadrant's where it survives, faded where it does not, grey, alone, or why it has no number."""
    signs = []
    for spot, before, status in zip(found.places["spot"], found.places["uncorrected"], why, strict=True):
        if spot == UNKNOWN:
            signs.append(SIGNS.get(status, "M"))
        elif spot in lines:
            signs.append(lines[spot][0])
        elif spot == ALONE:
            signs.append(ISLAND[0])
        else:
            signs.append(FADED[0] if before in lines and not found.refused else GREY[0])
    return "".join(signs)


def no_number(status: str) -> str:
    """Why a place has no number to be looked at, in the words of every map."""
    return STATUS.get(status) or STATUS["missing"]


def survive_sentence(found: Tested, many: str) -> str:
    """How many places are left after correction for many tests."""
    return say(
        "{before} {many} have p ≤ {level}; {after} survive correction for many tests (Benjamini–Hochberg).",
        before=found.before, many=many, level=numeral(f"{LEVEL:g}"), after=found.after,
    )  # fmt: skip


def doubt(p: float, q: float, *, refused: str, edge: bool) -> str:
    """The end of a hover line: p before and after correction, and whether the place lies at the edge of the map."""
    tested = "" if math.isnan(q) or refused else say(" · p {p}, corrected {q}", p=numeral(f"{p:.2g}"), q=numeral(f"{q:.2g}"))
    return tested + (say(" · at the edge of the map") if edge else "")


def edge_sentence(many: str, at_edge: pd.Series) -> str:
    """How many of the places of a cluster lie at the edge of the map; *at_edge*: whether, of each of them."""
    if not at_edge.any():
        return ""
    return say(
        "{count} of these {many} lie at the edge of the map; beyond it nobody looked, so their neighbours are known in part.",
        count=int(at_edge.sum()), many=many,
    )  # fmt: skip


def withheld_sentence(assessment: Assessment, *node_ids: str) -> str:
    """How many places are left out because a number of theirs is withheld."""
    withheld = pd.DataFrame({one: assessment.numbers[one]["status"] == "suppressed" for one in node_ids})
    count = int(withheld.any(axis=1).sum())
    if not count:
        return ""
    return say(
        "{count} {many} are left out because their number is withheld, mostly a small one; so where low gathers can hardly be seen.",
        count=count, many=assessment.many,
    )  # fmt: skip
