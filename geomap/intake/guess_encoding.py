"""The encoding of text that is not UTF-8: the library says which decode to sense, and the alphabets of the languages which of those it is."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from geomap.intake.alphabets import BALTIC, CENTRAL, COMMON, MADE_FOR, MONEY, NOT_IN, SIGNS, TURKISH, WESTERN, WITHIN

SAMPLE = 60_000
CLOSE = 0.12  # of the library's measure of chaos, 0 to 1: how much worse than the best a decoding may look and still be weighed
LEAST = 0.85  # of the signs beyond ASCII: how many must be letters of one language, within words
ORDER = (
    "cp1252", "mac-roman", "cp1250", "iso8859-2", "cp1254", "iso8859-9", "cp1257", "cp1251", "cp1255", "koi8-r", "cp1253", "iso8859-7", "cp1256", "euc-kr", "cp932",
    "euc-jp", "gb18030", "big5",
)  # fmt: skip
EVEN, SMALL = 0.01, 0.03
ALL_SMALL = 0.1  # what a text without any capital fits less: scripts that have none look so when they are read as ones that do
LATIN = "".join(letters for some in (WESTERN, CENTRAL, TURKISH, BALTIC) for letters in some.values())
WORD = re.compile(r"[^\W\d_]+")
BEYOND = re.compile("[^\x00-\x7f]")


@dataclass(frozen=True)
class Guess:
    """The encoding, how well it fits (0 to 1), in which language; others: encodings that fit as well and give another text."""

    encoding: str
    fit: float
    language: str
    others: tuple[str, ...] = ()


def guess_encoding(raw: bytes) -> Guess | None:
    """The encoding whose text is most nearly written in the letters of one language; nothing where none is likely."""
    sample = _telling(raw)
    told = [_fitted(name, sample) for name in _sensible(sample)]
    fits = sorted((one for one in told if one.fit >= LEAST), key=lambda one: (-round(one.fit, 2), ORDER.index(one.encoding)))
    best = next((one for one in fits if decodes(raw, one.encoding)), None)
    if best is None:
        return None
    text = sample.decode(best.encoding, "replace")
    rivals = {sample.decode(one.encoding, "replace"): one.encoding for one in reversed(fits) if one.fit >= best.fit - EVEN}
    return replace(best, others=tuple(encoding for other, encoding in rivals.items() if other != text))


def decodes(raw: bytes, encoding: str) -> bool:
    """Whether all of *raw* has a meaning in the encoding, and none of it is a control sign."""
    try:
        return not re.search("[\x80-\x9f]", raw.decode(encoding))
    except UnicodeDecodeError:
        return False


def _telling(raw: bytes) -> bytes:
    """The lines that hold bytes beyond ASCII; the rest says nothing of the encoding."""
    lines, size = [], 0
    for hit in re.finditer(rb"[^\r\n]*[\x80-\xff][^\r\n]*", raw):
        lines.append(hit.group())
        size += len(hit.group()) + 1
        if size > SAMPLE:
            break
    return b"\n".join(lines)


def _sensible(sample: bytes) -> list[str]:
    """The encodings in which the library finds little chaos, with those that give the same text."""
    from charset_normalizer import from_bytes

    found = list(from_bytes(sample, cp_isolation=list(ORDER)))
    least = min((one.chaos for one in found), default=0.0)
    near = [name for one in found if one.chaos <= least + CLOSE for name in one.could_be_from_charset]
    return sorted({known for name in near if (known := _ours(name))}, key=ORDER.index)


def _ours(name: str) -> str:
    tidy = re.sub("[^a-z0-9]", "", name.lower())
    return next((one for one in ORDER if re.sub("[^a-z0-9]", "", one) == tidy), "")


def _fitted(encoding: str, sample: bytes) -> Guess:
    text = sample.decode(encoding, "replace")
    if encoding in COMMON:
        return Guess(encoding, _usual(text, encoding), COMMON[encoding][2])
    words = [word for word in WORD.findall(text) if not word.isascii()]
    fits = {language: _share(text, letters) - _foreign(words, language) for language, letters in MADE_FOR[encoding].items()}
    language = max(fits, key=fits.__getitem__)
    return Guess(encoding, fits[language] - _uncapped(words), language if words else "")


def _share(text: str, letters: str) -> float:
    """Of the signs beyond ASCII, how many are the language's letters beside other letters, or signs that any language uses."""
    total = len(BEYOND.findall(text))
    small, large = (re.escape("".join(sign for sign in case if not sign.isascii())) for case in (letters, letters.upper()))
    within = len(re.findall(rf"(?<=[^\W\d_])[{small}{large}]|[{small}{large}](?=[^\W\d_])", text))
    within -= len(re.findall(rf"(?<=[a-z{small}])[{large}]", text)) if large != small else 0
    if letters[0] not in LATIN:
        within -= len(re.findall(rf"(?<=[A-Za-z])[{small}{large}]|[{small}{large}](?=[A-Za-z])", text))
    signs = len(re.findall(rf"(?<![^\W\d_])[{SIGNS}]|[{SIGNS}](?![^\W\d_])|[{MONEY}](?![^\W\d_])|[{WITHIN}]", text))
    return (within + signs) / max(total, 1)


def _uncapped(words: list[str]) -> float:
    """What words lose in fit that begin with a small letter beyond ASCII, as a capital looks in the wrong encoding; more where no word has a capital."""
    small = sum(not word[0].isascii() and word[0].islower() for word in words)
    cased = any(word != word.lower() or word == word.upper() for word in words)
    return SMALL * small / max(len(words), 1) + (ALL_SMALL if words and not cased else 0)


def _foreign(words: list[str], language: str) -> float:
    """The share of letters that the language does not use, in words with letters beyond ASCII."""
    letters = "".join(words).lower()
    return sum(map(letters.count, NOT_IN.get(language, ""))) / max(len(letters), 1)


def _usual(text: str, encoding: str) -> float:
    """Of the signs beyond ASCII, how many are among the usual ones, which the encoding keeps together."""
    codec, (first, last), _ = COMMON[encoding]
    counts = Counter(BEYOND.findall(re.sub("(?<=[A-Za-z])[^\x00-\x7f](?=[A-Za-z])", "", text)))
    usual = 0
    for sign, times in counts.items():
        code = sign.encode(codec, "ignore")
        usual += times * (len(code) == 2 and first <= code[0] <= last)
    return usual / max(len(BEYOND.findall(text)), 1)
