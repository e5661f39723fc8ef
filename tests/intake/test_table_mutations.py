"""Law: whatever happens to a table's bytes, it is taken in or refused in words; nothing else is ever raised, and what is taken in reads back."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import binary, integers, lists, sampled_from, tuples

from geomap.datapackage.package import Resource
from geomap.datapackage.tables import read_csv
from geomap.errors import IntakeError
from geomap.intake.tables import TakenTable, take_table
from tests.intake.tables import WARDS

ROWS = "code,name,value,share,date\n" + "".join(
    f'{code},"{name}, Söder",{value},"{value},{value}%",2025-01-{value:02d}\n' for value, (code, name) in enumerate(WARDS.items(), 10)
)
PIECES = [b",", b";", b"\n", b"\r", b'"', b"'", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"1e400", b"-999", b"<5", b"*", b"..", b"\xa3", b"NA", b"=1+1", b"(", b")", b"%", b"\t", b" ", b"01/02/2025", b"\xe2\x80\x8b", b"\xd9\xa1", b"#REF!", b"Total", b"code", b"1,234.5", b"\xc3\x28", b"<html>", b"PK\x03\x04"]  # fmt: skip
PLACES = integers(0, 10_000)
CHANGES = lists(
    tuples(sampled_from(["put", "cut", "twice", "over", "end"]), PLACES, integers(0, 40), sampled_from(PIECES) | binary(max_size=3)),
    min_size=1,
    max_size=4,
)
QUICK = settings(
    max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], database=None
)


def mutated(raw: bytes, changes: list[tuple[str, int, int, bytes]]) -> bytes:
    """The bytes after each change in turn."""
    for how, place, length, piece in changes:
        at = place % (len(raw) + 1)
        end = min(len(raw), at + length)
        raw = {
            "put": raw[:at] + piece + raw[at:],
            "cut": raw[:at] + raw[end:],
            "twice": raw[:end] + raw[at:],
            "over": raw[:at] + piece + raw[at + len(piece) :],
            "end": raw[:at],
        }[how]
    return raw


def taken(path, raw: bytes, **asked: object) -> TakenTable | None:
    """The table, or nothing where it was refused; anything else is a fault of ours."""
    path.write_bytes(raw)
    try:
        return take_table(path, **asked)
    except IntakeError as refused:
        said = str(refused)
    assert path.name in said
    assert said.replace("\n", "").isprintable()
    return None


def workbook() -> bytes:
    """A small workbook of plain parts, made by hand."""
    cells = "".join(
        f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>{code}</t></is></c><c r="B{at}"><v>{at}</v></c></row>'
        for at, code in enumerate(["code", *WARDS.index], 1)
    ).replace('<c r="B1"><v>1</v></c>', '<c r="B1" t="inlineStr"><is><t>value</t></is></c>')
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    kinds = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{kinds}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {space}><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="{kinds}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>",
    }
    return zipped({name: part.encode() for name, part in parts.items()})


def zipped(parts: dict[str, bytes]) -> bytes:
    """The parts in one archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()


def test_the_workbook_made_by_hand_is_one(tmp_path):
    """Else the next law would say nothing."""
    assert taken(tmp_path / "table.xlsx", workbook(), codes=WARDS.index).matched == 6


@QUICK
@given(CHANGES)
def test_a_mutated_csv_is_taken_or_refused(tmp_path, changes):
    """And what was taken reads back the same by the reader of layers, with the types it was given."""
    table = taken(tmp_path / "table.csv", mutated(ROWS.encode(), changes), codes=WARDS.index, names=WARDS)
    if table is not None:
        table.cells.to_csv(tmp_path / "copy.csv", index=False)
        fields = [{"name": name, "type": kind} for name, kind in table.types.items()]
        card = {"name": "d", "path": "copy.csv", "format": "csv", "schema": {"fields": fields}, "geomap:suppressed": list(table.marks)}
        again = read_csv(tmp_path / "copy.csv", Resource.read(card, where="d")).frame
        for name, kind in table.types.items():
            assert kind == "string" or again[name].reset_index(drop=True).equals(table.frame[name].reset_index(drop=True))


@settings(QUICK, max_examples=300)
@given(CHANGES)
def test_a_mutated_workbook_is_taken_or_refused(tmp_path, changes):
    """The archive itself is broken."""
    taken(tmp_path / "table.xlsx", mutated(workbook(), changes), codes=WARDS.index)


@settings(QUICK, max_examples=200)
@given(CHANGES, sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"]))
def test_a_workbook_with_a_mutated_part_is_taken_or_refused(tmp_path, changes, part):
    """The archive is whole, a part within it is broken."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    taken(tmp_path / "table.xlsx", zipped(parts | {part: mutated(parts[part], changes)}), codes=WARDS.index)


@pytest.mark.slow
@settings(QUICK, max_examples=10_000)
@given(CHANGES)
def test_ten_thousand_mutations_of_a_csv(tmp_path, changes):
    """The long suite."""
    taken(tmp_path / "table.csv", mutated(ROWS.encode(), changes), codes=WARDS.index, names=WARDS)
