"""Wide tables turned into rows: proposed by geomap add, done only when a person confirmed it."""

import json

import numpy as np
import pandas as pd
import pytest

from geomap.datapackage.tables import Table
from geomap.errors import CardError
from geomap.intake.wide import wide_columns
from geomap.layers.melt import Melt, melted
from geomap.layers.read import read_layer

RULE = {"columns": ["2019", "2020", "2021"], "into": "year", "value": "births", "confirmed": True}
CARD = {
    "name": "births", "title": "Births", "contributors": [{"title": "The council"}], "geomap:kind": "table",
    "geomap:places": {"boundaries": "wards", "field": "ward"}, "geomap:period": "2019 to 2021", "geomap:period_field": "year",
    "geomap:sensitivity": "counts", "geomap:tier": "public", "geomap:evidence": "administrative", "geomap:skewed": "Somebody is missing.",
    "geomap:misreading": "It could mislead.", "geomap:melt": RULE,
}  # fmt: skip


def written(folder, text="ward,2019,2020,2021\nW1,10,<5,12\nW2,20,21,\n", **changed):
    """A layer of a wide table."""
    fields = [{"name": "ward"}, *({"name": year, "type": "number"} for year in RULE["columns"])]
    data = {"name": "data", "path": "data.csv", "format": "csv", "schema": {"fields": fields}, "geomap:suppressed": ["<5"]}
    (folder / "data.csv").write_text(text, encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(CARD | {"resources": [data]} | changed), encoding="utf-8")
    return folder


def test_a_row_for_each_place_and_year(tmp_path):
    """Every cell keeps its place and year; <5 stays withheld between 1 and 4, blank stays missing, and the record says what was done."""
    layer = read_layer(written(tmp_path))
    assert layer.table[["ward", "year"]].to_numpy().tolist() == [[ward, year] for ward in ("W1", "W2") for year in RULE["columns"]]
    assert layer.table["births"].tolist() == pytest.approx([10, np.nan, 12, 20, 21, np.nan], nan_ok=True)
    assert layer.suppressed["births"].tolist() == [False, True, False, False, False, False]
    assert layer.bounds["births"][1].tolist() == [1, 4]
    assert "3 columns (2019 to 2021) were turned into rows" in layer.repairs[0]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"confirmed": False}, '"confirmed": true'),
        ({"into": "births"}, "heads and cells need a column each"),
        ({"columns": ["2019", "ward"]}, "some of the columns"),
        ({"heads": {"1999": "x"}}, r"\['1999'\] are not among the columns"),
        ({"heads": {"2019": "2020"}}, "two columns would get the same head"),
    ],
)
def test_what_nobody_confirmed_or_cannot_be_is_refused(tmp_path, change, words):
    """In words that say what to do."""
    with pytest.raises(CardError, match=words):
        read_layer(written(tmp_path, **{"geomap:melt": RULE | change}))


def test_a_name_that_is_taken_is_refused():
    """The table keeps its own columns."""
    frame = pd.DataFrame({"ward": ["a"], "births": [3.0], "2019": [1.0], "2020": [2.0], "2021": [3.0]})
    with pytest.raises(CardError, match=r"columns called \['births'\], which the table has already"):
        melted(Table(frame), Melt.read(RULE, where="the test"), "the test")


def test_columns_that_differ_by_the_year_are_found():
    """Plain years, years with a stem, financial years; two things over the years, and two years only, are not."""
    assert wide_columns({"ward": "string", **dict.fromkeys(RULE["columns"], "integer")}).columns == ("2019", "2020", "2021")
    stem = wide_columns({"births_2019": "number", "births_2020": "number", "births_2021": "number"})
    assert (stem.value, stem.heads["births_2020"]) == ("births", "2020")
    assert wide_columns(dict.fromkeys(["2018/19", "2019/20", "2020/21"], "number")).columns[0] == "2018/19"
    assert wide_columns(dict.fromkeys([f"{what}_{year}" for what in ("births", "deaths") for year in RULE["columns"]], "number")) is None
    assert wide_columns({"2019": "number", "2020": "number"}) is None


def test_turning_loses_no_cell():
    """The sum of all cells is the same before and after."""
    frame = pd.DataFrame({"ward": list("abc"), "2019": [1.0, 2, 3], "2020": [4.0, 5, 6], "2021": [7.0, 8, 9]})
    long = melted(Table(frame), Melt.read(RULE, where="the test"), "the test").frame
    assert long["births"].sum() == 45
    assert long.groupby("year")["births"].sum().to_dict() == {"2019": 6, "2020": 15, "2021": 24}
