"""Law: whatever happens to a table's bytes, it is taken in or refused in words; nothing else is ever raised, and what is taken in reads back."""

import pytest
from hypothesis import HealthCheck, given, settings

from geomap.datapackage.package import Resource
from geomap.datapackage.tables import read_csv
from geomap.errors import IntakeError
from geomap.intake.tables import TakenTable, take_table
from tests.intake.fuzz import tables
from tests.intake.fuzz.shapes import zipped
from tests.intake.tables import WARDS

QUICK = settings(
    max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], database=None
)


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


def test_the_workbook_made_by_hand_is_one(tmp_path):
    """Else the next law would say nothing."""
    assert taken(tmp_path / "table.xlsx", workbook(), codes=WARDS.index).matched == 6


@pytest.mark.slow  # the fuzzing of every format holds CSV in every run
@QUICK
@given(tables.CHANGES)
def test_a_mutated_csv_is_taken_or_refused(tmp_path, changes):
    """And what was taken reads back the same by the reader of layers, with the types it was given."""
    table = taken(tmp_path / "table.csv", tables.mutated(tables.TABLE.encode(), changes), codes=WARDS.index, names=WARDS)
    if table is not None:
        table.cells.to_csv(tmp_path / "copy.csv", index=False)
        fields = [{"name": name, "type": kind} for name, kind in table.types.items()]
        card = {"name": "d", "path": "copy.csv", "format": "csv", "schema": {"fields": fields}, "geomap:suppressed": list(table.marks)}
        again = read_csv(tmp_path / "copy.csv", Resource.read(card, where="d")).frame
        for name, kind in table.types.items():
            assert kind == "string" or again[name].reset_index(drop=True).equals(table.frame[name].reset_index(drop=True))
