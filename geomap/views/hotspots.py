"""Hot spots as a map, in words, as a table and as data; what does not survive correction is grey."""

import math
from collections.abc import Iterator

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.hotspots import ALONE, CHANCE, LEVEL, HotSpots
from geomap.language import known, noted, numeral, say
from geomap.symbology.numbers import number, p_value
from geomap.symbology.overlay import LINE, Mark, Overlay
from geomap.symbology.payload import MapPayload
from geomap.symbology.spots import (
    GREY,
    ISLAND,
    NOTE,
    doubt,
    edge_sentence,
    no_number,
    quadrant_map,
    quadrants,
    survive_sentence,
    withheld_sentence,
)

KINDS = quadrants(noted("High among high (hot spot)"), noted("High among low"), noted("Low among high"), noted("Low among low (cold spot)"))
LINES = {
    "high-high": ("#8f2d3c", "", noted("High among high (hot spot)")),
    "low-low": ("#123f6b", "7 5", noted("Low among low (cold spot)")),
    "high-low": ("#8f2d3c", "2 5", noted("High among low")),
    "low-high": ("#123f6b", "2 5", noted("Low among high")),
}  # colour and dash of an outline: heat and place are told by both


def hotspot_map(assessment: Assessment, found: HotSpots) -> MapPayload:
    """The map of clusters; where there may be none, every place with neighbours is grey and the note says why."""
    return quadrant_map(
        assessment, found.node, found, assessment.numbers[found.node.id]["status"], KINDS, _hover(assessment, found),
        title=say("Hot spots: {title}", title=found.node.title),
        legend_title=say("{title} ({period}), places beside their neighbours", title=found.node.title, period=found.node.period),
        legend_note=known(found.refused)
        or say("{after} of {before} places with p ≤ {level} survive correction for many tests.", after=found.after, before=found.before, level=numeral(f"{LEVEL:g}")) + f" {say(NOTE)}",
    )  # fmt: skip


def hotspot_outlines(found: HotSpots) -> Overlay:
    """The places that survive correction, as outlines over any map; where there are none, the overlay says why."""
    spots, title = found.places["spot"], found.node.title
    rows = [(LINES[kind], tuple(map(str, spots.index[spots == kind]))) for kind in LINES if (spots == kind).any()]
    marks = tuple(Mark(LINE, colour, say(label), len(codes), dash) for (colour, dash, label), codes in rows)
    notes = {code: f"{title}: {say(label)}" for (_, _, label), codes in rows for code in codes}
    none = known(found.refused) or ("" if rows else say("No place survives correction for many tests."))
    head = say("Hot spots: {title}", title=title)
    return Overlay(
        head, marks, none or f"{found.node.period}. {say(NOTE)}", outlines=tuple(enumerate(codes for _, codes in rows)), notes=notes
    )


def in_words(assessment: Assessment, found: HotSpots) -> str:
    """All places together first, then what survives, then what must be known."""
    test = found.test
    lines = [
        say(
            "{title}, {period}: {count} of {whole} {many} have a number.",
            title=found.node.title, period=found.node.period, count=int(found.places["value"].notna().sum()), whole=len(found.places), many=assessment.many,
        ),
        say(
            "All together: Moran's I {statistic} (by chance {expected}), z {z}, p {p}.",
            statistic=numeral(f"{test.statistic:.3f}"), expected=numeral(f"{test.expected:.3f}"), z=numeral(f"{test.z:.1f}"), p=p_value(found.p),
        ),
        known(found.refused) or survive_sentence(found, assessment.many),
        *(f"  {say(label)}: {number(found.counts().get(kind, 0), 0)}" for kind, (_, _, label) in KINDS.items() if not found.refused),
        *([] if found.refused else [_by_getis(found)]),
        known(found.around), withheld_sentence(assessment, found.node.id), edge_sentence(assessment.many, _at_edge(found)), say(NOTE),
        *(f"! {known(caveat)}" for caveat in found.node.caveats),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def as_data(assessment: Assessment, found: HotSpots) -> dict[str, object]:
    """The same as plain values; a number that is unknown is null."""
    rows = found.places.assign(name=assessment.places["name"]).reset_index(names="code").astype(object)
    return {
        "node": found.node.id, "title": found.node.title, "level": assessment.level, "period": found.node.period,
        "moran": {"statistic": found.test.statistic, "expected": found.test.expected, "z": found.test.z, "p": found.p},
        "refused": found.refused, "before": found.before, "after": found.after, "counts": found.counts(), "neighbours": found.around, "note": NOTE,
        "caveats": list(found.node.caveats), "places": rows.where(rows.notna(), None).to_dict("records"),
    }  # fmt: skip


def table(assessment: Assessment, found: HotSpots) -> pd.DataFrame:
    """A row a place, the surest first: code, name, what it is, value, p, q, G*, whether it lies at the edge of the map."""
    shown = found.places.assign(name=assessment.places["name"]).sort_values(["q", "p"], na_position="last")
    return shown.reset_index(names="code")[["code", "name", "spot", "value", "p", "q", "g_star", "g_q", "neighbours", "edge"]]


def _hover(assessment: Assessment, found: HotSpots) -> Iterator[str]:
    status = assessment.numbers[found.node.id]["status"]
    for row, why in zip(found.places.itertuples(), status, strict=True):
        if math.isnan(row.value):
            yield no_number(why)
            continue
        label = KINDS[row.spot][2] if row.spot in KINDS else {CHANCE: GREY[2], ALONE: ISLAND[2]}[row.spot]
        yield f"{number(row.value, found.node.digits)} · {say(label)}{doubt(row.p, row.q, refused=found.refused, edge=row.edge)}"


def _by_getis(found: HotSpots) -> str:
    before, after = (int((found.places[name] <= LEVEL).sum()) for name in ("g_p", "g_q"))
    return say("By Getis and Ord's G*: {before} before, {after} after.", before=before, after=after)


def _at_edge(found: HotSpots) -> pd.Series:
    return found.places.loc[found.places["spot"].isin(KINDS), "edge"]
