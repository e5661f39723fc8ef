"""Local Moran beside esda: `python benchmarks/moran.py [--places N …] [--permutations N]` prints one JSON line a case.

The peer is `esda.Moran_Local` (the extra `bench`) with numba installed and its compiled code in the process before the clock starts, one core, no copies of the
permutations kept. Weights are queen contiguity of the made-up country, values a smooth field with noise; both are read, not timed. equal: the same
statistics to nine digits; `p_apart`: the largest distance between the two-sided p-values of both, `p_error`: four standard errors of such a distance.
"""  # noqa: INP001

import json
import tempfile
import warnings
from collections.abc import Callable
from pathlib import Path

import numpy as np
from made_country import country
from side_by_side import beside, run_part, words

PERMUTATIONS = 9_999


def lay(folder: Path, places: int, permutations: int) -> None:
    """Values and neighbours on disk."""
    import pandas as pd
    import shapely

    from geomap.boundaries.contiguity import contiguity

    shapes = country(places)
    matrix = contiguity(shapes, pd.RangeIndex(places), drawn_alike=True).matrix
    x, y = shapely.get_coordinates(shapely.centroid(shapes)).T / 100_000
    values = np.sin(3 * x) + np.cos(2 * y) + 2 * np.random.default_rng(1).standard_normal(places)
    np.savez(folder / "case.npz", values=values, indptr=matrix.indptr, indices=matrix.indices, permutations=permutations)


def ours(folder: Path) -> Callable[[], np.ndarray]:
    """Statistic and p by our local Moran."""
    from scipy.sparse import csr_array

    from geomap.statistics.local_moran import local_moran

    with np.load(folder / "case.npz") as case:
        values, indptr, indices, permutations = (case[name] for name in ("values", "indptr", "indices", "permutations"))
    weights = csr_array((1 / np.repeat(np.diff(indptr), np.diff(indptr)), indices, indptr), shape=(len(values),) * 2)

    def work() -> np.ndarray:
        found = local_moran(values, weights, permutations=int(permutations))
        return np.stack([found.statistic, found.p])

    return work


def peer(folder: Path) -> Callable[[], np.ndarray]:
    """Statistic and p by esda's."""
    import pandas as pd
    from esda import Moran_Local
    from libpysal.graph import Graph

    warnings.simplefilter("ignore")
    with np.load(folder / "case.npz") as case:
        values, indptr, indices, permutations = (case[name] for name in ("values", "indptr", "indices", "permutations"))
    pairs = pd.MultiIndex.from_arrays([np.repeat(np.arange(len(values)), np.diff(indptr)), indices], names=["focal", "neighbor"])
    weights = Graph(pd.Series(1.0, index=pairs, name="weight"), is_sorted=True).to_W()
    options = {"n_jobs": 1, "keep_simulations": False, "seed": 1}
    small = Graph.from_arrays(np.array([0, 1, 1, 2]), np.array([1, 0, 2, 1]), np.ones(4)).to_W()
    Moran_Local(np.array([1.0, 2.0, 4.0]), small, permutations=9, **options)

    def work() -> np.ndarray:
        found = Moran_Local(values, weights, permutations=int(permutations), **options)
        return np.stack([found.Is * len(values) / (len(values) - 1), np.minimum(2 * found.p_sim, 1)])

    return work


def alike(one: np.ndarray, other: np.ndarray, permutations: int) -> dict[str, object]:
    """Whether both say the same, and how far their p-values are apart."""
    p = np.clip((one[1] + other[1]) / 2, 1 / permutations, 1)
    apart = np.abs(one[1] - other[1])
    error = 4 * np.sqrt(2 * 2 * p / permutations) + 4 / permutations
    return {
        "equal": bool(np.allclose(one[0], other[0], rtol=1e-9, atol=1e-12) and np.mean(apart <= error) > 0.999),
        "p_apart": float(apart.max()),
    }


PARTS = {"geomap": ours, "esda": peer}


def main() -> None:
    """One line a case."""
    asking = words(__doc__, PARTS)
    asking.add_argument("--permutations", type=int, default=PERMUTATIONS)
    asked = asking.parse_args()
    if asked.part:
        run_part(PARTS, asked.part, asked.folder)
        return
    for places in asked.places or [33_000]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            lay(folder, places, asked.permutations)
            about = {"name": "local Moran", "peer": "esda.Moran_Local", "places": places, "permutations": asked.permutations}
            timed = beside(__file__, "geomap", "esda", folder, asked.runs)
            answers = (np.load(folder / f"answer-{part}.npy") for part in PARTS)
            print(json.dumps(about | timed | alike(*answers, asked.permutations)), flush=True)


if __name__ == "__main__":
    main()
