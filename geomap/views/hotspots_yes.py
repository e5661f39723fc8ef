"""Where places that have something lie together (join counts): as a map, in words, as a table and as data."""

import math
from collections.abc import Iterator

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.hotspots import ALONE, CHANCE, LEVEL, UNKNOWN
from geomap.assessment.hotspots_yes import HAS_NOT, TOGETHER, YesSpots
from geomap.language import known, noted, numeral, say
from geomap.symbology.classes import SIGNS
from geomap.symbology.numbers import number, p_value
from geomap.symbology.payload import MapPayload
from geomap.symbology.spots import FADED, GREY, HOT, ISLAND, NOTE, WARM, doubt, edge_sentence, no_number, spot_map, withheld_sentence

AMONG = (*HOT, noted("Yes, with more neighbours that are yes than chance gives"))
SINGLE = (*WARM, noted("Yes, among neighbours as chance puts them"))
NOT = (GREY[0], GREY[1], noted("No"))
QUESTIONS = {"yes": noted("{title}: yes"), "over": noted("{title} over {threshold}"), "under": noted("{title} under {threshold}")}


def yes_map(assessment: Assessment, found: YesSpots) -> MapPayload:
    """The map of places that have it, those that lie together darkest; where none may be shown, the note says why."""
    return spot_map(
        assessment, found.node, "".join(_signs(assessment, found)), (AMONG, FADED, SINGLE, NOT, ISLAND), tuple(_hover(assessment, found)),
        title=say("Together: {asked}", asked=_asked(found)), legend_title=f"{_asked(found)} ({found.node.period})",
        legend_note=f"{known(found.refused) or _survive(assessment, found)} {say(NOTE)}",
    )  # fmt: skip


def in_words(assessment: Assessment, found: YesSpots) -> str:
    """All places together first, then what survives, then what must be known."""
    lines = [
        say(
            "{asked}, {period}: so in {count} of {whole} {many} with a number.",
            asked=_asked(found), period=found.node.period, count=int(found.places["has"].sum()), whole=int(found.places["has"].notna().sum()), many=assessment.many,
        ),
        say(
            "All together: {both} pairs of neighbours are both so (by chance {expected}), {one} pairs one of them, {none} neither; p {p}.",
            both=number(found.joins.both, 0), expected=number(found.joins.test.expected, 1), one=number(found.joins.one, 0), none=number(found.joins.none, 0), p=p_value(found.p),
        ),
        known(found.refused) or _survive(assessment, found),
        known(found.neighbours), withheld_sentence(assessment, found.node.id), edge_sentence(assessment.many, found.places.loc[found.places["spot"] == TOGETHER, "edge"]),
        say(NOTE), *(f"! {known(caveat)}" for caveat in found.node.caveats),
    ]  # fmt: skip
    return "\n".join(line for line in lines if line)


def as_data(assessment: Assessment, found: YesSpots) -> dict[str, object]:
    """The same as plain values; a number that is unknown is null."""
    rows = table(assessment, found).astype(object)
    return {
        "node": found.node.id, "yes": found.yes, "level": assessment.level,
        "pairs": {"both": found.joins.both, "one": found.joins.one, "none": found.joins.none, "expected": found.joins.test.expected, "p": found.p},
        "refused": found.refused, "before": found.before, "after": found.after, "neighbours": found.neighbours, "note": NOTE, "caveats": list(found.node.caveats),
        "places": rows.where(rows.notna(), None).to_dict("records"),
    }  # fmt: skip


def table(assessment: Assessment, found: YesSpots) -> pd.DataFrame:
    """A row a place, the surest first: code, name, what it is, value, how many neighbours are so too, of how many, p, q, whether it lies at the edge of the map."""
    shown = found.places.assign(name=assessment.places["name"]).sort_values(["q", "p"], na_position="last", kind="stable")
    return shown.reset_index(names="code")[["code", "name", "spot", "value", "joins", "neighbours", "p", "q", "edge"]]


def _asked(found: YesSpots) -> str:
    """The question that each place answers with yes or no."""
    sense, _, threshold = found.yes.partition(" ")
    return say(QUESTIONS[sense], title=found.node.title, threshold=threshold)


def _survive(assessment: Assessment, found: YesSpots) -> str:
    return say(
        "{before} of them have more neighbours that are so too than chance gives at p ≤ {level}; {after} {many} survive correction for many tests (Benjamini–Hochberg).",
        before=found.before, level=numeral(f"{LEVEL:g}"), after=found.after, many=assessment.many,
    )  # fmt: skip


def _signs(assessment: Assessment, found: YesSpots) -> Iterator[str]:
    signs = {TOGETHER: AMONG[0], CHANCE: SINGLE[0], HAS_NOT: NOT[0], ALONE: ISLAND[0]}
    for spot, before, why in zip(
        found.places["spot"], found.places["uncorrected"], assessment.numbers[found.node.id]["status"], strict=True
    ):
        if spot == UNKNOWN:
            yield SIGNS.get(why, "M")
        elif spot == CHANCE and before == TOGETHER and not found.refused:
            yield FADED[0]
        else:
            yield signs[spot]


def _hover(assessment: Assessment, found: YesSpots) -> Iterator[str]:
    words = {TOGETHER: AMONG[2], CHANCE: SINGLE[2], HAS_NOT: NOT[2], ALONE: ISLAND[2]}
    for row, why in zip(found.places.itertuples(), assessment.numbers[found.node.id]["status"], strict=True):
        if row.spot == UNKNOWN:
            yield no_number(why)
            continue
        joins = "" if math.isnan(row.joins) else say(" · {some} of {whole} neighbours too", some=int(row.joins), whole=int(row.neighbours))
        yield f"{number(row.value, found.node.digits)} · {say(words[row.spot])}{joins}{doubt(row.p, row.q, refused=found.refused, edge=row.edge)}"
