"""Each point lies in exactly one place; shapes, panes and the grid give the same answers, whatever the places are like."""

from importlib.util import find_spec

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geomap.boundaries.finder import Finder, count_points, finder
from geomap.boundaries.locate import locate, spots_of
from geomap.boundaries.panes import BORDER, INSIDE, panes_of
from tests.shared import shared
from tests.toy import CRS, EAST, NORTH, WARDS, boundaries, square

WAYS = [
    "shapes",
    "panes",
    pytest.param("grid", marks=pytest.mark.skipif(find_spec("numba") is None, reason="numba (the extra 'fast') is not installed")),
]
CITY = boundaries("wards", {code: square(*corner) for code, corner in WARDS.items()})
SHAPES = np.asarray(CITY.frame.geometry.array)


def by_definition(x: np.ndarray, y: np.ndarray, shapes: np.ndarray) -> tuple[np.ndarray, int]:
    """The first place that each point touches, and how many touch several, by asking every shape."""
    touches = shapely.intersects_xy(shapes[:, None], x[None, :], y[None, :])
    return np.where(touches.any(axis=0), touches.argmax(axis=0), -1), int((touches.sum(axis=0) > 1).sum())


def agrees(find: Finder, x: np.ndarray, y: np.ndarray) -> None:
    """The finder says what the definition says."""
    found = find(x, y)
    place, on_border = by_definition(x, y, find.shapes)
    np.testing.assert_array_equal(found.place, place)
    assert found.on_border == on_border


def finder_of(shapes: list[shapely.Geometry], way: str) -> Finder:
    """A finder that goes one way."""
    shapes = np.array(shapes, dtype=object)
    if way == "grid":
        from geomap.boundaries.locate_by_grid import grid_of

        return Finder(shapes, grid=grid_of(shapes))
    return Finder(shapes, panes_of(shapes, shapely.bounds(shapes)) if way == "panes" else None)


def test_a_point_on_a_shared_border_belongs_to_the_code_that_comes_first():
    """Inside mill; on the border of castle and market; on the corner of four; outside; nowhere; empty."""
    at = [(1.5, -0.5), (1.0, 0.5), (1.0, 0.0), (9.0, 9.0)]
    points = gpd.GeoSeries(
        [*(shapely.Point(EAST + 1_000 * x, NORTH + 1_000 * y) for x, y in at), None, shapely.Point()], crs=CRS, index=list("abcdef")
    )
    found = locate(spots_of(points), CITY)
    assert found.codes.astype(object).where(found.codes.notna(), None).to_dict() == {
        "a": "mill", "b": "castle", "c": "castle", "d": None, "e": None, "f": None,
    }  # fmt: skip
    assert found.on_border == 2


def test_points_in_another_crs_are_carried_over():
    """The same points in degrees find the same places."""
    points = gpd.GeoSeries(
        gpd.points_from_xy(*np.random.default_rng(1).uniform([EAST, NORTH - 900], [EAST + 3_000, NORTH + 900], (50, 2)).T), crs=CRS
    )
    assert locate(spots_of(points.to_crs(4326)), CITY).codes.tolist() == locate(spots_of(points), CITY).codes.tolist()


@pytest.mark.parametrize("way", WAYS)
def test_every_kind_of_shape(way):
    """Holes, places of several parts, islands in a hole, gaps, overlaps, a copy of a place, rings that run the other way, upright and level borders."""
    hole = shapely.Polygon([(0, 0), (10, 0), (10, 10), (0, 10)], [[(2, 2), (8, 2), (8, 8), (2, 8)]])
    shapes = [
        hole, shapely.box(3, 3, 5, 5), shapely.MultiPolygon([shapely.box(12, 0, 14, 4), shapely.box(15, 0, 17, 4)]), shapely.box(9, 9, 13, 13),
        shapely.Polygon([(20, 0), (20, 7), (27, 7)]), shapely.Polygon([(20, 0), (27, 7), (27, 0)]), shapely.box(3, 3, 5, 5), shapely.Polygon([(30, 0), (33, 9), (36, 0)][::-1]),
    ]  # fmt: skip
    at = np.linspace(-1, 37, 153)
    x, y = (part.ravel() for part in np.meshgrid(at, np.linspace(-1, 14, 61)))
    agrees(finder_of(shapes, way), x, y)


TRIANGLES = st.lists(
    st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=3, max_size=3, unique=True)
    .map(shapely.Polygon)
    .filter(lambda some: some.area > 0),
    min_size=1,
    max_size=8,
)


@pytest.mark.parametrize("way", WAYS)
@given(shapes=TRIANGLES, offset=st.sampled_from([0.0, 0.25, 530_000.0]))
@settings(max_examples=60, deadline=None)
def test_any_triangles_and_any_points(way, shapes, offset):
    """Triangles that overlap at will, and points of which most lie on corners and borders."""
    shapes = [shapely.transform(shape, lambda xy: xy + offset) for shape in shapes]
    x, y = (part.ravel() + offset for part in np.meshgrid(np.arange(-1, 14, 0.5), np.arange(-1, 14, 0.5)))
    agrees(finder_of(shapes, way), x, y)


def test_panes_are_made_where_points_outnumber_vertices():
    """A few points are asked of the shapes; many are worth the panes."""
    vertices = int(shapely.get_num_coordinates(SHAPES).sum())
    assert finder(SHAPES, vertices, fast=False).panes is None
    assert finder(SHAPES, vertices + 1, fast=False).panes is not None


