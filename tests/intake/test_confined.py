"""Readers that are divided from the fork server answer as those that are started anew, and are stopped by the same limits."""

import contextlib
import os
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from geomap.intake import confined, forks
from geomap.intake.limits import CPU_SECONDS, MEMORY_BYTES
from geomap.intake.worker import LIBRARIES
from tests.intake.make import raster, written
from tests.intake.test_table_mutations import workbook

SECONDS = 60
FILES = {"geopackage": "gpkg", "flatgeobuf": "fgb", "geoparquet": "parquet", "shapefile": "zip", "geotiff": "tif", "workbook": "xlsx"}

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="Only Linux divides a process that has loaded libraries.")


@pytest.fixture
def server():
    """A fork server of this test's own."""
    running = forks.ForkServer()
    yield running
    running.stop()


def children(process: int) -> list[int]:
    """The processes that it has started."""
    return [int(one) for one in Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()]


def laid(folder, kind: str):
    """A file for the reader called *kind*."""
    if kind == "geotiff":
        return raster(folder / "cells.tif", np.arange(600, dtype="float32").reshape(20, 30))
    if kind == "workbook":
        (folder / "table.xlsx").write_bytes(workbook())
        return folder / "table.xlsx"
    path = written(folder, FILES[kind])
    return folder / "wards.shp" if kind == "shapefile" else path


@pytest.mark.parametrize("kind", FILES)
def test_a_divided_reader_says_what_a_started_one_says(tmp_path, server, kind):
    """Byte for byte, twice from the same server."""
    path = laid(tmp_path, kind)
    anew = confined.started(kind, path, SECONDS)
    assert anew.code == 0
    assert server.ask(kind, path, SECONDS) == server.ask(kind, path, SECONDS) == anew


def test_every_reader_is_known_to_the_server():
    """Also the one that makes shapes sound."""
    assert set(LIBRARIES) == {*FILES, "sound"}


def test_a_reader_that_waits_is_stopped_by_the_clock_and_the_next_file_is_read(tmp_path, server):
    """A pipe into which nobody writes."""
    os.mkfifo(tmp_path / "pipe")
    ran = server.ask("geoparquet", tmp_path / "pipe", 1)
    assert (ran.answer, ran.code, ran.late) == (b"", -9, True)
    assert server.ask("geopackage", laid(tmp_path, "geopackage"), SECONDS).code == 0


def held(process: int) -> Iterator[str]:
    """What a process holds open, but for what it closes meanwhile."""
    for one in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            yield str(one.readlink())


def test_a_reader_is_confined(tmp_path, server):
    """While it waits for a pipe: memory, computing and files are limited, and of the server's socket it has nothing."""
    os.mkfifo(tmp_path / "pipe")
    asking = threading.Thread(target=server.ask, args=("geoparquet", tmp_path / "pipe", 10))
    asking.start()
    reading = os.open(tmp_path / "pipe", os.O_WRONLY)  # waits until it is read
    watching = children(server.process.pid)
    (reader,) = [child for watcher in watching for child in children(watcher)]
    told = Path(f"/proc/{reader}/limits").read_text(encoding="utf-8").splitlines()
    limits = {line[:26].strip(): line[26:].split()[1] for line in told}
    opened = list(held(reader))
    os.close(reading)
    asking.join()
    assert (limits["Max address space"], limits["Max file size"], limits["Max cpu time"]) == (str(MEMORY_BYTES), "0", str(CPU_SECONDS))
    assert not any(one.startswith("socket") for one in opened)


def test_a_server_that_has_ended_is_started_again(tmp_path):
    """It ends after a minute without a file; nobody notices."""
    path = laid(tmp_path, "geopackage")
    first = confined.run("geopackage", path)
    forks.servers[0].process.kill()
    forks.servers[0].process.wait()
    assert confined.run("geopackage", path) == first


def test_what_needs_too_much_is_cut_off(tmp_path, server, monkeypatch):
    """An answer that never ends ends its reader."""
    monkeypatch.setattr(forks, "ANSWER_BYTES", 1_000)
    ran = server.ask("geopackage", laid(tmp_path, "geopackage"), SECONDS)
    assert len(ran.answer) == 1_000
    assert ran.late
