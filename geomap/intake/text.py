"""Bytes as text: the encoding is told from the bytes, text that was decoded wrongly before is mended, and all is on record."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import IntakeError
from geomap.intake.encodings import known_encoding
from geomap.intake.findings import Findings
from geomap.intake.guess_encoding import decodes, guess_encoding
from geomap.intake.words import shown
from geomap.worded import worded

MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
PLAIN = 0.2
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
GARBLED = re.compile("[ÂÃâÅÄÐ][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+")


@dataclass(frozen=True)
class Text:
    """The characters of a file and the encoding that gave them."""

    characters: str
    encoding: str


def decode(raw: bytes, path: Path, found: Findings, *, declared: str = "") -> Text:
    """The text of *raw*, in the encoding *declared* where a person named one; IntakeError where the bytes are no text in any encoding known here."""
    encoding = _declared(declared, path) if declared else _encoding(raw, found)
    try:
        characters = raw.decode(encoding)
    except UnicodeDecodeError as wrong:
        said = worded(
            "{file} is not text in any encoding known here: byte {byte} has no meaning. Save it as UTF-8.", file=path.name, byte=wrong.start
        )
        if declared:
            said = worded(
                "{file} is not text in {declared}, as was declared: byte {byte} has no meaning. Save it as UTF-8.",
                file=path.name,
                declared=str(declared),
                byte=wrong.start,
            )
        raise IntakeError(said) from None
    if hit := CONTROL.search(characters):
        row = characters.count("\n", 0, hit.start()) + 1
        raise IntakeError(
            worded(
                "{file} holds a control character ({sign}) in row {row}: the file is damaged, or no text. Export it again as UTF-8.",
                file=path.name,
                sign=shown(hit.group()),
                row=str(row),
            )
        )
    if encoding not in ("utf-8", "utf-8-sig"):
        beyond = [line for line in characters.splitlines() if not line.isascii()][:3]
        how = worded("as was declared") if declared else worded("told from the bytes")
        found.repair(
            "encoding",
            worded("The encoding is {encoding}, {how}; read as such, to be kept as UTF-8.", encoding=encoding, how=how),
            len(beyond),
            tuple(map(shown, beyond)),
        )
    return Text(_mended(characters, found), encoding)


def _declared(name: str, path: Path) -> str:
    if not (encoding := known_encoding(name)):
        raise IntakeError(
            worded(
                "{file}: there is no encoding called {name}. Name one such as utf-8, cp1250 or shift_jis.", file=path.name, name=shown(name)
            )
        )
    return encoding


def _encoding(raw: bytes, found: Findings) -> str:
    for mark, name in MARKS.items():
        if raw.startswith(mark):
            return name
    if name := _wide(raw[:4000]):
        return name
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _one_of_many(raw, found)
    return "utf-8"


def _wide(start: bytes) -> str:
    """UTF-16 without a mark: no other text holds zero bytes, and in the right order of bytes it holds plain signs and no control signs."""
    if b"\0" not in start or len(start) < 4:
        return ""
    plain = {name: _plain(start[: len(start) // 2 * 2].decode(name, "ignore")) for name in ("utf-16-le", "utf-16-be")}
    best = max(plain, key=plain.__getitem__)
    return best if plain[best] > PLAIN else ""


def _plain(text: str) -> float:
    """The share of ASCII signs; none where there are control signs or signs that nobody has given a meaning."""
    if CONTROL.search(text) or any(unicodedata.category(sign) in ("Cn", "Co", "Cs") for sign in set(text)):
        return 0.0
    return sum(map(str.isascii, text)) / max(len(text), 1)


def _one_of_many(raw: bytes, found: Findings) -> str:
    """The encoding that fits best; whatever else the bytes could mean is told."""
    guess = guess_encoding(raw)
    if guess is None:
        if not decodes(raw, "cp1252"):
            return "ascii"
        found.repair(
            "encoding in doubt",
            worded(
                "The encoding cannot be told from the bytes; Western European was taken. Check the names, and declare the encoding where they are wrong."
            ),
        )
        return _western(raw)
    if guess.others:
        example = next(re.finditer(rb"[^\r\n,;\t|\"]*[\x80-\xff][^\r\n,;\t|\"]*", raw)).group()
        other = guess.others[0]
        found.repair(
            "encoding in doubt",
            worded(
                "The bytes could also be {others}: {now} would then be {then}. If that is right, declare that encoding.",
                others=" or ".join(guess.others),
                now=shown(example.decode(guess.encoding, "replace")),
                then=shown(example.decode(other, "replace")),
            ),
            len(guess.others),
        )
    return _western(raw) if guess.encoding == "cp1252" else guess.encoding


def _western(raw: bytes) -> str:
    return "cp1252" if re.search(rb"[\x80-\x9f]", raw) else "latin-1"


def _mended(characters: str, found: Findings) -> str:
    """Text in which UTF-8 was once read as Windows-1252 ("SÃ¶dra"), put right piece by piece."""
    pieces: dict[str, str] = {}

    def right(hit: re.Match[str]) -> str:
        piece = hit.group()
        for encoding in ("cp1252", "latin-1"):
            try:
                pieces[piece] = piece.encode(encoding).decode("utf-8")
            except (UnicodeEncodeError, UnicodeDecodeError):
                continue
            return pieces[piece]
        return piece

    mended, count = GARBLED.subn(right, characters)
    if pieces:
        examples = tuple(worded("{wrong} reads now {good}", wrong=shown(wrong), good=shown(good)) for wrong, good in pieces.items())
        found.repair(
            "encoding", worded("Letters were garbled by a wrong encoding before (UTF-8 read as Windows-1252); put right."), count, examples
        )
    return mended
