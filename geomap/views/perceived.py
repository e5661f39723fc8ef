"""What people perceive against what is recorded, by place: seen and felt, felt not recorded, recorded not felt, neither, or cannot tell."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.pooling import without_years
from geomap.errors import EditionError
from geomap.language import noted, say
from geomap.scoring.draws import Z
from geomap.statistics.divergence import CANNOT_TELL, divergence
from geomap.symbology.labelled import Words, labelled_map
from geomap.symbology.numbers import number
from geomap.symbology.payload import MapPayload

NOT_A_CAUSE = noted(
    "Where the two part, that is a reason to ask; it does not show what brings what about. Low trust can hide incidents from the records."
)
COLOURS = {
    noted("seen and felt"): "#7d3c3c",
    noted("felt, not recorded"): "#b98ac0",
    noted("recorded, not felt"): "#d9a441",
    noted("neither"): "#3d8588",
    CANNOT_TELL: "#efece4",
}


def perceived_map(assessment: Assessment, found: pd.DataFrame, perceived: str, recorded: str) -> MapPayload:
    """The five words on the map."""
    one, other = (assessment.node(name).title for name in (perceived, recorded))
    hover = [
        say(
            "{word}: felt {felt}, recorded {recorded}, in spreads from the city's mean",
            word=say(row["word"]),
            felt=number(row["perceived"], 1),
            recorded=number(row["recorded"], 1),
        )
        for _, row in found.iterrows()
    ]
    words = Words(
        say("{one}, and {other}", one=one, other=other.lower()),
        say("Felt and recorded, by {one} ({period})", one=assessment.one, period=assessment.period),
        say("A word is said only where both stand clear of the city's mean."),
        say(NOT_A_CAUSE),
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


def opens_at(levels: Sequence[Assessment], perceived: str, recorded: str) -> str:
    """The first of *levels* (finest first) at which anything can be told of any place; the first of all where nothing can at any."""
    telling = (one.level for one in levels if (perceived_against_recorded(one, perceived, recorded)["word"] != CANNOT_TELL).any())
    return next(telling, levels[0].level)


def in_words(assessment: Assessment, found: pd.DataFrame, perceived: str, recorded: str) -> str:
    """How many places are in each word, which differ, and what it does not show."""
    titles = [assessment.node(name).title for name in (perceived, recorded)]
    counts = found["word"].value_counts()
    lines = [say("{one} against {other}, {count} {many}:", one=titles[0], other=titles[1], count=len(found), many=assessment.many)]
    lines += [f"  {say(word)}: {number(count, 0)}" for word, count in counts.items()]
    apart = found[found["differs"]].sort_values("difference", key=lambda gap: -gap.abs())
    named = ", ".join(f"{row['name']} ({say(row['word'])})" for _, row in apart.head(12).iterrows())
    lines.append(
        say("{count} differ beyond chance, at one false in ten: {names}", count=str(len(apart)), names=named)
        if len(apart)
        else say("None differs beyond chance, at one false in ten.")
    )
    return "\n".join([*lines, say(NOT_A_CAUSE)])


def _worse_is_more(assessment: Assessment, node: Node) -> tuple[np.ndarray, np.ndarray]:
    numbers = assessment.numbers[node.id]
    own = numbers["status"].isin(["value", "zero"]) & (without_years(numbers["flags"].fillna(""), node.years) == "")
    variance = ((numbers["high"] - numbers["low"]) / (2 * Z)) ** 2
    sign = 1.0 if node.up == "worse" else -1.0
    known = own & (variance > 0)
    return (sign * numbers["value"]).where(known).to_numpy(dtype=float), variance.where(known).to_numpy(dtype=float)
