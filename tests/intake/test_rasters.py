"""A raster is looked through before anything is computed from it."""

import numpy as np
import pytest

from geomap.errors import IntakeError
from geomap.intake.rasters import take_raster
from tests.intake.make import raster, wards

CELLS = np.arange(1, 601, dtype="float32").reshape(20, 30)


def test_a_good_raster_says_what_it_holds(tmp_path):
    """Its size, the range of its cells, its CRS."""
    taken = take_raster(raster(tmp_path / "a.tif", CELLS, nodata=-9999), places=wards())
    assert (taken.width, taken.height, taken.cells, taken.low, taken.high, taken.nodata) == (30, 20, 600, 1, 600, -9999)
    assert taken.crs.to_epsg() == 4326
    assert taken.repairs == ()


@pytest.mark.parametrize("mark", [-9999.0, -3.4028234663852886e38])
def test_a_value_that_can_only_mean_none_is_found(tmp_path, mark):
    """Undeclared nodata is told, counted and named."""
    cells = CELLS.copy()
    cells[:2] = mark
    taken = take_raster(raster(tmp_path / "a.tif", cells))
    assert taken.nodata == pytest.approx(mark)
    assert [(repair.about, repair.count) for repair in taken.repairs] == [("nodata", 60)]


@pytest.mark.parametrize(
    ("cells", "options", "words"),
    [(CELLS, {"crs": None}, "coordinate reference system"), (np.full((4, 4), -1, "int16"), {"nodata": -1}, "no values"), (CELLS.astype("complex64"), {}, "plain numbers")],
)  # fmt: skip
def test_what_stops_a_raster(tmp_path, cells, options, words):
    """In words, with the file's name."""
    with pytest.raises(IntakeError, match=words) as wrong:
        take_raster(raster(tmp_path / "a.tif", cells, **options))
    assert "a.tif" in str(wrong.value)


def test_a_text_called_tif_is_never_opened(tmp_path):
    """Whatever the text would make the reader do."""
    (tmp_path / "a.tif").write_bytes(b"<MRF_META></MRF_META>")
    with pytest.raises(IntakeError, match="not a GeoTIFF: it is an MRF description"):
        take_raster(tmp_path / "a.tif")
