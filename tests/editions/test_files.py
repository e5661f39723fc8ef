"""The shapes of an edition come back as they were written, whatever their names hold."""

import geopandas as gpd
import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, MultiPolygon, Point, Polygon, box

from geomap.editions.files import read_places, write_places

SHAPES = (
    box(0, 0, 1, 1),
    MultiPolygon([box(0, 0, 1, 1), box(2, 2, 3, 3)]),
    Polygon(),
    Point(0.5, 0.25),
    GeometryCollection([Point(1, 1), box(0, 0, 1, 1)]),
)
NASTY = st.one_of(
    st.text(max_size=40),
    st.sampled_from(['","geometry":null}', "a\u2028b\nc\rd", '{"type":"Feature",', '\\","geometry":{"type":"Point"', "]}"]),
)


@given(st.lists(NASTY, min_size=1, max_size=8))
def test_places_come_back_as_they_were_written(tmp_path_factory, names):
    """Codes, names and shapes, one by one."""
    path = tmp_path_factory.mktemp("places") / "places.geojson"
    codes = [f"{name}·{i}" for i, name in enumerate(names)]
    shapes = [SHAPES[i % len(SHAPES)] for i in range(len(names))]
    places = gpd.GeoDataFrame({"name": names, "parent": ["x"] * len(names)}, geometry=shapes, crs="EPSG:4326", index=codes)
    write_places(path, places)
    found = read_places(path)
    assert list(found.index) == codes
    assert list(found["name"]) == names
    assert np.all(found.geometry.to_numpy() == places.geometry.to_numpy()) or found.geometry.geom_equals(places.geometry).all()
