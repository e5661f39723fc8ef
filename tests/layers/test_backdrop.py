"""A layer of kind backdrop is lines and areas for everybody's eyes, placed nowhere and counted never."""

import geopandas as gpd
import pytest
import shapely

from geomap.errors import CardError, LayerError, MethodologyError
from geomap.layers.layer import Layer
from geomap.layers.read import read_layer
from tests.backdrops import CRS, lay_backdrop
from tests.toy import sources

LINE = gpd.GeoSeries([shapely.LineString([(400_000, 3_430_000), (401_000, 3_430_000)])], crs=CRS)
POINT = gpd.GeoSeries([shapely.Point(400_000, 3_430_000)], crs=CRS)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ({"geomap:drawn_as": ""}, "geomap:drawn_as"),
        ({"geomap:drawn_as": "red"}, "geomap:drawn_as"),
        ({"geomap:places": {"geometry": True}}, "geomap:places: a backdrop is drawn"),
        ({"geomap:sensitivity": "counts"}, "geomap:sensitivity: everybody sees"),
        ({"resources": [{"name": "data", "path": "data.csv", "format": "csv"}]}, "resources: a backdrop is a file of lines or areas"),
        ({"resources": [{"name": "data", "path": "../river.gpkg", "format": "gpkg"}]}, "must be a file beside its card"),
        ({"resources": [{"name": "data", "path": "river.vrt", "format": "vrt"}]}, "format"),
    ],
)
def test_a_card_that_asks_for_more_is_refused(tmp_path, said, told):
    """Each with the key and what to do."""
    with pytest.raises(CardError) as refused:
        read_layer(lay_backdrop(tmp_path, "river", LINE, "water", **said))
    assert told in str(refused.value)


def test_points_are_no_backdrop(tmp_path):
    """A point on a map is somebody's address before it is orientation."""
    with pytest.raises(LayerError, match="shapes other than lines and areas"):
        read_layer(lay_backdrop(tmp_path, "river", POINT, "water"))


def test_no_measure_may_rest_on_it(tmp_path):
    """Whoever names it in an indicator is told what it is."""
    river: Layer = read_layer(lay_backdrop(tmp_path, "river", LINE, "water"))
    with pytest.raises(MethodologyError, match="'river' is a backdrop"):
        sources(river).layer("river")
