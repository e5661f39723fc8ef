"""Counts carried from one vintage of places to another by their shapes."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import rasterio
import shapely
from rasterio.transform import from_origin

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.overlay import by_area, by_people, by_raster
from geomap.errors import BoundaryError
from tests.shared import shared
from tests.toy import CRS, EAST, KM, NORTH, boundaries, square

OLD = boundaries("old", {"a": square(0, 0), "b": square(1, 0)})
NEW = boundaries("new", {"a": square(0, 0), "west": shapely.box(EAST + KM, NORTH, EAST + 1.25 * KM, NORTH + KM),
                         "east": shapely.box(EAST + 1.25 * KM, NORTH, EAST + 2 * KM, NORTH + KM)})  # fmt: skip
COUNTS = pd.Series({"a": 10.0, "b": 40.0})


def test_a_place_that_is_drawn_the_same_keeps_its_count_and_a_divided_one_is_shared_by_area():
    """The quarter of b that became west gets a quarter of its count."""
    walk = by_area(OLD, NEW)
    assert walk.carry(COUNTS, NEW.codes).to_dict() == {"a": 10.0, "east": 30.0, "west": 10.0}
    assert "1 of 2 old are drawn the same; 50.0 % are divided among several" in walk.how


def test_what_is_not_known_stays_unknown():
    """And does not reach the places it does not touch."""
    carried = by_area(OLD, NEW).carry(pd.Series({"a": 10.0, "b": np.nan}), NEW.codes)
    assert carried.isna().to_dict() == {"a": False, "east": True, "west": True}


def test_totals_are_kept_also_where_an_old_place_reaches_outside():
    """All of b is given out, although a part of it lies in no new place."""
    half = boundaries("half", {"a": square(0, 0), "rest": shapely.box(EAST + KM, NORTH, EAST + 1.5 * KM, NORTH + KM)})
    walk = by_area(OLD, half)
    assert walk.carry(COUNTS, half.codes).sum() == pytest.approx(50, rel=1e-12)
    assert "1 reach outside" in walk.how


def test_an_old_place_that_lies_nowhere_is_refused():
    """Its count would be lost without a word."""
    with pytest.raises(BoundaryError, match=r"lie in no place of 'near', such as \['b'\]"):
        by_area(OLD, boundaries("near", {"a": square(0, 0)}))


def test_a_divided_place_follows_its_people():
    """Nine in ten of b's people live in its western quarter; where nobody lives, the area decides."""
    small = boundaries("small", {"a": square(0, 0), "w": shapely.box(EAST + KM, NORTH, EAST + 1.25 * KM, NORTH + KM),
                                 "e": shapely.box(EAST + 1.25 * KM, NORTH, EAST + 2 * KM, NORTH + KM)})  # fmt: skip
    walk = by_people(OLD, NEW, small, pd.Series({"a": 5, "w": 90, "e": 10}))
    assert walk.carry(COUNTS, NEW.codes).to_dict() == pytest.approx({"a": 10.0, "east": 4.0, "west": 36.0}, rel=1e-9)
    empty = by_people(OLD, NEW, small, pd.Series({"a": 5, "w": 0, "e": 0}))
    assert empty.carry(COUNTS, NEW.codes).to_dict() == pytest.approx({"a": 10.0, "east": 30.0, "west": 10.0}, rel=1e-9)


def test_weights_that_leave_a_place_out_are_refused():
    """A place without people has a zero, not a gap."""
    with pytest.raises(BoundaryError, match=r"say nothing about 1 place\(s\) of 'old', such as \['b'\]"):
        by_people(OLD, NEW, OLD, pd.Series({"a": 5.0}))


