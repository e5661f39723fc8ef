"""Text from files, made fit for a sentence: nothing invisible, nothing endless, never more than a few examples."""

import unicodedata
from collections.abc import Iterable

LONGEST = 60
EXAMPLES = 5


def shown(value: object) -> str:
    """The value in quotes; signs that do not show or that turn the direction of writing are written as their number."""
    text = str(value)
    cut = text[:LONGEST] + ("…" if len(text) > LONGEST else "")
    return "'" + "".join(sign if _shows(sign) else _number(sign) for sign in cut) + "'"


def listed(values: Iterable[object], total: int | None = None) -> str:
    """The first values in quotes, and how many more there are."""
    found = list(values)
    count = len(found) if total is None else total
    more = f" and {count - EXAMPLES:,} more" if count > EXAMPLES else ""
    return ", ".join(shown(value) for value in found[:EXAMPLES]) + more


def _number(sign: str) -> str:
    return f"\\u{ord(sign):04x}"


def _shows(sign: str) -> bool:
    return sign == " " or unicodedata.category(sign)[0] not in "CZ"
