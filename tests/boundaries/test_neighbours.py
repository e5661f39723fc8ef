"""Who neighbours whom: by hand, by R's published lists, and beside libpysal where it is installed."""

import json

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geomap.boundaries.contiguity import contiguity
from geomap.boundaries.neighbours import Neighbours, from_graph, from_table, neighbours_of
from geomap.boundaries.proximity import nearest_neighbours, within_distance
from geomap.errors import BoundaryError
from tests.shared import shared
from tests.toy import WARDS, square

CODES = pd.Index(sorted([*WARDS, "island"]))
SHAPES = np.array([square(*WARDS[code]) if code in WARDS else square(9, 9) for code in CODES], dtype=object)


def pairs(found: Neighbours) -> set[tuple[str, str]]:
    """Each pair once, in the order of the alphabet."""
    table = found.as_table()
    return {tuple(sorted(pair)) for pair in table.loc[table["weight"] > 0, ["place", "neighbour"]].to_numpy().tolist()}


BORDERS = {
    ("castle", "market"), ("market", "park"), ("harbour", "mill"), ("mill", "station"), ("castle", "harbour"), ("market", "mill"), ("park", "station"),
}  # fmt: skip
CORNERS = {("castle", "mill"), ("harbour", "market"), ("market", "station"), ("mill", "park")}


@pytest.mark.parametrize("alike", [True, False, None])
def test_six_squares_and_an_island(alike):
    """Rook counts borders, queen corners as well; the island is named; both ways to find them agree."""
    rook, queen = (contiguity(SHAPES, CODES, kind, drawn_alike=alike) for kind in ("rook", "queen"))
    assert pairs(rook) == BORDERS
    assert pairs(queen) == BORDERS | CORNERS
    assert queen.islands == rook.islands == ("island",)
    assert "1 place(s) have none: island" in queen.sentence()
    assert queen.by_row.sum(axis=1).tolist() == pytest.approx([1, 1, 0, 1, 1, 1, 1])


def test_places_that_touch_without_a_common_vertex_are_found():
    """A border that one side draws with a vertex more is no valid coverage, so the shapes themselves are asked."""
    shapes = np.array([shapely.box(0, 0, 2, 2), shapely.box(2, 0.5, 3, 1.5), shapely.box(2, 2, 3, 3)], dtype=object)
    assert pairs(contiguity(shapes, pd.Index(["a", "b", "c"]))) == {("a", "b"), ("a", "c")}
    assert pairs(contiguity(shapes, pd.Index(["a", "b", "c"]), "rook")) == {("a", "b")}


def test_columbus_has_the_neighbours_that_r_publishes():
    """All 230 links of spData's col.gal.nb, and six more that the shapes have and that file is known to lack (236 by R's poly2nb)."""
    known = json.loads(shared("data/methods/spatial_columbus_ncsids_scotland.json").read_text(encoding="utf-8"))["values"]["columbus"]
    frame = gpd.read_file(shared("data/indices/spatial_stats/columbus.shp")).sort_values("POLYID")
    shapes = np.asarray(frame.geometry.array)
    found = contiguity(shapes, pd.Index(frame["POLYID"].astype(int)))
    links = set(map(tuple, found.as_table()[["place", "neighbour"]].to_numpy().tolist()))
    published = {(place, other) for place, others in enumerate(known["neighbours"], 1) for other in others if other}
    assert published < links
    assert (len(published), len(links)) == (230, 236)
    assert all(shapes[one - 1].touches(shapes[two - 1]) for one, two in links - published)


@pytest.mark.parametrize("kind", ["queen", "rook"])
def test_londons_small_areas_as_libpysal_finds_them(kind):
    """4,994 areas: the same pairs."""
    graph = pytest.importorskip("libpysal.graph", reason="libpysal (the extra 'bench') is not installed")
    frame = gpd.read_file(shared("data/london/boundaries/lsoa_2021.gpkg")).to_crs(27700)
    theirs = from_graph(graph.Graph.build_contiguity(frame, rook=kind == "rook"))
    ours = contiguity(np.asarray(frame.geometry.array), pd.Index(frame.index), kind, drawn_alike=True)
    assert (theirs.matrix != ours.matrix).nnz == 0


@pytest.mark.parametrize("way", ["graph", "w"])
def test_to_libpysal_and_back(way):
    """Islands and weights come back as they went."""
    pytest.importorskip("libpysal.graph", reason="libpysal (the extra 'bench') is not installed")
    found = contiguity(SHAPES, CODES)
    graph = found.to_graph()
    back = from_graph(graph if way == "graph" else graph.to_W())
    assert pairs(back) == pairs(found)
    assert back.islands == ("island",)
    assert (graph.to_W().n, list(graph.isolates)) == (7, ["island"])


def test_as_a_table_and_back(tmp_path):
    """A small CSV holds them, the island too."""
    found = contiguity(SHAPES, CODES)
    found.as_table().to_csv(tmp_path / "neighbours.csv", index=False)
    back = from_table(pd.read_csv(tmp_path / "neighbours.csv"), CODES)
    assert (back.matrix != found.matrix).nnz == 0
    assert back.islands == ("island",)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"place": ["castle"], "neighbour": ["atlantis"], "weight": [1.0]}, "atlantis"),
        ({"place": ["castle", "castle"], "neighbour": ["park", "park"], "weight": [1.0, 1.0]}, "twice"),
        ({"place": ["castle"], "neighbour": ["park"], "weight": [-1.0]}, "over 0"),
        ({"place": ["castle"], "neighbour": ["park"]}, "weight"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(table, said):
    """What is wrong is named."""
    with pytest.raises(BoundaryError, match=said):
        from_table(pd.DataFrame(table), CODES)


def test_a_place_is_no_neighbour_of_itself():
    """Nor may weights be nothing."""
    with pytest.raises(BoundaryError, match="itself"):
        neighbours_of(np.array([0]), np.array([0]), CODES, "by hand")


def test_the_nearest_and_those_within_a_distance():
    """On a line at 0, 1, 3, 3 and 10: two share a point, the far one is nobody's neighbour within 3."""
    points, codes = np.array([[0, 0], [1, 0], [3, 0], [3, 0], [10, 0.0]]), pd.Index(list("abcde"))
    near = nearest_neighbours(points, codes, 2).as_table()
    assert near.groupby("place")["neighbour"].agg("".join).to_dict() == {"a": "bc", "b": "ac", "c": "bd", "d": "bc", "e": "cd"}
    within = within_distance(points, codes, 3)
    assert pairs(within) == {("a", "b"), ("a", "c"), ("a", "d"), ("b", "c"), ("b", "d"), ("c", "d")}
    assert within.islands == ("e",)
    with pytest.raises(BoundaryError, match="1 to 4"):
        nearest_neighbours(points, codes, 5)
