"""Text from files, made fit for a sentence: nothing invisible, nothing endless, never more than a few examples."""

import unicodedata
from collections.abc import Iterable

from geomap.worded import worded

LONGEST = 60
EXAMPLES = 5


def shown(value: object) -> str:
    """The value in quotes; signs that do not show or that turn the direction of writing are written as their number."""
    text = str(value)
    cut = text[:LONGEST] + ("…" if len(text) > LONGEST else "")
    return "'" + "".join(sign if _shows(sign) else _number(sign) for sign in cut) + "'"


def listed(values: Iterable[object], total: int | None = None, most: int = EXAMPLES) -> str:
    """The first values in quotes, *most* at most, and how many more there are."""
    found = list(values)
    return _first([shown(value) for value in found], len(found) if total is None else total, most)


def numbered(numbers: Iterable[int], most: int = EXAMPLES) -> str:
    """The first numbers, such as those of rows, and how many more there are."""
    found = [str(number) for number in numbers]
    return _first(found, len(found), most)


def _first(texts: list[str], count: int, most: int) -> str:
    examples = ", ".join(texts[:most])
    return worded("{examples} and {count} more", examples=examples, count=count - most) if count > most else examples


def _number(sign: str) -> str:
    return f"\\u{ord(sign):04x}"


def _shows(sign: str) -> bool:
    return sign == " " or unicodedata.category(sign)[0] not in "CZ"
