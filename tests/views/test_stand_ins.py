"""A score that is made of withheld numbers says so on the map, in the table and in every export, and its ranks are less sure."""

from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest

from geomap.assessment.assessment import Assessment
from geomap.assessment.columns import describe, exported
from geomap.assessment.journey import assess
from geomap.views.choropleth import choropleth
from geomap.views.csv import write_csv
from geomap.views.geojson import write_geojson
from geomap.views.geopackage import write_geopackage
from geomap.views.profile import profile
from geomap.views.table import table
from geomap.views.workbook import write_workbook
from tests.toy import layer, methodology, residents, sources

PER = {"layer": "residents", "field": "people"}
RATES = tuple(
    {"id": kind, "title": kind.title(), "measure": {"measure": "rate", "layer": kind, "per": PER}} for kind in ("slurs", "assaults")
)
SCALE = {"scale": {"low": 0, "high": 10, "reason": "Because."}}


def city(mill: int, *, sensitivity: str = "counts") -> Assessment:
    """Slurs and assaults; so many of each in the mill, where five thousand live."""
    counts = {"castle": 6, "market": 12, "park": 0, "harbour": 14, "mill": mill, "station": 25}
    rows = pd.DataFrame({"ward": [ward for ward, count in counts.items() for _ in range(count)]})
    some = [layer(name, rows, kind="incidents", sensitivity=sensitivity) for name in ("slurs", "assaults")]
    return assess(sources(*some, residents()), methodology(*RATES, **SCALE), "wards").assessment


@pytest.fixture(scope="module")
def withheld() -> Assessment:
    """Two of each in the mill, which nobody may know."""
    return city(2)


def test_it_is_counted_and_said_in_the_columns_of_exports(withheld):
    """Two in the mill, none elsewhere, nothing where there is no score; the data dictionary tells what the column is."""
    shown = exported(withheld).set_index("code")
    assert shown["risk_stand_ins"].dropna().to_dict() == {"castle": 0, "harbour": 0, "market": 0, "mill": 2, "station": 0}
    assert shown.loc["mill", ["slurs_status", "risk_status"]].tolist() == ["suppressed", "value"]
    assert [one.name for one in describe(withheld)] == list(exported(withheld).columns)
    assert "stand-ins" in next(one.description for one in describe(withheld) if one.name == "risk_stand_ins")


@pytest.mark.parametrize("tier", ["partners", "public"])
def test_map_and_table_carry_a_mark(withheld, tier):
    """In every tier, on the places that have it and on no other."""
    some = withheld if tier == "partners" else _public(withheld)
    lines = dict(zip(some.places.index, choropleth(some, "risk").hover, strict=True))
    assert [code for code, line in lines.items() if line.endswith("· rests on 2 withheld numbers")] == ["mill"]
    notes = table(some, "risk").set_index("code")["note"]
    assert notes[notes != ""].to_dict() == {"mill": "rests on 2 withheld numbers"}


def test_the_map_hatches_it_in_its_colour(withheld):
    """A capital where the class is sure, the eleventh letter and after where it is not; an indicator's own withheld number stays apart."""
    here = list(withheld.places.index).index("mill")
    drawn = choropleth(withheld, "risk")
    assert [code for code, sign in zip(withheld.places.index, drawn.signs, strict=True) if sign in "ABCDEFGHIJklmnopqrst"] == ["mill"]
    sure, unsure = (replace(drawn, faded=faded * len(drawn.digits)).signs[here] for faded in "01")
    step = int(drawn.digits[here])
    assert (sure, unsure) == ("ABCDEFGHIJ"[step], "klmnopqrst"[step])
    assert choropleth(withheld, "slurs").signs[here] == "S"


def test_every_export_holds_the_status_and_the_mark(withheld, tmp_path):
    """GeoJSON, CSV, GeoPackage and a workbook: the columns stand in each."""
    wanted = {"slurs_status", "risk_status", "risk_stand_ins"}
    for write, ending in ((write_geojson, "geojson"), (write_csv, "csv"), (write_geopackage, "gpkg"), (write_workbook, "xlsx")):
        write(withheld, tmp_path / f"city.{ending}")
    book = pd.read_excel(tmp_path / "city.xlsx", sheet_name=None, header=None, engine="calamine")
    shown = {
        "geojson": set(gpd.read_file(tmp_path / "city.geojson").columns),
        "csv": set(pd.read_csv(tmp_path / "city.csv").columns),
        "gpkg": set(gpd.read_file(tmp_path / "city.gpkg").columns),
        "xlsx": {cell for sheet in book.values() for cell in sheet.to_numpy().ravel() if isinstance(cell, str)},
    }
    assert {kind: sorted(wanted - columns) for kind, columns in shown.items()} == {kind: [] for kind in shown}


def test_a_public_map_is_coloured_by_fifths_and_says_how_sure_they_are(withheld):
    """The fifth that needs attention most is the darkest of risk; a place that could be in another fifth is paler, and the card says in which."""
    some = _public(withheld)
    drawn, numbers = choropleth(some, "risk"), some.numbers["risk"]
    there = numbers["value"].notna().to_numpy()
    assert [int(sign) for sign in drawn.digits if sign.isdigit()] == (5 - numbers["fifth"][there]).astype(int).tolist()
    assert [sign == "0" for sign in drawn.faded] == ((numbers["fifth_low"] == numbers["fifth_high"]) | ~there).tolist()
    assert drawn.legend[0].label == "in the fifth that needs attention most"
    assert all("fifth" in line for line, known in zip(drawn.hover, there, strict=True) if known)
    assert profile(some, "mill").worst == ""


def test_the_withheld_number_itself_is_hatched(withheld):
    """Its place in the legend says why there is none."""
    assert [(one.label, one.count) for one in choropleth(withheld, "slurs").legend if one.hatched and one.sign == "S"] == [
        ("Withheld to protect people", 1)
    ]


def test_without_withheld_numbers_there_is_no_mark():
    """The same numbers, open: nothing is withheld, so the column would say nothing."""
    some = city(2, sensitivity="open")
    assert "note" not in table(some, "risk")
    assert not any("withheld" in line for line in choropleth(some, "risk").hover)


def test_a_stand_in_widens_the_interval_and_never_narrows_the_ranks(withheld):
    """Against the same city in which the middle of the band was counted openly: 2.5 is what stands in, 2 and 3 are nearest to it."""
    mine = withheld.numbers["risk"].loc["mill"]
    for count in (2, 3):
        known = city(count, sensitivity="open").numbers["risk"].loc["mill"]
        assert mine["high"] - mine["low"] > known["high"] - known["low"]
        assert mine["rank_low"] <= known["rank_low"]
        assert mine["rank_high"] >= known["rank_high"]


def _public(some: Assessment) -> Assessment:
    numbers = {
        name: frame.assign(fifth=1.0, fifth_low=1.0, fifth_high=2.0) if "rank" in frame else frame for name, frame in some.numbers.items()
    }
    return replace(some, tier="public", numbers=numbers)
