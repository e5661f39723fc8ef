"""How a text file is opened: its separator and its encoding are told from the file itself."""

import pytest

from geomap.datapackage.package import Resource
from geomap.datapackage.tables import read_csv
from geomap.errors import LayerError
from geomap.workspace import guess

PLACES = "code,name,people\n001,Ávila,5\n002,Örebro,6\n003,Łódź,7\n"


def file(folder, content: str | bytes):
    """A CSV file with this content."""
    path = folder / "table.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_told_from_the_file(tmp_path, separator):
    """Commas, semicolons, tabs and bars."""
    table, _, found = guess.text_table(file(tmp_path, PLACES.replace(",", separator)))
    assert found == separator
    assert list(table.columns) == ["code", "name", "people"]


def test_decimal_commas_do_not_look_like_separators(tmp_path):
    """A file with semicolons keeps its decimal commas, as text that a person must mend."""
    table, _, separator = guess.text_table(file(tmp_path, "code;share\n001;1,5\n002;2,5\n003;3,5\n"))
    assert separator == ";"
    assert guess.column_types(table) == {"code": "string", "share": "string"}


def test_a_single_column_is_a_table_too(tmp_path):
    """No separator at all is no fault."""
    table, _, _ = guess.text_table(file(tmp_path, "code\nN01\nN02\n"))
    assert table["code"].tolist() == ["N01", "N02"]


@pytest.mark.parametrize(
    ("written", "told", "text"),
    [
        ("utf-8", "utf-8", PLACES),
        ("utf-8-sig", "utf-8-sig", PLACES),
        ("cp1252", "cp1252", PLACES.replace("Łódź", "Köln")),
    ],
)
def test_the_encoding_is_told_from_the_bytes(tmp_path, written, told, text):
    """The names come out right, the first column has no mark before it, and the card's own words read the same cells."""
    path = file(tmp_path, text.encode(written))
    table, encoding, _ = guess.text_table(path)
    assert encoding == told
    assert list(table.columns) == ["code", "name", "people"]
    assert table["name"].tolist() == [line.split(",")[1] for line in text.splitlines()[1:]]
    again = read_csv(
        path, Resource(name="data", path="table.csv", format="csv", encoding=encoding), columns=("code", "name", "people")
    ).frame
    assert again.equals(table.astype("str"))


@pytest.mark.parametrize("content", [b"a,b\n1,\x81\n", "code,people\nN01,5\n".encode("utf-16")], ids=["no text", "UTF-16"])
def test_bytes_that_are_no_text_are_refused(tmp_path, content):
    """The error names the file and says to save it as UTF-8."""
    with pytest.raises(LayerError, match=r"table\.csv .*Save it as UTF-8"):
        guess.text_table(file(tmp_path, content))


@pytest.mark.parametrize("content", ["", "a,b\n1,2\n3,4,5,6\n"])
def test_a_file_that_is_no_table_is_refused(tmp_path, content):
    """Nothing in it, or rows of another length: the error names the file and the separator that was tried."""
    with pytest.raises(LayerError, match=r"table\.csv cannot be read as a CSV file separated by ','"):
        guess.text_table(file(tmp_path, content))


def test_a_separator_at_the_end_of_each_row_moves_no_column(tmp_path):
    """Some tools write one separator too many; the codes stay in the column of codes."""
    table, _, _ = guess.text_table(file(tmp_path, "code,people\nN01,5,\nN02,6,\n"))
    assert table["code"].tolist() == ["N01", "N02"]
