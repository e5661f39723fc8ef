"""Exact sums and means of a raster in places beside others': `python benchmarks/zonal.py [--places N …] [--cells N]` prints one JSON line a case.

The raster has about 83 million cells (float32, 2 % without data, uncompressed tiles), the places are made up, some 97 corners each; shapes in memory,
the raster on disk. ratio_cpu: processor seconds of the peer over ours, medians of runs that take turns, each in a process of its own, reading included.
ratio_memory: the same of the largest memory. equal: every sum and mean agrees to one part in a million. rasterstats takes the cells whose middle lies
inside, so it cannot agree; largest_error says by how much its sum is off in the worst place. "fast" is with the extra of that name (numba).
"""  # noqa: INP001

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import warnings
from importlib.util import find_spec
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
import pandas as pd
import rasterio
from made_places import CRS, SIDE, SOUTH, WEST, made_places
from rasterio.transform import from_bounds

from geomap.boundaries import cells
from geomap.errors import LayerError

NODATA = -200.0
RUNS = {"core": 5, "fast": 5, "exactextract": 3, "rasterstats": 1}
NAMES = ["sum", "mean"]
PEERS = {"exactextract": "exactextract, feature-sequential", "rasterstats": "rasterstats.zonal_stats"}


def make_raster(path: Path, side: int) -> None:
    """A raster of *side* × *side* cells over the made places."""
    rng = np.random.default_rng(3)
    made = {"driver": "GTiff", "width": side, "height": side, "count": 1, "dtype": "float32", "crs": CRS, "nodata": NODATA, "tiled": True}
    with rasterio.open(path, "w", transform=from_bounds(WEST, SOUTH, WEST + SIDE, SOUTH + SIDE, side, side), **made) as file:
        for _, window in file.block_windows(1):
            values = rng.gamma(0.5, 20, (window.height, window.width)).astype("float32")
            values[rng.random(values.shape) < 0.02] = NODATA
            file.write(values, 1, window=window)


def ours(raster: Path, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """From shapes to sums."""
    return cells.cells_within(raster, places, NAMES, error=LayerError)


def core(raster: Path, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """Ours without numba."""
    cells.find_spec = lambda _: None
    return ours(raster, places)


def exactextract(raster: Path, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """The same by exactextract, a place after another, which is its quickest for many small places."""
    from exactextract import exact_extract

    return exact_extract(str(raster), places, NAMES, strategy="feature-sequential", output="pandas")


def rasterstats(raster: Path, places: gpd.GeoDataFrame) -> pd.DataFrame:
    """Sums of the cells whose middle lies inside."""
    from rasterstats import zonal_stats

    return pd.DataFrame(zonal_stats(places.geometry, str(raster), stats=NAMES, nodata=NODATA))[NAMES]


SIDES = {"core": core, "fast": ours, "exactextract": exactextract, "rasterstats": rasterstats}


def measure(side: str, folder: Path) -> dict[str, float]:
    """Processor seconds and largest memory of this process, which does nothing else; the numbers go to a file."""
    places, raster = gpd.read_parquet(folder / "places.parquet"), folder / "raster.tif"
    SIDES[side](raster, gpd.GeoDataFrame(pd.concat([places.head(20)] * 40)))  # imports and compiles, 800 places
    before, start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    found = SIDES[side](raster, places)
    seconds = time.process_time() - start
    np.save(folder / f"{side}.npy", found.to_numpy(dtype=float))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {"seconds": seconds, "peak_mb": peak / 1024, "before_mb": before / 1024}


def in_fresh_process(side: str, folder: Path) -> dict[str, float]:
    """What `python zonal.py --side SIDE --folder FOLDER` prints, on one core."""
    command = [sys.executable, __file__, "--side", side, "--folder", str(folder)]
    one_core = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=one_core, check=True, capture_output=True, text=True)  # noqa: S603 (ourselves)
    return json.loads(done.stdout.splitlines()[-1])


def compared(count: int, side: int, folder: Path) -> None:
    """One line for each of ours beside each peer."""
    made = made_places(count)
    made.frame.to_parquet(folder / "places.parquet")
    there = [name for name in SIDES if find_spec("numba" if name == "fast" else name) or name == "core"]
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in there}
    for turn in range(max(RUNS.values())):
        for name in there:
            if turn < RUNS[name]:
                runs[name].append(in_fresh_process(name, folder))
    middle = {name: {part: median(run[part] for run in done) for part in done[0]} for name, done in runs.items()}
    found = {name: np.load(folder / f"{name}.npy") for name in there}
    for own in ("core", "fast"):
        for peer in PEERS.keys() & set(there) if own in there else ():
            off = np.nanmax(np.abs(found[peer][:, 0] / found[own][:, 0] - 1))
            print(json.dumps({
                "name": f"exact zonal sum and mean, {own}", "peer": PEERS[peer], "places": len(made.codes), "cells": side * side,
                "ratio_cpu": round(middle[peer]["seconds"] / middle[own]["seconds"], 1),
                "ratio_memory": round(middle[peer]["peak_mb"] / middle[own]["peak_mb"], 2),
                "equal": bool(np.allclose(found[own], found[peer], rtol=1e-6, equal_nan=True)), "largest_error": float(off),
                "cpu_s": round(middle[own]["seconds"], 2), "peer_cpu_s": round(middle[peer]["seconds"], 2),
                "peak_mb": round(middle[own]["peak_mb"]), "peer_peak_mb": round(middle[peer]["peak_mb"]),
            }), flush=True)  # fmt: skip


def main() -> None:
    """All cases."""
    warnings.filterwarnings("ignore")
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--places", type=int, action="append", help="how many places (default 33000); may be given again")
    words.add_argument("--points", type=int, action="append", help="not used here; all benchmarks take it")
    words.add_argument("--cells", type=int, default=9_120**2, help="how many cells the raster has, about")
    words.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    words.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.side:
        print(json.dumps(measure(asked.side, asked.folder)))
        return
    with tempfile.TemporaryDirectory() as folder:
        side = round(asked.cells**0.5)
        make_raster(Path(folder) / "raster.tif", side)
        for count in asked.places or [33_000]:
            compared(count, side, Path(folder))


if __name__ == "__main__":
    main()
