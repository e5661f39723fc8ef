"""A made-up country of small areas like England's: towns of many small places, land of few large ones, borders that wind and that neighbours share."""  # noqa: INP001

import numpy as np
import shapely
from scipy.spatial import Voronoi

SIDE = 500_000.0  # metres
CORNER = np.array([80_000.0, 20_000.0])
LEAST, MOST = 1, 400  # bends of one border
SWAY = 0.45  # of the way to the middle of either place


def country(places: int, *, vertices: float = 60.0, seed: int = 1) -> np.ndarray:
    """*places* polygons, a valid coverage without gaps, of about *vertices* vertices each."""
    rng = np.random.default_rng(seed)
    middles = _middles(places, rng)
    angle = np.arange(64) * (2 * np.pi / 64)
    fence = middles.mean(axis=0) + 1.3 * SIDE * np.column_stack([np.cos(angle), np.sin(angle)])
    drawn = Voronoi(np.concatenate([middles, fence]))
    ends, sides = np.asarray(drawn.ridge_vertices), drawn.ridge_points
    real = (ends >= 0).all(axis=1) & (sides < places).any(axis=1)
    shapes = shapely.get_parts(shapely.polygonize(_borders(drawn.vertices[ends[real]], drawn.points[sides[real]], vertices, rng)))
    return shapes[np.argsort(shapely.STRtree(shapely.points(middles)).nearest(shapely.point_on_surface(shapes)), kind="stable")]


def _middles(places: int, rng: np.random.Generator) -> np.ndarray:
    """Two places in three lie in towns of very different size."""
    towns = max(3, places // 300)
    size = rng.pareto(1.1, towns) + 1
    town = rng.choice(towns, 2 * places // 3, p=size / size.sum())
    spread = 6_000.0 * np.sqrt(size / size.max())
    around = rng.uniform(0.1, 0.9, (towns, 2))[town] * SIDE + rng.standard_normal((len(town), 2)) * (4 * spread)[town, None]
    land = rng.random((places - len(town), 2)) * SIDE
    return CORNER + np.clip(np.concatenate([around, land]), 0, SIDE) + rng.random((places, 2))


def _borders(ends: np.ndarray, sides: np.ndarray, vertices: float, rng: np.random.Generator) -> np.ndarray:
    """A winding line for each border: it stays in the kite between its ends and the two middles, so no two lines meet but at ends."""
    bends = np.clip(rng.poisson(vertices / 6, len(ends)), LEAST, MOST)
    line = np.repeat(np.arange(len(ends)), bends + 2)
    first = np.cumsum(bends + 2) - bends - 2
    step = np.arange(len(line)) - first[line]
    along = step / (bends + 1)[line]
    walk = _walk(line, step, rng) * np.minimum(1, 4 * np.minimum(along, 1 - along))
    walk[1:][walk[1:] * walk[:-1] < 0] = 0  # it touches the straight line where it changes sides, so as not to leave the kite
    sway = SWAY * walk[:, None]
    start, end = ends[line, 0], ends[line, 1]
    base = start + (end - start) * along[:, None]
    towards = np.where(sway > 0, sides[line, 0], sides[line, 1])
    bent = base + (towards - base) * np.abs(sway)
    last = step == (bends + 1)[line]
    bent[step == 0], bent[last] = start[step == 0], end[last]
    return shapely.linestrings(bent, indices=line)


def _walk(line: np.ndarray, step: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A smooth random number from -1 to 1 at each step: three waves of each line's own, and a little noise."""
    phase, pace = rng.random((line.max() + 1, 3)) * 2 * np.pi, rng.uniform(0.2, 1.5, (line.max() + 1, 3))
    waves = np.sin(phase[line] + pace[line] * step[:, None]).mean(axis=1)
    return 0.7 * waves + 0.3 * rng.uniform(-1, 1, len(line))
