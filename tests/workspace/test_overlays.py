"""A layer on an older vintage, carried to this one by a crosswalk that a card declares."""

import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geomap.boundaries.overlay import by_area
from geomap.editions.edition import read_edition
from geomap.errors import WorkspaceError
from geomap.workspace.build import build
from geomap.workspace.check import check
from geomap.workspace.workspace import open_workspace
from tests.conftest import without_surveys

CARD = "datapackage.json"
INDICATOR = """
[[indicator]]
id = "old_claims"
title = "Claims of hardship, by the places of 2011"
domain = "socioeconomic"
up = "worse"
unit = "per 1,000 residents"
digits = 2
reason = "Known by older places only."
measure = { measure = "rate", layer = "old-claims", events = ["claims"], per = { layer = "residents", field = "people" } }
"""


def write(path: Path, content: dict) -> None:
    """A card."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def halved(city: Path) -> None:
    """The city of 2011: one old place north of the middle, one south of it, with 400 and 900 claims."""
    here = gpd.read_file(city / "boundaries/neighbourhoods/neighbourhoods.geojson").to_crs(32628)
    west, south, east, north = here.total_bounds
    middle = (south + north) / 2
    whole = here.union_all()
    parts = [shapely.intersection(whole, shapely.box(west, a, east, b)) for a, b in ((middle, north), (south, middle))]
    frame = gpd.GeoDataFrame({"code": ["up", "down"], "name": ["Upper", "Lower"]}, geometry=parts, crs=32628)
    shared = json.loads((city / "boundaries/districts" / CARD).read_text(encoding="utf-8"))
    own = {"name": "places-2011", "title": "Places of 2011", "geomap:date": "2011-01-01", "geomap:level": "old place",
           "geomap:one": "old place", "geomap:many": "old places", "resources": [{"name": "polygons", "path": "old.geojson", "format": "geojson"}]}  # fmt: skip
    write(city / "boundaries/places-2011" / CARD, shared | own)
    frame.to_crs(4326).to_file(city / "boundaries/places-2011/old.geojson", driver="GeoJSON")
    card = json.loads((city / "layers/living-conditions" / CARD).read_text(encoding="utf-8"))
    card |= {
        "name": "old-claims",
        "title": "Claims",
        "geomap:period": "2011",
        "geomap:period_field": "",
        "geomap:places": {"boundaries": "places-2011", "field": "place"},
    }
    card["resources"] = [{"name": "data", "path": "data.csv", "format": "csv",
                          "schema": {"fields": [{"name": "place", "type": "string"}, {"name": "claims", "type": "integer"}]}}]  # fmt: skip
    write(city / "layers/old-claims" / CARD, card)
    (city / "layers/old-claims/data.csv").write_text("place,claims\nup,400\ndown,900\n", encoding="utf-8")


def declare(city: Path, **overlay: str) -> None:
    """What a person writes into the card of the neighbourhoods."""
    path = city / "boundaries/neighbourhoods" / CARD
    card = json.loads(path.read_text(encoding="utf-8"))
    card["geomap:overlays"] = [{"from": "places-2011", **overlay}]
    if overlay["by"] == "people":
        (path.parent / "people.csv").write_text(
            "code,people\n" + "".join(f"{code},{n + 1}\n" for n, code in enumerate(codes(city))), encoding="utf-8"
        )
        card["resources"].append(
            {"name": "people", "path": "people.csv", "format": "csv", "schema": {"fields": [{"name": "people", "type": "integer"}]}}
        )
    if overlay["by"] == "raster":
        (path.parent / "people.tif").write_bytes((city / "layers/people-raster/people.tif").read_bytes())
        card["resources"].append({"name": "people", "path": "people.tif", "format": "tif"})
    write(path, card)


def codes(city: Path) -> list[str]:
    """The codes of the neighbourhoods."""
    return sorted(gpd.read_file(city / "boundaries/neighbourhoods/neighbourhoods.geojson", ignore_geometry=True)["code"])


WAYS = [
    ({"by": "area"}, "by area, as if what is counted lay evenly"),
    ({"by": "people", "smaller": "neighbourhoods", "resource": "people", "key": "code", "field": "people"}, "by the people of Neighbourhoods of Marrowmere"),
    ({"by": "raster", "resource": "people"}, "by the cells of people.tif"),
]  # fmt: skip


@pytest.mark.parametrize(("overlay", "how"), WAYS, ids=["area", "people", "raster"])
def test_counts_of_an_older_vintage_reach_this_one_whole(city, overlay, how):
    """All 1,300 claims are given out, by the way that the card declares, with the way in words."""
    halved(city)
    declare(city, **overlay)
    atlas = open_workspace(city).atlas
    walk = atlas.route("places-2011", "neighbourhoods")
    carried = walk.carry(pd.Series({"up": 400.0, "down": 900.0}), atlas["neighbourhoods"].codes)
    assert carried.sum() == pytest.approx(1_300, rel=1e-9)
    assert how in walk.how
    assert "100.0 % are divided among several, and their parts are estimates" in walk.how
    if overlay["by"] == "area":
        expected = by_area(atlas["places-2011"], atlas["neighbourhoods"]).carry(
            pd.Series({"up": 400.0, "down": 900.0}), atlas["neighbourhoods"].codes
        )
        assert carried.equals(expected)


def test_a_build_states_how_an_older_vintage_was_carried_and_that_it_is_an_estimate(city):
    """In the caveats of the number, in the flag of each divided place, and in the manifest."""
    halved(city)
    declare(city, by="area")
    recipe = without_surveys(city) / "methodology.toml"
    recipe.write_text(
        recipe.read_text(encoding="utf-8").replace("[[indicator]]", INDICATOR.strip() + "\n\n[[indicator]]", 1), encoding="utf-8"
    )
    assert check(open_workspace(city)).faults == ()
    edition = read_edition(build(open_workspace(city), draws=50))
    level = edition.level()
    node = level.node("old_claims")
    assert any("carried over by area" in caveat and "their parts are estimates" in caveat for caveat in node.caveats)
    assert level.numbers["old_claims"]["flags"].str.contains("divided: an estimate").sum() > 10
    assert edition.manifest["geomap:edition"]["crosswalks"] == [
        {"from": "places-2011", "to": "neighbourhoods", "how": open_workspace(city).atlas.crosswalks[0].how}
    ]


@pytest.mark.parametrize(
    ("overlay", "said"),
    [
        ({"by": "people"}, "by people needs resource, smaller, key, field"),
        ({"from": "places-1066", "by": "area"}, r"geomap:overlays names \['places-1066'\], but the boundary sets are"),
        ({"from": "neighbourhoods", "by": "area"}, "carries 'neighbourhoods' to itself"),
        ({"by": "guess"}, "geomap:overlays"),
    ],
)
def test_an_overlay_that_says_too_little_is_refused(city, overlay, said):
    """With the card and the word that is wrong."""
    halved(city)
    path = city / "boundaries/neighbourhoods" / CARD
    card = json.loads(path.read_text(encoding="utf-8"))
    write(path, card | {"geomap:overlays": [{"from": "places-2011"} | overlay]})
    with pytest.raises(WorkspaceError, match=said):
        open_workspace(city).atlas  # noqa: B018  reading it is the test
