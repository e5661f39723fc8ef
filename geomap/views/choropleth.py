"""A map of one index, domain or indicator."""

import math

import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.public import fifths_of_values
from geomap.language import known, say
from geomap.scoring.classes import SCORE_CUTS
from geomap.symbology.classes import COUNT, Classed, by_fifth, classify
from geomap.symbology.numbers import FIFTHS, STATUS, fifth_in_words, interval, number, rests_on
from geomap.symbology.palettes import ramp
from geomap.symbology.payload import Entry, MapPayload, withheld_entries


def choropleth(assessment: Assessment, node_id: str) -> MapPayload:
    """The map of *node_id*: in a public edition by the fifth a place is in; else scores at fixed cuts of their scale, indicators at those of their quantiles."""
    node, table = assessment.node(node_id), assessment.numbers[node_id]
    in_fifths = assessment.tier == "public"
    if in_fifths and node.kind == "indicator":
        table = fifths_of_values(table, node.up)
    classed = by_fifth(table, node.up) if in_fifths else classify(table, fixed=SCORE_CUTS if node.kind != "indicator" else ())
    lines = _in_fifths(hover(node, table), table) if in_fifths else hover(node, table)
    resting = _resting(assessment, node)
    west, south, east, north = assessment.places.total_bounds
    return MapPayload(
        title=node.title, legend_title=f"{node.title}, {node.unit} ({node.period})" if node.unit else f"{node.title} ({node.period})",
        legend_note=say("Darker needs attention more.") if node.up == "worse" else say("Darker is better."),
        digits=classed.digits, faded="".join("0" if sure else "1" for sure in classed.certain), legend=_fifths(node, classed) if in_fifths else _legend(node, classed), resting="".join("1" if count else "0" for count in resting),
        hover=tuple(f"{line} · {words}" if words else line for line, words in zip(lines, map(rests_on, resting), strict=True)), about=about(node), bounds=((float(south), float(west)), (float(north), float(east))),
    )  # fmt: skip


def _resting(assessment: Assessment, node: Node) -> pd.Series:
    """On how many withheld numbers each place's score rests; an indicator's own withheld number has a class of its own."""
    there = assessment.numbers[node.id]["value"].notna() & (node.kind != "indicator")
    return assessment.stand_ins(node.id).where(there, 0)


def _in_fifths(lines: list[str], table: pd.DataFrame) -> list[str]:
    """The lines, each with the fifth the place is in, as surely as the data allow."""
    told = map(fifth_in_words, table["fifth_low"], table["fifth_high"])
    return [f"{line} · {words}" if there else line for line, words, there in zip(lines, told, table["value"].notna(), strict=True)]


def _fifths(node: Node, classed: Classed) -> tuple[Entry, ...]:
    """Legend lines of the five fifths, the darkest first."""
    counts, colours = classed.counts(), ramp(node.up, COUNT)
    fifths = [COUNT - step if node.up == "worse" else step + 1 for step in range(COUNT)]
    lines = [
        Entry(str(step), colours[step], say("in {fifth}", fifth=FIFTHS[fifth]), counts.get(str(step), 0))
        for step, fifth in enumerate(fifths)
    ]
    return (*reversed(lines), *withheld_entries(counts))


def hover(node: Node, table: pd.DataFrame) -> list[str]:
    """Value, interval and base of each place, in a line."""
    return [
        _line(node, *row)
        for row in zip(table["value"], table["low"], table["high"], table["status"], table.get("n", table["value"] * math.nan), strict=True)
    ]


def about(node: Node) -> str:
    """Period, whether the number is modelled, why it is looked at here, and the first caveat, for the foot of the hover card."""
    said = [known(one) for one in (*node.marks, *node.caveats[:1])]
    return f"{node.period}. {' '.join(said)}" if said else node.period


def _line(node: Node, value: float, low: float, high: float, status: str, n: float) -> str:
    if status == "suppressed" and not math.isnan(low):
        return say("{why}, between {low} and {high}", why=STATUS[status], low=number(low, node.digits), high=number(high, node.digits))
    if status not in ("value", "zero"):
        return STATUS[status]
    base = "" if math.isnan(n) else say(" · base {base}", base=number(n, 0))
    doubt = interval(low, high, node.digits)
    return f"{number(value, node.digits)}{f' ({doubt})' if doubt else ''}{base}"


def _legend(node: Node, classed: Classed) -> tuple[Entry, ...]:
    counts, colours = classed.counts(), ramp(node.up, classed.count)
    first = 1.0 if node.unit == "1–10" else 0.0
    starts = (classed.lowest if node.kind == "indicator" else first, *classed.cuts[:-1])
    lines = (
        [
            Entry(str(step), colours[step], interval(start, end, node.digits), counts.get(str(step), 0))
            for step, (start, end) in enumerate(zip(starts, classed.cuts, strict=True))
        ]
        if classed.count
        else []
    )
    return (*reversed(lines), *withheld_entries(counts))
