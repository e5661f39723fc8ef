"""A crosswalk by area beside tobler's: `python benchmarks/crosswalk.py` prints one JSON line a case.

The case is London's LSOAs of 2011 carried to those of 2021, both read and in metres beforehand. ratio_cpu: processor time of tobler.area_interpolate over
ours, from shapes to counts; medians of seven runs each, on one core, each side in a process of its own. equal: every place's count agrees to one part in a million. tobler is no dependency of
ours; where it, or the open data, are absent, the line says so.
"""  # noqa: INP001

import argparse
import json
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from statistics import median

import geopandas as gpd
import numpy as np
import pandas as pd

from geomap.boundaries.boundaries import Boundaries
from geomap.boundaries.overlay import by_area

SHARED = Path(os.environ.get("GEOMAP_SHARED", Path(__file__).resolve().parents[2] / "shared"))
FOLDER = SHARED / "data/london/boundaries"
RUNS = 7
CASES = {"London, LSOA 2011 to 2021, one count": 1, "London, LSOA 2011 to 2021, ten counts": 10}


def read(vintage: str, code: str) -> Boundaries:
    """The LSOAs of one vintage, in the British National Grid."""
    frame = gpd.read_file(FOLDER / f"lsoa_{vintage}.gpkg").to_crs(27700).sort_values(code)
    shapes = gpd.GeoDataFrame({"name": frame[code], "parent": ""}, geometry=frame.geometry.to_numpy(), crs=frame.crs)
    return Boundaries(f"lsoa-{vintage}", f"LSOAs of {vintage}", "lsoa", vintage, shapes.set_index(pd.Index(frame[code], name="code")))


def counts_in(places: Boundaries, columns: int) -> pd.DataFrame:
    """Invented counts, about 1,700 a place."""
    drawn = np.random.default_rng(1).poisson(1_700, (len(places.codes), columns)).astype(float)
    return pd.DataFrame(drawn, index=places.codes, columns=[f"count {number}" for number in range(columns)])


def ours(old: Boundaries, new: Boundaries, counts: pd.DataFrame) -> pd.DataFrame:
    """From shapes to counts."""
    return by_area(old, new).carry_table(counts, new.codes)


def theirs(old: Boundaries, new: Boundaries, counts: pd.DataFrame) -> pd.DataFrame:
    """The same by tobler."""
    from tobler.area_weighted import area_interpolate

    source = old.frame[["geometry"]].join(counts)
    return area_interpolate(source, new.frame, extensive_variables=list(counts)).set_index(new.codes)[list(counts)]


def timed(work: Callable[[], object]) -> float:
    """Processor seconds."""
    start = time.process_time()
    work()
    return time.process_time() - start


def side(name: str, columns: int) -> dict[str, object]:
    """Processor seconds of one of the two, the median of several runs, with the counts it finds."""
    old, new = read("2011", "LSOA11CD"), read("2021", "LSOA21CD")
    counts, run = counts_in(old, columns), {"ours": ours, "theirs": theirs}[name]
    found = run(old, new, counts)
    seconds = median(timed(lambda: run(old, new, counts)) for _ in range(RUNS))
    return {
        "seconds": seconds,
        "found": found.to_numpy().tolist(),
        "totals": counts.sum().tolist(),
        "places": [len(old.codes), len(new.codes)],
    }


def in_fresh_process(name: str, columns: int) -> dict[str, object]:
    """What `python crosswalk.py --side NAME --columns N` prints, on one core; a process of its own, so that neither works in memory the other has left."""
    command = [sys.executable, __file__, "--side", name, "--columns", str(columns)]
    done = subprocess.run(command, env=os.environ | {"OPENBLAS_NUM_THREADS": "1"}, check=True, capture_output=True, text=True)  # noqa: S603 (ourselves)
    return json.loads(done.stdout)


def compared(columns: int) -> dict[str, object]:
    """Times, ratio, and whether both say the same."""
    own, other = in_fresh_process("ours", columns), in_fresh_process("theirs", columns)
    found, peer = np.array(own["found"]), np.array(other["found"])
    return {
        "places": own["places"], "ratio_cpu": round(other["seconds"] / own["seconds"], 1), "cpu_s": round(own["seconds"], 3),
        "peer_cpu_s": round(other["seconds"], 3), "equal": bool(np.allclose(found, peer, rtol=1e-6, atol=1e-6)),
        "largest_difference": float(np.abs(found - peer).max()), "total_kept_to": float(np.abs(found.sum(axis=0) / np.array(own["totals"]) - 1).max()),
    }  # fmt: skip


def main() -> None:
    """One line a case."""
    warnings.filterwarnings("ignore")
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--side", choices=("ours", "theirs"), help=argparse.SUPPRESS)
    words.add_argument("--columns", type=int, help=argparse.SUPPRESS)
    asked = words.parse_args()
    if asked.side:
        print(json.dumps(side(asked.side, asked.columns)))
        return
    try:
        import tobler
    except ImportError:
        print(
            json.dumps({"skipped": "tobler is not installed; 'pip install tobler' into an environment of its own that also holds geomap."})
        )
        return
    if not FOLDER.is_dir():
        print(json.dumps({"skipped": f"{FOLDER} is not here; set GEOMAP_SHARED to the folder that holds data/."}))
        return
    for name, columns in CASES.items():
        print(json.dumps({"name": name, "peer": f"tobler {tobler.__version__} area_interpolate"} | compared(columns)), flush=True)


if __name__ == "__main__":
    main()
