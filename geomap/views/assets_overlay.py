"""Places that protect, over any map: what is formal as points, all else as a number in the place it lies in."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.protects import Protects
from geomap.language import noted, say
from geomap.symbology.labelled import capital
from geomap.symbology.overlay import COUNT, ROUND, Mark, Overlay

PALETTE = ("#12262d", "#7a4fa3", "#b3541e", "#1f6f4a", "#8a1c4a", "#2b5aa0", "#6b6b00")
MOST = len(PALETTE) - 1  # kinds with a colour of their own; the last is for all others
ABOUT = noted("Only what is registered is here. What is informal or shielded is told as a number for a place, never as a point.")


def assets_overlay(assessment: Assessment, there: Protects) -> Overlay:
    """The overlay of everything that the edition tells of; most common kinds first."""
    places, pinned = assessment.places, there.pinned
    counts = pinned["kind"].value_counts()
    kinds = list(counts.index[: MOST if len(counts) > MOST + 1 else None])
    marks = [Mark(ROUND, PALETTE[at], capital(kind), int(counts[kind])) for at, kind in enumerate(kinds)]
    if others := int(counts[len(kinds) :].sum()):
        marks.append(Mark(ROUND, PALETTE[-1], say("Of other kinds"), others))
    at = pinned["kind"].map({kind: at for at, kind in enumerate(kinds)}).fillna(len(kinds)).astype(int)
    points = zip(
        pinned["latitude"], pinned["longitude"], there.placed(pinned, places.index), at, pinned["name"].where(pinned["name"] != "", pinned["kind"]),
        [_text(row) for row in pinned.to_dict("records")], strict=True,
    )  # fmt: skip
    hidden = there.assets[there.assets["longitude"].isna()]
    lies_in = there.placed(hidden, places.index)
    known = hidden.assign(at=lies_in)[lies_in != ""]
    if len(hidden):
        marks.append(Mark(COUNT, "#ffffff", say("Informal or shielded: how many in the place"), len(known)))
    return Overlay(
        say("What protects"), tuple(marks), say(ABOUT), points=tuple((round(float(y), 5), round(float(x), 5), str(code), int(mark), str(name), text) for y, x, code, mark, name, text in points),
        labels={str(code): int(count) for code, count in known["at"].value_counts(sort=False).sort_index().items()}, notes=_notes(known),
    )  # fmt: skip


def _text(row: dict[str, object]) -> str:
    """What it is, for whom, when, how many, who runs it, as far as it is said."""
    parts = [
        row["kind"] if row["name"] else "",
        say("for: {people}", people=row["audience"]) if row["audience"] else "",
        row["opening"],
        say("room for {number}", number=row["capacity"]) if row["capacity"] else "",
        row["run_by"],
    ]
    return " · ".join(str(part) for part in parts if part)


def _notes(known: pd.DataFrame) -> dict[str, str]:
    """A line for each place: how many of each kind."""
    counted = known.groupby(["at", "kind"]).size().reset_index(name="count")
    lines = counted["kind"] + " " + counted["count"].astype(str)
    return {str(code): say("Informal or shielded here: {kinds}", kinds=", ".join(some)) for code, some in lines.groupby(counted["at"])}
