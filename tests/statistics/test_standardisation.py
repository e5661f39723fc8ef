"""Standardised rates held to OHID's test workbooks and to a textbook's interval."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import gamma

from geomap.statistics.intervals import poisson_interval
from geomap.statistics.standardisation import ESP2013, dobson, fay_feuer, nonindependent_variance, smr
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
