"""Two-step floating catchments beside PySAL's access: `python benchmarks/access.py [--places N …] [--points N …]` prints one JSON line a case.

Made-up people at *places* and as many assets as *points*, in a square of 100 km; catchments of 4 km, straight line. Ours is timed from
coordinates to numbers; access is given the distances, which favours it. ratio_cpu: processor seconds of access over ours, medians of five runs that take turns, each in a process of its own;
ratio_memory: the same of the largest memory. equal: every number agrees to nine digits.
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
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

import numpy as np
import pandas as pd

SIDE, WITHIN, RUNS = 100_000.0, 4_000.0, 5


def made(places: int, points: int) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Where people live and how many, where assets are and what they offer."""
    rng = np.random.default_rng(1)
    return (
        rng.random((places, 2)) * SIDE,
        rng.integers(800, 3_000, places).astype(float),
        rng.random((points, 2)) * SIDE,
        rng.integers(1, 60, points).astype(float),
    )


def ours(places: int, points: int) -> tuple[float, np.ndarray]:
    """Processor seconds and access per person."""
    from geomap.boundaries.ways import straight
    from geomap.statistics.catchment import two_step

    homes, people, assets, capacity = made(places, points)
    straight(homes[:10], assets[:10], WITHIN)
    start = time.process_time()
    pairs = straight(homes, assets, WITHIN)
    found = two_step(pairs, people, capacity, np.ones(len(pairs.cost)))
    return time.process_time() - start, found


def peer(places: int, points: int) -> tuple[float, np.ndarray]:
    """The same by access, which is given the table of distances: its own create_euclidean_distance takes more memory than was there for 33,000 × 10,000."""
    from access import Access

    from geomap.boundaries.ways import straight

    homes, people, assets, capacity = made(places, points)
    pairs = straight(homes, assets, WITHIN)
    cost = pd.DataFrame({"origin": pairs.origin, "dest": pairs.asset, "cost": pairs.cost})
    demand = pd.DataFrame({"id": np.arange(places), "people": people})
    supply = pd.DataFrame({"id": np.arange(points), "capacity": capacity})
    start = time.process_time()
    both = Access(
        demand_df=demand, demand_index="id", demand_value="people", supply_df=supply, supply_index="id", supply_value="capacity",
        cost_df=cost, cost_origin="origin", cost_dest="dest", cost_name="cost",
    )  # fmt: skip
    found = both.two_stage_fca("found", cost="cost", max_cost=WITHIN)
    return time.process_time() - start, found["found_capacity"].reindex(np.arange(places)).fillna(0).to_numpy()


SIDES = {"ours": ours, "peer": peer}


def in_fresh_process(side: str, case: tuple[int, int], folder: Path) -> dict[str, float]:
    """What `python access.py --side SIDE …` prints, on one core; -P, because this file bears the name of the package."""
    command = [sys.executable, "-P", __file__, "--side", side, "--folder", str(folder), "--places", str(case[0]), "--points", str(case[1])]
    one_core = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    done = subprocess.run(command, env=one_core, check=True, stdout=subprocess.PIPE, text=True)  # noqa: S603 (ourselves)
    return json.loads(done.stdout.splitlines()[-1])


def measure(side: str, case: tuple[int, int], folder: Path) -> dict[str, float]:
    """Processor seconds and largest memory of this process, which does nothing else."""
    seconds, found = SIDES[side](*case)
    np.save(folder / f"{side}.npy", found)
    return {"seconds": seconds, "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def compared(case: tuple[int, int], folder: Path) -> dict[str, object]:
    """Times, memory, and whether both say the same."""
    turns = [{side: in_fresh_process(side, case, folder) for side in SIDES} for _ in range(RUNS)]
    middle = {side: {what: median(turn[side][what] for turn in turns) for what in ("seconds", "peak_mb")} for side in SIDES}
    own, other = (np.load(folder / f"{side}.npy") for side in SIDES)
    return {
        "ratio_cpu": round(middle["peer"]["seconds"] / middle["ours"]["seconds"], 1),
        "ratio_memory": round(middle["peer"]["peak_mb"] / middle["ours"]["peak_mb"], 1),
        "equal": bool(np.allclose(own, other, rtol=1e-9, atol=1e-15)),
        "cpu_s": round(middle["ours"]["seconds"], 3), "peer_cpu_s": round(middle["peer"]["seconds"], 3),
        "peak_mb": round(middle["ours"]["peak_mb"]), "peer_peak_mb": round(middle["peer"]["peak_mb"]),
    }  # fmt: skip


def main() -> None:
    """One line a case."""
    warnings.filterwarnings("ignore")
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--places", type=int, action="append", help="how many origins (default 33000); may be given again")
    words.add_argument("--points", type=int, action="append", help="how many assets (default 10000); may be given again")
    words.add_argument("--side", choices=SIDES, help=argparse.SUPPRESS)
    words.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = words.parse_args()
    cases = [(places, points) for places in asked.places or [33_000] for points in asked.points or [10_000]]
    if asked.side:
        print(json.dumps(measure(asked.side, cases[0], asked.folder)))
        return
    try:
        version("access")
    except PackageNotFoundError:
        print(json.dumps({"skipped": "access is not installed; 'pip install geomap[bench]' brings it."}))
        return
    with tempfile.TemporaryDirectory() as folder:
        for places, points in cases:
            about = {"name": "2SFCA", "peer": "access.Access.two_stage_fca", "places": places, "points": points}
            print(json.dumps(about | compared((places, points), Path(folder))), flush=True)


if __name__ == "__main__":
    main()
