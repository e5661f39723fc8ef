"""Sums of cells in polygons: held to GEOS cell by cell, to exactextract, and to rasters that others publish."""

from importlib.util import find_spec

import geopandas as gpd
import numpy as np
import pytest
import rasterio
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from rasterio.transform import Affine, from_origin

from geomap.boundaries import strips
from geomap.boundaries.cells import cells_within
from geomap.boundaries.contour import BY_ARRAYS, Way, sum_cells
from geomap.boundaries.outlines import outlines
from geomap.boundaries.strips import Reading, Strip, square_kilometres
from geomap.errors import LayerError
from tests.shared import shared

WIDE, HIGH = 7, 6
COLUMN, ROW = np.meshgrid(np.arange(WIDE), np.arange(HIGH))
CELLS = shapely.box(COLUMN, ROW, COLUMN + 1, ROW + 1)
ALL = ["sum", "mean", "count", "cover"]


def ways() -> list[Way]:
    """How the work is done: by arrays, and compiled where numba is installed."""
    if find_spec("numba") is None:
        return [BY_ARRAYS]
    from geomap.boundaries.contour_fast import COMPILED

    return [BY_ARRAYS, COMPILED]


def in_strips(values: np.ndarray, empty: np.ndarray, rows: int) -> list[Strip]:
    """The raster in strips of *rows*, those without a gap saying so."""
    held = np.where(empty, 0, values)
    parts = [(top, held[top : top + rows], empty[top : top + rows]) for top in range(0, HIGH, rows)]
    return [Strip(top, part, gap if gap.any() else None) for top, part, gap in parts]


@st.composite
def polygons(draw: st.DrawFn) -> shapely.Geometry:
    """A polygon with a hole or without, in several parts or in one, on the raster, over its sides or beside it, its corners often on borders of cells."""
    number = st.one_of(st.integers(-3, 10).map(float), st.floats(-3, 10, width=32))
    hulls = [shapely.MultiPoint(draw(st.lists(st.tuples(number, number), min_size=3, max_size=7))).convex_hull for _ in range(3)]
    one, two, three = hulls
    shape = shapely.union(shapely.difference(one, two), three)
    return shapely.MultiPolygon([part for part in shapely.get_parts(shape) if part.geom_type == "Polygon"])


@settings(deadline=None, max_examples=150)
@given(shapes=st.lists(polygons(), min_size=1, max_size=4), seed=st.integers(0, 99), rows=st.integers(1, HIGH))
def test_each_cell_counts_by_the_part_inside(shapes, seed, rows):
    """Law: the same as cutting every polygon with every cell, whatever the strips, also where values are negative or missing."""
    rng = np.random.default_rng(seed)
    values, empty = rng.normal(0, 50, (HIGH, WIDE)), rng.random((HIGH, WIDE)) < 0.2
    inside = np.array([shapely.area(shapely.intersection(CELLS, shape)) for shape in shapes])
    for way in ways():
        found = sum_cells(outlines(np.array(shapes), Affine.identity(), HIGH, rows, way.edges), in_strips(values, empty, rows), way)
        np.testing.assert_allclose(found.total, (inside * np.where(empty, 0, values)).sum(axis=(1, 2)), atol=1e-8)
        np.testing.assert_allclose(found.cells, inside.sum(axis=(1, 2)), atol=1e-9)
        np.testing.assert_allclose(found.empty, (inside * empty).sum(axis=(1, 2)), atol=1e-9)


def test_nobody_stays_nobody():
    """Beside a crowd a place whose cells hold 0 has the sum 0 and not what rounding leaves, or a rate of it would be huge."""
    values = np.zeros((HIGH, WIDE))
    values[:3] = 1e9 / 7
    place = np.array([shapely.Polygon([(0.3, 3), (6.1, 3.3), (5.7, 5.9), (1.1, 5.2)])])
    for way in ways():
        found = sum_cells(outlines(place, Affine.identity(), HIGH, 2), in_strips(values, values < 0, 2), way)
        assert found.total.tolist() == [0.0]


