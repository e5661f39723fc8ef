"""Hot spots as counted beside hot spots smoothed: as a map, in words, as a table and as data."""

from collections.abc import Iterator

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.hotspots import LEVEL, UNKNOWN, HotSpots
from geomap.assessment.hotspots_smoothed import BOTH, NEITHER, RAW, SMOOTH, RawAndSmoothed
from geomap.language import Spoken, known, noted, numeral, say
from geomap.symbology.classes import SIGNS
from geomap.symbology.numbers import number, p_value
from geomap.symbology.payload import MapPayload
from geomap.symbology.spots import GREY, HOT, NOTE, edge_sentence, no_number, spot_map, withheld_sentence

AS_COUNTED, SMOOTHED = noted("As counted: {words}"), noted("Smoothed: {words}")
LINES = {
    BOTH: (*HOT, noted("Hot as counted and smoothed")),
    RAW: ("2", "#e0a17d", noted("Hot as counted only")),
    SMOOTH: ("1", "#9a86b8", noted("Hot when smoothed only")),
    NEITHER: (GREY[0], GREY[1], noted("Not hot")),
}
MEANING = Spoken({
    BOTH: noted("the rate is high there and around whichever way it is read."),
    RAW: noted("they do not stay so once rates of few events are drawn towards the city's: the numbers there may be high by chance. Wait for more years before acting on them."),
    SMOOTH: noted("they come forward only once chance in small counts is taken out. Smoothing also makes places more alike, so look at what was counted there first."),
})  # fmt: skip


def smoothed_map(assessment: Assessment, found: RawAndSmoothed) -> MapPayload:
    """The map of places that are hot in both, in one, or in none."""
    node = found.raw.node
    status = assessment.numbers[node.id]["status"]
    signs = "".join(LINES[hot][0] if hot in LINES else SIGNS.get(why, "M") for hot, why in zip(found.places["hot"], status, strict=True))
    return spot_map(
        assessment, node, signs, tuple(LINES.values()), tuple(_hover(found, status)),
        title=say("Hot spots of {title}, as counted and smoothed", title=node.title),
        legend_title=say("{title} ({period}), as counted and smoothed", title=node.title, period=node.period),
        legend_note=" ".join((*_refusals(found), say("Smoothed by: {how}.", how=known(found.how)), say(NOTE))),
    )  # fmt: skip


def in_words(assessment: Assessment, found: RawAndSmoothed) -> str:
    """How many places are hot either way, what that means, and which."""
    node, there = found.raw.node, found.places["hot"] != UNKNOWN
    hot = found.places["hot"].isin((BOTH, RAW, SMOOTH))
    lines = [
        say(
            "{title}, {period}, as counted and smoothed ({how}): {count} of {whole} {many} have both numbers.",
            title=node.title, period=node.period, how=known(found.how), count=int(there.sum()), whole=len(there), many=assessment.many,
        ),
        say(AS_COUNTED, words=_test(found.raw)), say(SMOOTHED, words=_test(found.smooth)), *_refusals(found),
        *(_kind(assessment, found, kind) for kind in (BOTH, RAW, SMOOTH)),
        known(found.raw.around), withheld_sentence(assessment, node.id), edge_sentence(assessment.many, found.places.loc[hot, "edge"]),
        say(NOTE), *(f"! {known(caveat)}" for caveat in node.caveats),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def as_data(assessment: Assessment, found: RawAndSmoothed) -> dict[str, object]:
    """The same as plain values; a number that is unknown is null."""
    rows = table(assessment, found).astype(object)
    return {
        "node": found.raw.node.id, "smoothed_by": found.how, "level": assessment.level, "counts": {kind: found.count(kind) for kind in LINES},
        "raw": _summary(found.raw), "smoothed": _summary(found.smooth), "note": NOTE, "caveats": list(found.raw.node.caveats),
        "places": rows.where(rows.notna(), None).to_dict("records"),
    }  # fmt: skip


def table(assessment: Assessment, found: RawAndSmoothed) -> pd.DataFrame:
    """A row a place, those that are hot in both first: code, name, where it is hot, both rates, events, both corrected p, whether it lies at the edge of the map."""
    order = [*LINES, UNKNOWN]
    shown = found.places.assign(name=assessment.places["name"], at=found.places["hot"].map(order.index))
    shown = shown.sort_values(["at", "raw_q"], na_position="last", kind="stable")
    return shown.reset_index(names="code")[["code", "name", "hot", "raw", "smoothed", "events", "raw_q", "smoothed_q", "edge"]]


def _kind(assessment: Assessment, found: RawAndSmoothed, kind: str) -> str:
    events = found.places.loc[found.places["hot"] == kind, "events"]
    label = say(LINES[kind][2])
    if events.empty:
        return f"{label}: 0."
    told = {
        "label": label,
        "count": len(events),
        "many": assessment.many,
        "whole": number(found.places["events"].median(), 0),
        "meaning": MEANING[kind],
    }
    if events.notna().any():
        return say(
            "{label}: {count} {many} ({middle} events in the middle one; all places: {whole}); {meaning}",
            middle=number(events.median(), 0),
            **told,
        )
    return say("{label}: {count} {many} (all places: {whole}); {meaning}", **told)


def _test(found: HotSpots) -> str:
    return say(
        "Moran's I {statistic}, p {p}; {before} with p ≤ {level}, {after} after correction for many tests (Benjamini–Hochberg).",
        statistic=numeral(f"{found.test.statistic:.3f}"), p=p_value(found.p), before=found.before, level=numeral(f"{LEVEL:g}"), after=found.after,
    )  # fmt: skip


def _refusals(found: RawAndSmoothed) -> Iterator[str]:
    for words, one in ((AS_COUNTED, found.raw), (SMOOTHED, found.smooth)):
        if one.refused:
            yield say(words, words=known(one.refused))


def _summary(found: HotSpots) -> dict[str, object]:
    return {"moran": found.test.statistic, "p": found.p, "before": found.before, "after": found.after, "refused": found.refused}


def _hover(found: RawAndSmoothed, status: pd.Series) -> Iterator[str]:
    digits = found.raw.node.digits
    for row, why in zip(found.places.itertuples(), status, strict=True):
        yield (
            no_number(why)
            if row.hot == UNKNOWN
            else say(
                "{raw} as counted, {smoothed} smoothed · {label}",
                raw=number(row.raw, digits),
                smoothed=number(row.smoothed, digits),
                label=say(LINES[row.hot][2]),
            )
        )