def test_a_divided_place_follows_a_raster(tmp_path):
    """Cells of 250 m: those in the western quarter of b hold three in four of its people."""
    cells = np.ones((4, 8))
    cells[:, 4] = 9
    path = tmp_path / "people.tif"
    with rasterio.open(path, "w", driver="GTiff", width=8, height=4, count=1, dtype="float64", crs=CRS,
                       transform=from_origin(EAST, NORTH + KM, 250, 250)) as file:  # fmt: skip
        file.write(cells, 1)
    walk = by_raster(OLD, NEW, path)
    assert walk.carry(COUNTS, NEW.codes).to_dict() == pytest.approx({"a": 10.0, "east": 10.0, "west": 30.0}, rel=1e-6)
    assert walk.how.startswith("counts of The old carried over by the cells of people.tif, as if what is counted followed them")


def test_a_raster_that_is_none_is_refused(tmp_path):
    """By its first bytes."""
    (tmp_path / "people.tif").write_text("<GDAL_MRF>", encoding="utf-8")
    with pytest.raises(BoundaryError, match="not a GeoTIFF"):
        by_raster(OLD, NEW, tmp_path / "people.tif")


def read(path, code: str, crs: int, name: str) -> Boundaries:
    """A file of polygons as a boundary set in the CRS of its makers."""
    frame = gpd.read_file(path).to_crs(crs)
    shapes = gpd.GeoDataFrame({"name": frame[code].astype(str), "parent": ""}, geometry=frame.geometry.to_numpy(), crs=frame.crs,
                              index=pd.Index(frame[code].astype(str), name="code"))  # fmt: skip
    return Boundaries(name, name, name, "2017", shapes.sort_index())


def test_st_louis_is_reproduced():
    """106 tracts to 28 wards, extensive, weight = sum: the fixture of R's areal (inst/testdata/totalCompare1.rda)."""
    folder = shared("data", "indices", "areal_stl")
    tracts, wards = (
        read(folder / "stl_tracts.gpkg", "GEOID", 26996, "tracts"),
        read(folder / "stl_wards_expected.gpkg", "WARD", 26996, "wards"),
    )
    counts = gpd.read_file(folder / "stl_tracts.gpkg").set_index("GEOID")["TOTAL_E"].astype(float)
    expected = gpd.read_file(folder / "stl_wards_expected.gpkg")
    expected = expected.set_index(expected["WARD"].astype(str))["TOTAL_E_expected_sum"]
    carried = by_area(tracts, wards).carry(counts, wards.codes)
    assert np.abs(carried - expected).max() < 1e-9
    assert carried.sum() == pytest.approx(counts.sum(), rel=1e-12)


def test_london_keeps_its_total():
    """2,547 of 4,835 LSOAs are drawn the same in both vintages; not one person is lost."""
    folder = shared("data", "london", "boundaries")
    old, new = (
        read(folder / "lsoa_2011.gpkg", "LSOA11CD", 27700, "lsoa-2011"),
        read(folder / "lsoa_2021.gpkg", "LSOA21CD", 27700, "lsoa-2021"),
    )
    walk = by_area(old, new)
    counts = pd.Series(np.arange(1.0, len(old.codes) + 1), index=old.codes)
    assert "2,547 of 4,835" in walk.how
    assert walk.carry(counts, new.codes).sum() == pytest.approx(counts.sum(), rel=1e-12)


def test_places_with_the_same_area_and_corners_are_told_apart_by_what_is_drawn():
    """Two halves of one square, cut either way, share area and box; squares of a grid share their area only."""
    left = shapely.Polygon([(EAST, NORTH), (EAST + KM, NORTH), (EAST, NORTH + KM)])
    right = shapely.Polygon([(EAST + KM, NORTH), (EAST + KM, NORTH + KM), (EAST, NORTH + KM)])
    old = boundaries("old", {"a": left, "b": right, "c": square(1, 0), "d": square(2, 0)})
    new = boundaries("new", {"p": right, "q": left, "r": square(2, 0), "s": square(1, 0)})
    walk = by_area(old, new)
    carried = walk.carry(pd.Series({"a": 1.0, "b": 2.0, "c": 3.0, "d": 4.0}), new.codes)
    assert carried.to_dict() == {"p": 2.0, "q": 1.0, "r": 4.0, "s": 3.0}
    assert "4 of 4 old are drawn the same" in walk.how
