"""What an audit finds: one sentence that a planner understands, and the numbers behind it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["note", "look", "mend"]
KINDS = {
    "coverage": "What is known, and where",
    "outliers": "Extreme places and ends of scales",
    "double": "What counts twice",
    "against": "What runs against its domain",
    "together": "What goes together",
    "alpha": "How closely the parts of a domain vary together (a description, not a test to pass)",
    "components": "How many separate things are measured",
    "weights": "Agreed weights and weights in effect",
    "left_out": "One indicator left out at a time",
    "otherwise": "One choice made otherwise at a time",
    "choices": "Uncertain choices, all at once",
    "editions": "Beside other editions",
}


@dataclass(frozen=True)
class Finding:
    """kind: one of KINDS. severity: note (to know), look (to think about) or mend. about: ids. numbers: by name, on the scale the sentence uses."""

    kind: str
    severity: Severity
    about: tuple[str, ...]
    sentence: str
    numbers: Mapping[str, float] = field(default_factory=dict)


def listed(words: list[str]) -> str:
    """Words in a row: a, b and c."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)
