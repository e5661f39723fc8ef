"""What maps show for orientation, from an edition to the legend and the stand-alone page."""

import json
from dataclasses import replace

import geopandas as gpd
import shapely

from geomap.editions.edition import read_edition
from geomap.editions.freeze import freeze
from geomap.symbology.backdrop import backdrops
from geomap.views.choropleth import choropleth
from geomap.views.standalone import page
from tests.editions.small import frozen

HOSTILE = "<img src=x onerror=alert(1)></script>{{7*7}}"
HELD = gpd.GeoDataFrame(
    {"title": ["Railway", HOSTILE], "source": ["The council, CC0-1.0", HOSTILE], "drawn_as": ["rail", "water"]},
    geometry=[shapely.MultiLineString([[(-3, 51.4), (-2.9, 51.40000049)]]), shapely.MultiPolygon([shapely.box(-3, 51.4, -2.99, 51.41)])],
    crs=4326,
    index=["railway", "river"],
).rename_axis("code")


def test_an_edition_carries_it_and_gives_it_back(tmp_path):
    """Title, source and look as they were, coordinates to five decimals, listed in the manifest, at every level."""
    found = read_edition(freeze(frozen(backdrop=HELD), tmp_path))
    assert found.backdrop.drop(columns="geometry").equals(HELD.drop(columns="geometry"))
    assert shapely.get_coordinates(found.backdrop.geometry)[1].tolist() == [-2.9, 51.4]
    assert [item["bytes"] for item in found.manifest["resources"] if item["path"] == "backdrop.geojson"]
    assert all(found.level(level).backdrop is found.backdrop for level in found.levels)


def test_an_edition_without_one_does_not_know_of_it(tmp_path):
    """No file, no key, no word: the bytes are those of before."""
    found = read_edition(freeze(frozen(), tmp_path))
    assert found.backdrop is None
    assert "backdrop" not in (found.path / "datapackage.json").read_text(encoding="utf-8")
    assert backdrops(found.level()) == ()


def test_the_legend_says_what_it_is_and_from_whom(tmp_path):
    """A line for what is only lines, an area for the rest; each shape knows its mark."""
    (over,) = backdrops(read_edition(freeze(frozen(backdrop=HELD), tmp_path)).level())
    assert [(mark.look, mark.label, mark.count) for mark in over.marks] == [
        ("line", "Railway (source: The council, CC0-1.0)", None),
        ("area", f"{HOSTILE} (source: {HOSTILE})", None),
    ]
    assert [shape["properties"] for shape in over.shapes["features"]] == [{"code": "railway", "mark": 0}, {"code": "river", "mark": 1}]
    assert over.shapes["features"][0]["geometry"]["coordinates"] == [[[-3.0, 51.4], [-2.9, 51.4]]]
    assert over.title == "For orientation; no number rests on it"


def test_an_outline_is_a_line_even_around_an_area(tmp_path):
    """The ground inside an outline is the city, not a lake."""
    held = HELD.assign(drawn_as="outline")
    (over,) = backdrops(read_edition(freeze(frozen(backdrop=held), tmp_path)).level())
    assert [mark.look for mark in over.marks] == ["line", "line"]


def test_the_stand_alone_page_holds_it_as_data(tmp_path):
    """Whatever its title, it stands in the data of the page, never in its markup."""
    shown = read_edition(freeze(frozen(backdrop=HELD), tmp_path)).level()
    text = page(shown, choropleth(shown, "score"))
    data = json.loads(text.split('id="geomap-data">')[1].split("</script>")[0])
    assert data["data"]["overlays"][-1]["marks"][1]["label"] == f"{HOSTILE} (source: {HOSTILE})"
    assert HOSTILE not in text
    assert "For orientation" not in page(replace(shown, backdrop=None), choropleth(shown, "score"))
