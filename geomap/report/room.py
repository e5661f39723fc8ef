"""How much of a text a printed column holds: lines are counted before anything is printed, since a page without scripts cannot count them itself."""

import unicodedata
from collections.abc import Iterable, Sequence
from math import ceil

SIGN = {"W": 2.0, "F": 2.0, "A": 1.6}  # East Asian Width, Unicode annex 11; A: ambiguous
CAPITAL, NARROW = 1.35, 1.0


def breadth(text: str) -> float:
    """How broad *text* is, in small letters of the middle sort; rather too broad than too narrow."""
    return sum(CAPITAL if sign.isupper() or sign in "mwMW%@—" else SIGN.get(unicodedata.east_asian_width(sign), NARROW) for sign in text)


def lines(text: str, across: int) -> int:
    """On how many lines of *across* letters *text* stands, at the most: at line ends a word may leave room."""
    return max(1, ceil(breadth(text) * 1.04 / across))


def cut(text: str, longest: int) -> str:
    """*text*, shortened at a word to be no broader than *longest* letters, with a sign that it goes on."""
    text = " ".join("".join(" " if unicodedata.category(sign) in ("Cc", "Zl", "Zp") else sign for sign in text).split())
    if breadth(text) <= longest:
        return text
    room, kept = longest - 1 - breadth("…"), 0
    for kept, sign in enumerate(text):  # a headline's length, not the city's  # noqa: B007
        room -= breadth(sign)
        if room < 0:
            break
    head = text[:kept]
    return (head.rsplit(" ", 1)[0] if " " in head[kept // 2 :] else head) + " …"


def fitting(texts: Iterable[str], *, across: int, height: int, longest: int = 10_000) -> tuple[tuple[str, ...], int]:
    """The first of *texts* that stand in *height* lines of *across* letters, each cut to *longest*; and how many were left out."""
    kept: list[str] = []
    every = list(texts)
    for text in every:
        short = cut(text, longest)
        height -= lines(short, across)
        if height < 0:
            break
        kept.append(short)
    return tuple(kept), len(every) - len(kept)


def shared(wanted: Sequence[int], height: int) -> list[int]:
    """*height* lines shared among parts that want so many: none gets more than it wants, and what one leaves goes to the others.

    >>> shared([2, 20, 20], 22)
    [2, 10, 10]
    """
    given = [0] * len(wanted)
    while height > 0 and any(have < want for have, want in zip(given, wanted, strict=True)):
        for place, want in enumerate(wanted):
            if height and given[place] < want:
                given[place] += 1
                height -= 1
    return given
