"""Association in space, held to numbers that R's spdep and PySAL's own tests publish, to its definition, and to esda where it is installed."""

import itertools
import json

import geopandas as gpd
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from geomap.statistics.conditional import conditional_p, distinct
from geomap.statistics.discovery import benjamini_hochberg
from geomap.statistics.geary import geary, local_geary
from geomap.statistics.getis_ord import g_global, g_local, g_star, two_sided
from geomap.statistics.join_counts import join_counts, local_join_counts
from geomap.statistics.local_moran import local_bivariate_moran, local_moran
from geomap.statistics.moran import moran, moran_of_rates, moran_permuted
from tests.shared import shared

CLOSE = {"rel": 1e-9, "abs": 1e-9}


def by_row(matrix: csr_array) -> csr_array:
    """The same with rows that sum to 1."""
    found = matrix.astype(float)
    found.data = found.data / np.repeat(np.maximum(np.asarray(found.sum(axis=1)).ravel(), 1e-300), np.diff(found.indptr))
    return found


def links(neighbours: list[list[int]]) -> csr_array:
    """Binary weights from positions from 0."""
    rows = np.repeat(np.arange(len(neighbours)), [len(some) for some in neighbours])
    return csr_array((np.ones(len(rows)), (rows, list(itertools.chain.from_iterable(neighbours)))), shape=(len(neighbours),) * 2)


def gal(name: str, ids: list[str]) -> csr_array:
    """Weights of a GAL file, in the order of *ids*."""
    lines = shared("data/indices/spatial_stats", name).read_text(encoding="utf-8").split("\n")[1:]
    found = {head.split()[0]: body.split() for head, body in zip(lines[::2], lines[1::2], strict=False) if head.strip()}
    return links([[ids.index(other) for other in found[one]] for one in ids])


