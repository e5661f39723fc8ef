"""Places high in one number beside places high in another: as a map, in words, as a table and as data. It is association, not cause, and each of them says so."""

import math
from collections.abc import Iterator

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.hotspots import ALONE, CHANCE, UNKNOWN
from geomap.assessment.hotspots_beside import BesideSpots
from geomap.symbology.numbers import number
from geomap.symbology.payload import MapPayload
from geomap.symbology.spots import (
    COLD,
    COOL,
    FADED,
    GREY,
    HOT,
    ISLAND,
    NOTE,
    WARM,
    Line,
    doubt,
    edge_sentence,
    no_number,
    quadrant_signs,
    spot_map,
    survive_sentence,
    withheld_sentence,
)

ASSOCIATION = "Association, not cause: places are compared with their neighbours, not people, and what both go with may be something else."
COLOURS = {"high-high": HOT, "high-low": WARM, "low-high": COOL, "low-low": COLD}
SHORT = {kind: (*colour, "{} here, {} around".format(*kind.split("-")).capitalize()) for kind, colour in COLOURS.items()}


def beside_map(assessment: Assessment, found: BesideSpots) -> MapPayload:
    """The map of what survives; where nothing may, every place with neighbours is grey and the note says why."""
    return spot_map(
        assessment, found.here, quadrant_signs(found.places, _why(assessment, found), COLOURS, refused=found.refused), (*SHORT.values(), FADED, GREY, ISLAND), tuple(_hover(assessment, found)),
        title=f"{found.here.title} beside {found.around.title} around", legend_title=f"{found.here.title} ({found.here.period}) here, {found.around.title} ({found.around.period}) in places around",
        legend_note=f"{found.refused or survive_sentence(found, assessment.many)} {ASSOCIATION}",
    )  # fmt: skip


def in_words(assessment: Assessment, found: BesideSpots) -> str:
    """All places together first, then what survives, then what must be known."""
    counts, test = found.places["spot"].value_counts(), found.test
    lines = [
        (f"{found.here.title}, {found.here.period}, beside {found.around.title}, {found.around.period}, in the {assessment.many} around: "
        f"{int(found.places['here'].notna().sum()):,} of {len(found.places):,} {assessment.many} have both numbers."),
        f"All together: r {test.r:.2f} ({test.low:.2f} to {test.high:.2f}), p {test.p:.3g}; being neighbours, these places are worth about {test.effective:,.0f} independent ones.",
        found.refused or survive_sentence(found, assessment.many),
        *(f"  {label}: {int(counts.get(kind, 0)):,}" for kind, (_, _, label) in _lines(found).items() if not found.refused),
        found.neighbours, withheld_sentence(assessment, found.here.id, found.around.id), edge_sentence(assessment.many, found.places.loc[found.places["spot"].isin(COLOURS), "edge"]),
        ASSOCIATION, NOTE, *(f"! {caveat}" for caveat in dict.fromkeys([*found.here.caveats, *found.around.caveats])),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def as_data(assessment: Assessment, found: BesideSpots) -> dict[str, object]:
    """The same as plain values; a number that is unknown is null."""
    rows = table(assessment, found).astype(object)
    return {
        "node": found.here.id, "beside": found.around.id, "level": assessment.level, "together": vars(found.test), "refused": found.refused, "before": found.before,
        "after": found.after, "counts": found.counts(), "neighbours": found.neighbours, "note": f"{ASSOCIATION} {NOTE}",
        "caveats": list(dict.fromkeys([*found.here.caveats, *found.around.caveats])), "places": rows.where(rows.notna(), None).to_dict("records"),
    }  # fmt: skip


def table(assessment: Assessment, found: BesideSpots) -> pd.DataFrame:
    """A row a place, the surest first: code, name, what it is, its own number, the mean of the other around it, p, q, whether it lies at the edge of the map."""
    shown = found.places.assign(name=assessment.places["name"]).sort_values(["q", "p"], na_position="last", kind="stable")
    return shown.reset_index(names="code")[["code", "name", "spot", "here", "around", "p", "q", "neighbours", "edge"]]


def _lines(found: BesideSpots) -> dict[str, Line]:
    """A line of the legend for each kind, with both numbers named."""
    return {
        kind: (*colour, "{0} {2}, {1} {3} around".format(found.here.title, found.around.title, *kind.split("-")))
        for kind, colour in COLOURS.items()
    }


def _why(assessment: Assessment, found: BesideSpots) -> pd.Series:
    """The status of each place's own number, or of the other where it has its own."""
    first, second = (assessment.numbers[node.id]["status"] for node in (found.here, found.around))
    return first.where(assessment.numbers[found.here.id]["value"].isna(), second)


def _hover(assessment: Assessment, found: BesideSpots) -> Iterator[str]:
    lines = {kind: line[2] for kind, line in _lines(found).items()} | {CHANCE: GREY[2], ALONE: ISLAND[2]}
    for row, why in zip(found.places.itertuples(), _why(assessment, found), strict=True):
        if row.spot == UNKNOWN:
            yield no_number(why)
            continue
        around = "" if math.isnan(row.around) else f" · around {number(row.around, found.around.digits)}"
        yield f"{number(row.here, found.here.digits)}{around} · {lines[row.spot]}{doubt(row.p, row.q, refused=found.refused, edge=row.edge)}"
