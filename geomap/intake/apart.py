"""Hostile kinds of file read in a process of their own, and its answer checked."""

import io
import json
import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import pyarrow as pa
import shapely

import geomap
from geomap.errors import IntakeError
from geomap.intake.crs import described
from geomap.intake.limits import ANSWER_BYTES, GIGABYTE, MEMORY_BYTES, WALL_TIMES, seconds_for
from geomap.intake.recognise import Kind, name_of
from geomap.intake.record import Repair
from geomap.intake.words import shown

DEAD = "http://127.0.0.1:9"
KEPT = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "TZ")
OTHER_DRIVERS = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,Elasticsearch,GDALG,GML,GPSBabel,GPX,GTFS,GeoJSON,"
    "GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,KML,LIBKML,LVBAG,MBTiles,MEM,MVT,MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,"
    "OGR_PDS,OGR_VRT,OSM,OpenFileGDB,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,S57,SQLite,SXF,Selafin,TopoJSON,VDV,VFK,VICAR,WAsP,WFS,XLSX,"
    "VRT,WMS,WCS,WMTS,MRF,DERIVED,NITF,HDF4,HDF5,netCDF,GRIB,ZARR,STACIT,STACTA,PLMOSAIC,RASTERLITE,ISIS2,ISIS3,ENVI,GSC,RIK,PNG,JPEG,GIF"
)
CLOSED = {
    "GDAL_HTTP_PROXY": DEAD, "HTTP_PROXY": DEAD, "HTTPS_PROXY": DEAD, "ALL_PROXY": DEAD, "GDAL_HTTP_TIMEOUT": "1", "GDAL_HTTP_MAX_RETRY": "0",
    "GDAL_SKIP": OTHER_DRIVERS, "OGR_SKIP": "", "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR", "GDAL_PAM_ENABLED": "NO",
    "GDAL_DRIVER_PATH": "disable", "GDAL_VRT_ENABLE_PYTHON": "NO", "PROJ_NETWORK": "OFF", "CPL_DEBUG": "OFF", "GDAL_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "ARROW_DEFAULT_MEMORY_POOL": "system", "ARROW_IO_THREADS": "1",
    "GDAL_CACHEMAX": "64", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONIOENCODING": "utf-8",
}  # fmt: skip
MOST_ERRORS = 20_000


@dataclass(frozen=True)
class Apart:
    """head: what the reader says of the file; repairs: what it did; body: an Arrow stream, or nothing."""

    head: dict[str, Any]
    repairs: list[Repair]
    body: bytes


def read_apart(reader: str, path: Path, kind: Kind, *, said: Path | None = None) -> Apart:
    """What the *reader* finds in *path*; IntakeError in its words, naming the file *said*."""
    answer, code, late = _run(reader, path)
    file = name_of(said or path)
    line, _, body = answer.partition(b"\n")
    try:
        found = json.loads(line)
    except ValueError:
        found = {}
    if late or code < 0 or not found:
        raise IntakeError(
            f"{file} was given up: {kind.value} of its size may take {seconds_for(path.stat().st_size)} seconds and {MEMORY_BYTES // GIGABYTE} GB of memory to be read, "
            "and this one asked for more or broke the reader. It is damaged, too large, or made to do harm; export it again."
        )
    if "refused" in found:
        raise IntakeError(found["refused"].replace(name_of(path), file), tuple(found["faults"]))
    if "damaged" in found:
        raise IntakeError(f"{file} is damaged: it cannot be read as {kind.value} ({shown(found['damaged'])}). Export or upload it again.")
    if code:
        raise IntakeError(f"{file} is damaged: it cannot be read to its end as {kind.value}. Export or upload it again.")
    head = found["head"]
    return Apart(
        head, [Repair(one["about"], one["sentence"], one["count"], tuple(one["examples"])) for one in head.get("repairs", [])], body
    )


def shapes_apart(reader: str, path: Path, kind: Kind, *, said: Path | None = None) -> tuple[gpd.GeoDataFrame, list[Repair]]:
    """The features that the *reader* finds in *path*, with their CRS."""
    apart = read_apart(reader, path, kind, said=said)
    crs = described(said or path, apart.head.get("crs") or "")
    try:
        table = pa.ipc.open_stream(io.BytesIO(apart.body)).read_all()
        table.validate(full=True)
        shapes = shapely.force_2d(shapely.from_wkb(table.column("geometry").to_numpy(zero_copy_only=False)))
        frame = table.drop_columns(["geometry"]).to_pandas(date_as_object=False)
    except (pa.ArrowInvalid, pa.ArrowException, shapely.errors.GEOSException, OSError) as wrong:
        raise IntakeError(f"{name_of(said or path)} is damaged: it cannot be read as {kind.value} ({shown(wrong)}).") from None
    return gpd.GeoDataFrame(frame, geometry=shapes, crs=crs), apart.repairs


def _run(reader: str, path: Path) -> tuple[bytes, int, bool]:
    """What the process answers, its exit code, and whether it was stopped."""
    inherited = {name: os.environ[name] for name in KEPT if name in os.environ}
    home = str(Path(geomap.__file__).resolve().parent.parent)
    command = [sys.executable, "-P", "-s", "-m", "geomap.intake.worker", reader, str(path.resolve())]
    with tempfile.TemporaryDirectory(prefix="geomap-intake-") as empty:
        settings = inherited | CLOSED | {"PYTHONPATH": home, "HOME": empty, "TMPDIR": empty}
        with subprocess.Popen(  # noqa: S603  our own interpreter and our own module
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, env=settings, cwd=empty
        ) as process:
            late = threading.Event()
            timer = threading.Timer(WALL_TIMES * seconds_for(path.stat().st_size), lambda: (late.set(), process.kill()))
            timer.start()
            try:
                answer = process.stdout.read(ANSWER_BYTES)
                if len(answer) >= ANSWER_BYTES:
                    late.set()
                    process.kill()
                code = process.wait()
            finally:
                timer.cancel()
                process.kill()
    return answer, code, late.is_set()
