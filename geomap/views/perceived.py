"""What people perceive against what is recorded, by place: seen and felt, felt not recorded, recorded not felt, neither, or cannot tell."""

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.errors import EditionError
from geomap.scoring.draws import Z
from geomap.statistics.divergence import CANNOT_TELL, divergence
from geomap.symbology.labelled import Words, labelled_map
from geomap.symbology.numbers import number
from geomap.symbology.payload import MapPayload

NOT_A_CAUSE = (
    "Where the two part, that is a reason to ask; it does not show what brings what about. Low trust can hide incidents from the records."
)
COLOURS = {
    "seen and felt": "#7d3c3c",
    "felt, not recorded": "#b98ac0",
    "recorded, not felt": "#d9a441",
    "neither": "#3d8588",
    CANNOT_TELL: "#efece4",
}


def perceived_map(assessment: Assessment, found: pd.DataFrame, perceived: str, recorded: str) -> MapPayload:
    """The five words on the map."""
    one, other = (assessment.node(name).title for name in (perceived, recorded))
    hover = [
        f"{row['word']}: felt {number(row['perceived'], 1)}, recorded {number(row['recorded'], 1)}, in spreads from the city's mean"
        for _, row in found.iterrows()
    ]
    words = Words(
        f"{one}, and {other.lower()}",
        f"Felt and recorded, by {assessment.one} ({assessment.period})",
        "A word is said only where both stand clear of the city's mean.",
        NOT_A_CAUSE,
    )
    return labelled_map(assessment.places, found["word"], COLOURS, words, hover)


def perceived_against_recorded(assessment: Assessment, perceived: str, recorded: str) -> pd.DataFrame:
    """A row a place with the columns of *divergence* and its name; both indicators turned so that more is worse.

    Errors are taken from the published intervals; a number with a flag (withheld, modelled, known of a larger place only) has no word, since it is not
    this place's own. EditionError when an indicator is not in the edition.
    """
    nodes = [assessment.node(name) for name in (perceived, recorded)]
    if unfit := [node.id for node in nodes if node.kind != "indicator"]:
        raise EditionError(f"{unfit} are composites; name two indicators, what people perceive and what is recorded.")
    found = divergence(*(_worse_is_more(assessment, node) for node in nodes))
    return found.set_axis(assessment.places.index).assign(name=assessment.places["name"])


def in_words(assessment: Assessment, found: pd.DataFrame, perceived: str, recorded: str) -> str:
    """How many places are in each word, which differ, and what it does not show."""
    titles = [assessment.node(name).title for name in (perceived, recorded)]
    counts = found["word"].value_counts()
    lines = [f"{titles[0]} against {titles[1]}, {len(found):,} {assessment.many}:"]
    lines += [f"  {word}: {count:,}" for word, count in counts.items()]
    apart = found[found["differs"]].sort_values("difference", key=lambda gap: -gap.abs())
    lines.append(
        f"{len(apart)} differ beyond chance, at one false in ten: "
        + ", ".join(f"{row['name']} ({row['word']})" for _, row in apart.head(12).iterrows())
        if len(apart)
        else "None differs beyond chance, at one false in ten."
    )
    return "\n".join([*lines, NOT_A_CAUSE])


def _worse_is_more(assessment: Assessment, node: Node) -> tuple[np.ndarray, np.ndarray]:
    numbers = assessment.numbers[node.id]
    own = numbers["status"].isin(["value", "zero"]) & (numbers["flags"].fillna("") == "")
    variance = ((numbers["high"] - numbers["low"]) / (2 * Z)) ** 2
    sign = 1.0 if node.up == "worse" else -1.0
    known = own & (variance > 0)
    return (sign * numbers["value"]).where(known).to_numpy(dtype=float), variance.where(known).to_numpy(dtype=float)
