"""What holds for every interval, and the limits of survey shares by Korn and Graubard, against R."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers, sampled_from
from numpy.testing import assert_allclose
from scipy import stats

from geomap.statistics.intervals import (
    byar_interval,
    clopper_pearson_interval,
    korn_graubard_interval,
    ohid_interval,
    poisson_interval,
    wilson_interval,
)
from tests.shared import shared

HAIR = 1e-12
of_counts = sampled_from([poisson_interval, byar_interval, ohid_interval])
of_shares = sampled_from([wilson_interval, clopper_pearson_interval])
counts = integers(10, 100_000)
sizes = integers(0, 2_000)
shares = floats(0.01, 0.99)


@given(of_counts, counts)
def test_limits_of_a_count_enclose_it_and_a_higher_level_widens_them(interval, count):
    """The count lies strictly between its limits, and 99.8 % reaches further on both sides than 95 %."""
    (low, high), (lower, higher) = interval(count), interval(count, 0.998)
    assert 0 < lower < low < count < high < higher


@given(of_counts, counts)
def test_a_larger_count_has_higher_limits_that_are_nearer_to_it_in_proportion(interval, count):
    """Twice the events: both limits rise, and each is nearer to the count as a share of it."""
    low, high = interval([count, 2 * count])
    assert low[0] < low[1]
    assert high[0] < high[1]
    assert low[0] / count < low[1] / (2 * count) < 1 < high[1] / (2 * count) < high[0] / count


@given(of_shares, sizes, sizes.filter(bool))
def test_limits_of_a_share_enclose_it_and_a_higher_level_widens_them(interval, part, rest):
    """The share lies within its limits, they within 0 to 1, and 99.8 % reaches no less far than 95 %."""
    (low, high), (lower, higher) = interval(part, part + rest), interval(part, part + rest, 0.998)
    assert 0 <= lower <= low <= part / (part + rest) + HAIR
    assert part / (part + rest) <= high + HAIR
    assert low < high <= higher + HAIR <= 1 + 2 * HAIR


@given(of_shares, sizes, sizes.filter(bool))
def test_those_who_disagree_have_the_mirrored_interval(interval, part, rest):
    """The limits of the rest are 1 minus the limits of the part, the other way round."""
    low, high = interval(part, part + rest)
    assert interval(rest, part + rest) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(of_shares, integers(10, 500), integers(10, 500))
def test_four_times_the_answers_nearly_halve_the_interval(interval, part, rest):
    """From ten on either side, the width falls to half of what it was, give or take a tenth of it."""
    widths = np.ptp([interval(part, part + rest), interval(4 * part, 4 * (part + rest))], axis=1)
    assert 0.45 < widths[1] / widths[0] < 0.55


@pytest.mark.parametrize("interval", [poisson_interval, byar_interval, ohid_interval])
def test_an_unknown_count_has_unknown_limits_and_spoils_no_other(interval):
    """NaN stays NaN in both limits; its neighbours have the limits they have alone; no event starts at 0."""
    low, high = interval([np.nan, 0, 40])
    assert np.isnan([low[0], high[0]]).all()
    assert low[1] == 0 < high[1]
    assert (low[2], high[2]) == interval(40)


@pytest.mark.parametrize("interval", [wilson_interval, clopper_pearson_interval])
def test_an_unknown_part_or_whole_has_unknown_limits_and_spoils_no_other(interval):
    """NaN in the part or in the whole gives NaN in both limits; the third share has the limits it has alone."""
    low, high = interval([np.nan, 4, 4], [10, np.nan, 10])
    assert np.isnan([low[:2], high[:2]]).all()
    assert (low[2], high[2]) == interval(4, 10)


def test_wilson_knows_nothing_of_a_share_of_nobody():
    """No answers, no share: both limits are NaN, not 0 to 1 nor 0 to 0."""
    assert np.isnan(wilson_interval(0, 0)).all()


@pytest.mark.parametrize(("design", "n"), [("apistrat_fpc", 200), ("apistrat_nofpc", 200), ("apiclus1_fpc", 183), ("apiclus1_nofpc", 183)])
def test_exact_limits_on_rs_effective_sample_are_those_of_r(design, n):
    """R survey's svyciprop(method="beta") is the exact interval on n_eff × (t(n - 1)/t(df))² answers, not a whole number."""
    r = json.loads(shared("data", "methods", "survey_api.json").read_text())["values"][design]
    share, se = r["prop_schwide_no"]["est"], r["prop_schwide_no"]["se_mean"]
    effective = share * (1 - share) / se**2 * (stats.t.ppf(0.975, n - 1) / stats.t.ppf(0.975, r["df"])) ** 2
    assert_allclose(clopper_pearson_interval(share * effective, effective), r["prop_schwide_no"]["beta_ci"], rtol=1e-8)


def test_a_survey_share_has_the_limits_that_svy_gives():
    """Schools without a school-wide target in R's apistrat: 0.12247021 to 0.23163574, as the svy package 0.35 prints."""
    r = json.loads(shared("data", "methods", "survey_api.json").read_text())["values"]["apistrat_fpc"]
    share, se = r["prop_schwide_no"]["est"], r["prop_schwide_no"]["se_mean"]
    assert korn_graubard_interval(share, se, 200, r["df"]) == pytest.approx((0.12247021, 0.23163574), abs=6e-9)


@given(shares, integers(2, 2_000), integers(1, 100), floats(0.2, 20))
def test_survey_limits_are_exact_ones_on_the_effective_sample_of_korn_and_graubard(share, n, df, effect):
    """With n over the design effect answers, times the squared ratio of t quantiles but at most n, scipy.stats gives the same."""
    effective = min(n, n / effect * (stats.t.ppf(0.975, n - 1) / stats.t.ppf(0.975, df)) ** 2)
    low, high = korn_graubard_interval(share, np.sqrt(share * (1 - share) * effect / n), n, df)
    part, rest = share * effective, (1 - share) * effective
    assert low == pytest.approx(stats.beta.ppf(0.025, part, rest + 1), rel=1e-7, abs=1e-12)
    assert high == pytest.approx(stats.beta.ppf(0.975, part + 1, rest), rel=1e-7)


@given(shares, integers(2, 500), floats(0.001, 0.2), floats(1.01, 5))
def test_a_larger_standard_error_never_narrows_survey_limits(share, n, se, more):
    """More error, wider or the same; never narrower than n plain answers, which is what no error at all gives."""
    low, high = korn_graubard_interval(share, [0, se, se * more], n, 20)
    assert low[2] <= low[1] + HAIR <= low[0] + 2 * HAIR
    assert high[2] >= high[1] - HAIR >= high[0] - 2 * HAIR
    assert (low[0], high[0]) == clopper_pearson_interval(share * n, n)


@pytest.mark.parametrize("unknown", ["share", "n", "df"])
def test_an_unknown_survey_share_size_or_freedom_has_unknown_limits(unknown):
    """NaN in the share, the number of answers or the degrees of freedom gives NaN in both limits."""
    known = {"share": 0.3, "se": 0.08, "n": 50.0, "df": 20.0}
    assert not np.isnan(korn_graubard_interval(**known)).any()
    assert np.isnan(korn_graubard_interval(**known | {unknown: np.nan})).all()
