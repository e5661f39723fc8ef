"""Whatever is done to the bytes of a good file, it is taken in or refused in words: no crash, no trace, no other error."""

import os
import tempfile
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geomap.errors import IntakeError
from geomap.intake import apart, worker
from geomap.intake.areas import check_areas
from geomap.intake.rasters import take_raster
from geomap.intake.shapes import take_shapes
from tests.intake import forked
from tests.intake.make import raster, wards, written

KINDS = ("geojson", "gpkg", "fgb", "parquet", "zip", "shp", "shx", "dbf", "prj", "tif")
FEW = {"geojson": 500, "zip": 500}
FEW_APART, MANY = 100, 10_000
ROOM = 16 << 30

EDITS = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(["set", "cut", "drop", "repeat", "huge"]), st.integers(0, 255)),
    min_size=1,
    max_size=6,
)

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="The confined process is tried as a fork.")


@pytest.fixture(autouse=True)
def _forks(monkeypatch):
    """A fork shares the memory of the tests, so it may have more."""
    monkeypatch.setattr(apart, "_run", forked.run)
    monkeypatch.setattr(worker, "MEMORY_BYTES", ROOM)


@pytest.fixture(scope="module")
def originals(tmp_path_factory) -> dict[str, bytes]:
    """The bytes of a good file of every kind, and of each part of a Shapefile."""
    folder = tmp_path_factory.mktemp("good")
    files = {kind: written(folder, kind).read_bytes() for kind in ("geojson", "gpkg", "fgb", "parquet", "zip")}
    parts = {ending: (folder / f"wards.{ending}").read_bytes() for ending in ("shp", "shx", "dbf", "prj")}
    tif = raster(folder / "cells.tif", np.arange(600, dtype="float32").reshape(20, 30), nodata=-9999)
    return files | parts | {"tif": tif.read_bytes()}


def damaged(raw: bytes, edits: list[tuple[float, str, int]]) -> bytes:
    """The bytes with each edit done at its place."""
    for share, how, byte in edits:
        at = int(share * len(raw))
        if how == "set":
            raw = raw[:at] + bytes([byte]) + raw[at + 1 :]
        elif how == "cut":
            raw = raw[: max(1, at)]
        elif how == "drop":
            raw = raw[:at] + raw[at + byte % 8 + 1 :]
        elif how == "repeat":
            raw = raw[: at + byte] + raw[at:]
        else:
            raw = raw[:at] + b"\xff\xff\xff\x7f" + raw[at + 4 :]
    return raw


def attempt(originals: dict[str, bytes], kind: str, edits: list[tuple[float, str, int]]) -> None:
    """Taken or refused; whatever else it does fails the test."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "given")
        if kind in ("shp", "shx", "dbf", "prj"):
            with zipfile.ZipFile(path, "w") as archive:
                for part in ("shp", "shx", "dbf", "prj"):
                    archive.writestr(f"w.{part}", damaged(originals[part], edits) if part == kind else originals[part])
        else:
            path.write_bytes(damaged(originals[kind], edits))
        with suppress(IntakeError):
            if kind == "tif":
                take_raster(path, places=wards())
            else:
                check_areas(path, take_shapes(path), "code")


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_taken_or_refused(originals, kind):
    """Five hundred damaged files of the kinds that are looked through here, fewer of those that need a process each."""
    _try(originals, kind, FEW.get(kind, FEW_APART))


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_much_damage_is_taken_or_refused(originals, kind):
    """Ten thousand damaged files of each kind."""
    _try(originals, kind, MANY)


def _try(originals: dict[str, bytes], kind: str, times: int) -> None:
    @settings(max_examples=times, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(edits=EDITS)
    def law(edits):
        attempt(originals, kind, edits)

    law()
