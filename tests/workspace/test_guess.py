"""What is guessed from the cells of a file: each guess a table, and the law that a file can be read with what was guessed of it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from geomap.datapackage.package import Resource
from geomap.datapackage.tables import read_csv
from geomap.workspace import guess

KNOWN = {"wards": pd.Index(["001", "002", "003"]), "districts": pd.Index(["D1", "D2"])}
CELLS = [
    "",
    "0",
    "7",
    "-3",
    "007",
    "1.5",
    "-0.5",
    "1e3",
    "1E-2",
    "1,5",
    "2024-03-01",
    "2024",
    "N01",
    "yes",
    "NA",
    "nan",
    "inf",
    " 4 ",
    "+1",
]


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        (["1", "-2", "30"], "integer"),
        (["0", "10"], "integer"),
        (["1.5", "2", ""], "number"),
        (["1e3", "-2.5E-4"], "number"),
        (["007", "012"], "string"),
        (["12", "012"], "string"),
        (["0.5", "0"], "number"),
        (["2024-01-31", ""], "date"),
        (["2024-01-31", "31/01/2024"], "string"),
        (["", ""], "string"),
        (["1,5"], "string"),
        (["N01"], "string"),
        (["2024-02-30"], "string"),
        (["1e999"], "string"),
        (["١٢"], "string"),
    ],
)
def test_the_type_of_a_column_fits_every_cell(cells, kind):
    """What starts with a needless 0 is a code; what is no day of the calendar, or no number a computer holds, stays text."""
    assert guess.column_types(pd.DataFrame({"column": cells})) == {"column": kind}


@given(lists(sampled_from(CELLS), min_size=1, max_size=6))
def test_what_was_guessed_of_a_column_reads_it(tmp_path_factory, cells):
    """Law: no cell contradicts the guessed type."""
    path = tmp_path_factory.mktemp("law") / "table.csv"
    path.write_text("column,other\n" + "".join(f'"{cell}",x\n' for cell in cells), encoding="utf-8")
    table, encoding, separator = guess.text_table(path)
    fields = [{"name": name, "type": kind} for name, kind in guess.column_types(table).items()]
    resource = Resource.read(
        {
            "name": "d",
            "path": "d.csv",
            "format": "csv",
            "encoding": encoding,
            "dialect": {"delimiter": separator},
            "schema": {"fields": fields},
        },
        where="d",
    )
    assert len(read_csv(path, resource).frame) == len(cells)


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ({"note": ["x", "y", "z"], "ward": ["001", "002", "003"]}, ("wards", "ward", 1.0)),
        ({"ward": ["001", "002", "003", "001", "999"]}, ("wards", "ward", 0.8)),
        ({"ward": ["001", "002", "003", "998", "999"]}, ("", "", 0.0)),
        ({"ward": ["001", "", " 002 "]}, ("wards", "ward", 1.0)),
        ({"ward": ["1", "2", "3"]}, ("", "", 0.0)),
        ({"ward": ["001", "002", "003", "001", "999"], "district": ["D1"] * 5}, ("districts", "district", 1.0)),
        ({"ward": ["", ""]}, ("", "", 0.0)),
    ],
)
def test_the_place_column_is_the_one_whose_cells_are_codes(table, found):
    """The best fit of all sets and columns, of at least four cells in five; codes fit as they are written, blank cells are passed over."""
    assert guess.place_column(pd.DataFrame(table), KNOWN) == found


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ({"Longitude": ["-16.1"], "Latitude": ["31.0"]}, {"x": "Longitude", "y": "Latitude", "crs": "EPSG:4326"}),
        ({"lng": ["-16.1", ""], "lat": ["31.0", ""]}, {"x": "lng", "y": "lat", "crs": "EPSG:4326"}),
        ({"easting": ["440000"], "northing": ["4470000"]}, {"x": "easting", "y": "northing", "crs": ""}),
        ({"x": ["181"], "y": ["10"]}, {"x": "x", "y": "y", "crs": ""}),
        ({"lon": ["1"], "height": ["2"]}, {}),
        ({"code": ["1"]}, {}),
    ],
)
def test_coordinates_are_columns_named_like_them(table, found):
    """Both must be there; only what can be degrees gets a CRS."""
    assert guess.coordinates(pd.DataFrame(table)) == found


def test_codes_and_names_are_told_by_their_heads():
    """A column of codes holds no code twice and no blank; names may repeat."""
    table = pd.DataFrame({"region_code": ["R", "R"], "WD24CD": ["E1", "E2"], "WD24NM": ["Hill", "Hill"]})
    assert guess.named(table, guess.CODE_WORDS, unique=True) == "WD24CD"
    assert guess.named(table, guess.NAME_WORDS, unique=False) == "WD24NM"
    assert guess.named(table[["WD24NM"]], guess.CODE_WORDS, unique=True) == ""


@pytest.mark.parametrize(("dates", "said"), [(["2025-01-01"], "2025"), (["2025-01-01", "", "2023-05-05"], "2023 to 2025"), ([""], "")])
def test_the_years_of_the_dates_are_the_period(dates, said):
    """One year, a span, or nothing."""
    assert guess.years(pd.DataFrame({"date": dates}), "date") == said
