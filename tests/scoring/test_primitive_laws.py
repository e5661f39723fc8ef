"""Laws of the primitives that every index is made of, whatever the values: ties, bounds, order, gaps, units, draws."""

import warnings

import mapclassify
import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from geomap.scoring import areas, gather, grades, ranking, reshape, steps
from geomap.scoring.step import Step

NAN = np.nan
GAP = st.just(NAN)
TIES = st.sampled_from(["min", "mean", "max"])
KINDS = ["(r-1)/(n-1)", "r/n", "(r-0.5)/n", "r/(n+1)"]
RULES = ["ceil", "floor", "breaks", "bins"]


def columns(one: st.SearchStrategy[float], least: int = 1, most: int = 40) -> st.SearchStrategy[np.ndarray]:
    """Arrays of numbers."""
    return st.lists(one, min_size=least, max_size=most).map(lambda found: np.array(found, dtype=float))


few = st.integers(-4, 4).map(float)
tenths = st.integers(-100_000, 100_000).map(lambda number: number / 10)
tied = columns(st.one_of(few, GAP))
untidy = columns(st.one_of(tenths, few, GAP))
whole = columns(tenths)
distinct = st.lists(st.integers(-1_000, 1_000), min_size=1, max_size=60, unique=True).map(lambda found: np.array(found, dtype=float))


def in_order(values: np.ndarray, found: np.ndarray) -> bool:
    """Whether *found* never falls where *values* rise, and is the same where they are the same."""
    there = ~np.isnan(values) & ~np.isnan(found)
    order = np.argsort(values[there], kind="stable")
    rises = np.diff(found[there][order])
    return bool((rises >= 0).all() and (rises[np.diff(values[there][order]) == 0] == 0).all())


@given(values=tied, ties=TIES, descending=st.booleans())
def test_ranks_are_those_of_pandas(values, ties, descending):
    """Ties, gaps and both ends, by another author."""
    method = "average" if ties == "mean" else ties
    theirs = pd.Series(values).rank(method=method, ascending=not descending)
    np.testing.assert_array_equal(ranking.rank(values, descending=descending, ties=ties), theirs)


@given(values=untidy)
def test_a_rank_from_one_end_and_from_the_other_make_one_more_than_all(values):
    """The lowest of tied ranks from above mirrors the highest from below."""
    both = ranking.rank(values, ties="min") + ranking.rank(values, descending=False, ties="max")
    assert (both[~np.isnan(values)] == np.sum(~np.isnan(values)) + 1).all()


@given(values=untidy, noise=st.integers(0, 2**32 - 1))
def test_arithmetic_noise_makes_no_rank(values, noise):
    """Figures of one decimal, moved by less than their last bits, keep their ties."""
    moved = values * (1 + 1e-15 * np.random.default_rng(noise).uniform(-1, 1, len(values)))
    np.testing.assert_array_equal(ranking.rank(moved), ranking.rank(values))


@given(values=untidy, kind=st.sampled_from(KINDS), ties=TIES)
def test_percentiles_lie_between_nought_and_one_and_keep_the_order(values, kind, ties):
    """No kind, no tie rule leaves 0 to 1."""
    found = ranking.percentile(values, kind=kind, ties=ties)
    there = found[~np.isnan(found)]
    assert ((there >= 0) & (there <= 1)).all()
    assert in_order(values, found)


@given(values=distinct, kind=st.sampled_from(["(r-1)/(n-1)", "(r-0.5)/n", "r/(n+1)"]))
def test_without_ties_both_ways_to_invert_a_percentile_agree(values, kind):
    """1 - p is the percentile of -x when no two places share a value."""
    np.testing.assert_allclose(1 - ranking.percentile(values, kind=kind), ranking.percentile(-values, kind=kind), atol=1e-12)


@given(values=untidy, low=few, high=few)
def test_min_max_runs_from_end_to_end(values, low, high):
    """The lowest is at one end, the highest at the other, nothing outside."""
    assume(len(np.unique(values[~np.isnan(values)])) > 1 and low != high)
    found = reshape.min_max(values, reference=values, to=(low, high))
    np.testing.assert_allclose([found[np.nanargmin(values)], found[np.nanargmax(values)]], [low, high], atol=1e-12)
    assert np.nanmin(found) >= min(low, high) - 1e-12
    assert np.nanmax(found) <= max(low, high) + 1e-12
    assert in_order(values, found if high > low else -found)


@given(count=st.integers(1, 60), k=st.floats(5, 100), offset=st.sampled_from([0.0, 0.5, 1.0]))
def test_the_exponential_falls_with_the_rank_from_at_most_a_hundred(count, k, offset):
    """Rank 1 is highest; 100 is reached with offset 1 alone."""
    found = ranking.exponential(np.arange(1.0, count + 1), k=k, offset=offset)
    assert (np.diff(found) < 0).all()
    assert ((found >= -1e-9) & (found <= 100 + 1e-9)).all()
    assert (abs(found[0] - 100) < 1e-9) == (offset == 1.0)


