"""A crosswalk by area beside tobler's: `python benchmarks/crosswalk.py` prints one JSON line a case.

The case is London's LSOAs of 2011 carried to those of 2021, both read and in metres beforehand. ratio_cpu: processor time of tobler.area_interpolate over
ours, from shapes to counts; medians of alternating runs on one core. equal: every place's count agrees to one part in a million. tobler is no dependency of
ours; where it, or the open data, are absent, the line says so.
"""  # noqa: INP001

import json
import os
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
    walk = by_area(old, new)
    return counts.apply(lambda one: walk.carry(one, new.codes))


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


def compared(old: Boundaries, new: Boundaries, columns: int) -> dict[str, object]:
    """Times, ratio, and whether both say the same."""
    counts = counts_in(old, columns)
    found, peer = ours(old, new, counts), theirs(old, new, counts)
    pairs = [(timed(lambda: ours(old, new, counts)), timed(lambda: theirs(old, new, counts))) for _ in range(RUNS)]
    own, other = (median(times) for times in zip(*pairs, strict=True))
    return {
        "ratio_cpu": round(other / own, 1), "cpu_s": round(own, 3), "peer_cpu_s": round(other, 3),
        "equal": bool(np.allclose(found, peer, rtol=1e-6, atol=1e-6)), "largest_difference": float(np.abs(found - peer).to_numpy().max()),
        "total_kept_to": float((found.sum() / counts.sum() - 1).abs().max()),
    }  # fmt: skip


def main() -> None:
    """One line a case."""
    warnings.filterwarnings("ignore")
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
    old, new = read("2011", "LSOA11CD"), read("2021", "LSOA21CD")
    for name, columns in CASES.items():
        about = {"name": name, "peer": f"tobler {tobler.__version__} area_interpolate", "places": [len(old.codes), len(new.codes)]}
        print(json.dumps(about | compared(old, new, columns)), flush=True)


if __name__ == "__main__":
    main()
