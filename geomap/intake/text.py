"""Bytes as text: the encoding is told from the bytes, text that was decoded wrongly before is mended, and all is on record."""

import re
from dataclasses import dataclass
from pathlib import Path

from geomap.errors import IntakeError
from geomap.intake.findings import Findings
from geomap.intake.words import shown

MARKS = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe\x00\x00": "utf-32",
    b"\x00\x00\xfe\xff": "utf-32",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
GARBLED = re.compile("[ÂÃâÅÄÐ][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]+")
MAC_LETTERS = "éèêëàâäáãåçñóòôöõúùûüíìîïÅÉÄÖÜ’‘“”–—£©"
SMART = b"\x80\x91\x92\x93\x94\x95\x96\x97\x99"


@dataclass(frozen=True)
class Text:
    """The characters of a file and the encoding that gave them."""

    characters: str
    encoding: str


def decode(raw: bytes, path: Path, found: Findings) -> Text:
    """The text of *raw*; IntakeError where the bytes are no text in any encoding known here."""
    encoding = _encoding(raw)
    try:
        characters = raw.decode(encoding)
    except UnicodeDecodeError as wrong:
        raise IntakeError(
            f"{path.name} is not text in any encoding known here: byte {wrong.start:,} has no meaning. Save it as UTF-8."
        ) from None
    if hit := CONTROL.search(characters):
        row = characters.count("\n", 0, hit.start()) + 1
        raise IntakeError(
            f"{path.name} holds a control character ({shown(hit.group())}) in row {row}: the file is damaged, or no text. Export it again as UTF-8."
        )
    if encoding not in ("utf-8", "utf-8-sig"):
        beyond = [line for line in characters.splitlines() if not line.isascii()][:3]
        found.repair(
            "encoding",
            f"The encoding is {encoding}, told from the bytes; read as such, to be kept as UTF-8.",
            len(beyond),
            tuple(map(shown, beyond)),
        )
    return Text(_mended(characters, found), encoding)


def _encoding(raw: bytes) -> str:
    for mark, name in MARKS.items():
        if raw.startswith(mark):
            return name
    if name := _wide(raw[:4000]):
        return name
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return _one_byte(raw)
    return "utf-8"


def _wide(start: bytes) -> str:
    """UTF-16 without a mark shows in every other byte being zero."""
    if len(start) < 4:
        return ""
    even, odd = start[0::2].count(0) / len(start[0::2]), start[1::2].count(0) / len(start[1::2])
    return "utf-16-le" if odd > 0.4 > 10 * even else "utf-16-be" if even > 0.4 > 10 * odd else ""


def _one_byte(raw: bytes) -> str:
    """Windows-1252, Latin-1 or Mac: the one in which the letters beyond ASCII are letters people write."""
    high = bytes(byte for byte in raw if byte >= 0x80)
    western, mac = _likely(high, "cp1252"), _likely(high, "mac-roman")
    if mac > western + 0.3 and _in_words(raw):
        return "mac-roman"
    if western < 0:
        return "mac-roman" if mac > 0.5 and _in_words(raw) else "ascii"
    return "cp1252" if set(high) & set(range(0x80, 0xA0)) else "latin-1"


def _in_words(raw: bytes) -> bool:
    """Whether most bytes beyond ASCII stand beside a letter, as accented letters do."""
    return 2 * len(re.findall(rb"(?<=[A-Za-z])[\x80-\xff]|[\x80-\xff](?=[A-Za-z])", raw)) >= sum(byte >= 0x80 for byte in raw)


def _likely(high: bytes, encoding: str) -> float:
    try:
        signs = high.decode(encoding)
    except UnicodeDecodeError:
        return -1.0
    return sum(sign in MAC_LETTERS or sign in "ßøæØÆœ€ÁÀÂÃÇÈÊËÍÑÓÒÔÕÚÙÛ\xa0°•…™½¼" for sign in signs) / max(len(signs), 1)


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
        examples = tuple(f"{shown(wrong)} is now {shown(good)}" for wrong, good in pieces.items())
        found.repair(
            "encoding", "Letters were garbled by a wrong encoding before (UTF-8 read as Windows-1252); put right.", count, examples
        )
    return mended
