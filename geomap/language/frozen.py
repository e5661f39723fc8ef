"""Sentences of the software that were made in English: recognised when they are shown, and said in the reader's language.

They come out of editions, errors and what is told of a file. What a city wrote itself is never among them and stays as it is.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files

from geomap.language.current import DEFAULT, language
from geomap.language.numerals import numeral
from geomap.language.words import noted, say

LONGEST, MOST_PIECES, MOST_KEYS = (
    2_000,
    20,
    3,
)  # letters; sentences; keys before one: a text of more was written by a city, to look through it would take as long as it likes
RECOGNISED = "recognised where it is shown"  # the mark in the template of a sentence that is made in English
NUMBER = re.compile(r"[-+±−]?\d{1,3}(,\d{3})*(\.\d+)?")
GAP = re.compile(r"\{(\w+)\}")
ENDS = re.compile(r"(?<=[.?!]) ")
SEMICOLON = {"fr": "\u00a0; ", "ar": "؛ "}
LABELS = (
    noted("high need, little access"), noted("high need or little access"), noted("neither"), noted("cannot tell"),
    noted("not significant"), noted("no neighbours"), noted("no number"), noted("together"), noted("has it not"),
    noted("direct"), noted("modelled"), noted("withheld"),
    noted("hot in both"), noted("hot as counted only"), noted("hot when smoothed only"), noted("not hot"),
    noted("got better"), noted("got worse"), noted("no change we could see"), noted("cannot be compared"),
)  # fmt: skip


def known(text: str) -> str:
    """A text that was made in English: in the reader's language where it is a sentence of ours, also after a key and a colon, or several with blanks or semicolons between; else as it is."""
    return text if language() == DEFAULT or not 0 < len(text) <= LONGEST else _known(text, language())


@lru_cache(maxsize=4096)
def _known(text: str, code: str) -> str:
    if halves := _pieces(text.split("; "), "; "):
        return SEMICOLON.get(code, "; ").join(halves)
    if sentences := _pieces(ENDS.split(text), " "):
        return " ".join(sentences)
    key, _, rest = text.partition(": ")
    if 0 < text.count(": ") <= MOST_KEYS and (said := _known(rest, code)) != rest:
        return say("{title}: {text}", title=key, text=said)
    return f"{said}." if text.endswith(".") and (said := _known(text[:-1], code)) != text[:-1] else text


def _pieces(parts: list[str], between: str) -> list[str]:
    """*parts*, which stood with *between* between them, as sentences of ours, the shortest first; nothing where some are none."""
    if len(parts) > MOST_PIECES:
        return []
    for count in range(1, len(parts) + 1):
        first, others = _retold(between.join(parts[:count])), parts[count:]
        if first is not None and (not others or (rest := _pieces(others, between))):
            return [first, *rest] if others else [first]
    return []


def _retold(text: str) -> str | None:
    """*text* in the language of now; nothing where it is no sentence of ours."""
    for sure, pattern, sentence in _patterns():
        if sure in text and (found := pattern.fullmatch(text)):
            return say(sentence, **{name: text if "version" in name else _gap(text) for name, text in found.groupdict().items()})
    return None


def _gap(text: str) -> str:
    """What stood in a gap of an English sentence: a number as the language of now writes it, sentences of ours in it; any other text as it is."""
    return numeral(text) if NUMBER.fullmatch(text) else known(text)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str], str], ...]:
    """Each sentence with its longest part that is no gap and what finds it; those first that have most words of their own, since they are the surest."""
    ordered = sorted(sentences(), key=lambda one: (-len(GAP.sub("", one)), one))
    return tuple((max(GAP.split(sentence)[::2], key=len), _pattern(sentence), sentence) for sentence in ordered)


def sentences() -> Iterator[str]:
    """Every sentence that is made in English (geomap.worded), as the template of the catalogues marks it."""
    from babel.messages.pofile import read_po

    with files("geomap.language").joinpath("template.pot").open("rb") as source:
        yield from (message.id for message in read_po(source) if RECOGNISED in message.auto_comments)


def _pattern(sentence: str) -> re.Pattern[str]:
    """What finds *sentence* with anything in its gaps, a number in {count}; a gap that comes again holds the same again.

    A gap reaches to where the words after it come first, for good (an atomic group): text that was made to be tried in every way is tried in one. Only before a gap
    that may not hold anything is more than one end tried.
    """
    parts = GAP.split(sentence)
    names, found = parts[1::2], re.escape(parts[0])
    held = [name == "count" or name in names[:at] for at, name in enumerate(names)]
    for at, (name, words) in enumerate(zip(names, parts[2::2], strict=True)):
        gap = f"(?P={name})" if name in names[:at] else f"(?P<{name}>{NUMBER.pattern if name == 'count' else '.+?'})"
        once = at + 1 < len(names) and not held[at + 1]
        found += f"(?>{gap}{re.escape(words)})" if once else gap + re.escape(words)
    return re.compile(found, re.DOTALL)
