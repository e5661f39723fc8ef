"""GeoTIFFs made to do harm, and files laid beside good ones that would speak for them."""

import re
import struct
from collections.abc import Callable

import numpy as np
import pytest
import rasterio

from geomap.boundaries.cells import cells_within
from geomap.errors import IntakeError
from geomap.intake.rasters import take_raster
from tests.intake.make import raster, wards

VRT = '<VRTDataset rasterXSize="1" rasterYSize="1"><VRTRasterBand band="1"><SimpleSource><SourceFilename>/etc/passwd</SourceFilename></SimpleSource></VRTRasterBand></VRTDataset>'
XXE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><GDALMetadata><Item name="a">&b;</Item></GDALMetadata>'
AUX = '<PAMDataset><SRS>EPSG:27700</SRS><PAMRasterBand band="1"><NoDataValue>5</NoDataValue><Metadata><MDI key="STATISTICS_MINIMUM">-1e9</MDI></Metadata></PAMRasterBand></PAMDataset>'
OTHERS = {
    "cells.tif.aux.xml": AUX.encode(), "cells.aux.xml": AUX.encode(), "cells.tif.ovr": VRT.encode(), "cells.tif.msk": VRT.encode(),
    "cells.tfw": b"9\n0\n0\n-9\n0\n0\n", "cells.IMD": b"x", "cells.vrt": VRT.encode(),
}  # fmt: skip
CELLS = np.arange(600, dtype="float32").reshape(20, 30)


def entry(tag: int, where: str, value: int) -> Callable[[bytes], bytes]:
    """The count or the value of a tag of the first directory rewritten, or where the next directory begins."""

    def change(raw: bytes) -> bytes:
        made = bytearray(raw)
        (start,) = struct.unpack_from("<I", raw, 4)
        (count,) = struct.unpack_from("<H", raw, start)
        if where == "next":
            struct.pack_into("<I", made, start + 2 + 12 * count, value or start)
        for at in range(start + 2, start + 2 + 12 * count, 12):
            if struct.unpack_from("<H", raw, at) == (tag,):
                struct.pack_into("<I", made, at + {"count": 4, "value": 8}[where], value)
        return bytes(made)

    return change


HOSTILE = {
    "as wide as can be said": (entry(256, "value", 2**31 - 1), "too large|damaged|given up"),
    "higher than its strips": (entry(257, "value", 2**31 - 1), ""),
    "wider than can be said": (entry(256, "value", 2**32 - 1), "damaged|too large"),
    "a directory that follows itself": (entry(0, "next", 0), ""),
    "a directory past the end": (entry(0, "next", 2**31), ""),
    "strips past the end": (entry(273, "value", 2**31), "damaged"),
    "four thousand million strips": (entry(273, "count", 2**32 - 1), ""),
    "strips of four thousand million bytes": (entry(279, "value", 2**32 - 1), "damaged|given up|"),
    "four thousand million bands": (entry(277, "value", 65_535), "bands|damaged|given up"),
    "no position": (entry(33922, "count", 0), "no position|damaged|does not overlap"),
    "no size": (entry(257, "value", 0), "damaged|no values"),
    "strips of no rows": (entry(278, "value", 0), ""),
    "packed by nobody": (entry(259, "value", 60_000), "damaged"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_raster_does_no_harm(tmp_path, name):
    """Taken, or refused in words with its name; nothing is written beside it."""
    change, words = HOSTILE[name]
    path = raster(tmp_path / "cells.tif", CELLS, nodata=-9999)
    path.write_bytes(change(path.read_bytes()))
    said = ""
    try:
        take_raster(path, places=wards())
    except IntakeError as refused:
        said = str(refused)
    assert bool(said) or re.search(words, said) is not None
    assert not said or (path.name in said and re.search(words or ".", said))
    assert [file.name for file in tmp_path.iterdir()] == ["cells.tif"]


@pytest.mark.parametrize("text", [VRT, XXE])
def test_words_inside_a_raster_are_not_followed(tmp_path, text):
    """Descriptions are not read."""
    path = raster(tmp_path / "cells.tif", CELLS, nodata=-9999)
    with rasterio.open(path, "r+") as file:
        file.update_tags(description=text)
    assert take_raster(path, places=wards()).repairs == ()


@pytest.mark.parametrize("name", OTHERS)
def test_a_file_beside_a_raster_does_not_speak_for_it(tmp_path, name):
    """Its nodata value, its place and its cells are what its own bytes say, when it is taken in and when it is counted."""
    path = raster(tmp_path / "cells.tif", CELLS, nodata=-9999)
    alone, sums = take_raster(path, places=wards()), cells_within(path, wards(), ["sum", "count", "max"], error=IntakeError)
    (tmp_path / name).write_bytes(OTHERS[name])
    assert take_raster(path, places=wards()) == alone
    assert cells_within(path, wards(), ["sum", "count", "max"], error=IntakeError).equals(sums)
    assert {file.name for file in tmp_path.iterdir()} == {"cells.tif", name}