@pytest.fixture(scope="module")
def pysal() -> dict:
    """Constants of PySAL's own tests."""
    return json.loads(shared("data/indices/spatial_stats/expected.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def columbus() -> dict:
    """Numbers of R's spdep, with their weights."""
    known = json.loads(shared("data/methods/spatial_columbus_ncsids_scotland.json").read_text(encoding="utf-8"))["values"]["columbus"]
    return known | {"links": links([[other - 1 for other in others if other] for others in known["neighbours"]])}


@pytest.fixture(scope="module")
def sids() -> tuple[gpd.GeoDataFrame, csr_array]:
    """North Carolina's 100 counties."""
    frame = gpd.read_file(shared("data/indices/spatial_stats/sids2.shp"))
    return frame, gal("sids2.gal", frame["FIPSNO"].astype(int).astype(str).tolist())


def lattice(side: int) -> csr_array:
    """Rook neighbours of side × side squares."""
    at = [(row, column) for row in range(side) for column in range(side)]
    return links([[at.index(other) for other in ((r - 1, c), (r + 1, c), (r, c - 1), (r, c + 1)) if other in at] for r, c in at])


def test_global_moran_of_columbus(columbus):
    """I, its expectation, both variances and z, as R gives them."""
    known, found = columbus["moran"], moran(columbus["crime"], by_row(columbus["links"]))
    normal = moran(columbus["crime"], by_row(columbus["links"]), normal=True)
    assert [found.statistic, found.expected, found.variance, found.z] == pytest.approx(
        [known[n] for n in ("I", "E", "var_rand", "z_rand")], **CLOSE
    )
    assert [normal.variance, normal.z] == pytest.approx([known["var_norm"], known["z_norm"]], **CLOSE)
    assert found.p / 2 == pytest.approx(known["p_rand_greater"], **CLOSE)


def test_global_moran_of_pysals_examples(pysal, sids):
    """St Louis homicides, and sudden infant deaths as counts and as standardised rates."""
    frame, weights = sids
    stl = gpd.read_file(shared("data/indices/spatial_stats/stl_hom.shp"))
    ids = [str(number) for number in range(1, len(stl) + 1)]
    for name, values, links_ in (
        ("moran_stl_HR8893_rowstd", stl["HR8893"], gal("stl.gal", ids)),
        ("moran_sids2_SIDR74_rowstd", frame["SIDR74"], weights),
    ):
        found = moran(values, by_row(links_), normal=True)
        assert [found.statistic, found.p / 2] == pytest.approx([pysal[name]["I"], pysal[name]["p_norm_one_sided"]], **CLOSE)
    rates = moran_of_rates(frame["SID79"], frame["BIR79"], by_row(weights))
    assert rates.statistic == pytest.approx(pysal["moran_eb_rate_sids2_SID79_BIR79"]["I"], **CLOSE)
    small = moran(np.arange(1, 10), lattice(3)), moran(np.arange(1, 10), lattice(3), normal=True)
    assert [one.variance for one in small] == pytest.approx([0.0596875, 0.053125], **CLOSE)


def test_moran_of_rates_as_r_gives_it():
    """EBI of North Carolina 1974, row-standardised."""
    known = json.loads(shared("data/methods/spatial_columbus_ncsids_scotland.json").read_text(encoding="utf-8"))["values"]["nc_sids"]
    weights = links([[other - 1 for other in np.atleast_1d(others) if other] for others in known["neighbours"]])
    assert moran_of_rates(known["sid74"], known["bir74"], by_row(weights)).statistic == pytest.approx(known["EBI_W"], **CLOSE)


def test_geary(columbus, pysal):
    """C of Columbus (queen; R) and with PySAL's rook weights; the local one of St Louis."""
    found = geary(columbus["crime"], by_row(columbus["links"]))
    assert [found.statistic, -found.z] == pytest.approx([columbus["geary"]["C"], columbus["geary"]["z"]], **CLOSE)
    stl = gpd.read_file(shared("data/indices/spatial_stats/stl_hom.shp"))
    local = local_geary(stl["HR8893"], gal("stl.gal", [str(number) for number in range(1, len(stl) + 1)]))
    assert local[0] == pytest.approx(pysal["local_geary_stl_HR8893_first"]["c0"], abs=1e-9)


def test_local_moran_as_r_gives_it(columbus):
    """All 49 statistics."""
    found = local_moran(columbus["crime"], by_row(columbus["links"]), permutations=99)
    assert found.statistic == pytest.approx(columbus["localmoran_Ii"], **CLOSE)


def test_bivariate_local_moran(pysal, sids):
    """PySAL's first county; it standardises with n - 1, we with n."""
    frame, weights = sids
    found = local_bivariate_moran(frame["SIDR79"], frame["SIDR74"], by_row(weights), permutations=99)
    assert found.statistic[0] * 99 / 100 == pytest.approx(pysal["local_moran_bivariate_sids2_x_SIDR79_y_SIDR74_first"]["I0"], **CLOSE)


def test_getis_ord(columbus, pysal):
    """G*, its p and its corrected p of Columbus; G, G_i and G*_i of six points within 15."""
    star = g_star(columbus["crime"], columbus["links"])
    assert star == pytest.approx(columbus["Gstar_B"], **CLOSE)
    assert two_sided(star) == pytest.approx(columbus["Gstar_B_p2"], **CLOSE)
    assert benjamini_hochberg(two_sided(star)) == pytest.approx(columbus["Gstar_B_p2_fdr"], **CLOSE)
    for weights, name in ((columbus["links"], "G_B"), (by_row(columbus["links"]), "G_W")):
        assert g_local(columbus["crime"], weights) == pytest.approx(columbus[name], **CLOSE)
    known, points = pysal["getis_ord_points"], np.array(pysal["getis_ord_points"]["points"], dtype=float)
    near = np.hypot(*(points[:, None] - points).T) <= known["threshold"]
    weights = links([list(np.flatnonzero(row & (np.arange(6) != at))) for at, row in enumerate(near)])
    found = g_global(known["y"], weights), g_local(known["y"], weights)[0], g_star(known["y"], weights)[0]
    assert found == pytest.approx([known["G"], known["Gi_z0_binary"], known["Gistar_z0_binary"]], abs=1e-7)


def test_join_counts(columbus, pysal):
    """Half a board of 4 × 4; and crime above its median in Columbus, as R tests it."""
    board = join_counts(np.arange(16) < 8, lattice(4))
    assert {"BB": board.both, "BW": board.one, "WW": board.none} == pysal["join_counts_4x4_half_half_rook"]
    crime = np.array(columbus["crime"])
    found, known = join_counts(crime > np.median(crime), columbus["links"]).test, columbus["joincount_high"]
    other = join_counts(crime >= np.median(crime), columbus["links"]).test
    found = found if found.statistic == known["stat"] else other
    assert [found.statistic, found.expected, found.variance, found.z] == pytest.approx(
        [known[n] for n in ("stat", "E", "var", "z")], **CLOSE
    )


def test_the_p_of_a_local_join_count_is_that_of_all_arrangements():
    """Every way to put two more on the eight other squares of nine, counted."""
    has, weights = np.array([1, 1, 0, 0, 1, 0, 0, 0, 0], dtype=bool), lattice(3)
    counts, p = local_join_counts(has, weights)
    for place in np.flatnonzero(has):
        around = set(weights[[place]].indices.tolist())
        others = [one for one in range(9) if one != place]
        ways = [len(around & set(two)) for two in itertools.combinations(others, 2)]
        assert counts[place] == len(around & set(np.flatnonzero(has)))
        assert p[place] == pytest.approx(np.mean(np.array(ways) >= counts[place]))
    assert np.isnan(counts[~has]).all()


@pytest.mark.parametrize("alike", [True, False])
def test_conditional_permutations_are_all_that_can_be_drawn(alike):
    """On a line of seven: with many draws, p is that of every ordered choice of neighbours from the six others, within its chance error."""
    values, weights = np.array([3.0, 1.0, 4.0, 1.5, 9.0, 2.6, 5.0]), by_row(links([[1], [0, 2], [1, 3], [2, 4], [3, 5], [4, 6], [5]]))
    if not alike:
        weights.data *= np.linspace(0.5, 1.5, weights.nnz)
    draws = 40_000
    p = conditional_p(values, weights, permutations=draws, seed=3)
    for place in range(7):
        row = weights[[place]]
        seen, others = row.data @ values[row.indices], np.delete(values, place)
        ways = np.array([row.data @ np.array(some) for some in itertools.permutations(others, row.nnz)])
        exact = min(1.0, 2 * min(np.mean(ways >= seen - 1e-12), np.mean(ways <= seen + 1e-12)))
        assert p[place] == pytest.approx(exact, abs=4 * np.sqrt(exact / draws) + 2 / draws)


@given(st.integers(2, 40), st.data())
@settings(max_examples=40, deadline=None)
def test_the_two_ways_to_permute_agree(count, data):
    """Weights that are all alike but for a hair go the other way, and find the same p from the same draws."""
    rng = np.random.default_rng(data.draw(st.integers(0, 1_000)))
    matrix = np.triu(rng.random((count, count)) < 0.3, 1)
    weights = by_row(csr_array((matrix | matrix.T).astype(float)))
    values = rng.integers(0, 5, count).astype(float)
    other = weights.copy()
    other.data = other.data * (1 + 1e-15 * np.arange(other.nnz) % 3e-15)
    quick, slow = (conditional_p(values, some, permutations=199, seed=5) for some in (weights, other))
    np.testing.assert_allclose(quick, slow)


def test_positions_drawn_are_distinct_and_equally_likely():
    """Each of six stands in each of three columns a sixth of the time."""
    drawn = distinct(6, 3, 30_000, np.random.default_rng(1))
    assert (np.diff(np.sort(drawn, axis=1), axis=1) > 0).all()
    shares = np.stack([np.bincount(drawn[:, column], minlength=6) for column in range(3)]) / 30_000
    assert shares == pytest.approx(np.full((3, 6), 1 / 6), abs=0.01)


def test_two_sided_p_keeps_its_promise():
    """Noise on 400 squares, 25 times: 5 % of places at p ≤ .05, and hardly any map has a place that survives correction."""
    weights, rng = by_row(lattice(20)), np.random.default_rng(7)
    found = [local_moran(rng.standard_normal(400), weights, permutations=999, seed=turn) for turn in range(25)]
    assert np.mean([one.p <= 0.05 for one in found]) == pytest.approx(0.05, abs=0.01)
    assert np.mean([(one.q <= 0.05).any() for one in found]) <= 0.2


def test_the_same_seed_gives_the_same_p():
    """And another seed does not."""
    weights, values = by_row(lattice(8)), np.random.default_rng(1).random(64)
    assert np.array_equal(*(local_moran(values, weights, permutations=199, seed=4).p for _ in range(2)))
    assert not np.array_equal(*(local_moran(values, weights, permutations=199, seed=seed).p for seed in (4, 5)))
    assert moran_permuted(values, weights, seed=1) == moran_permuted(values, weights, seed=1)


def test_islands_have_no_statistic():
    """Not a 0, not a p of 1: nothing."""
    weights = by_row(links([[1], [0, 2], [1], []]))
    found = local_moran([1.0, 2.0, 4.0, 9.0], weights, permutations=99)
    assert np.isnan([found.statistic[3], found.p[3], found.q[3], found.lag[3]]).all()
    assert found.quadrant[3] == ""
    assert np.isnan(g_star([1.0, 2.0, 4.0, 9.0], weights)[3])


def test_a_map_of_one_value_is_refused():
    """Nothing varies, so nothing goes together."""
    with pytest.raises(ValueError, match="same value"):
        local_moran(np.full(64, 0.1), by_row(lattice(8)))


@pytest.mark.slow
def test_esda_finds_the_same(columbus):
    """Statistics and quadrants as esda's, and its two-sided p within the chance error of 9,999 draws."""
    esda, graph = (pytest.importorskip(name, reason="esda (the extra 'bench') is not installed") for name in ("esda", "libpysal.graph"))
    del graph
    from geomap.boundaries.neighbours import neighbours_of

    place, other = columbus["links"].nonzero()
    weights = neighbours_of(place, other, gpd.pd.RangeIndex(49), "spData").to_graph().to_W()
    weights.transform = "r"
    crime = np.array(columbus["crime"])
    theirs = esda.Moran_Local(crime, weights, permutations=9_999, seed=1)
    ours = local_moran(crime, by_row(columbus["links"]), permutations=9_999)
    assert ours.statistic * 48 / 49 == pytest.approx(theirs.Is, **CLOSE)
    names = np.array(["", "high-high", "low-high", "low-low", "high-low"])
    assert (ours.quadrant == names[theirs.q]).all()
    rarer = np.minimum(2 * theirs.p_sim, 1)
    assert ours.p == pytest.approx(rarer, abs=0.02)
