"""The process that reads what other people's programs wrote: it may use little memory and time, write no file and reach no network.

Run as python -m geomap.intake.worker KIND PATH; answers on standard output with one line of JSON and, where there are shapes, an Arrow stream.
"""

import importlib
import json
import os
import sys
from pathlib import Path

from geomap.errors import IntakeError
from geomap.intake.limits import MEMORY_BYTES, seconds_for

_SHAPES = ("geomap.intake.features", "numpy", "shapely", "pyarrow")
LIBRARIES = {
    "shapefile": (*_SHAPES, "pyogrio.raw", "geomap.intake.shapefile"),
    "geopackage": (*_SHAPES, "pyogrio.raw", "geomap.intake.geopackage"),
    "flatgeobuf": (*_SHAPES, "pyogrio.raw", "geomap.intake.flatgeobuf"),
    "geoparquet": (*_SHAPES, "pyarrow.parquet", "geomap.intake.geoparquet"),
    "geotiff": ("numpy", "rasterio", "rasterio.windows", "geomap.intake.geotiff"),
    "workbook": ("python_calamine", "pyarrow", "geomap.intake.workbook"),
    "sound": ("numpy", "shapely", "pyarrow", "geomap.intake.sound"),
}  # by reader: what it loads, which a process that is divided for many files loads once
NOT_NEEDED = ("geopandas", "pandas")


def main(kind: str, path: str) -> None:
    """Writes the answer: {"head": …} and shapes, or {"refused": …}, or {"damaged": …}; nothing where memory did not do."""
    _confine(seconds_for(Path(path).stat().st_size))
    without_heavy_libraries()
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        head, table = importlib.import_module(f"geomap.intake.{kind}").read(Path(path))
    except IntakeError as wrong:
        _line(out, {"refused": wrong.message, "faults": wrong.faults})
    except MemoryError:
        return
    except Exception as wrong:  # noqa: BLE001  whatever a library says about a broken file is a reason to refuse it
        if "bad_alloc" not in str(wrong):
            _line(out, {"damaged": str(wrong)[:300]})
    else:
        _line(out, {"head": head})
        if table is not None:
            import pyarrow as pa

            with pa.ipc.new_stream(out, table.schema) as stream:
                stream.write_table(table)
    out.flush()


def without_heavy_libraries() -> None:
    """Nothing that other libraries would only load if they could is found from now on."""
    if not any(isinstance(finder, _Absent) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Absent())


class _Absent:
    """Finds nothing under the names of heavy libraries that other libraries would load if they could."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        """Nothing, or an error that says that there is no such module."""
        if name in NOT_NEEDED:
            raise ModuleNotFoundError(f"{name} is not needed here", name=name)


def _line(out: object, answer: dict[str, object]) -> None:
    out.write(json.dumps(answer).encode() + b"\n")


def _confine(seconds: int) -> None:
    try:
        import resource
    except ImportError:
        return
    limits = {"RLIMIT_AS": MEMORY_BYTES, "RLIMIT_CPU": seconds, "RLIMIT_FSIZE": 0, "RLIMIT_CORE": 0}
    for name, most in limits.items():
        number = getattr(resource, name, None)
        if number is not None:
            hard = resource.getrlimit(number)[1]
            most_here = most if hard == resource.RLIM_INFINITY else min(most, hard)
            try:
                resource.setrlimit(number, (most_here, most_here))
            except (ValueError, OSError):
                continue


if __name__ == "__main__":
    main(*sys.argv[1:3])
