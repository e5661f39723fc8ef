"""Neighbourhoods with wiggly shared borders, a river between some of them, and districts made of whole neighbourhoods."""

import itertools
from dataclasses import dataclass

import geopandas as gpd
import numpy as np
import shapely
from scipy.sparse import coo_matrix, csr_matrix
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import Voronoi

from geomap.demo.names import DISTRICTS, FIRST, PARK, SECOND

CRS = "EPSG:32628"
MIDDLE = np.array([400_000.0, 3_430_000.0])
RADIUS = np.array([6_200.0, 4_700.0])
PLACES, EDGE_STEPS, RIVER_WIDTH, DEGREES, ROUNDS = 61, 16, 130.0, 7, 8


@dataclass(frozen=True)
class Shapes:
    """neighbourhoods: index code, columns name, district, geometry (WGS84, rounded); districts likewise; park: the code without residents."""

    neighbourhoods: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    park: str


def draw(generator: np.random.Generator) -> Shapes:
    """The shapes of the city; it lies in the open ocean, where no city is."""
    sites, real = _sites(generator)
    cells = Voronoi(sites)
    edges, lines = _edges(cells, real, generator)
    river = shapely.buffer(_river(cells, edges, lines), RIVER_WIDTH / 2, cap_style="flat")
    pieces = _pieces(lines, river, sites[:real])
    frame = gpd.GeoDataFrame(geometry=_rounded(pieces), crs="EPSG:4326")
    middles = frame.to_crs(CRS).centroid
    order = np.lexsort([middles.x.round(), -middles.y.round()])
    frame = frame.iloc[order].reset_index(drop=True)
    frame["district"] = _districts(frame)
    park = _park(frame)
    frame["name"] = _names(len(frame), park, generator)
    frame.index = [f"N{number:02d}" for number in range(1, len(frame) + 1)]
    codes = [f"D{number + 1}" for number in range(len(DISTRICTS))]
    frame["district"] = [codes[number] for number in frame["district"]]
    whole = frame.dissolve("district", method="coverage")[["geometry"]]
    whole.insert(0, "name", [DISTRICTS[codes.index(code)] for code in whole.index])
    return Shapes(frame[["name", "district", "geometry"]], whole, frame.index[park])


def _sites(generator: np.random.Generator) -> tuple[np.ndarray, int]:
    turn, out = generator.random(PLACES) * 2 * np.pi, np.sqrt(generator.random(PLACES)) ** 1.3 * 0.93
    inner = np.column_stack([np.cos(turn), np.sin(turn)]) * out[:, None] * RADIUS
    angle = np.linspace(0, 2 * np.pi, 72, endpoint=False)
    coast = 1.13 + 0.07 * np.sin(3 * angle + 1) + 0.05 * np.sin(5 * angle + 2) + generator.normal(0, 0.015, 72)
    ring = np.column_stack([np.cos(angle), np.sin(angle)]) * coast[:, None] * RADIUS
    far = np.column_stack([np.cos(angle[::4]), np.sin(angle[::4])]) * 60_000
    for _ in range(6):
        cells = Voronoi(np.vstack([inner, ring, far]))
        middles = np.array([cells.vertices[cells.regions[cells.point_region[site]]].mean(axis=0) for site in range(PLACES)])
        inner = inner + 0.5 * (np.clip(middles, -RADIUS, RADIUS) - inner)
    return np.vstack([inner, ring, far]) + MIDDLE, PLACES


