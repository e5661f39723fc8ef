"""Tables made to do harm: refused in words that help, or read as the text they are."""

import contextlib
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geomap.errors import IntakeError
from geomap.intake.tables import take_table
from tests.intake.fuzz.shapes import zipped
from tests.intake.tables import WARDS
from tests.intake.test_table_mutations import workbook

GOOD = "code,name,value\n" + "".join(f"{code},{name},{value}\n" for value, (code, name) in enumerate(WARDS.items(), 10))


def text(old: str, new: str, *, encoding: str = "utf-8") -> bytes:
    """The table with one thing replaced."""
    assert old in GOOD
    return GOOD.replace(old, new, 1).encode(encoding)


def book(name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one part changed or added."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[name] = change(parts.get(name, b""))
    return zipped(parts)


SHEET = "xl/worksheets/sheet1.xml"
CODES = list(WARDS.index)
TEXTS = {
    "zero bytes": (text(f"{CODES[0]},", f"{CODES[0]}\0,"), "control character"),
    "a control sign that rings": (text(f"{CODES[0]},", f"{CODES[0]}\a,"), "control character"),
    "a million columns": (GOOD.replace("\n", "," * 1_000_000 + "\n", 2).encode(), "columns; at most"),
    "a million quotes": (b'"' * 1_000_001 + b",a\n1,2\n", "quote|cell is too long"),
    "a quote that never closes": (text(f"{CODES[1]},", f'"{CODES[1]},'), "quote"),
    "a cell of two million letters": (text("name", "A" * 2_000_000), "too long"),
    "nothing but separators": (b",,,\n" * 50, "row|column|header|empty|code"),
    "nothing but a header": (b"code,value\n", "row"),
    "a number with a thousand digits": (text(",10\n", "," + "9" * 1000 + "\n"), "value|number"),
    "a number beyond all": (text(",10\n", ",1e400\n"), "value|number"),
    "XML": (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>", "XML"),
    "a pickle": (b"cposix\nsystem\n(S'id'\ntR.", "pickle|code|table|column"),
    "a zip": (zipped({"table.csv": GOOD.encode()}), "zip archive"),
}
LINES = {
    "a link as a formula": '=HYPERLINK("http://127.0.0.1:9","x")',
    "a command as a formula": "=cmd|' /C calc'!A0",
    "a sum as a formula": "@SUM(1+1)",
    "text that turns round": "\u202egnirts",
    "markup": "<img src=x onerror=alert(1)>",
    "a template": "{{7*7}}${7*7}",
    "letters with two hundred marks": "a" + "\u0301" * 200,
}
BOOKS = {
    "an entity": (book(SHEET, lambda raw: b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>' + raw), "unsafe XML"),
    "an entity in two-byte letters": (book(SHEET, lambda _: '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16")), "unsafe XML"),
    "a cell in the last corner": (book(SHEET, lambda raw: raw.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')), "given up|too large|damaged"),
    "a row past the last": (book(SHEET, lambda raw: raw.replace(b"</sheetData>", b'<row r="4294967290"><c r="A4294967290"><v>1</v></c></row></sheetData>')), "given up|too large|damaged"),
    "a formula without its result": (book(SHEET, lambda raw: raw.replace(b"</sheetData>", b'<row r="9"><c r="B9"><f>WEBSERVICE("http://127.0.0.1:9")</f></c></row></sheetData>')), "formula"),
    "a sheet that is no sheet": (book(SHEET, lambda _: b"<html></html>"), "damaged|no sheet|empty|given up"),
    "no sheet at all": (book("xl/workbook.xml", lambda raw: re.sub(rb"<sheet .*?/>", b"", raw)), "damaged|no sheet|empty"),
    "a sheet that is another file": (book("xl/_rels/workbook.xml.rels", lambda raw: raw.replace(b"worksheets/sheet1.xml", b"../../../etc/passwd")), "damaged|no sheet|empty"),
    "a sheet from elsewhere": (book("xl/_rels/workbook.xml.rels", lambda raw: raw.replace(b'Target="worksheets/sheet1.xml"', b'Target="http://127.0.0.1:9/s.xml" TargetMode="External"')), "damaged|no sheet|empty"),
}  # fmt: skip


def refusal(path: Path) -> str:
    """The words with which the table is refused."""
    with pytest.raises(IntakeError) as refused:
        take_table(path, codes=WARDS.index, names=WARDS)
    said = str(refused.value)
    assert path.name in said
    assert "root:x:" not in said
    assert said.replace("\n", "").isprintable()
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    return said


@pytest.mark.parametrize("name", TEXTS)
def test_a_hostile_text_is_refused_in_words(tmp_path, name):
    """What is wrong with it, and its name."""
    raw, words = TEXTS[name]
    (tmp_path / "table.csv").write_bytes(raw)
    assert re.search(words, refusal(tmp_path / "table.csv"))


def test_a_hundred_million_letters_beside_a_table_cost_no_more_than_the_table(tmp_path):
    """Whether they fit into the memory that is allowed depends on the machine: then the table is read as if they were not there, else it is refused in words."""
    letters = b"<sst><si><t>" + b"A" * 120_000_000 + b"</t></si></sst>"
    path = tmp_path / "table.xlsx"
    path.write_bytes(workbook())
    good = take_table(path, codes=WARDS.index, names=WARDS)
    path.write_bytes(book("xl/sharedStrings.xml", lambda _: letters))
    with contextlib.suppress(IntakeError):
        pd.testing.assert_frame_equal(take_table(path, codes=WARDS.index, names=WARDS).frame, good.frame)
        return
    assert re.search("given up|damaged", refusal(path))


@pytest.mark.parametrize("name", BOOKS)
def test_a_hostile_workbook_is_refused_in_words(tmp_path, name):
    """The process that asked is not touched by what the reader of workbooks does."""
    raw, words = BOOKS[name]
    (tmp_path / "table.xlsx").write_bytes(raw)
    assert re.search(words, refusal(tmp_path / "table.xlsx"))


@pytest.mark.parametrize("name", LINES)
def test_text_that_means_something_to_other_programs_is_text(tmp_path, name):
    """A name that is a formula or markup is kept as it is written, and takes nothing else with it."""
    written = '"' + LINES[name].replace('"', '""') + '"'
    (tmp_path / "table.csv").write_bytes(text(f"{CODES[0]},{WARDS.iloc[0]}", f"{CODES[0]},{written}"))
    table = take_table(tmp_path / "table.csv", codes=WARDS.index, names=WARDS)
    assert table.matched == len(WARDS)
    assert table.frame["name"].iloc[0].replace("\u202e", "") == LINES[name].replace("\u202e", "")
    assert all(str(repair).isprintable() for repair in (*table.repairs, *table.notes))


def test_a_workbook_that_points_elsewhere_is_read_without_going_there(tmp_path):
    """Links to other workbooks are parts that nobody opens."""
    raw = book("xl/externalLinks/externalLink1.xml", lambda _: b'<externalLink><oleLink progId="cmd" r:id="r1"/></externalLink>')
    (tmp_path / "table.xlsx").write_bytes(raw)
    assert take_table(tmp_path / "table.xlsx", codes=WARDS.index).matched == len(WARDS)