@given(values=distinct, count=st.integers(2, 12), rule=st.sampled_from(RULES), descending=st.booleans())
def test_quantile_classes_are_of_equal_size(values, count, rule, descending):
    """Without ties no class has two places more than another, by any of the rules; no class is numbered outside."""
    found = grades.quantile_class(values, count=count, rule=rule, descending=descending)
    assert set(found) <= set(range(1, count + 1))
    sizes = np.bincount(found.astype(int), minlength=count + 1)[1:]
    assert sizes.max() - sizes.min() <= 1


@given(values=untidy, count=st.integers(2, 12), rule=st.sampled_from(RULES), descending=st.booleans())
def test_quantile_classes_keep_the_order(values, count, rule, descending):
    """A higher value is never in a lower class, and equal values share one."""
    found = grades.quantile_class(values, count=count, rule=rule, descending=descending)
    assert in_order(values, -found if descending else found)


@given(values=untidy, count=st.integers(2, 7), rule=st.sampled_from(RULES), power=st.integers(-80, 80))
def test_a_change_of_unit_changes_no_class(values, count, rule, power):
    """Per person or per billion, by a power of two, so that nothing is rounded."""
    assume(len(values) > 1)
    scaled = values * 2.0**power
    np.testing.assert_array_equal(
        grades.quantile_class(scaled, count=count, rule=rule), grades.quantile_class(values, count=count, rule=rule)
    )
    if not np.isnan(values).all():
        assert spread(scaled, grades.natural_breaks(scaled, count)) == pytest.approx(
            spread(values, grades.natural_breaks(values, count)) * 4.0**power, rel=1e-9
        )


def spread(values: np.ndarray, classes: np.ndarray) -> float:
    """The sum of squares within classes."""
    own = (values[classes == one] for one in np.unique(classes[~np.isnan(classes)]))
    return float(sum(((some - some.mean()) ** 2).sum() for some in own))


@settings(deadline=None)
@given(values=columns(st.one_of(tenths, few), least=8, most=60), count=st.integers(2, 6), base=st.sampled_from([0.0, 1e6, -1e8]))
@example(values=np.array([*np.arange(20) / 10, -1e7]), count=4, base=0.0)
def test_natural_breaks_are_never_worse_than_mapclassify(values, count, base):
    """The least spread there is, wherever the values lie."""
    values = values + base
    assume(len(np.unique(values)) > count)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = mapclassify.FisherJenks(values, k=count).yb
    ours = grades.natural_breaks(values, count)
    assert set(ours) == set(range(1, count + 1))
    assert in_order(values, ours)
    assert spread(values, ours) <= spread(values, theirs) * (1 + 1e-9) + 1e-12


@settings(deadline=None)
@given(values=columns(st.one_of(tenths, few), least=3, most=9), count=st.integers(2, 4))
def test_natural_breaks_are_the_best_of_all_ways_to_cut(values, count):
    """Every way to cut a short column into classes, tried."""
    from itertools import combinations

    unique = np.unique(values)
    assume(len(unique) > count)
    every = (1 + np.searchsorted(np.array(cuts), values, side="right") for cuts in combinations(unique[1:], count - 1))
    assert spread(values, grades.natural_breaks(values, count)) == pytest.approx(min(spread(values, one) for one in every), abs=1e-9)


@given(values=untidy, most=st.integers(1, 6), otherwise=st.sampled_from(["log", "leave"]))
@example(values=np.zeros(5), most=2, otherwise="log")
@example(values=np.array([1.0, NAN]), most=2, otherwise="log")
@example(values=np.array([0.0] * 30 + [1.0]), most=2, otherwise="log")
@example(values=np.full(3, NAN), most=2, otherwise="leave")
def test_winsorising_leaves_the_order_and_the_gaps(values, most, otherwise):
    """No place overtakes another; what was missing is missing and nothing else is."""
    found = reshape.winsorise(values, most=most, otherwise=otherwise)
    assert in_order(values, found)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(values))
    assert np.isfinite(found[~np.isnan(values)]).all()


@given(values=untidy, digits=st.integers(0, 6), how=st.sampled_from(["half_up", "half_even", "truncate"]))
def test_rounding_moves_at_most_one_step_keeps_the_order_and_is_done_once(values, digits, how):
    """Half a step, or a whole one where the rest is cut off."""
    found = reshape.round_to(values / 7, digits, how)
    step = 10.0**-digits * (1 if how == "truncate" else 0.5)
    assert (np.abs(found - values / 7)[~np.isnan(values)] <= step * (1 + 1e-6) + 1e-9).all()
    assert in_order(values, found)
    np.testing.assert_array_equal(reshape.round_to(found, digits, how), found)
    assert not np.signbit(found[found == 0]).any()


