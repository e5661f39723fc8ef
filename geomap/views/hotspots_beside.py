"""Places high in one number beside places high in another: as a map, in words, as a table and as data. It is association, not cause, and each of them says so."""

import math
from collections.abc import Iterator

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.hotspots import ALONE, CHANCE, UNKNOWN
from geomap.assessment.hotspots_beside import BesideSpots
from geomap.language import known, noted, numeral, say
from geomap.symbology.numbers import number, p_value
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

ASSOCIATION = noted(
    "Association, not cause: places are compared with their neighbours, not people, and what both go with may be something else."
)
KINDS = quadrants(
    noted("High here, high around"), noted("High here, low around"), noted("Low here, high around"), noted("Low here, low around")
)
NAMED = {
    "high-high": noted("{here} high, {around} high around"), "high-low": noted("{here} high, {around} low around"),
    "low-high": noted("{here} low, {around} high around"), "low-low": noted("{here} low, {around} low around"),
    CHANCE: GREY[2], ALONE: ISLAND[2],
}  # fmt: skip


def beside_map(assessment: Assessment, found: BesideSpots) -> MapPayload:
    """The map of what survives; where nothing may, every place with neighbours is grey and the note says why."""
    return quadrant_map(
        assessment, found.here, found, _why(assessment, found), KINDS, _hover(assessment, found),
        title=say("{here} beside {around} around", here=found.here.title, around=found.around.title),
        legend_title=say("{here} ({period}) here, {around} ({then}) in places around", **_asked(found)),
        legend_note=f"{known(found.refused) or survive_sentence(found, assessment.many)} {say(ASSOCIATION)}",
    )  # fmt: skip


def in_words(assessment: Assessment, found: BesideSpots) -> str:
    """All places together first, then what survives, then what must be known."""
    counts, test = found.places["spot"].value_counts(), found.test
    lines = [
        say(
            "{here}, {period}, beside {around}, {then}, in the {many} around: {count} of {whole} {many} have both numbers.",
            **_asked(found), many=assessment.many, count=int(found.places["here"].notna().sum()), whole=len(found.places),
        ),
        say(
            "All together: r {r} ({low} to {high}), p {p}; being neighbours, these places are worth about {effective} independent ones.",
            **{name: numeral(f"{getattr(test, name):.2f}") for name in ("r", "low", "high")}, p=p_value(test.p), effective=round(test.effective),
        ),
        known(found.refused) or survive_sentence(found, assessment.many),
        *(f"  {_named(found, kind)}: {number(counts.get(kind, 0), 0)}" for kind in KINDS if not found.refused),
        known(found.neighbours), withheld_sentence(assessment, found.here.id, found.around.id), edge_sentence(assessment.many, found.places.loc[found.places["spot"].isin(KINDS), "edge"]),
        say(ASSOCIATION), say(NOTE), *(f"! {known(caveat)}" for caveat in dict.fromkeys([*found.here.caveats, *found.around.caveats])),
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


def _asked(found: BesideSpots) -> dict[str, str]:
    return {"here": found.here.title, "period": found.here.period, "around": found.around.title, "then": found.around.period}


def _named(found: BesideSpots, kind: str) -> str:
    """What a place is, with both numbers named."""
    return say(NAMED[kind], here=found.here.title, around=found.around.title)


def _why(assessment: Assessment, found: BesideSpots) -> pd.Series:
    """The status of each place's own number, or of the other where it has its own."""
    first, second = (assessment.numbers[node.id]["status"] for node in (found.here, found.around))
    return first.where(assessment.numbers[found.here.id]["value"].isna(), second)


def _hover(assessment: Assessment, found: BesideSpots) -> Iterator[str]:
    for row, why in zip(found.places.itertuples(), _why(assessment, found), strict=True):
        if row.spot == UNKNOWN:
            yield no_number(why)
            continue
        around = "" if math.isnan(row.around) else say(" · around {value}", value=number(row.around, found.around.digits))
        yield f"{number(row.here, found.here.digits)}{around} · {_named(found, row.spot)}{doubt(row.p, row.q, refused=found.refused, edge=row.edge)}"
