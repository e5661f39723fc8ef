"""From bytes to cells: encodings, separators, quotes, and what is above and below the table."""

import pytest

from geomap.errors import IntakeError
from geomap.intake.tables import take_table
from tests.intake.tables import WARDS, outcome, write

ROWS = "code,name,value\nE05000001,Södra Förstaden,12\nE05000002,Bridge,30\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1", "mac-roman"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_any_encoding_and_separator_gives_the_same_cells(tmp_path, encoding, separator):
    """Told from the bytes alone."""
    table = take_table(write(tmp_path, ROWS.replace(",", separator).encode(encoding)))
    assert table.frame["name"].tolist() == ["Södra Förstaden", "Bridge"]
    assert table.separator == separator


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_end_of_line_gives_the_same_rows(tmp_path, end):
    """Unix, Windows, old Mac."""
    assert take_table(write(tmp_path, ROWS.replace("\n", end))).rows == 2


def test_letters_garbled_twice_over_are_put_right(tmp_path):
    """The record shows before and after."""
    table = take_table(write(tmp_path, ROWS.encode().decode("cp1252").encode()))
    assert table.frame["name"].iloc[0] == "Södra Förstaden"
    assert "encoding" in [repair.about for repair in table.repairs]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "empty"),
        ("\ufeff", "empty"),
        ("\n\n \n", "empty"),
        (",,\n,,\n", "empty"),
        ("code,value\n", "no rows"),
        ("code,value\nE05000001,1\nE05000002,1,2\n", "columns"),
        ("code,name,value\nE05000001,a,1\nE05000002,b\n", "columns"),
        ('code,value\nE05000001,"1\n', "quote"),
        ('code,value\nE05000001,"1"2\n', "quote"),
        ('code,name,value\nE1,"a,1\nE2,b,2\nE3,c",3\n', "quote"),
        ("code,value\nE05000001,\x1b[2J\n", "control character"),
        ("E05000001,12\nE05000002,30\nE05000003,7\n", "header"),
        ("code,value,value\nE05000001,1,2\n", "value"),
        ("<html><body>login</body></html>", "web page"),
        ('{"a": 1}', "type of file"),
        (b"PK\x03\x04abc", "type of file"),
        (b"PK\x03\x04xl/workbook.xml", "Excel"),
        (b"%PDF-1.7", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "password"),
        (b"\x80\x04\x95\x0b\x00", "type of file"),
    ],
)
def test_what_is_no_table_is_refused_in_words(tmp_path, content, said):
    """The file is named, the reason said."""
    ended, words = outcome(write(tmp_path, content))
    assert ended == "refused"
    assert said in words
    assert "table.csv" in words


def test_titles_above_and_notes_below_are_passed_over(tmp_path):
    """Both on record; padded with separators or not, as Excel and as Nomis write them."""
    table = take_table(
        write(
            tmp_path,
            "Crime by ward,,\nSource: police,,\n,,\ncode,name,value\nE05000001,Abbey,12\n,,\nE05000002,Bridge,30\n\n1. Provisional figures.,,\n",
        )
    )
    assert table.rows == 2
    assert [repair.about for repair in table.repairs] == ["header", "note", "empty rows"]
    assert table.frame.index.tolist() == [5, 7]


def test_a_formula_cell_is_text_and_markup_is_text(tmp_path):
    """Nothing is run, nothing is taken away."""
    table = take_table(write(tmp_path, "code,name,value\nE05000001,=cmd|'/C calc'!A0,1\nE05000002,<b>x</b>,2\n"))
    assert table.frame["name"].tolist() == ["=cmd|'/C calc'!A0", "<b>x</b>"]


def test_a_folder_and_a_missing_file_are_refused(tmp_path):
    """In words."""
    for path in (tmp_path, tmp_path / "gone.csv"):
        with pytest.raises(IntakeError, match="not a file"):
            take_table(path, codes=WARDS.index)


def test_all_faults_are_told_at_once(tmp_path):
    """A negative count, an unknown mark and a stranger's phone in one answer."""
    words = outcome(
        write(
            tmp_path, "code,incidents,rate,phone\nE05000001,-1,1.5,07700 900123\nE05000002,4,~~,07700 900124\nE05000003,4,2,07700 900125\n"
        ),
        codes=WARDS.index[:3],
    )[1]
    assert all(word in words for word in ("negative", "~~", "personal data"))