@pytest.mark.parametrize("way", WAYS)
def test_points_that_are_nowhere(way):
    """Not a number, or infinitely far: in no place; no points: no answer."""
    find = finder_of(SHAPES, way)
    nan, inf = np.nan, np.inf
    assert find(np.array([nan, EAST, inf, -inf]), np.array([NORTH, nan, NORTH, NORTH])).place.tolist() == [-1] * 4
    assert find(np.empty(0), np.empty(0)).place.tolist() == []


@pytest.mark.parametrize("way", WAYS)
def test_counting_chunk_by_chunk_loses_no_point(way):
    """In all chunks together each point is counted once: in a place or outside."""
    x, y = np.random.default_rng(2).uniform([EAST - 500, NORTH - 1_500], [EAST + 3_500, NORTH + 1_500], (5_000, 2)).T
    find = finder_of(SHAPES, way)
    counts = count_points(((x[at : at + 999], y[at : at + 999]) for at in range(0, len(x), 999)), find)
    whole = find(x, y)
    assert counts.per_place.tolist() == np.bincount(whole.place[whole.place >= 0], minlength=6).tolist()
    assert counts.per_place.sum() + counts.outside == len(x)
    assert counts.outside > 0


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("name", "code"), [("lsoa_2011", 4_835), ("lsoa_2021", 4_994)])
def test_londons_small_areas_and_points_on_their_very_vertices(name, code, way):
    """Two vintages, the older with borders that overlap by a little: points within, points far out, and vertices of the borders themselves."""
    frame = gpd.read_file(shared("data/london/boundaries", f"{name}.gpkg")).to_crs(27700)
    shapes = np.asarray(frame.geometry.array)
    assert len(shapes) == code
    rng = np.random.default_rng(3)
    vertices = shapely.get_coordinates(shapes)
    inside = rng.uniform(*shapely.total_bounds(shapes).reshape(2, 2), (20_000, 2))
    x, y = np.concatenate([inside, vertices[rng.integers(0, len(vertices), 3_000)]]).T
    found = finder_of(list(shapes), way)(x, y)
    point, place = shapely.STRtree(shapes).query(shapely.points(x, y), predicate="intersects")
    first = np.full(len(x), len(shapes))
    np.minimum.at(first, point, place)
    np.testing.assert_array_equal(found.place, np.where(first == len(shapes), -1, first))
    assert found.on_border == (np.bincount(point) > 1).sum() > 1_000


def test_panes_tell_most_points_without_a_trial():
    """Three in five points near a place in London need no shape asked, and none is told wrong."""
    frame = gpd.read_file(shared("data/london/boundaries/lsoa_2021.gpkg")).to_crs(27700)
    shapes = np.asarray(frame.geometry.array)
    boxes = shapely.bounds(shapes)
    near = np.random.default_rng(4).integers(0, len(shapes), 50_000)
    xy = boxes[near, :2] + np.random.default_rng(5).uniform(-0.01, 1.01, (len(near), 2)) * (boxes[near, 2:] - boxes[near, :2])
    kind = panes_of(shapes, boxes)(xy, near)
    told = kind != BORDER
    assert told.mean() > 0.6
    np.testing.assert_array_equal(kind[told] == INSIDE, shapely.intersects_xy(shapes[near[told]], xy[told]))


def test_the_grid_asks_the_shapes_only_where_it_must():
    """Of random points in London the grid answers all but a few by itself, so that its speed is real."""
    pytest.importorskip("numba", reason="numba (the extra 'fast') is not installed")
    frame = gpd.read_file(shared("data/london/boundaries/lsoa_2021.gpkg")).to_crs(27700)
    find = finder_of(list(frame.geometry.array), "grid")
    x, y = np.random.default_rng(4).uniform(*frame.total_bounds.reshape(2, 2), (50_000, 2)).T
    assert (find.grid(x, y) == -2).mean() < 0.001


def test_a_grid_is_taken_only_for_many_points():
    """A council's few thousand rows never wait for a compiler."""
    assert finder(SHAPES, 5_000).grid is None


@given(
    at=st.lists(st.one_of(st.none(), st.tuples(*[st.sampled_from([-1.0, -0.5, 0.0, 0.25, 1.0, 1.5, 2.0, 9.0])] * 2)), max_size=12),
    at_once=st.integers(1, 13),
)
@settings(max_examples=40, deadline=None)
def test_any_number_of_points_at_once_finds_the_same_places(at, at_once):
    """Points on borders and corners, outside every place, and rows without a point; as geopandas carries them from degrees."""
    points = gpd.GeoSeries([one and shapely.Point(EAST + 1_000 * one[0], NORTH + 1_000 * one[1]) for one in at], crs=CRS, dtype="geometry")
    for given_in in (points, points.to_crs(4326)):
        carried = given_in.to_crs(CRS).dropna()
        place, on_border = by_definition(carried.x.to_numpy(), carried.y.to_numpy(), SHAPES)
        found = locate(spots_of(given_in), CITY, at_once=at_once)
        assert found.on_border == on_border
        expected = pd.Series([CITY.codes[one] if one >= 0 else None for one in place], index=carried.index, dtype=object)
        assert found.codes.dropna().to_dict() == expected.dropna().to_dict()
        assert len(found.codes) == len(at)
        assert found.codes.isna()[points.isna()].all()
