"""What protects travels with an edition; what must not be found never as a point, a name or an address."""

import json
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geomap.assessment.at_hand import at_hand
from geomap.assessment.protects import Question, within_reach
from geomap.editions.edition import read_edition
from geomap.editions.protects import WAYS, what_protects
from geomap.layers.shielded import hidden_rows
from geomap.views.assets_overlay import assets_overlay
from geomap.views.within_reach import NOTHING, STRAIGHT, STREETS, reach_labels, reach_list, reach_words
from geomap.workspace.build import build
from geomap.workspace.protecting import protecting
from geomap.workspace.workspace import open_workspace
from tests.backdrops import CARD, CRS
from tests.conftest import copy_demo
from tests.toy import layer

CANARY = "zqsecretqz"
SPOT = ("-16.07712", "30.99934")


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    """The demonstration city, a shielded place with a name and a point among its formal ones."""
    city = copy_demo(tmp_path_factory.mktemp("protecting") / "city")
    data = city / "layers/assets-formal/data.csv"
    rows = pd.read_csv(data, dtype=str, keep_default_na=False)
    rows.loc[len(rows)] = ["F999", "refuge", "shielded", "20", "families", "always", *SPOT]
    rows["name"] = [""] * (len(rows) - 1) + [CANARY]
    rows.to_csv(data, index=False)
    card = city / "layers/assets-formal/datapackage.json"
    told = json.loads(card.read_text(encoding="utf-8"))
    told["resources"][0]["schema"]["fields"].append({"name": "name", "type": "string"})
    card.write_text(json.dumps(told), encoding="utf-8")
    return read_edition(build(open_workspace(city), draws=20))


def test_no_file_tells_where_a_shielded_place_is(edition):
    """Neither its coordinates nor its name; it is counted in the largest place it lies in."""
    there = what_protects(edition).assets
    refuge = there[there["kind"] == "refuge"].iloc[0]
    assert pd.isna(refuge["longitude"])
    assert refuge["level"] == "districts"
    files = [path for path in edition.path.rglob("*") if path.is_file()]
    assert [path for path in files if CANARY.encode() in path.read_bytes()] == []
    assert [path for path in files for told in SPOT if path.suffix != ".geojson" and told.encode() in path.read_bytes()] == []


def test_formal_places_are_points_and_informal_ones_numbers(edition):
    """On the overlay: 90 points; the informal ones by neighbourhood, the shielded one by district only."""
    there, small = what_protects(edition), edition.level()
    over = assets_overlay(small, there)
    assert len(over.points) == 90
    assert sum(over.labels.values()) == 120
    assert CANARY.encode() not in over.content
    large = assets_overlay(edition.level("districts"), there)
    assert sum(large.labels.values()) == 121
    assert any("refuge 1" in note for note in large.notes.values())


def test_who_lives_where_is_what_the_layer_says(edition):
    """Residents of the newest period, summed by place, and the same at both levels."""
    people = what_protects(edition).people.groupby("level")["people"].sum()
    assert people["neighbourhoods"] == people["districts"] > 100_000


def test_reach_is_the_straight_line_at_walking_speed(edition):
    """Against every pair by the great circle: 80 metres a minute, within half a per cent."""
    import numpy as np
    import shapely

    shown, there = edition.level(), what_protects(edition)
    found = within_reach(shown, there, Question(kind="library", minutes=20))
    ends = there.pinned[there.pinned["kind"] == "library"]
    middles = shapely.get_coordinates(shapely.centroid(shown.places.geometry.to_numpy()))
    lat, lon = np.radians(middles[:, 1])[:, None], np.radians(middles[:, 0])[:, None]
    lat_2, lon_2 = np.radians(ends["latitude"].to_numpy()), np.radians(ends["longitude"].to_numpy())
    half = np.sin((lat_2 - lat) / 2) ** 2 + np.cos(lat) * np.cos(lat_2) * np.sin((lon_2 - lon) / 2) ** 2
    minutes = 2 * 6_371_008.8 * np.arcsin(np.sqrt(half)) / 80
    assert np.allclose(found.here["nearest"], minutes.min(axis=1), rtol=0.005)
    edge = (np.abs(minutes - 20) < 0.15).any(axis=1)
    assert ((found.here["formal"].to_numpy() == (minutes <= 20).sum(axis=1)) | edge).all()


def lay_streets(city, lines: gpd.GeoSeries) -> None:
    """A layer of streets in the workspace *city*."""
    folder = city / "layers/streets"
    folder.mkdir()
    gpd.GeoDataFrame({"id": range(len(lines))}, geometry=list(lines), crs=lines.crs).to_crs(4326).to_file(
        folder / "streets.geojson", driver="GeoJSON"
    )
    told = {"name": "streets", "title": "Streets", "geomap:kind": "streets", "geomap:misreading": "A street may be closed."}
    resource = {"name": "data", "path": "streets.geojson", "format": "geojson"}
    (folder / "datapackage.json").write_text(json.dumps(CARD | told | {"resources": [resource]}), encoding="utf-8")