people = st.integers(0, 1_000).map(float)
rows = st.lists(st.tuples(st.one_of(tenths, GAP), people, st.integers(-1, 3)), min_size=1, max_size=40)


def apart(listed: list[tuple[float, float, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Values, weights and groups."""
    values, weight, groups = zip(*listed, strict=True)
    return np.array(values), np.array(weight), np.array(groups, dtype=np.intp)


@given(listed=rows)
def test_group_means_times_their_weight_are_the_whole(listed):
    """Nothing is lost or doubled on the way to larger places; each mean lies among its own values."""
    values, weight, groups = apart(listed)
    known = (groups >= 0) & ~np.isnan(values)
    found = areas.group_mean(values, weight, groups, 4)
    totals = np.bincount(groups[known], weight[known], 4)
    np.testing.assert_allclose(np.nansum(found * totals), (values * weight)[known].sum(), rtol=1e-9, atol=1e-6)
    for group in range(4):
        own = values[known & (groups == group) & (weight > 0)]
        assert np.isnan(found[group]) if not len(own) else own.min() - 1e-9 <= found[group] <= own.max() + 1e-9


@given(listed=rows)
def test_group_sums_are_the_whole_and_a_group_without_a_value_has_none(listed):
    """No value is no observation, so no nought."""
    values, _, groups = apart(listed)
    known = (groups >= 0) & ~np.isnan(values)
    found = areas.group_sum(values, groups, 4)
    assert np.nansum(found) == pytest.approx(values[known].sum(), abs=1e-6)
    np.testing.assert_array_equal(np.isnan(found), np.bincount(groups[known], minlength=4) == 0)


@given(listed=rows, share=st.floats(0.001, 1.0))
def test_concentration_lies_between_the_least_and_the_most_deprived(listed, share):
    """And never under the mean of its group, as the worst are taken first; with the whole share it is that mean."""
    values, weight, groups = apart(listed)
    rank = ranking.rank(values)
    found = areas.concentration(rank, weight, groups, 4, share=share)
    turned = areas.inverted(rank)
    mean = areas.group_mean(turned, weight, groups, 4)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(mean))
    np.testing.assert_allclose(areas.concentration(rank, weight, groups, 4, share=1.0), mean, rtol=1e-9)
    for group in np.flatnonzero(~np.isnan(found)):
        own = turned[(groups == group) & ~np.isnan(values) & (weight > 0)]
        assert own.min() - 1e-6 <= found[group] <= own.max() + 1e-6
        assert found[group] >= mean[group] - 1e-6


@given(values=untidy, share=st.floats(0.01, 1.0))
def test_the_worst_share_holds_no_more_than_its_share_without_the_tied(values, share):
    """Places before the tie at the border are within the share; a share of 1 is everybody."""
    rank = ranking.rank(values, ties="max")
    n = np.sum(~np.isnan(values))
    assert np.nansum(areas.in_worst(rank, share)) <= share * n + 1e-9
    assert np.nansum(areas.in_worst(rank, 1.0)) == n


EVERY_STEP = (
    steps.Log(add=1e6), steps.Root(power=3), steps.Root(power=2), steps.BoxCox(power=0.5), steps.Clip(low=-1, high=2), steps.ClipToQuantiles(low=0.1, high=0.9),
    steps.Winsorise(most=2), steps.Replace(value=0, to=1), steps.Linear(multiply=2, add=1), steps.Linear(by_largest=True),
    steps.MinMax(), steps.MinMax(low=0, high=5, cap="both"), steps.ZScore(ddof=1), steps.ZScore(ddof=0), steps.Percentile(), steps.Percentile(zeros="aside"),
    steps.Percentile(invert="complement", digits=4), steps.Percentile(invert="rank", kind="r/n", ties="max"), steps.Rank(), steps.Rank(ties="mean"),
    steps.Exponential(), steps.Exponential(of="ranks", ties="min"), steps.Distance(start=-4, target=4), steps.Turn(of=10), steps.Round(digits=1),
    steps.Power(power=2), steps.Power(power=-0.5), steps.Absolute(), steps.Exp(), steps.Logit(of=10), steps.Arcsine(of=10),
    steps.Relative(to="mean"), steps.Relative(to="median", how="difference"), steps.Relative(to="total"), steps.Relative(to="highest"),
    *(steps.QuantileClass(count=4, rule=rule) for rule in RULES), steps.Cut(at=(-1, 1)), steps.NaturalBreaks(count=3), steps.Flag(at_least=0),
)  # fmt: skip


def named(step: Step) -> str:
    """A step as it is written."""
    return " ".join(
        f"{name}={value}" for name, value in step.model_dump(exclude_defaults=False).items() if name in ("step", "rule", "ties", "kind")
    )


@pytest.mark.parametrize("step", EVERY_STEP, ids=named)
@given(values=untidy)
@example(values=np.full(3, NAN))
@example(values=np.array([2.0]))
@example(values=np.array([3.0, 3.0, NAN]))
@settings(max_examples=30, deadline=None)
def test_what_is_missing_stays_missing_and_nothing_becomes_infinite(step, values):
    """A gap passes every step that is not there to fill it, all gaps too, and no warning is raised."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = step(values)
    assert found.shape == values.shape
    assert np.isnan(found[np.isnan(values)]).all()
    assert not np.isinf(found).any()


@pytest.mark.parametrize("step", EVERY_STEP, ids=named)
@given(values=untidy, seed=st.integers(0, 1_000))
@settings(max_examples=15, deadline=None)
def test_draws_on_a_leading_axis_are_each_stepped_as_if_alone(step, values, seed):
    """A draw reads nothing of another draw."""
    draws = np.stack([np.random.default_rng(seed + draw).permutation(values) for draw in range(3)])
    np.testing.assert_allclose(step(draws), np.stack([step(draw) for draw in draws]), rtol=1e-12, atol=1e-12)


@pytest.mark.parametrize("step", EVERY_STEP, ids=named)
@given(listed=rows)
@settings(max_examples=15, deadline=None)
def test_groups_are_each_stepped_as_if_alone_and_no_group_is_no_value(step, listed):
    """Within a state, nothing of another state is read."""
    values, _, groups = apart(listed)
    found = step(values, groups)
    for group in range(4):
        own = groups == group
        if own.any():
            np.testing.assert_array_equal(found[own], step(values[own]))
    assert np.isnan(found[groups < 0]).all()


MEANS = ["mean", "geometric", "harmonic", "scaled_geometric", "ordered", "max", "min"]


@pytest.mark.parametrize("way", MEANS)
@given(parts=st.lists(st.floats(0.1, 10), min_size=1, max_size=8), seed=st.integers(0, 1_000))
@settings(max_examples=40)
def test_a_mean_lies_among_its_parts_and_of_equal_parts_is_that_part(way, parts, seed):
    """Whatever the weights, as long as there are some."""
    weights = np.random.default_rng(seed).uniform(0.1, 3, len(parts))
    found = gather.WAYS[way]([parts], weights)[0]
    assert min(parts) - 1e-9 <= found <= max(parts) + 1e-9
    assert gather.WAYS[way]([[parts[0]] * len(parts)], weights)[0] == pytest.approx(parts[0])


@given(parts=st.lists(st.floats(0.1, 10), min_size=1, max_size=8), seed=st.integers(0, 1_000))
def test_the_means_stand_in_their_order(parts, seed):
    """Harmonic, geometric, arithmetic; and the scaled geometric lies over the arithmetic, as it lets high values speak."""
    weights = np.random.default_rng(seed).uniform(0.1, 3, len(parts))
    harmonic, geometric, arithmetic, scaled = (
        gather.WAYS[way]([parts], weights)[0] for way in ("harmonic", "geometric", "mean", "scaled_geometric")
    )
    assert harmonic <= geometric + 1e-9 <= arithmetic + 2e-9 <= scaled + 3e-9


@pytest.mark.parametrize("way", ["mean", "geometric", "harmonic", "scaled_geometric", "max", "min", "first"])
@given(parts=st.lists(st.floats(0.1, 10), min_size=1, max_size=8), place=st.integers(0, 8))
@settings(max_examples=30)
def test_a_gap_among_parts_is_as_if_the_part_were_not_there(way, parts, place):
    """The others speak in its stead."""
    with_gap = [*parts[:place], NAN, *parts[place:]]
    ours = gather.WAYS[way]([with_gap], np.ones(len(with_gap)))[0]
    assert ours == pytest.approx(gather.WAYS[way]([parts], np.ones(len(parts)))[0])


def test_a_half_is_a_half_however_large_the_number():
    """265,685.705 is stored a little low; on paper it ends in a half."""
    assert reshape.round_to([265_685.705], 2).tolist() == [265_685.71]


def test_natural_breaks_of_many_places_are_those_of_all_starts_tried():
    """Halving the ends finds what trying every start finds (two classes: every single cut)."""
    places = 2_000
    values = np.sort(np.random.default_rng(5).gamma(2, 1, places))
    sums, squares, n = np.cumsum(values)[:-1], np.cumsum(values**2)[:-1], np.arange(1, places)
    rest = (values**2).sum() - squares - (values.sum() - sums) ** 2 / (places - n)
    cut = int(np.argmin(squares - sums**2 / n + rest))
    assert np.sum(grades.natural_breaks(values, 2) == 1) == cut + 1
