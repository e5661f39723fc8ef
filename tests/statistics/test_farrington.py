"""Unusual weeks beside those of earlier years, held to R's surveillance."""

import numpy as np
import pytest
from scipy.special import ndtri

from geomap.statistics.farrington import farrington, limit_beside
from tests.statistics.published import told

WEEKS = np.datetime64("2004-01-05") + 7 * np.arange(528)


def newport() -> np.ndarray:
    """Salmonella Newport in Germany, 528 weeks."""
    return np.array(told("surveillance")["values"]["series"]["counts"], dtype=float)


def as_r(fit, counts, weights) -> float:
    """R's package (1.20) puts the prior weights where the working weights belong, so that errors are scaled with relative instead of Pearson residuals."""
    return float((weights * ((counts - fit.fitted) / fit.fitted) ** 2).sum() / fit.freedom)


def test_the_limits_are_those_of_r():
    """FarringtonFlexible over four years, weeks ± 3, weights from 2.58, one-sided 5 %: 78 limits, and which of 101 weeks have none."""
    case, counts = told("surveillance")["values"]["farrington"], newport()
    theirs = np.array([np.nan if one is None else one for one in case["upper"]])
    weeks = np.arange(case["range"][0] - 1, case["range"][1])
    shown = ~np.isnan(theirs)
    back = (-52 * np.arange(1, 5)[:, None] + np.arange(-3, 4)).ravel()
    z = float(ndtri(0.95))
    found = np.array([limit_beside(counts[week + back], back, z, spread=as_r) for week in weeks[shown]])
    assert found == pytest.approx(theirs[shown], rel=2e-5)
    assert (weeks[shown][counts[weeks[shown]] > found] + 1).tolist() == case["alarms"]
    assert np.isnan(farrington(counts, WEEKS, years=4, alpha=0.05)[weeks]).tolist() == (~shown).tolist()


def test_pearsons_dispersion_moves_limits_little():
    """Ours with the dispersion of the paper: within a tenth of theirs in the middle."""
    case, counts = told("surveillance")["values"]["farrington"], newport()
    theirs = np.array([np.nan if one is None else one for one in case["upper"]])
    ours = farrington(counts, WEEKS, years=4, alpha=0.05)[299:400]
    assert np.nanmedian(np.abs(ours / theirs - 1)) < 0.1


def test_false_alarms_are_rare_and_jumps_are_found():
    """Of weeks of nothing but chance about one in a hundred is called unusual; three times the usual ten nearly always."""
    rng = np.random.default_rng(3)
    counts = rng.poisson(10.0, 700).astype(float)
    days = np.datetime64("2010-01-04") + 7 * np.arange(700)
    limits = farrington(counts, days)
    asked = ~np.isnan(limits)
    assert asked.sum() > 400
    assert (counts[asked] > limits[asked]).mean() < 0.03
    assert (rng.poisson(30.0, asked.sum()) > limits[asked]).mean() > 0.9


def test_seasons_are_no_alarm():
    """A peak each summer, as high as ever, is not unusual by the weeks of other summers."""
    days = np.datetime64("2010-01-04") + 7 * np.arange(520)
    season = 20 + 15 * np.sin(2 * np.pi * np.arange(520) / 52.18)
    counts = np.random.default_rng(1).poisson(season).astype(float)
    limits = farrington(counts, days)
    asked = ~np.isnan(limits)
    assert (counts[asked] > limits[asked]).mean() < 0.05


def test_months_are_compared_with_the_same_months():
    """A December that is always high is expected to be."""
    days = np.arange("2010-01", "2020-01", dtype="datetime64[M]").astype("datetime64[D]")
    counts = np.where(np.arange(120) % 12 == 11, 60.0, 20.0)
    limits = farrington(counts, days, around=0)
    assert not (counts[72:] > limits[72:]).any()
    assert limits[119] > 60 > limits[118]


def test_weeks_without_events_before_have_no_room():
    """Where nothing ever happened, anything is unusual."""
    assert limit_beside(np.zeros(28), np.arange(28), 1.6) == 0
