"""Where places stand once their doubt is drawn, in both modes."""

import tracemalloc
from dataclasses import fields, replace

import numpy as np
import pytest
from scipy.special import ndtr
from scipy.stats import norm

from geomap.errors import MethodologyError
from geomap.scoring.flat import FlatIndex
from geomap.scoring.leeway import Leeway
from geomap.scoring.simulate import Plan, simulate_fast, simulate_full

POSTS = FlatIndex(low=np.full(4, -1e3), high=np.full(4, 1e3))
EVEN = Leeway((0.25,) * 4, normalisation=("goalposts",))
MANY = Plan(draws=20_000, seed=(7,))


def table(places: int = 60, gaps: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Four indicators and their errors; one of them is exact."""
    rng = np.random.default_rng(5)
    values, errors = rng.normal(0, 10, (places, 4)), rng.uniform(1, 4, (places, 4))
    errors[:, 3] = np.nan
    values.reshape(-1)[rng.choice(places * 4, gaps, replace=False)] = np.nan
    return values, errors


def fast(values, errors, leeway=EVEN, plan=MANY, **how):
    """The fast mode on the goalposts' scale: 5 + x/200."""
    return simulate_fast(5 + values / 200, errors / 200, leeway, plan, **how)


def full(values, errors, leeway=EVEN, plan=MANY):
    """The full mode on the same scale."""
    return simulate_full(values, errors, POSTS, leeway, plan)


def blob(standing) -> bytes:
    """Every byte of the result."""
    return b"".join(np.asarray(getattr(standing, field.name)).tobytes() for field in fields(standing))


def test_two_places_stand_as_often_as_the_normal_says():
    """P(worse) = Φ(d/√(s₁² + s₂²))."""
    found = simulate_fast(np.array([[3.0], [4.0]]), np.array([[1.0], [0.5]]), Leeway((1.0,)), replace(MANY, of="noise"))
    assert found.rank.tolist() == [2, 1]
    assert found.below.tolist() == [-1, 0]
    assert found.p_worse[1] == pytest.approx(ndtr(1 / 1.25**0.5), abs=0.012)
    assert np.isnan(found.p_worse[0])


@pytest.mark.parametrize("simulate", [fast, full])
def test_the_interval_of_a_normal_is_the_normals(simulate):
    """Score ± 1.96 √(Σ w² s²), to a twentieth of a standard deviation."""
    values, errors = table()
    found = simulate(values, errors, plan=replace(MANY, of="noise"))
    error = np.sqrt(np.nansum((errors / 200 / 4) ** 2, axis=1))
    assert found.score == pytest.approx((5 + values / 200).mean(axis=1))
    assert found.sd == pytest.approx(error, rel=0.03)
    assert (np.abs(found.low - (found.score - norm.ppf(0.975) * error)) < 0.1 * error).all()
    assert (np.abs(found.high - (found.score + norm.ppf(0.975) * error)) < 0.1 * error).all()


@pytest.mark.parametrize("gaps", [0, 30])
@pytest.mark.parametrize(
    "how", [{"concentration": 30.0}, {"band": 0.5, "drop": 0.3}, {"band": 0.3, "missing": ("renormalise", "propagate")}]
)
def test_fast_and_full_agree(gaps, how):
    """The scale is linear and held still: intervals, median ranks and chances differ by no more than chance between two runs."""
    leeway, data = replace(EVEN, **how), table(gaps=gaps)
    one, other = fast(*data, leeway), full(*data, leeway, replace(MANY, seed=(8,)))
    known = ~np.isnan(one.score)
    width = (one.high - one.low)[known]
    assert np.array_equal(one.rank, other.rank, equal_nan=True)
    assert one.score[known] == pytest.approx(other.score[known])
    for name in ("low", "high"):
        assert (np.abs(getattr(one, name) - getattr(other, name))[known] < 0.04 * width).all()
    for name in ("p_worst", "p_worse", "scored"):
        assert np.nanmax(np.abs(getattr(one, name) - getattr(other, name))) < 0.025
    for name in ("rank_low", "rank_median", "rank_high"):
        assert np.nanmax(np.abs(getattr(one, name) - getattr(other, name))) <= 2


@pytest.mark.parametrize("gaps", [0, 30])
def test_without_noise_fast_is_full(gaps):
    """The same choices from the same seed: the same ranks in every draw, and scores that differ by arithmetic alone."""
    values, errors = table(gaps=gaps)
    leeway = replace(EVEN, band=0.5, drop=0.3, missing=("renormalise", "propagate"))
    plan = Plan(draws=500, of="choices")
    one, other = fast(values, errors, leeway, plan), full(values, errors, leeway, plan)
    for name in ("rank", "rank_low", "rank_median", "rank_high", "p_worst", "p_worse", "scored"):
        assert np.array_equal(getattr(one, name), getattr(other, name), equal_nan=True)
    assert one.low == pytest.approx(other.low, nan_ok=True, abs=1e-6)
    assert one.high == pytest.approx(other.high, nan_ok=True, abs=1e-6)


@pytest.mark.parametrize("simulate", [fast, full])
def test_what_is_certain_stands_still(simulate):
    """No error and no leeway: every draw is the agreed result."""
    values, _ = table()
    found = simulate(values, np.zeros(values.shape), plan=Plan(draws=50))
    assert np.array_equal(found.low, found.score)
    assert np.array_equal(found.high, found.score)
    assert np.array_equal(found.rank_low, found.rank)
    assert np.array_equal(found.rank_high, found.rank)
    assert found.p_worst.tolist() == (found.rank <= 6).astype(float).tolist()
    assert (found.p_worse[found.below >= 0] == 1).all()


def test_ties_share_a_rank_and_count_half():
    """Two places with the same certain values are neither worse nor better."""
    found = simulate_fast(np.array([[3.0], [4.0], [4.0]]), np.zeros((3, 1)), Leeway((1.0,)), Plan(draws=10))
    assert found.rank.tolist() == found.rank_median.tolist() == [3, 1, 1]
    assert found.p_worse[1] == 0.5


@pytest.mark.parametrize("simulate", [fast, full])
def test_noise_and_choices_can_be_told_apart(simulate):
    """Noise alone is not changed by leeway, choices alone not by errors, both together are wider than either, and each says what it is."""
    values, errors = table()
    loose = replace(EVEN, band=0.9, keep_total=True)
    noise, choices, both = (simulate(values, errors, loose, replace(MANY, of=of)) for of in ("noise", "choices", "both"))
    assert blob(noise) == blob(simulate(values, errors, EVEN, replace(MANY, of="noise")))
    assert blob(choices) == blob(simulate(values, 5 * errors, loose, replace(MANY, of="choices")))
    width = [(found.high - found.low).mean() for found in (noise, choices, both)]
    assert width[2] > max(width[:2])
    assert width[2] < sum(width[:2])
    assert noise.told == "20,000 draws of sampling noise of the indicators alone; the method as agreed"
    assert "method alone" in choices.told
    assert "together" in both.told


@pytest.mark.parametrize("simulate", [fast, full])
@pytest.mark.parametrize("room", [2**14, 2**30])
def test_the_seed_makes_the_bytes_and_the_pieces_do_not(simulate, room):
    """1, 5 or as many draws at once as fit give the same bytes; another seed gives others."""
    values, errors = table(gaps=9)
    leeway = replace(EVEN, concentration=20.0, drop=0.2)
    plan = Plan(draws=300, seed=(1, 2), room=room)
    first, *others = (blob(simulate(values, errors, leeway, replace(plan, at_once=at_once))) for at_once in (None, 1, 5))
    assert others == [first, first]
    assert blob(simulate(values, errors, leeway, replace(plan, seed=(1, 3)))) != first


def test_all_ways_pass_through_the_full_mode_in_pieces():
    """Also where each draw has its own normalisation and aggregation."""
    values, errors = table(gaps=9)
    leeway = Leeway(
        (1.0, 2.0, 1.0, 0.5), concentration=20.0, normalisation=("min_max", "percentile", "z"), aggregation=("arithmetic", "geometric")
    )
    first, other = (blob(simulate_full(values, errors, FlatIndex(), leeway, Plan(draws=100, at_once=at_once))) for at_once in (None, 3))
    assert first == other


def test_a_room_too_small_stays_within_the_error_it_states():
    """The binned limits against the exact ones of the same draws."""
    values, errors = table(400)
    exact, binned = (fast(values, errors, plan=replace(MANY, draws=4_000, room=room)) for room in (2**30, 2**20))
    assert (exact.score_error.max(), exact.rank_error.max()) == (0, 0)
    assert (np.abs(binned.low - exact.low) <= binned.score_error).all()
    assert (np.abs(binned.high - exact.high) <= binned.score_error).all()
    assert (np.abs(binned.rank_median - exact.rank_median) <= binned.rank_error).all()
    assert (binned.score_error < 0.05 * (exact.high - exact.low)).all()
    assert np.array_equal(binned.p_worst, exact.p_worst)


@pytest.mark.parametrize("simulate", [fast, full])
def test_memory_does_not_grow_with_the_draws(simulate):
    """Eight times the draws, the same peak."""
    values, errors = table(500)

    def peak(draws: int) -> int:
        tracemalloc.start()
        simulate(values, errors, replace(EVEN, band=0.2), Plan(draws=draws, room=2**19, at_once=20))
        found = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return found

    peak(100)
    assert peak(8_000) < 1.02 * peak(1_000)


@pytest.mark.parametrize("simulate", [fast, full])
def test_a_place_without_a_score_stays_out_of_the_ranks(simulate):
    """It has no number at all, and the others stand as if it were not there."""
    values, errors = table(20)
    values[7] = np.nan
    found = simulate(values, errors)
    assert np.isnan(
        [getattr(found, name)[7] for name in ("score", "low", "high", "rank", "rank_low", "rank_median", "p_worst", "p_worse", "scored")]
    ).all()
    others = np.delete(np.arange(20), 7)
    assert sorted(found.rank[others]) == list(range(1, 20))
    assert found.rank_high[others].max() == 19
    assert found.below[7] == -1
    assert 7 not in found.below
    assert (found.scored[others] == 1).all()


def test_a_place_scored_under_some_rules_says_in_how_many_draws():
    """Half of the draws let a gap take the score away; ranks then refer to the other half."""
    values, errors = table(20)
    values[3, 0] = np.nan
    found = fast(values, errors, replace(EVEN, missing=("renormalise", "propagate")))
    assert found.scored[3] == pytest.approx(0.5, abs=0.015)
    assert np.delete(found.scored, 3).min() == 1


def test_where_low_is_bad_the_lowest_is_first():
    """The mirror image of the same numbers, limit by limit."""
    values, errors = table(30)
    plan = Plan(draws=400)
    worse, better = (
        fast(values, errors, plan=plan),
        simulate_fast(-(5 + values / 200), errors / 200, EVEN, replace(plan, worst_is_high=False)),
    )
    assert np.array_equal(worse.rank, better.rank)
    assert better.low.shape == (30,)
    assert (better.low <= better.score).all()
    assert (better.high >= better.score).all()


def test_no_place_with_a_score_is_no_fault():
    """Everything is blank."""
    found = fast(np.full((3, 4), np.nan), np.zeros((3, 4)))
    assert np.isnan(found.rank).all()
    assert np.isnan(found.p_worst).all()


def test_any_tree_passes_through_the_full_mode():
    """A callable of one's own: the larger of two domains."""
    values, errors = table(10)
    found = simulate_full(
        values, errors, lambda drawn, _: np.maximum(drawn[..., :2].mean(-1), drawn[..., 2:].mean(-1)), EVEN, Plan(draws=50)
    )
    assert found.score == pytest.approx(np.maximum(values[:, :2].mean(1), values[:, 2:].mean(1)))


def test_the_fast_mode_refuses_what_it_cannot_do_and_says_what_it_does_roughly():
    """Other normalisations and aggregations need the full mode; a scale fitted to the same values makes it approximate."""
    values, errors = table()
    for leeway in (
        replace(EVEN, aggregation=("arithmetic", "geometric")),
        replace(EVEN, normalisation=("goalposts", "z")),
        replace(EVEN, missing=("mean",)),
    ):
        with pytest.raises(MethodologyError, match="full mode"):
            fast(values, errors, leeway)
    assert fast(values, errors).approximate == ""
    assert "fitted" in fast(values, errors, fitted=True).approximate
    assert fast(values, errors, fitted=True, plan=replace(MANY, of="choices")).approximate == ""


@pytest.mark.parametrize(
    ("values", "errors", "plan"),
    [
        (np.zeros((3, 4)), -np.ones((3, 4)), {}),
        (np.full((3, 4), np.inf), np.ones((3, 4)), {}),
        (np.zeros((3, 5)), np.ones((3, 5)), {}),
        (np.zeros((3, 4)), np.zeros((2, 4)), {}),
        (np.zeros((3, 4)), np.zeros((3, 4)), {"draws": 0}),
        (np.zeros((3, 4)), np.zeros((3, 4)), {"of": "all"}),
    ],
)
def test_what_cannot_be_drawn_is_told(values, errors, plan):
    """Before anything is drawn."""
    with pytest.raises(MethodologyError):
        full(values, errors, plan=Plan(**plan))


def many_places(**how) -> tuple[np.ndarray, np.ndarray]:
    """So many that the fast mode counts ranks and sums in float32; two are certain and tied, one is certain and the worst."""
    values, errors = table(6_000, **how)
    values[:2], errors[:3], values[2] = 10.0, 0.0, 200.0
    return values, errors


@pytest.mark.parametrize("gaps", [0, 90])
def test_many_places_stand_as_few_do(monkeypatch, gaps):
    """The same draws in float32 with counted ranks and in float64 with sorted ones: ranks within the stated error, limits within a rounding."""
    values, errors = many_places(gaps=gaps)
    leeway, plan = replace(EVEN, concentration=30.0, missing=("renormalise", "propagate")), Plan(draws=200)
    counted = fast(values, errors, leeway, plan)
    monkeypatch.setattr("geomap.scoring.simulate.PAYS_FROM", 10_000)
    exact = fast(values, errors, leeway, plan)
    assert (counted.rank_error.max() > 0, exact.rank_error.max()) == (True, 0)
    assert np.array_equal(counted.rank, exact.rank, equal_nan=True)
    for name in ("rank_low", "rank_median", "rank_high"):
        assert (np.abs(getattr(counted, name) - getattr(exact, name)) <= counted.rank_error).all()
    for name in ("low", "high", "sd"):
        assert getattr(counted, name) == pytest.approx(getattr(exact, name), abs=1e-6 * np.ptp(exact.score))
    for name in ("p_worst", "p_worse", "scored"):
        assert np.nanmax(np.abs(getattr(counted, name) - getattr(exact, name))) <= 0.03
        assert np.nanmean(np.abs(getattr(counted, name) - getattr(exact, name))) < 0.001
    assert counted.rank_median[2] == 1


def test_many_places_that_are_tied_for_certain_stay_so():
    """Weights as agreed: the two have the same rank in each draw, or nearly."""
    found = fast(*many_places(), plan=Plan(draws=200, of="noise"))
    assert found.rank_median[0] == found.rank_median[1]
    assert found.p_worse[:2][found.below[:2] == [1, 0]] == pytest.approx([0.5], abs=0.02)


def test_the_pieces_do_not_change_many_places_either():
    """1, 7 or as many draws at once as fit."""
    values, errors = many_places()
    first, *others = (blob(fast(values, errors, replace(EVEN, band=0.4), Plan(draws=40, at_once=at_once))) for at_once in (None, 1, 7))
    assert others == [first, first]


def test_an_error_without_end_is_refused():
    """Infinity is no error of a value."""
    values, errors = table()
    errors[0, 0] = np.inf
    with pytest.raises(MethodologyError, match="finite"):
        fast(values, errors)
