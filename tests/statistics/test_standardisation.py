"""Standardised rates held to OHID's test workbooks and to a textbook's interval."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis.strategies import integers
from scipy.stats import gamma

from geomap.statistics.intervals import poisson_interval
from geomap.statistics.standardisation import ESP2013, dobson, fay_feuer, gamma_sum, nonindependent_variance, smr
from tests.statistics.published import told


def bands(name: str, area: str) -> pd.DataFrame:
    """The age bands of one area of a workbook."""
    frame = pd.DataFrame(told("rates_phe")[name])
    return frame[frame["area"] == area]


def expected(name: str) -> list[dict]:
    """The rows of a workbook's results."""
    return told("rates_phe")[name]


def direct_rows() -> list[int]:
    """Positions of the directly standardised rates."""
    return list(range(12))


@pytest.mark.parametrize("number", direct_rows())
def test_directly_standardised_rates(number):
    """Twelve rows at both levels; under 10 events there is none. The 99.8 % limits of the area of 1976 are misprinted tenfold and are passed over."""
    row = expected("dsr")[number]
    apart = "nonind" in row["area"]
    rows = bands("nonindependent_input" if apart else "dsr_input", row["area"])
    if rows.empty:
        pytest.skip("the workbook's bands of this area are not among the values kept")
    rows = rows.assign(count=rows["count"].fillna(0), pop=rows["pop"].fillna(1))
    persons = rows[[column for column in rows if column.startswith("f") and column[1:].isdigit()]].fillna(0) if apart else None
    scale = 10_000 if row["statistic"][-9:] == "per 10000" else 100_000
    for level, name in ((0.95, "95_0"), (0.998, "99_8")):
        variance = nonindependent_variance(persons, rows["pop"], ESP2013) if apart else None
        found = dobson(rows["count"], rows["pop"], ESP2013, level, variance)
        if row["value"] is None:
            assert np.isnan(found.rate)
            continue
        assert found.rate * scale == pytest.approx(row["value"], rel=1e-8)
        if not (level == 0.998 and "1976" in row["area"]):
            assert [found.low * scale, found.high * scale] == pytest.approx([row[f"lower{name}cl"], row[f"upper{name}cl"]], rel=1e-7)


@pytest.mark.parametrize("number", range(12))
def test_indirectly_standardised_ratios(number):
    """Observed over expected, Byar's limits or the exact ones, at both levels."""
    row = expected("isr")[number]
    rows = bands("isr_input", row["area"])
    if rows[["pop", "refcount", "refpop"]].isna().any(axis=None):
        rows = rows.dropna(subset=["pop", "refcount", "refpop"])
    scale = row["value"] / (row["observed"] / row["expected"])
    for level, name in ((0.95, "95_0"), (0.998, "99_8")):
        found = smr(rows["count"], rows["pop"], rows["refcount"] / rows["refpop"], level)
        assert found.rate == pytest.approx(row["observed"] / row["expected"], rel=1e-8)
        assert [found.low * scale, found.high * scale] == pytest.approx([row[f"lower{name}cl"], row[f"upper{name}cl"]], rel=1e-6)


def test_the_gamma_interval_of_fay_and_feuer():
    """Down's syndrome among first births, standardised to all births (Fleiss 1981, the paper's example): 92.3 per 100,000, limits as quantiles of gamma."""
    births, cases = np.array([230_061, 329_449, 114_920, 39_487, 14_208, 3_052]), np.array([107, 141, 60, 40, 39, 25])
    standard = np.array([319_933, 931_318, 786_511, 488_235, 237_863, 61_313])
    found, each = fay_feuer(cases, births, standard), standard / standard.sum() / births
    rate, variance, heaviest = (each * cases).sum(), (each**2 * cases).sum(), each.max()
    more, wider = rate + heaviest, variance + heaviest**2
    assert round(float(found.rate) * 1e5, 1) == 92.3
    assert found.low == pytest.approx(gamma.ppf(0.025, rate**2 / variance, scale=variance / rate))
    assert found.high == pytest.approx(gamma.ppf(0.975, more**2 / wider, scale=wider / more))


def test_the_gamma_interval_is_the_exact_one_where_weights_are_equal():
    """The paper's own check: a standard like the place's people gives Garwood's interval of the count."""
    people = np.array([300.0, 500.0, 200.0])
    found = fay_feuer([2, 5, 1], people, people)
    low, high = poisson_interval(8)
    assert (found.low * 1_000, found.high * 1_000) == (pytest.approx(low), pytest.approx(high))


def test_many_places_at_once():
    """Places lie on the first axis."""
    rng = np.random.default_rng(1)
    counts, people = rng.poisson(9, (5, 19)), rng.integers(500, 900, (5, 19))
    whole = fay_feuer(counts, people, ESP2013)
    assert whole.high == pytest.approx([float(fay_feuer(one, other, ESP2013).high) for one, other in zip(counts, people, strict=True)])
    assert (whole.low < dobson(counts, people, ESP2013).rate).all()


