"""What the guard at the door costs: `python benchmarks/intake.py` prints one JSON line a case.

Cases: London's 4,994 LSOAs as GeoJSON, GeoPackage and zipped Shapefile, read by geopandas and by ours, and then checked as boundaries (soundness, coverage,
codes); all data files of the London workspace, read by geopandas and pandas and by ours as a workspace reads them; and its tables taken in as 'geomap add'
does, with every cell looked at. Processor seconds are those of a process of its own and of all it starts, less what a process that only imports geopandas
takes; again: the seconds of a second reading in the same process; peak: the largest memory of any one process. Medians of five runs, on one core a process.
equal: the same codes and shapes to the last bit, of the workspace and the tables as many rows. Where the open data are absent, the line says so.
"""  # noqa: INP001

import argparse
import hashlib
import json
import os
import resource
import subprocess
import sys
import tempfile
import tomllib
import warnings
from pathlib import Path
from statistics import median

import geopandas as gpd
import pandas as pd
import shapely

ROOT = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("GEOMAP_SHARED", ROOT.parent / "shared"))
DATA = SHARED / "data"
LSOA = DATA / "london/boundaries/lsoa_2021.gpkg"
LONDON = ROOT / "tests/workspaces/london"
RUNS = 5
CASES = {
    "4,994 LSOAs, GeoJSON": "geojson", "4,994 LSOAs, GeoPackage": "gpkg", "4,994 LSOAs, zipped Shapefile": "zip",
    "all London layers": "workspace", "all London tables, every cell looked at": "tables",
}  # fmt: skip
SIDES = {"workspace": ("plain", "door"), "tables": ("plain", "door")}


def shapes_of(path: Path, how: str) -> str:
    """A digest of codes and shapes, read by geopandas (plain), through the door, or through the door and checked as boundaries."""
    if how == "plain":
        frame = gpd.read_file(path)
    else:
        from geomap.intake.areas import check_areas
        from geomap.intake.shapes import take_shapes

        taken = take_shapes(path)
        frame = check_areas(path, taken, "LSOA21CD").frame if how == "checked" else taken.frame
    frame = frame.sort_values("LSOA21CD")
    return _digest([*shapely.to_wkb(frame.geometry.array), *frame["LSOA21CD"]])


def workspace(folder: Path, how: str) -> str:
    """A digest of every data file of the workspace, as its layers and boundaries hold them."""
    return _plain_workspace(folder) if how == "plain" else _workspace(folder)


def _plain_workspace(folder: Path) -> str:
    found = []
    for file in sorted((*folder.glob("boundaries/*/*"), *folder.glob("layers/*/*"))):
        if file.suffix in (".gpkg", ".geojson"):
            found.append(len(gpd.read_file(file)))
        elif file.suffix == ".csv" and "lookup" not in file.name and file.parent.parent.name == "layers":
            found.append(len(pd.read_csv(file, dtype=str)))
    return _digest(map(str, sorted(found)))


def _workspace(folder: Path) -> str:
    from geomap.boundaries.read import read_boundaries
    from geomap.layers.read import read_layer

    found = [len(read_boundaries(one).codes) for one in sorted(folder.glob("boundaries/*"))]
    found += [len(read_layer(one).table) for one in sorted(folder.glob("layers/*"))]
    return _digest(map(str, sorted(found)))


def tables(folder: Path, how: str) -> str:
    """A digest of how many rows the tables hold."""
    files = sorted(folder.glob("layers/*/*.csv"))
    if how == "plain":
        return _digest(str(len(pd.read_csv(file))) for file in files)
    from geomap.intake.tables import take_table

    return _digest(str(take_table(file, repeats=True).rows) for file in files)


def _digest(values: object) -> str:
    done = hashlib.sha256()
    for value in values:
        done.update(value if isinstance(value, bytes) else value.encode())
    return done.hexdigest()


def side(kind: str, how: str, path: Path, times: int) -> dict[str, object]:
    """What one process found, and what it and all it started took."""
    read = {"workspace": workspace, "tables": tables}.get(kind, shapes_of)
    found = [read(path, how) for _ in range(times)]
    if how != "plain":
        from geomap.intake.forks import end_all

        end_all()
    own, others = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = own.ru_utime + own.ru_stime + others.ru_utime + others.ru_stime
    return {"seconds": seconds, "megabytes": max(own.ru_maxrss, others.ru_maxrss) / 1024, "found": found[-1:]}


def measured(kind: str, how: str, path: Path, times: int) -> dict[str, object]:
    """The median of several processes that did the same."""
    command = [sys.executable, __file__, "--side", kind, how, str(path), str(times)]
    closed = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "GDAL_NUM_THREADS": "1"}
    runs = [
        json.loads(subprocess.run(command, env=closed, check=True, capture_output=True, text=True).stdout)  # noqa: S603 (ourselves)
        for _ in range(RUNS)
    ]
    return {"found": runs[0]["found"], **{name: median(run[name] for run in runs) for name in ("seconds", "megabytes")}}


def priced(kind: str, path: Path) -> dict[str, object]:
    """Seconds and memory of each side, and whether they found the same."""
    start = measured(kind, "plain", path, 0)["seconds"]
    line, found = {}, []
    for how in SIDES.get(kind, ("plain", "door", "checked")):
        once, twice = measured(kind, how, path, 1), measured(kind, how, path, 2)
        line |= {f"{how}_cpu_s": round(once["seconds"] - start, 2), f"{how}_again_cpu_s": round(twice["seconds"] - once["seconds"], 2),
                 f"{how}_peak_mb": round(once["megabytes"])}  # fmt: skip
        found.append(once["found"])
    return line | {"equal": all(one == found[0] for one in found)}


def laid(folder: Path) -> dict[str, Path]:
    """The files of each case."""
    frame = gpd.read_file(LSOA)
    frame.to_file(folder / "lsoa.geojson", driver="GeoJSON", COORDINATE_PRECISION=17)
    frame.to_crs(27700).to_file(folder / "lsoa.shz", driver="ESRI Shapefile")
    sys.path.insert(0, str(ROOT))
    from tests.workspaces.lay import lay

    city = lay("london", folder / "london")
    return {"geojson": folder / "lsoa.geojson", "gpkg": LSOA, "zip": folder / "lsoa.shz", "workspace": city, "tables": city}


def main() -> None:
    """One line a case."""
    warnings.filterwarnings("ignore")
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--side", nargs=4, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.side:
        kind, how, path, times = asked.side
        print(json.dumps(side(kind, how, Path(path), int(times))))
        return
    files = tomllib.loads((LONDON / "lay.toml").read_text(encoding="utf-8"))["files"].values()
    if absent := [name for name in ("london/boundaries/lsoa_2021.gpkg", *files) if not (DATA / name).is_file()]:
        print(json.dumps({"skipped": f"{DATA / absent[0]} is not here; set GEOMAP_SHARED to the folder that holds data/."}))
        return
    with tempfile.TemporaryDirectory() as folder:
        paths = laid(Path(folder))
        for name, kind in CASES.items():
            print(json.dumps({"name": name} | priced(kind, paths[kind])), flush=True)


if __name__ == "__main__":
    main()
