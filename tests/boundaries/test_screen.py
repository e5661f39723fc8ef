"""Shapes for the screen: light, in degrees, with shared borders still shared; what is measured keeps its full geometry."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.screen import PIXELS, for_screen
from tests.shared import shared
from tests.toy import CRS, EAST, KM, NORTH


def wavy(many: int = 2_000) -> Boundaries:
    """Two places of a kilometre whose common border waves by a tenth of a metre."""
    along = np.linspace(0, KM, many)
    border = np.column_stack([EAST + KM + 0.1 * np.sin(along), NORTH + along])
    west = shapely.Polygon([(EAST, NORTH), *border, (EAST, NORTH + KM)])
    east = shapely.Polygon([(EAST + 2 * KM, NORTH + KM), *border[::-1], (EAST + 2 * KM, NORTH)])
    frame = gpd.GeoDataFrame(
        {"name": ["West", "East"], "parent": ""}, geometry=[west, east], crs=CRS, index=pd.Index(["a", "b"], name="code")
    )
    return Boundaries("wards", "Wards", "ward", "2025", frame)


def test_what_is_finer_than_a_pixel_is_left_out_on_both_sides_of_a_border():
    """Four thousand vertices become a hundred, and the two places still touch without a gap."""
    places = wavy()
    before = places.frame.geometry.to_wkb().tolist()
    shapes = for_screen(places)
    assert shapes.crs.to_epsg() == 4326
    assert shapely.get_num_coordinates(shapes.geometry.array).sum() < 200
    assert shapely.coverage_is_valid(shapes.geometry.array)
    assert places.frame.geometry.to_wkb().tolist() == before


@pytest.mark.parametrize("file", ["ward_2022.gpkg", "borough_2022.gpkg"])
def test_london_stays_a_coverage_and_keeps_every_place(file):
    """No place is lost, none is invalid, and borders move by less than a pixel on average."""
    frame = gpd.read_file(shared("data", "london", "boundaries", file)).to_crs(27700)
    shapes = gpd.GeoDataFrame(
        {"name": "", "parent": ""}, geometry=frame.geometry.to_numpy(), crs=frame.crs, index=pd.Index(frame.index.map(str), name="code")
    )
    places = Boundaries("wards", "Wards", "ward", "2022", shapes.sort_index())
    drawn = for_screen(places)
    assert not drawn.geometry.is_empty.any()
    assert drawn.geometry.is_valid.all()
    light = drawn.to_crs(27700)
    assert shapely.get_num_coordinates(light.geometry.array).sum() < shapely.get_num_coordinates(places.frame.geometry.array).sum()
    west, south, east, north = places.frame.total_bounds
    pixel = max(east - west, north - south) / PIXELS
    full = places.frame.geometry.array
    moved = shapely.area(shapely.symmetric_difference(light.geometry.array, full)) / shapely.length(full)
    assert moved.max() < pixel