def test_where_there_are_streets_reach_goes_along_them(city, edition):
    """One street around a corner: from the middle of a place at one end to what stands at the other it is the sum of both legs, and no way is shorter than the straight line."""
    shown, straight = edition.level(), what_protects(edition)
    before = within_reach(shown, straight, Question(minutes=60))
    there = straight.pinned.set_index("id").loc[before.pairs.query("code == 'N25'")["id"].iloc[3]]
    first = gpd.GeoSeries(shown.places.geometry.centroid, crs=4326).to_crs(CRS)["N25"]
    last = gpd.GeoSeries([shapely.Point(there["longitude"], there["latitude"])], crs=4326).to_crs(CRS).iloc[0]
    lay_streets(city, gpd.GeoSeries([shapely.LineString([first, (last.x, first.y), last])], crs=CRS))
    along = replace(straight, ways=protecting(open_workspace(city))[WAYS][1])
    found = within_reach(shown, along, Question(minutes=60))
    way = found.pairs.set_index(["code", "id"]).at[("N25", there.name), "minutes"]
    assert way == pytest.approx((abs(first.x - last.x) + abs(first.y - last.y)) / 80, abs=0.3)
    assert (found.streets, before.streets) == (True, False)
    both = found.pairs.merge(before.pairs, on=["code", "id"], suffixes=("", "_straight"))
    assert (both["minutes"] >= both["minutes_straight"] - 0.15).all()
    assert len(both) == len(found.pairs) < len(before.pairs)
    near, far = (within_reach(shown, along, Question(minutes=minutes)).here["formal"] for minutes in (10, 60))
    assert (near <= far).all()
    assert far["N25"] == (found.pairs["code"] == "N25").sum()
    words = reach_words(shown, found, reach_list(shown, found, at_hand([], [shown.places]), along, "N25"), along, "N25")
    assert STREETS in words
    assert STRAIGHT not in words


def test_what_is_not_plainly_formal_is_hidden():
    """A blank, or a word nobody foresaw, is no leave to draw a pin."""
    rows = """name | formality | east | north
              -----+-----------+------+------
              a    | Formal    |    1 |     2
              b    |           |    3 |     4
              c    | mixed     |    5 |     6"""
    assert hidden_rows(layer("assets", rows, points=True, kind="assets")).tolist() == [False, True, True]


def test_the_question_of_the_guide_is_answered_in_words(edition, tmp_path, capsys):
    """Young people, tension, sports halls, ten minutes: places and people add up to the whole, and the same comes from the command, with a table of all places."""
    from geomap.cli.main import main

    shown, there = edition.level(), what_protects(edition)
    asked = Question("tension", "young people", "sports hall", 10)
    found = within_reach(shown, there, asked)
    assert set(found.fitting["audience"]) <= {"young people", "everyone"}
    labels = reach_labels(found)
    assert found.here["people"].groupby(labels).sum().sum() == found.here["people"].sum()
    table = tmp_path / "all.csv"
    question = ["--issue", "tension", "--people", "young people", "--kind", "sports hall", "--minutes", "10"]
    assert main(["find", str(edition.path), "N12", *question, "--to", str(table)]) == 0
    told = capsys.readouterr().out
    assert f"nothing within reach: {(labels == NOTHING).sum()} of 61".casefold() in told.casefold()
    assert "straight lines" in told
    assert len(pd.read_csv(table)) == len(shown.places)


def test_an_empty_answer_says_what_to_widen(edition):
    """More minutes, or one condition less; informal places are never given a distance."""
    shown, there = edition.level(), what_protects(edition)
    nobody = at_hand([], [shown.places])
    found = within_reach(shown, there, Question("tension", "young people", "library", 1))
    empty = found.here.index[(found.here["formal"] == 0) & (found.here["informal"] == 0)][0]
    listed = reach_list(shown, found, nobody, there, empty)
    assert listed.empty
    words = reach_words(shown, found, listed, there, empty)
    assert "Nothing is found" in words
    assert "minutes away; widen" in words
    anything = within_reach(shown, there, Question(minutes=60))
    listed = reach_list(shown, anything, nobody, there, empty)
    assert listed.loc[listed["formality"] != "formal", "minutes"].isna().all()


def test_the_row_of_a_file_says_nothing_of_where_an_informal_place_lies(edition):
    """Formal places come first and keep the order of the file; the others follow in the order of what is told of them, with numbers of their own."""
    found = what_protects(edition).assets
    for _, rows in found.groupby("layer", sort=False):
        hidden = (rows["formality"] != "formal").to_numpy()
        assert not hidden[: (~hidden).sum()].any()
        told = rows[hidden].drop(columns=["id", "longitude", "latitude"]).astype(str)
        assert told.apply(tuple, axis=1).tolist() == sorted(told.apply(tuple, axis=1))
        assert [int(one.split(":")[1]) for one in rows["id"]] == [*range(1, len(rows) + 1)]
