"""Lines and areas for orientation: cut to the city and its margin, light, and never slow."""

import time

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geomap.boundaries.backdrop import around
from tests.toy import CRS, EAST, KM, NORTH, atlas

WARDS = atlas()["wards"]  # three kilometres wide, two high


def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
    """Points in kilometres from the corner of the toy city, in metres."""
    return [(EAST + east * KM, NORTH + north * KM) for east, north in points]


def drawn(*shapes: shapely.Geometry, crs: str = CRS) -> gpd.GeoSeries:
    """What is left of *shapes*, back in the metres of the toy city."""
    given = gpd.GeoSeries(shapes, crs=CRS).to_crs(crs)
    return gpd.GeoSeries([around(given, WARDS)], crs=4326).to_crs(CRS)


@pytest.mark.parametrize("crs", [CRS, "EPSG:4326", "EPSG:3857"])
def test_a_river_is_cut_to_the_city_and_a_tenth_around(crs):
    """A line of 200 km loses what lies farther than a tenth of the city's width beside it, in whatever system it comes."""
    found = drawn(shapely.LineString(at((-100, 0.5), (1, 0.5), (100, 0.5))), crs=crs)
    west, _, east, _ = found.total_bounds
    assert west == pytest.approx(EAST - 0.3 * KM, abs=20)
    assert east == pytest.approx(EAST + 3.3 * KM, abs=20)


def test_pieces_of_a_line_become_one_and_wiggles_below_a_pixel_go():
    """Two pieces with a thousand points each, off the line by 10 cm, leave two points."""
    x = np.linspace(0, 3, 2_001)
    points = np.column_stack([EAST + x * KM, NORTH + 500 + 0.1 * np.sin(x * 500)])
    found = drawn(shapely.LineString(points[:1_001]), shapely.LineString(points[1_000:]))
    assert shapely.get_num_geometries(found.iloc[0]) == 1
    assert shapely.get_num_coordinates(found.iloc[0]) == 2


def test_a_lake_keeps_its_island_and_a_pond_below_a_pixel_goes():
    """An area with a hole of 200 m stays as it is; one of a metre is not drawn, nor is a hole of a metre."""
    lake = shapely.Polygon(
        at((0, 0), (1, 0), (1, 1), (0, 1)),
        [at((0.2, 0.2), (0.4, 0.2), (0.4, 0.4), (0.2, 0.4)), at((0.5, 0.5), (0.501, 0.5), (0.501, 0.501))],
    )
    pond = shapely.Polygon(at((2, 0), (2.001, 0), (2.001, 0.001), (2, 0.001)))
    found = drawn(pond, lake, pond).iloc[0]
    assert shapely.get_num_geometries(found) == 1
    assert shapely.get_num_interior_rings(shapely.get_geometry(found, 0)) == 1
    assert found.area == pytest.approx(KM * KM * 0.96, rel=1e-3)


def test_lines_and_areas_together_are_kept_both():
    """A stream and the lake it comes from."""
    found = drawn(shapely.box(*at((0, 0))[0], *at((1, 1))[0]), shapely.LineString(at((1, 0.5), (2, 0.5)))).iloc[0]
    assert [part.geom_type for part in found.geoms] == ["MultiPolygon", "MultiLineString"]


@pytest.mark.parametrize("shape", [shapely.LineString(at((100, 100), (101, 100))), shapely.Polygon(), None])
def test_what_lies_elsewhere_leaves_nothing(shape):
    """Another city, an empty shape, no shape."""
    assert drawn(shape).iloc[0].is_empty


def test_a_tangle_takes_no_longer_than_another_shape():
    """A ring that crosses itself some ten thousand times is drawn as it is: nothing is mended, so nothing can hang."""
    turn = np.arange(20_000) * 2.399963
    reach = KM * (0.2 + 0.7 * np.random.default_rng(7).random(len(turn)))
    ring = shapely.Polygon(np.column_stack([EAST + KM + reach * np.cos(turn), NORTH + reach * np.sin(turn)]))
    before = time.perf_counter()
    assert not drawn(ring).iloc[0].is_empty
    assert time.perf_counter() - before < 5
