"""Points counted by place, beside geopandas: `python benchmarks/points.py [--places N …] [--points N …] [--fast]` prints one JSON line a case.

The peer is `geopandas.sjoin(predicate="within")` and a group-by, its points made beforehand and not timed. Ours starts from x and y and reads them from disk
in chunks; preparing the shapes is timed on both sides. With --fast by the grid of the extra `fast`, its compiled code in numba's cache. Without
--places: the made-up country of 4,835 and 33,000 places by the shapes alone, and ten million points in 33,000 by the grid. --london counts in
London's 4,835 and 4,994 small areas (open data in GEOMAP_SHARED). equal: the same count in every place.
"""  # noqa: INP001

import argparse
import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import shapely
from made_country import country
from side_by_side import beside, run_part, words

CHUNK = 500_000
SHARED = Path(os.environ.get("GEOMAP_SHARED", Path(__file__).resolve().parents[2] / "shared"))
LONDON = ("lsoa_2011", "lsoa_2021")


def lay(folder: Path, shapes: np.ndarray, points: int) -> None:
    """Shapes and points on disk: as many in each place on average, anywhere in its box."""
    rng = np.random.default_rng(7)
    _, xy, offsets = shapely.to_ragged_array(shapes)
    np.savez(folder / "shapes.npz", xy=xy, **{f"offset{at}": offset for at, offset in enumerate(offsets)})
    box = shapely.bounds(shapes)
    file = np.lib.format.open_memmap(folder / "xy.npy", mode="w+", dtype=float, shape=(2, points))
    for at in range(0, points, CHUNK):
        own = box[rng.integers(0, len(box), min(CHUNK, points - at))]
        file[:, at : at + len(own)] = (own[:, :2] + rng.random((len(own), 2)) * (own[:, 2:] - own[:, :2])).T
    file.flush()


def shapes_in(folder: Path) -> np.ndarray:
    """The shapes of the case."""
    with np.load(folder / "shapes.npz") as stored:
        offsets = tuple(stored[name] for name in sorted(stored) if name != "xy")
        kind = shapely.GeometryType.POLYGON if len(offsets) == 2 else shapely.GeometryType.MULTIPOLYGON
        return shapely.from_ragged_array(kind, stored["xy"], offsets)


def chunks(folder: Path) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The points of the case, read a chunk at a time."""
    xy = np.load(folder / "xy.npy", mmap_mode="r")
    with (folder / "xy.npy").open("rb") as file:
        head, count = xy.offset, xy.shape[1]
        for at in range(0, count, CHUNK):
            some = []
            for row in range(2):
                file.seek(head + 8 * (row * count + at))
                some.append(np.fromfile(file, dtype=float, count=min(CHUNK, count - at)))
            yield some[0], some[1]


def ours(folder: Path, *, fast: bool) -> Callable[[], np.ndarray]:
    """Counts by our finder."""
    from geomap.boundaries.finder import count_points, finder

    shapes, points = shapes_in(folder), np.load(folder / "xy.npy", mmap_mode="r").shape[1]
    if fast:
        import geomap.boundaries.locate_by_grid  # noqa: F401  its compiled code is loaded before the clock starts, as geopandas is
    return lambda: count_points(chunks(folder), finder(shapes, points, fast=fast)).per_place


def peer(folder: Path) -> Callable[[], np.ndarray]:
    """Counts by a spatial join."""
    import geopandas as gpd

    shapes = shapes_in(folder)
    places = gpd.GeoDataFrame({"place": np.arange(len(shapes))}, geometry=shapes, crs=27700)
    x, y = np.load(folder / "xy.npy")
    points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(x, y), crs=27700)
    del x, y
    return lambda: (
        gpd.sjoin(points, places, predicate="within").groupby("place").size().reindex(np.arange(len(shapes)), fill_value=0).to_numpy()
    )


PARTS = {"shapes": lambda folder: ours(folder, fast=False), "grid": lambda folder: ours(folder, fast=True), "sjoin": peer}


def cases(asked: argparse.Namespace) -> Iterator[tuple[str, np.ndarray, int, str]]:
    """Name, shapes, number of points and our way."""
    way = "grid" if asked.fast else "shapes"
    if asked.london:
        import geopandas as gpd

        for name in LONDON:
            frame = gpd.read_file(SHARED / "data" / "london" / "boundaries" / f"{name}.gpkg").to_crs(27700)
            for points in asked.points or [1_000_000]:
                yield f"London {name}", np.asarray(frame.geometry.array), points, way
    elif asked.places or asked.points or asked.fast:
        for places in asked.places or [33_000]:
            for points in asked.points or [1_000_000]:
                yield "made-up country", country(places), points, way
    else:
        yield "made-up country", country(4_835), 1_000_000, "shapes"
        yield "made-up country", country(33_000), 1_000_000, "shapes"
        yield "made-up country, streamed", country(33_000), 10_000_000, "grid"


def main() -> None:
    """One line a case."""
    asking = words(__doc__, PARTS)
    asking.add_argument("--points", type=int, nargs="+", action="extend")
    asking.add_argument("--fast", action="store_true", help="by the grid of the extra `fast`")
    asking.add_argument("--london", action="store_true", help="London's small areas")
    asked = asking.parse_args()
    if asked.part:
        run_part(PARTS, asked.part, asked.folder)
        return
    for name, shapes, points, way in cases(asked):
        with tempfile.TemporaryDirectory() as folder:
            lay(Path(folder), shapes, points)
            about = {
                "name": f"points by {way}: {name}",
                "peer": "geopandas.sjoin within + groupby",
                "places": len(shapes),
                "points": points,
            }
            print(json.dumps(about | beside(__file__, way, "sjoin", Path(folder), asked.runs)), flush=True)


if __name__ == "__main__":
    main()