def _edges(cells: Voronoi, real: int, generator: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """The Voronoi edges that bound a real cell, as pairs of vertices and as fractal lines (midpoint displacement)."""
    bounding = (cells.ridge_points < real).any(axis=1)
    pairs = np.array(cells.ridge_vertices)[bounding]
    start, end = cells.vertices[pairs[:, 0]], cells.vertices[pairs[:, 1]]
    shift = np.zeros((len(pairs), EDGE_STEPS + 1))
    step, size = EDGE_STEPS, 0.15
    while step > 1:
        half = step // 2
        middle = (shift[:, 0:-1:step] + shift[:, step::step]) / 2
        shift[:, half::step] = middle + generator.normal(0, size, middle.shape)
        step, size = half, size * 0.55
    along = np.linspace(0, 1, EDGE_STEPS + 1)[None, :, None]
    across = np.column_stack([-(end - start)[:, 1], (end - start)[:, 0]])[:, None, :]
    points = start[:, None, :] + along * (end - start)[:, None, :] + 0.6 * shift[:, :, None] * across
    return pairs, shapely.linestrings(points)


def _river(cells: Voronoi, edges: np.ndarray, lines: np.ndarray) -> shapely.Geometry:
    """The shortest way along borders from the west coast to the east."""
    size = len(cells.vertices)
    length = shapely.length(lines)
    graph = coo_matrix(
        (np.r_[length, length], (np.r_[edges[:, 0], edges[:, 1]], np.r_[edges[:, 1], edges[:, 0]])), shape=(size, size)
    ).tocsr()
    used = np.unique(edges)
    off = cells.vertices[used] - MIDDLE
    west, east = (used[np.argmin(np.abs(off[:, 1] - 600 * side) + 0.55 * side * off[:, 0])] for side in (1, -1))
    _, before = dijkstra(graph, directed=False, indices=west, return_predecessors=True)
    chain = [east]
    while chain[-1] != west:
        chain.append(before[chain[-1]])
    steps = {frozenset(pair) for pair in itertools.pairwise(chain)}
    return shapely.line_merge(shapely.multilinestrings([line for line, pair in zip(lines, edges, strict=True) if frozenset(pair) in steps]))


def _pieces(lines: np.ndarray, river: shapely.Geometry, sites: np.ndarray) -> np.ndarray:
    """One polygon per site: the faces of borders and river banks, without the river; small cut-off faces go with the water."""
    faces = shapely.get_parts(shapely.polygonize([shapely.node(shapely.union_all([*lines, shapely.boundary(river)]))]))
    dry = faces[~shapely.contains(river, shapely.point_on_surface(faces))]
    whole = shapely.get_parts(shapely.polygonize([shapely.node(shapely.union_all(lines))]))
    tree = shapely.STRtree(whole)
    owner = tree.query(shapely.point_on_surface(dry), predicate="within")
    cell = np.empty(len(dry), dtype=int)
    cell[owner[0]] = owner[1]
    size = shapely.area(dry)
    largest = [np.flatnonzero(cell == number)[np.argmax(size[cell == number])] for number in np.unique(cell)]
    if len(largest) != len(sites):
        raise ValueError(f"{len(largest)} neighbourhoods were drawn from {len(sites)} sites; choose another seed.")
    return dry[largest]


def _rounded(pieces: np.ndarray) -> np.ndarray:
    degrees = gpd.GeoSeries(pieces, crs=CRS).to_crs(4326).to_numpy()
    return shapely.orient_polygons(shapely.transform(degrees, lambda points: np.round(points, DEGREES)), exterior_cw=False)


def _districts(frame: gpd.GeoDataFrame) -> np.ndarray:
    """A district per neighbourhood: each grows from its own centre over shared borders, so that none is in two parts."""
    metres = frame.to_crs(CRS)
    middles = np.column_stack([metres.centroid.x, metres.centroid.y])
    one, other = shapely.STRtree(frame.geometry.to_numpy()).query(frame.geometry.to_numpy(), predicate="touches")
    shared = shapely.length(shapely.intersection(frame.geometry.to_numpy()[one], frame.geometry.to_numpy()[other])) > 0
    one, other = one[shared], other[shared]
    apart = np.linalg.norm(middles[one] - middles[other], axis=1)
    graph = coo_matrix((apart, (one, other)), shape=(len(frame), len(frame))).tocsr()
    seeds = _farthest(graph)
    for _ in range(ROUNDS):
        owner = np.argmin(dijkstra(graph, indices=seeds), axis=0)
        seeds = [_medoid(graph, np.flatnonzero(owner == number)) for number in range(len(DISTRICTS))]
    return np.argmin(dijkstra(graph, indices=seeds), axis=0)


def _farthest(graph: csr_matrix) -> list[int]:
    """Starting centres for the districts, each as far from the others as can be; the two banks of the river are far apart."""
    far = np.nan_to_num(dijkstra(graph), posinf=1e6)
    seeds = [0]
    while len(seeds) < len(DISTRICTS):
        seeds.append(int(np.argmax(far[seeds].min(axis=0))))
    return seeds


def _medoid(graph: csr_matrix, members: np.ndarray) -> int:
    within = dijkstra(graph[members][:, members])
    return int(members[np.argmin(np.nan_to_num(within, posinf=1e6).sum(axis=0))])


def _park(frame: gpd.GeoDataFrame) -> int:
    middles = frame.to_crs(CRS).centroid
    return int(np.argmin(np.hypot(middles.x - MIDDLE[0] - 1_500, middles.y - MIDDLE[1] - 1_800)))


def _names(count: int, park: int, generator: np.random.Generator) -> list[str]:
    made = [first + second for first in FIRST for second in SECOND]
    picked = [made[number] for number in generator.choice(len(made), count, replace=False)]
    return [PARK if number == park else name for number, name in enumerate(picked)]
