"""Rivers, parks and railways of a workspace reach its editions as light shapes, and change nothing else."""

import json

import geopandas as gpd
import pytest
import shapely

from geomap.errors import LayerError
from geomap.workspace import backdrop as module
from geomap.workspace.add import add_file
from geomap.workspace.answers import Answers
from geomap.workspace.backdrop import backdrop
from geomap.workspace.check import check
from geomap.workspace.workspace import open_workspace
from tests.backdrops import CRS, lay_backdrop, railway, river


@pytest.fixture
def wet(city):
    """The demonstration city with its river and a railway."""
    lay_backdrop(city, "river", river(), "water")
    lay_backdrop(city, "railway", railway(), "rail", **{"geomap:tier": "partners"})
    return city


def test_each_layer_is_a_row_with_its_source(wet):
    """By name; the river stays as wide as the gap that the places leave; the railway is one line."""
    found = backdrop(open_workspace(wet))
    assert found.index.tolist() == ["railway", "river"]
    assert found["source"].tolist() == ["Marrowmere City Council, CC0-1.0"] * 2
    assert found["drawn_as"].tolist() == ["rail", "water"]
    drawn = found.to_crs(CRS).geometry
    assert drawn["river"].area == pytest.approx(river().to_crs(CRS).area.iloc[0], rel=0.03)
    assert shapely.get_num_geometries(drawn["railway"]) == 1
    assert found.equals(backdrop(open_workspace(wet)))


def test_a_city_without_one_has_none(city):
    """Nothing is made up."""
    assert backdrop(open_workspace(city)) is None


def test_a_tier_holds_only_what_it_may(wet):
    """The railway is for partners; the public edition lacks it."""
    assert backdrop(open_workspace(wet, "public")).index.tolist() == ["river"]


def test_check_says_what_it_is_and_when_it_is_too_much(wet, monkeypatch):
    """In the ledger, and in no warning; no edition grows heavy unnoticed."""
    monkeypatch.setattr(module, "MOST", 100)
    found = check(open_workspace(wet))
    assert len(found.faults) == 1
    assert "a map draws up to 100. Leave small rivers" in found.faults[0]
    note = next(record["notes"] for record in found.joins if record["layer"] == "river")
    assert note == ["drawn on maps for orientation, as water; no number rests on it"]
    assert not [warning for warning in found.warnings if "river" in warning]


def test_one_that_lies_elsewhere_stops_the_build_in_words(city):
    """A river of another city is a wrong file or a wrong coordinate system."""
    lay_backdrop(city, "river", gpd.GeoSeries([shapely.LineString([(0, 51), (1, 51)])], crs=4326), "water")
    with pytest.raises(LayerError, match=r"\['river'\] lies in or near the city"):
        backdrop(open_workspace(city))


@pytest.mark.parametrize(("shapes", "name"), [(river, "river"), (railway, "railway")])
def test_add_takes_areas_and_lines_as_a_backdrop(city, tmp_path, shapes, name):
    """Areas become no boundary set where a person says so; how it is drawn is asked."""
    file = tmp_path / f"{name}.geojson"
    gpd.GeoDataFrame(geometry=shapes()).to_file(file, driver="GeoJSON")
    added = add_file(file, city, answers=Answers("backdrop"))
    card = json.loads(added.card.read_text(encoding="utf-8"))
    assert added.card.parent == open_workspace(city).path / "layers" / name
    assert (card["geomap:kind"], card["geomap:sensitivity"], card["geomap:drawn_as"]) == ("backdrop", "open", "")
    assert [blank for blank in added.blanks if blank.startswith("geomap:drawn_as")]


def test_lines_without_a_word_are_asked_what_they_are(city, tmp_path):
    """Streets or a backdrop: only a person knows."""
    file = tmp_path / "lines.geojson"
    gpd.GeoDataFrame(geometry=railway()).to_file(file, driver="GeoJSON")
    added = add_file(file, city)
    assert json.loads(added.card.read_text(encoding="utf-8"))["geomap:kind"] == ""
    assert [blank for blank in added.blanks if blank.startswith("geomap:kind")]
