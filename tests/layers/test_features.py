"""Layers whose rows are features: their properties are held to the card like the cells of a table."""

import json
from pathlib import Path

import pytest

from geomap.errors import LayerError
from geomap.layers.read import read_layer

CARD = {
    "name": "halls", "title": "Halls", "contributors": [{"title": "The council"}], "licenses": [{"name": "CC0-1.0"}], "geomap:kind": "assets", "geomap:places": {"geometry": True}, "geomap:period": "2025",
    "geomap:sensitivity": "open", "geomap:tier": "public", "geomap:evidence": "community", "geomap:skewed": "Some are missing.", "geomap:misreading": "Closed ones count.",
    "resources": [{"name": "data", "path": "halls.geojson", "format": "geojson", "schema": {"fields": [
        {"name": "id", "type": "string"}, {"name": "seats", "type": "integer"}, {"name": "opened", "type": "date"}]}}],
}  # fmt: skip


def halls(folder: Path, *features: tuple[dict, str]) -> Path:
    """A layer of halls; each feature has properties and a kind of geometry."""
    drawn = {"Point": [1.0, 2.0], "LineString": [[1.0, 2.0], [2.0, 3.0]]}
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": told, "geometry": {"type": kind, "coordinates": drawn[kind]}} for told, kind in features
        ],
    }
    (folder / "halls.geojson").write_text(json.dumps(collection), encoding="utf-8")
    (folder / "datapackage.json").write_text(json.dumps(CARD), encoding="utf-8")
    return folder


def test_properties_take_the_types_of_the_card(tmp_path):
    """Codes are text, numbers written as text are numbers, a blank is nothing."""
    told = [{"id": 7, "seats": "40", "opened": "1999-05-01"}, {"id": "08", "seats": None, "opened": ""}]
    table = read_layer(halls(tmp_path, *((one, "Point") for one in told))).table
    assert table["id"].tolist() == ["7", "08"]
    assert table["seats"].fillna(-1).tolist() == [40.0, -1.0]
    assert table["opened"].dt.year.fillna(0).tolist() == [1999, 0]


def test_all_properties_that_do_not_fit_are_told_at_once(tmp_path):
    """With the number of the feature and what is wanted."""
    with pytest.raises(LayerError) as wrong:
        read_layer(halls(tmp_path, ({"id": "1", "seats": "many", "opened": "May"}, "Point")))
    assert wrong.value.faults == (
        "row 1, column 'seats': 'many' is not a whole number.",
        "row 1, column 'opened': 'May' is not a date like %Y-%m-%d.",
    )


def test_shapes_that_are_no_points_cannot_be_placed(tmp_path):
    """A line lies in many places."""
    with pytest.raises(LayerError, match="shapes other than points"):
        read_layer(halls(tmp_path, ({"id": "1", "seats": 4, "opened": "1999-05-01"}, "LineString")))


def test_a_hall_at_zero_has_no_place_and_that_is_told(tmp_path):
    """Programs put there what they could not place; its row stays, for the ledger to count."""
    folder = halls(tmp_path, ({"id": "1", "seats": 4, "opened": "1999-05-01"}, "Point"), ({"id": "2", "seats": 5, "opened": ""}, "Point"))
    path = folder / "halls.geojson"
    path.write_text(path.read_text(encoding="utf-8").replace("[1.0, 2.0]", "[0, 0]", 1), encoding="utf-8")
    layer = read_layer(folder)
    assert layer.points.isna().tolist() == [True, False]
    assert len(layer.repairs) == 1
    assert "(number 1)" in layer.repairs[0]
