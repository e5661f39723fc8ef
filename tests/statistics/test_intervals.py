"""Intervals of counts and shares, against OHID's workbooks, Newcombe's table and the equations that define them."""

import json
from math import log

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis.strategies import floats, integers
from numpy.testing import assert_allclose
from scipy import stats

from geomap.statistics.intervals import (
    byar_interval,
    clopper_pearson_interval,
    ohid_interval,
    poisson_interval,
    wilson_interval,
)
from tests.shared import shared

OHID_LEVELS = pytest.mark.parametrize(("column", "level"), [("95_0", 0.95), ("99_8", 0.998)])
levels = floats(0.5, 0.999)


def ohid(table: str) -> pd.DataFrame:
    """A table of the test workbooks of OHID's PHEindicatormethods 2.1.1; blank cells are NaN."""
    return pd.DataFrame(json.loads(shared("data", "methods", "rates_phe.json").read_text())[table])


@OHID_LEVELS
def test_rates_have_the_limits_of_ohids_workbook(column, level):
    """Exact limits below 10 events, Byar's from 10 up and none for a blank count, to the ten decimals OHID prints."""
    rows = ohid("rate")
    per = rows["multiplier"] / rows["Denominator"]
    low, high = ohid_interval(rows["Numerator"], level)
    assert_allclose(low * per, rows[f"lower{column}cl"], rtol=1e-12, atol=6e-11)
    assert_allclose(high * per, rows[f"upper{column}cl"], rtol=1e-12, atol=6e-11)


@OHID_LEVELS
def test_standardised_ratios_have_the_limits_of_ohids_workbook(column, level):
    """The limits of an indirectly standardised ratio are those of its observed count, in the same proportion."""
    rows = ohid("isr").dropna(subset=f"lower{column}cl")
    low, high = ohid_interval(rows["observed"], level)
    assert_allclose(low / rows["observed"], rows[f"lower{column}cl"] / rows["value"], rtol=2e-8)
    assert_allclose(high / rows["observed"], rows[f"upper{column}cl"] / rows["value"], rtol=2e-8)


@OHID_LEVELS
def test_proportions_have_the_limits_of_ohids_workbook(column, level):
    """Wilson's limits, and none for a blank part or whole, to the ten decimals OHID prints."""
    rows = ohid("proportion")
    low, high = wilson_interval(rows["Numerator"], rows["Denominator"], level)
    assert_allclose(low * rows["multiplier"], rows[f"lower{column}cl"], rtol=0, atol=6e-11)
    assert_allclose(high * rows["multiplier"], rows[f"upper{column}cl"], rtol=0, atol=6e-11)


def test_counts_stand_out_in_ohids_funnel_where_their_limits_leave_out_the_expected():
    """All 300 counts of OHID's funnel test get the label OHID gave them, at 95 % and at 99.8 %."""
    rows = pd.DataFrame(json.loads(shared("data", "methods", "funnel_phe.json").read_text())["ratio_inputs"])
    label = np.full(len(rows), "Not significant", dtype=object)
    for level, tail in ((0.95, "0.025"), (0.998, "0.001")):
        low, high = ohid_interval(rows["obs"], level)
        label[low > rows["expected"]] = f"High ({tail})"
        label[high < rows["expected"]] = f"Low ({tail})"
    assert label.tolist() == rows["significance"].tolist()


def test_no_event_and_one_event_have_limits_that_a_logarithm_gives():
    """No event is as likely as 2.5 % when -ln 0.025 are expected; one or more are when -ln 0.975 are."""
    low, high = poisson_interval([0, 1])
    assert low == pytest.approx([0, -log(0.975)], rel=1e-12)
    assert high[0] == pytest.approx(-log(0.025), rel=1e-12)


@given(integers(1, 10_000), levels)
def test_each_exact_limit_of_a_count_leaves_half_the_doubt_in_its_tail(count, level):
    """Were the mean at a limit, the count or one further off would come with half the chance of 1 - level."""
    low, high = poisson_interval(count, level)
    assert stats.poisson.sf(count - 1, low) == pytest.approx((1 - level) / 2, rel=1e-7)
    assert stats.poisson.cdf(count, high) == pytest.approx((1 - level) / 2, rel=1e-7)


def test_ohids_rule_changes_from_exact_to_byar_at_ten_events():
    """Nine events have exact limits; ten have Byar's, which there differ in the third digit."""
    nine_and_ten = np.transpose(ohid_interval([9, 10]))
    assert nine_and_ten[0] == pytest.approx(np.array(poisson_interval(9)), rel=1e-15)
    assert nine_and_ten[1] == pytest.approx(np.array(byar_interval(10)), rel=1e-15)
    assert poisson_interval(10)[0] - byar_interval(10)[0] == pytest.approx(0.00794, abs=1e-5)


@given(integers(10, 1_000_000))
def test_byars_limits_stay_near_the_exact_ones_from_ten_events_up(count):
    """At 95 %, Byar's lower limit is never further than 0.008 from the exact one, the upper never than 0.002."""
    assert byar_interval(count)[0] == pytest.approx(poisson_interval(count)[0], rel=1e-9, abs=0.008)
    assert byar_interval(count)[1] == pytest.approx(poisson_interval(count)[1], rel=1e-9, abs=0.002)


@pytest.mark.parametrize(
    ("part", "whole", "wilson", "exact"),
    [
        (81, 263, (0.2553, 0.3662), (0.2527, 0.3676)),
        (15, 148, (0.0624, 0.1605), (0.0578, 0.1617)),
        (0, 20, (0.0000, 0.1611), (0.0000, 0.1684)),
        (1, 29, (0.0061, 0.1718), (0.0009, 0.1776)),
    ],
)
def test_shares_have_the_limits_of_newcombes_table(part, whole, wilson, exact):
    """The score and exact methods for the four examples of Newcombe (1998), Statistics in Medicine 17, 857–872, table I."""
    assert wilson_interval(part, whole) == pytest.approx(wilson, abs=5e-5)
    assert clopper_pearson_interval(part, whole) == pytest.approx(exact, abs=5e-5)


@given(integers(1, 500), integers(1, 500), levels)
def test_each_exact_limit_of_a_share_leaves_half_the_doubt_in_its_tail(part, rest, level):
    """Were the share at a limit, the part or one further off would come with half the chance of 1 - level."""
    low, high = clopper_pearson_interval(part, part + rest, level)
    assert stats.binom.sf(part - 1, part + rest, low) == pytest.approx((1 - level) / 2, rel=1e-7)
    assert stats.binom.cdf(part, part + rest, high) == pytest.approx((1 - level) / 2, rel=1e-7)


@given(integers(1, 500), integers(1, 500), levels)
def test_wilsons_limits_lie_z_standard_errors_of_their_own_away(part, rest, level):
    """A limit p is where |share - p| is z × √(p(1 - p)/n), the equation of Wilson (1927)."""
    n, limits = part + rest, np.array(wilson_interval(part, part + rest, level))
    away = stats.norm.ppf(0.5 + level / 2) * np.sqrt(limits * (1 - limits) / n)
    assert limits + away * [1, -1] == pytest.approx(part / n, abs=1e-10)


def test_a_share_of_none_or_all_has_limits_that_a_root_gives():
    """None of five: up to 1 - 0.025^(1/5); five of five: down to 0.025^(1/5); none of none: nothing is known."""
    low, high = clopper_pearson_interval([0, 5, 0], [5, 5, 0])
    assert low == pytest.approx([0, 0.025**0.2, 0], rel=1e-12)
    assert high == pytest.approx([1 - 0.025**0.2, 1, 1], rel=1e-12)
