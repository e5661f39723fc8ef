"""Rasters by place, cells on the border counted by the part inside."""

import numpy as np
import pandas as pd
import pytest
import rasterio
from rasterio.transform import from_origin

from geomap.errors import GeomapError, LayerError, MethodologyError
from geomap.indicators.rate import Rate
from geomap.indicators.zonal import Zonal
from geomap.layers.layer import Layer
from tests.toy import CRS, EAST, KM, NORTH, card, sources


def raster(path, values, cell, *, nodata=None, crs=CRS):
    """A GeoTIFF whose upper left corner is the city's."""
    values = np.asarray(values, dtype="float32")
    profile = {
        "driver": "GTiff",
        "width": values.shape[1],
        "height": values.shape[0],
        "count": 1,
        "dtype": "float32",
        "crs": crs,
        "nodata": nodata,
    }
    with rasterio.open(path, "w", transform=from_origin(EAST, NORTH + KM, cell, cell), **profile) as file:
        file.write(values, 1)
    return path


def finished(path, *, others=None, **asked):
    """The estimates of a zonal measure over the raster in *path*."""
    rasters = {"green": path} | (others or {})
    layers = [Layer(card(name, kind="raster", places=None), pd.DataFrame(), raster=file) for name, file in rasters.items()]
    measure = Zonal.read({"layer": "green", **asked}, where="zonal")
    return measure.finish(measure.observe(sources(*layers), "wards"))


def test_a_mean_over_whole_cells(tmp_path):
    """Four cells of 500 m in each ward: the castle's are 1, 2, 3 and 4."""
    values = [[1, 2, 0, 0, 0, 0], [3, 4, 0, 0, 0, 0], [0] * 6, [0] * 6]
    assert finished(raster(tmp_path / "g.tif", values, 500)).loc["castle", "value"] == pytest.approx(2.5)


def test_border_cells_count_by_the_part_inside(tmp_path):
    """One cell of 2 km by 2 km over four wards holds 8: each whole ward has a quarter of its sum."""
    found = finished(raster(tmp_path / "g.tif", [[8, 0]], 2000), statistic="sum")["value"]
    assert found[["castle", "market", "harbour", "mill"]].tolist() == pytest.approx([2, 2, 2, 2])


def test_sums_keep_the_total(tmp_path):
    """What the wards hold together is what the raster holds, whatever the cells."""
    values = np.random.default_rng(1).uniform(0, 9, (7, 10))
    found = finished(raster(tmp_path / "g.tif", values, 300), statistic="sum")["value"]
    inside = values[:6].sum() + values[6].sum() * 2 / 3
    assert found.sum() == pytest.approx(inside, rel=1e-5)


def test_cells_without_data_are_no_zeros(tmp_path):
    """A ward whose cells all lack data has no value; the others' means pass over the gaps."""
    values = [[-9, -9, 5, -9, 0, 0], [-9, -9, -9, -9, 0, 0], [0] * 6, [0] * 6]
    found = finished(raster(tmp_path / "g.tif", values, 500, nodata=-9))
    assert found.loc["castle", "status"] == "missing"
    assert found.loc["market", "value"] == 5


def test_per_area_divides_by_square_kilometres(tmp_path):
    """A sum of 8 over a ward of 1 km² is 8 per km²."""
    found = finished(raster(tmp_path / "g.tif", np.full((2, 3), 8), 1000), statistic="sum", per_area=True)["value"]
    assert found.tolist() == pytest.approx([8] * 6)


def test_what_is_no_geotiff_is_not_opened(tmp_path):
    """A text with the ending .tif never reaches GDAL."""
    path = tmp_path / "g.tif"
    path.write_text("<MRF_META></MRF_META>", encoding="utf-8")
    with pytest.raises(LayerError, match="is not a GeoTIFF"):
        finished(path)


def test_a_raster_must_say_where_it_is(tmp_path):
    """Without a CRS a raster is refused, with what to do."""
    with pytest.raises(LayerError, match="no CRS"):
        finished(raster(tmp_path / "g.tif", [[1]], 1000, crs=None))


def test_the_largest_the_smallest_and_the_middle(tmp_path):
    """Four cells of 500 m in each ward: the castle's are 1, 2, 3 and 4."""
    path = raster(tmp_path / "g.tif", [[1, 2, 0, 0, 0, 0], [3, 4, 0, 0, 0, 0], [0] * 6, [0] * 6], 500)
    found = {name: finished(path, statistic=name).loc["castle", "value"] for name in ("min", "max", "quantile")}
    assert found == {"min": 1, "max": 4, "quantile": pytest.approx(2.5)}


def test_a_share_of_the_area_with_some_classes(tmp_path):
    """A quarter of the castle is wood (4), another meadow (3)."""
    path = raster(tmp_path / "g.tif", [[1, 2, 0, 0, 0, 0], [3, 4, 0, 0, 0, 0], [0] * 6, [0] * 6], 500)
    assert finished(path, statistic="share", values=[3, 4]).loc["castle", "value"] == 50


def test_a_mean_where_people_live(tmp_path):
    """All of the castle's people live on its last cell, where the air holds 4."""
    people = raster(tmp_path / "p.tif", [[0, 0, 1, 1, 1, 1], [0, 9, 1, 1, 1, 1], [1] * 6, [1] * 6], 500)
    path = raster(tmp_path / "g.tif", [[1, 2, 0, 0, 0, 0], [3, 4, 0, 0, 0, 0], [0] * 6, [0] * 6], 500)
    found = finished(path, weights="people", others={"people": people})
    assert found.loc["castle", "value"] == 4
    assert found.loc["market", "value"] == 0


def test_a_place_that_the_raster_covers_in_part_says_so(tmp_path):
    """The last ward lies half beside the raster."""
    found = finished(raster(tmp_path / "g.tif", np.full((4, 5), 1), 500))
    assert found.loc["park", "flags"] == "the raster has data for a part of the place only"
    assert found.loc["castle", "flags"] == ""


@pytest.mark.parametrize("asked", [{"values": [1]}, {"statistic": "share"}, {"statistic": "sum", "weights": "people"}, {"density": True}])
def test_what_does_not_fit_together_is_refused(asked):
    """Classes without a share, weights without a mean, a density that is not added up."""
    with pytest.raises(GeomapError):
        Zonal.read({"layer": "green", **asked}, where="zonal")


def test_a_rate_against_the_people_of_a_raster(tmp_path):
    """Two events in the castle, whose four cells hold 500 people each."""
    path = raster(tmp_path / "p.tif", np.full((4, 6), 500), 500)
    events = Layer(card("incidents", kind="incidents"), pd.DataFrame({"ward": ["castle", "castle"]}))
    people = Layer(card("people", kind="raster", places=None), pd.DataFrame(), raster=path)
    measure = Rate.read({"layer": "incidents", "per": {"layer": "people", "field": "cells"}}, where="rate")
    assert measure.finish(measure.observe(sources(events, people), "wards")).loc["castle", "value"] == pytest.approx(1.0)
    with pytest.raises(MethodologyError, match="density"):
        Rate.read({"layer": "incidents", "per": {"layer": "people", "field": "persons"}}, where="rate").observe(
            sources(events, people), "wards"
        )