def written(path, values, transform, crs="EPSG:27700", **more):
    """A GeoTIFF of *values*."""
    profile = {"driver": "GTiff", "width": values.shape[1], "height": values.shape[0], "count": 1, "dtype": values.dtype, "crs": crs}
    with rasterio.open(path, "w", transform=transform, **(profile | more)) as file:
        file.write(values, 1)
    return path


def box(*sides, crs="EPSG:27700"):
    """One rectangle."""
    return gpd.GeoDataFrame(geometry=[shapely.box(*sides)], crs=crs)


def test_scale_and_offset_are_applied(tmp_path):
    """Stored 3 with a scale of 0.5 and an offset of 10 means 11.5, for sums as for quantiles."""
    path = written(tmp_path / "a.tif", np.full((4, 4), 3, dtype="int16"), from_origin(0, 400, 100, 100), nodata=-1)
    with rasterio.open(path, "r+") as file:
        file.scales, file.offsets = (0.5,), (10.0,)
    found = cells_within(path, box(0, 0, 200, 100), ["mean", "sum", "quantile(q=0.5)"], error=LayerError)
    assert found.iloc[0].tolist() == pytest.approx([11.5, 23.0, 11.5])


def test_a_raster_turned_against_north(tmp_path):
    """Sums follow the grid wherever it points; what exactextract would have to find is refused in words."""
    turned = Affine.translation(1000, 1000) * Affine.rotation(30) * Affine.scale(100, -100)
    path = written(tmp_path / "t.tif", np.ones((10, 10)), turned)
    found = cells_within(path, box(0, 0, 4000, 4000), ["sum", "cover"], error=LayerError)
    assert found["sum"].item() == pytest.approx(100)
    assert found["cover"].item() == pytest.approx(100 * 100**2 / 4000**2)
    with pytest.raises(LayerError, match="turned against north"):
        cells_within(path, box(0, 0, 4000, 4000), ["max"], error=LayerError)


def test_places_beside_the_raster_have_no_cells(tmp_path):
    """No cell, no sum, and a cover of 0."""
    path = written(tmp_path / "b.tif", np.ones((4, 4)), from_origin(0, 400, 100, 100))
    found = cells_within(path, box(5000, 5000, 6000, 6000), ALL, error=LayerError)
    assert found[["count", "cover"]].to_numpy().tolist() == [[0, 0]]
    assert found[["sum", "mean"]].isna().all(axis=None)


def test_infinite_cells_and_masked_ones_hold_no_data(tmp_path):
    """Neither a cell that is no finite number nor one that the file's own mask covers is counted."""
    values = np.array([[1.0, np.inf], [np.nan, 7.0]])
    path = written(tmp_path / "m.tif", values, from_origin(0, 200, 100, 100))
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as file:
        file.write_mask(np.array([[True, True], [True, False]]))
    found = cells_within(path, box(0, 0, 200, 200), ALL, error=LayerError)
    assert found.iloc[0].tolist() == [1, 1, 1, 0.25]


def test_classes_are_counted_as_a_share(tmp_path):
    """Half of the cells are woods (5) or meadows (6): half of the area."""
    path = written(tmp_path / "c.tif", np.array([[5, 6], [1, 2]], dtype="uint8"), from_origin(0, 200, 100, 100))
    found = cells_within(path, box(0, 0, 200, 200), ["mean"], error=LayerError, reading=Reading(of=(5, 6)))
    assert found["mean"].item() == 0.5


@pytest.mark.parametrize(("crs", "unit"), [("EPSG:27700", 1.0), ("EPSG:2263", 1200 / 3937)])
def test_a_density_counts_by_the_area_of_its_cells(tmp_path, crs, unit):
    """50 people per km² on 4 cells of 1,000 units: feet are feet."""
    path = written(tmp_path / "d.tif", np.full((2, 2), 50.0), from_origin(0, 2000, 1000, 1000), crs)
    found = cells_within(path, box(0, 0, 2000, 2000, crs=crs), ["sum"], error=LayerError, reading=Reading(per_km2=True))
    assert found["sum"].item() == pytest.approx(50 * 4 * unit**2)