def test_no_event_starts_at_nothing():
    """The gamma interval of 0 events begins at 0 and ends above it; the exact one of an SMR too."""
    found = fay_feuer([0, 0], [100, 100], [1, 1])
    assert found.low == 0
    assert found.high > 0
    assert smr([0], [100], [0.01], exact=True).high == pytest.approx(3.6889, abs=1e-4)


HARM = [5_000, 1_825, 365, 90, 30, 5, 1]  # an example: weights as harm indices have them
PARTS = np.array([0.0002, 0.004, 0.01, 0.05, 0.12, 0.35, 0.4658])  # of all events
TIMES = 20_000


def test_the_gamma_interval_of_r():
    """Down's syndrome among fifth and later births, the second example of Fay and Feuer's paper, by ageadjust.direct of R's epitools 0.5-10.1."""
    births, cases = [327, 30_666, 123_419, 149_919, 104_088, 34_392], [0, 8, 63, 112, 262, 295]
    found = fay_feuer(cases, births, [319_933, 931_318, 786_511, 488_235, 237_863, 61_313])
    expected = [75.5290074453, 67.7021204176, 188.3001727278]
    assert [float(side) * 1e5 for side in (found.rate, found.low, found.high)] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([1, 2, 10, 40, 60, 200, 300], [19000.0, 9419.2586660, 41131.1292938]),
        ([0, 0, 3, 12, 5, 80, 90], [2815.0, 1600.5606911, 20369.7004098]),
        ([0, 0, 0, 0, 0, 4, 9], [29.0, 12.2889382144, 18459.4918402]),
        ([3, 5, 40, 200, 300, 900, 2000], [72225.0, 54061.2285672, 100518.8239941]),
    ],
)
def test_weighted_sums_of_r(counts, expected):
    """Weights from 1 to 5,000 as the standard of bands of one person each (ageadjust.direct of epitools 0.5-10.1, times the sum of the weights)."""
    found = gamma_sum(counts, HARM)
    assert [float(side) for side in (found.rate, found.low, found.high)] == pytest.approx(expected, rel=1e-10)


@pytest.mark.parametrize("events", [10, 100, 1_000, 5_000])
def test_the_gamma_interval_holds_what_it_says_whatever_the_weights(events):
    """20,000 draws: at least 97 % of intervals hold the sum, from 10 events to 5,000; that of Dobson and Byar as few as 67 % with 100 events."""
    assert coverage(gamma_sum(drawn(events), HARM), events) >= 0.97
    if events == 100:
        byar = dobson(drawn(events), np.ones(7), HARM)
        few = coverage(type(byar)(*(side * sum(HARM) for side in (byar.rate, byar.low, byar.high)), byar.events), events)
        assert few == pytest.approx(0.67, abs=0.02)


def test_events_that_bring_others_make_the_gamma_interval_too_narrow():
    """Twice the variance of independent events (negative binomial): 90 % of intervals of 5,000 events hold the sum, not 95 %."""
    assert coverage(gamma_sum(drawn(5_000, spread=2.0), HARM), 5_000) == pytest.approx(0.905, abs=0.01)


@given(seed=integers(0, 10**6))
def test_the_limits_of_a_band_hold_those_of_every_count_in_it(seed):
    """Fifty places of counts and bands at once: whatever is withheld, its limits lie within those that are told."""
    random = np.random.default_rng(seed)
    counts, half = random.poisson(random.choice([0.1, 1, 10, 100], (50, 7))), random.integers(0, 4, (50, 7))
    true = np.maximum(counts + random.integers(-half, half + 1), 0)
    told, own = gamma_sum(counts, HARM, half=half), gamma_sum(true, HARM)
    assert (told.low <= own.low * (1 + 1e-9)).all()
    assert (told.high >= own.high * (1 - 1e-9)).all()


def test_one_grave_event_more_can_lower_the_lower_limit():
    """After one homicide more the sum is 5,000 larger, and much less sure."""
    assert gamma_sum([0, 0, 0, 50, 0, 0, 0], HARM).low > gamma_sum([1, 0, 0, 50, 0, 0, 0], HARM).low


def drawn(events: int, *, spread: float = 1.0) -> np.ndarray:
    """Counts of each kind, so many events in the mean; spread: their variance over their mean."""
    random, mean = np.random.default_rng(1), events * PARTS
    means = mean if spread == 1 else random.gamma(mean / (spread - 1), spread - 1, (TIMES, 7))
    return random.poisson(means, (TIMES, 7)).astype(float)


def coverage(found, events: int) -> float:
    """The share of intervals that hold the sum of the means."""
    true = float((events * PARTS * HARM).sum())
    return float(((found.low <= true) & (true <= found.high)).mean())
