"""One file given to a process that may do nothing but read it: with an environment of its own, and on Linux divided from one that has loaded the libraries."""

import os
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

import geomap
from geomap.intake.limits import ANSWER_BYTES, WALL_TIMES, seconds_for

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


@dataclass(frozen=True)
class Ran:
    """What the process answered, its exit code (below zero: the signal that ended it), and whether it was stopped."""

    answer: bytes
    code: int
    late: bool = False


def run(reader: str, path: Path) -> Ran:
    """What the *reader* answers about the file."""
    seconds = WALL_TIMES * seconds_for(path.stat().st_size)
    if sys.platform == "linux":
        from geomap.intake.forks import divided

        if (ran := divided(reader, path, seconds)) is not None:
            return ran
    return started(reader, path, seconds)


def command(module: str, *words: str) -> list[str]:
    """Our own interpreter with our own module, which sees nothing of the folder it is started in."""
    return [sys.executable, "-P", "-s", "-m", f"geomap.intake.{module}", *words]


def environment(empty: str) -> dict[str, str]:
    """All that the process is told of its surroundings; *empty* is a folder of its own."""
    inherited = {name: os.environ[name] for name in KEPT if name in os.environ}
    home = str(Path(geomap.__file__).resolve().parent.parent)
    return inherited | CLOSED | {"PYTHONPATH": home, "HOME": empty, "TMPDIR": empty}


def started(reader: str, path: Path, seconds: int) -> Ran:
    """The same by a process that is started anew for this file, where none can be divided."""
    with tempfile.TemporaryDirectory(prefix="geomap-intake-") as empty, _process(reader, path, empty) as process:
        late = threading.Event()
        timer = threading.Timer(seconds, lambda: (late.set(), process.kill()))
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
    return Ran(answer, code, late.is_set())


def _process(reader: str, path: Path, empty: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603  our own interpreter and our own module
        command("worker", reader, str(path.resolve())), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        env=environment(empty), cwd=empty,
    )  # fmt: skip