def test_cells_in_degrees_shrink_towards_the_pole(tmp_path):
    """The area of a cell on the ellipsoid, held to PROJ's geodesic polygons."""
    from pyproj import Geod

    path = written(tmp_path / "g.tif", np.zeros((60, 2)), from_origin(-3, 60, 0.5, 1), "EPSG:4326")
    with rasterio.open(path) as source:
        found = square_kilometres(source, 0, 60)
    geod = Geod(ellps="WGS84")
    for row in (0, 31, 59):
        side = np.linspace(0, 0.5, 400)
        lon, lat = np.concatenate([side, side[::-1]]), np.concatenate([np.full(400, 59 - row), np.full(400, 60 - row)])
        assert found[row] == pytest.approx(abs(geod.polygon_area_perimeter(lon, lat)[0]) / 1e6, rel=1e-7)


def peer(path, shapes, names):
    """What exactextract finds."""
    from exactextract import exact_extract

    return exact_extract(path, shapes, names, output="pandas")


@pytest.mark.parametrize(
    "name", ["gpw_v411_2020_count_2020", "gpw_v411_2020_density_2020", "gpw_v411_2020_land_area_2020", "eu_dem_v11", "clc2018_v2020_20u1"]
)
def test_the_island_of_sao_miguel(name, monkeypatch):
    """Five rasters of one island in its six municipalities: exactextract's numbers, read a few rows at a time."""
    monkeypatch.setattr(strips, "CELLS_AT_ONCE", 5_000)
    path, places = (
        shared("data", "rasters", "sao_miguel", f"{name}.tif"),
        gpd.read_file(shared("data", "rasters", "sao_miguel", "concelhos.gpkg")),
    )
    found, other = (
        cells_within(path, places, ["sum", "mean", "count"], error=LayerError),
        peer(path, places.to_crs(4326), ["sum", "mean", "count"]),
    )
    np.testing.assert_allclose(found, other, rtol=1e-6)


def test_the_people_of_sao_miguel():
    """Half of a coastal cell lies in the sea: its count loses half of its people there, its density times land does not (145,603 live on the island)."""
    folder, places = shared("data", "rasters", "sao_miguel"), gpd.read_file(shared("data", "rasters", "sao_miguel", "concelhos.gpkg"))
    counted = cells_within(folder / "gpw_v411_2020_count_2020.tif", places, ["sum"], error=LayerError)["sum"]
    dense = cells_within(folder / "gpw_v411_2020_density_2020.tif", places, ["sum"], error=LayerError, reading=Reading(per_km2=True))["sum"]
    assert counted.sum() == pytest.approx(131_864, abs=1)
    assert dense.sum() == pytest.approx(145_603, rel=0.002)


def test_the_people_of_sao_paulo():
    """GHS-POP 2015 in cells of 250 m: one outline around the raster holds all 21.7 million people, four quarters the same."""
    path = shared("data", "rasters", "ghsl_sao_paulo.tif")
    with rasterio.open(path) as source:
        whole, crs, all_people = shapely.box(*source.bounds), source.crs, float(source.read(1, masked=True).sum(dtype="float64"))
    west, south, east, north = whole.bounds
    middle = west + 0.37 * (east - west), south + 0.61 * (north - south)
    parts = [shapely.box(*corner, *middle).envelope for corner in ((west, south), (east, south), (east, north), (west, north))]
    found = cells_within(path, gpd.GeoDataFrame(geometry=[whole, *parts], crs=crs), ["sum"], error=LayerError)["sum"]
    assert all_people == pytest.approx(21_684_740, rel=1e-6)
    assert found.to_numpy() == pytest.approx([all_people, *found[1:]], rel=1e-12)
    assert found[1:].sum() == pytest.approx(all_people, rel=1e-12)
