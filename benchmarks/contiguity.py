"""Queen contiguity beside libpysal: `python benchmarks/contiguity.py [--places N …]` prints one JSON line a case.

The peer is `libpysal.graph.Graph.build_contiguity(rook=False)` on places that share their vertices (the made-up country; the extra `bench`), its GeoDataFrame made
beforehand and not timed. equal: the same pairs.
"""  # noqa: INP001

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import shapely
from made_country import country
from side_by_side import beside, run_part, words


def shapes_in(folder: Path) -> np.ndarray:
    """The shapes of the case."""
    with np.load(folder / "shapes.npz") as stored:
        return shapely.from_ragged_array(shapely.GeometryType.POLYGON, stored["xy"], (stored["ring"], stored["part"]))


def ours(folder: Path) -> Callable[[], np.ndarray]:
    """Pairs by our contiguity."""
    import pandas as pd

    from geomap.boundaries.contiguity import contiguity

    shapes = shapes_in(folder)
    codes = pd.RangeIndex(len(shapes))

    def work() -> np.ndarray:
        matrix = contiguity(shapes, codes, drawn_alike=True).matrix
        return np.repeat(np.arange(len(shapes)), np.diff(matrix.indptr)) * len(shapes) + matrix.indices

    return work


def peer(folder: Path) -> Callable[[], np.ndarray]:
    """Pairs by libpysal's."""
    import geopandas as gpd
    from libpysal.graph import Graph

    frame = gpd.GeoDataFrame(geometry=shapes_in(folder), crs=27700)

    def work() -> np.ndarray:
        adjacency = Graph.build_contiguity(frame, rook=False).adjacency
        place, other = (adjacency.index.get_level_values(name).to_numpy()[adjacency.to_numpy() > 0] for name in ("focal", "neighbor"))
        return np.sort(place * len(frame) + other)

    return work


PARTS = {"geomap": ours, "libpysal": peer}


def main() -> None:
    """One line a case."""
    asking = words(__doc__, PARTS)
    asked = asking.parse_args()
    if asked.part:
        run_part(PARTS, asked.part, asked.folder)
        return
    for places in asked.places or [33_000]:
        with tempfile.TemporaryDirectory() as folder:
            _, xy, (ring, part) = shapely.to_ragged_array(country(places))
            np.savez(Path(folder) / "shapes.npz", xy=xy, ring=ring, part=part)
            about = {"name": "queen contiguity", "peer": "libpysal.graph.Graph.build_contiguity", "places": places}
            print(json.dumps(about | beside(__file__, "geomap", "libpysal", Path(folder), asked.runs)), flush=True)


if __name__ == "__main__":
    main()
