"""Damage that keeps the outside of a raster, a workbook, a table or a recipe whole and lies about what is in it."""

import struct
import zipfile
from io import BytesIO
from typing import Any

from hypothesis import strategies as st

from tests.intake.fuzz.shapes import zipped

COUNTS = (0, 1, 2, 7, 255, 65_535, 65_536, 2**31 - 1, 2**31, 2**32 - 1)
TAGS = (
    256,
    257,
    258,
    259,
    262,
    273,
    277,
    278,
    279,
    284,
    317,
    320,
    322,
    323,
    324,
    325,
    330,
    338,
    339,
    347,
    33550,
    33922,
    34264,
    34735,
    34736,
    34737,
    42112,
    42113,
    50844,
)
ENTRIES = st.lists(
    st.tuples(st.integers(0, 40), st.sampled_from(["tag", "type", "count", "value", "next"]), st.sampled_from([*COUNTS, *TAGS])), min_size=1, max_size=4
)  # fmt: skip


def geotiff(good: bytes, entries: list[tuple[int, str, int]]) -> bytes:
    """Entries of the first directory rewritten: another tag, type, count or value, or where the next directory begins."""
    raw = bytearray(good)
    (at,) = struct.unpack_from("<I", raw, 4)
    (count,) = struct.unpack_from("<H", raw, at)
    for number, what, value in entries:
        entry = at + 2 + 12 * (number % count)
        if what == "next":
            struct.pack_into("<I", raw, at + 2 + 12 * count, value)
        elif what in ("tag", "type"):
            struct.pack_into("<H", raw, entry + (0 if what == "tag" else 2), value % 65_536)
        else:
            struct.pack_into("<I", raw, entry + (4 if what == "count" else 8), value % 2**32)
    return bytes(raw)


XML = (b'"', b"<", b"/>", b"&#0;", b"&x;", b'r="XFD1048576"', b't="s"', b't="e"', b't="b"', b"<v>1e999</v>", b"<v>-1</v>", b"<v>99999999999</v>", b'<dimension ref="A1:XFD1048576"/>',
       b"<!DOCTYPE a>", b'r="A0"', b'r="1A"', b'r=""', b"<f>1+1</f>", b'<mergeCell ref="A1:Z99"/>', b"<is><t>x</t></is>", b' s="9999"', b'<row r="4294967297">', b"\xff\xfe")  # fmt: skip
PARTS = ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "_rels/.rels")
WORKBOOKS = st.tuples(
    st.sampled_from(PARTS),
    st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 30), st.sampled_from(XML)), min_size=1, max_size=4),
)


def workbook(good: bytes, change: tuple[str, list[tuple[float, int, bytes]]]) -> bytes:
    """One part with pieces of XML written into it, or over it."""
    name, pieces = change
    with zipfile.ZipFile(BytesIO(good)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    for share, over, piece in pieces:
        at = int(share * len(parts[name]))
        parts[name] = parts[name][:at] + piece + parts[name][at + over :]
    return zipped(parts)


VALUES = ("1e400", "nan", "-inf", "0", "-1", "9" * 30, "9" * 5_000, '""', '"\\u0000"', '"<script>"', "[]", "{}", "[[]]", "true", "2025-02-30", "2025-01-01", "1979-05-27T07:32:00Z", '"../../x"',
          "'''\n'''", "0x7fffffffffffffffffff", "{ a.b = 1 }", "[" * 600 + "]" * 600, '"\\ud800"', '"' + "A" * 3_000 + '"')  # fmt: skip
LINES = (
    "[methodology]",
    "[[indicator]]",
    "[indicator]",
    "a.b.c = 1",
    "indicator.x = 2",
    "[methodology.__proto__]",
    "[a.b]",
    '"" = 1',
    "= 1",
    "[[indicator.steps]]",
    "__class__ = 1",
    "\0",
    "\ufeff",
)
TOML = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(["value", "away", "twice", "over", "swap"]), st.sampled_from(VALUES), st.sampled_from(LINES)),
    min_size=1, max_size=4,
)  # fmt: skip


def toml(good: bytes, changes: list[tuple[float, str, str, str]]) -> bytes:
    """Lines of a TOML file with another value, twice, away, or with a line of tricks before them."""
    lines = good.decode().split("\n")
    for share, how, value, line in changes:
        at = int(share * len(lines))
        key, sign, _ = lines[at].partition(" = ")
        new: dict[str, Any] = {
            "value": [f"{key}{sign}{value}" if sign else lines[at]], "away": [], "twice": [lines[at], lines[at]], "over": [line, lines[at]],
            "swap": [lines[-at - 1], lines[at]],
        }  # fmt: skip
        lines[at : at + 1] = new[how]
    return "\n".join(lines).encode("utf-8", "surrogatepass")
