"""What differs between two editions, and what that means for comparing them."""

from dataclasses import dataclass
from typing import Literal

from geomap.worded import worded

Effect = Literal["none", "bridge", "break"]
Grade = Literal["A", "B", "C"]
GRADES: dict[Effect, Grade] = {"none": "A", "bridge": "B", "break": "C"}
WORDS = {
    "A": worded("the same: measured alike in both editions"),
    "B": worded("bridged: one of the two was brought to the measure of the other"),
    "C": worded("not comparable: shown side by side, never as a difference"),
}


@dataclass(frozen=True)
class Difference:
    """One difference.

    kind: indicator, measure, source, weight, scale, period, boundary, threshold, … effect: none, bridge (it can be bridged), break (it cannot). nodes: the ids
    it touches by itself, none for all of them; alone: nothing that is made of them is touched. remedy: what to do, with the command where there is one.
    """

    kind: str
    sentence: str
    effect: Effect
    nodes: tuple[str, ...] = ()
    remedy: str = ""
    alone: bool = False
