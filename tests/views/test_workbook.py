"""The workbook: texts that stay texts, numbers that stay numbers, nothing where nothing may be told, the same bytes each time."""

import time
import zipfile
from dataclasses import replace

import python_calamine

from geomap.assessment.columns import describe, exported
from geomap.views.workbook import write_workbook


def test_a_workbook_holds_what_every_export_holds(edition, tmp_path):
    """Row for row and column for column; a withheld number is an empty cell beside its status."""
    assessment = edition.level()
    path, _ = write_workbook(assessment, tmp_path / "city.xlsx")
    book = python_calamine.load_workbook(path)
    assert book.sheet_names == ["Numbers", "Columns", "Please read"]
    head, *rows = book.get_sheet_by_name("Numbers").to_python()
    table = exported(assessment)
    assert head == list(table.columns)
    assert len(rows) == len(table)
    for name in table.columns[table.columns.str.endswith("_status")]:
        number, status = head.index(name.removesuffix("_status")), head.index(name)
        assert all((row[number] == "") == (row[status] in {"suppressed", "missing", "not_collected"}) for row in rows)
    assert [row[0] for row in book.get_sheet_by_name("Columns").to_python()[1:]] == [one.name for one in describe(assessment)]
    told = [row[1] for row in book.get_sheet_by_name("Please read").to_python()]
    assert set(assessment.caveats) <= set(told)


def test_no_text_runs_and_no_text_is_a_link(edition, tmp_path):
    """Formulas, addresses and numbers in names stay the letters they are."""
    names = ['=HYPERLINK("http://evil.example")', "http://evil.example", "0012", "<b>&"]
    assessment = edition.level()
    places = assessment.places.assign(name=[names[at % 4] for at in range(len(assessment.places))])
    path, _ = write_workbook(replace(assessment, places=places), tmp_path / "city.xlsx")
    with zipfile.ZipFile(path) as parts:
        sheet = parts.read("xl/worksheets/sheet1.xml")
        assert b"<f>" not in sheet
        assert b"<hyperlink" not in sheet
        assert not [name for name in parts.namelist() if "_rels/sheet1" in name]
    head, *rows = python_calamine.load_workbook(path).get_sheet_by_name("Numbers").to_python()
    assert [row[head.index("name")] for row in rows[:4]] == names


def test_the_same_numbers_give_the_same_bytes(edition, tmp_path):
    """Also a moment later."""
    (tmp_path / "one").mkdir()
    one, _ = write_workbook(edition.level(), tmp_path / "one" / "city.xlsx")
    time.sleep(2.1)  # a zip file tells time by two seconds
    (tmp_path / "other").mkdir()
    other, _ = write_workbook(edition.level(), tmp_path / "other" / "city.xlsx")
    assert one.read_bytes() == other.read_bytes()
