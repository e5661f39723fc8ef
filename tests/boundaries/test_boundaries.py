"""A boundary set refuses to exist where a place could not be told from another, or not be found."""

import geopandas as gpd
import pytest
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.errors import BoundaryError
from tests.toy import square


@pytest.mark.parametrize(
    ("codes", "shape", "words"),
    [
        ("ab", shapely.Polygon(), r"\['b'\] have no shape"),
        ("ab", shapely.Point(1, 1), r"polygons, but \['b'\] are not"),
        ("aa", square(1, 0), r"\['a'\] appear more than once"),
    ],
)
def test_what_is_no_place_is_refused_by_its_code(codes, shape, words):
    """An empty shape too: it has no bounds, and beside it no point would be found anywhere."""
    frame = gpd.GeoDataFrame({"name": ["A", "B"]}, geometry=[square(0, 0), shape], index=list(codes), crs="EPSG:27700")
    with pytest.raises(BoundaryError, match=words):
        Boundaries("wards", "Wards", "ward", "2021", frame)
