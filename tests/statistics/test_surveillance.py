"""Unusual weeks, trends, clusters and changes, held to R's surveillance, to R's glm and to a published scan."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from geomap.statistics.change_point import pettitt
from geomap.statistics.knox import knox
from geomap.statistics.quasi_poisson import quasi_poisson, seasonal
from geomap.statistics.scan import scan
from geomap.statistics.surveillance import before, carried, ears
from tests.statistics.published import told


def weekly() -> np.ndarray:
    """Salmonella Newport in Germany, 528 weeks."""
    return np.array(told("surveillance")["values"]["series"]["counts"], dtype=float)


@pytest.mark.parametrize("method", ["C1", "C2"])
def test_ears(method):
    """Limits of all weeks and every alarm, as R's surveillance has them."""
    case, counts = told("surveillance")["values"][f"ears_{method}"], weekly()
    first, last = case["range"]
    found = ears(counts, method)[first - 1 : last]
    assert found == pytest.approx(case["upperbound"], rel=1e-9)
    assert (np.flatnonzero(counts[first - 1 : last] > found) + 1).tolist() == case["alarms"]


def test_ears_c3_as_r_has_it():
    """R's package adds the excess of the two weeks before to the week's own count and not to the mean; ours is the paper's, of the same parts."""
    case, counts = told("surveillance")["values"]["ears_C3"], weekly()
    first, last = case["range"]
    _, sd = before(counts, 2)
    theirs = np.maximum(counts + sd * (1.959963984540054 - carried(counts)), 0)[first - 1 : last]
    assert np.nan_to_num(theirs, nan=0) == pytest.approx(case["upperbound"], abs=1e-9)


def test_ears_c3_is_the_papers():
    """More than 2 standard deviations of excess, summed over three weeks: 2.5 above the mean twice is unusual, once is not."""
    base = [1.0, 3.0] * 6
    mean, sd = before(np.array([*base, 0.0, 0.0]), 2)
    once = mean[-1] + 2.5 * sd[-1]
    assert np.array([*base, 2.0, once])[-1] < ears([*base, 2.0, once], "C3")[-1]
    assert np.array([*base, once, once])[-1] > ears([*base, once, once], "C3")[-1]


def test_too_short_a_series_has_no_limit():
    """Seven weeks and a gap of two must lie before."""
    assert np.isnan(ears(np.ones(9), "C2")).all()
    assert np.isfinite(ears(np.ones(10), "C2")).tolist() == [False] * 9 + [True]


def test_quasi_poisson_as_r_fits_it():
    """A trend, a season and the weeks of an outbreak: coefficients, errors and dispersion of R's glm."""
    case, counts = told("editions_bias_misc")["interrupted_series"], weekly()
    time = np.arange(1, len(counts) + 1)
    found = quasi_poisson(counts, np.column_stack([seasonal(time, 52), (time >= 403) & (time <= 412)]))
    assert found.coefficients == pytest.approx(list(case["coef"].values()), rel=1e-6)
    assert found.errors == pytest.approx(list(case["se"].values()), rel=1e-6)
    assert found.dispersion == pytest.approx(case["dispersion"], rel=1e-6)
    assert found.ratio(4)[0] == pytest.approx(case["RR_event"], rel=1e-6)


def test_knox():
    """100 cases of meningococcal disease, as R's surveillance counts them; its Poisson chance is that of more pairs, ours of as many or more."""
    case = told("surveillance")["values"]["knox"]
    found = knox(np.column_stack([case["x"], case["y"]]), case["t"], metres=50, days=30)
    assert found.near_both == case["statistic"]
    assert found.expected == pytest.approx(case["expected"], rel=1e-9)
    assert found.p_poisson - poisson.pmf(62, found.expected) == pytest.approx(case["p_poisson"], rel=1e-6)
    assert found.p_permuted == pytest.approx(case["p_sim"], abs=0.02)
    near_both, near_space_only = case["table"][0][0], case["table"][0][1]
    assert near_both + near_space_only in (found.near_space, found.near_time)


def test_the_scan_of_pennsylvania():
    """Lung cancer 2002: Philadelphia and Delaware, 1,900 cases."""
    case = told("kulldorff_pennLC")
    found = scan(np.column_stack([case["x_km"], case["y_km"]]), case["cases"], case["expected"], permutations=99)
    best = case["best"]
    assert sorted(case["county"][place] for place in found.members) == sorted(best["members"])
    assert (found.ratio, found.events, found.expected) == pytest.approx((best["llr"], best["obs"], best["exp"]), rel=1e-8)
    assert found.p == 0.01


@given(st.integers(0, 500), st.integers(10, 30), st.integers(10, 30))
def test_a_change_is_found_where_it_is(seed, early, late):
    """Law: a level three times as high is found within a fifth of the series; the test leans to the middle where one side is short."""
    rng = np.random.default_rng(seed)
    found = pettitt(np.concatenate([rng.poisson(30, early), rng.poisson(90, late)]))
    assert abs(found.at - early) <= (early + late) / 5
    assert found.p < 0.05
    assert found.after > found.before
