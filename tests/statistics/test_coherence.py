"""Whether parts cohere, against COINr and R's psych, and what follows from the formulas."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis.strategies import integers
from numpy.testing import assert_allclose

from geomap.statistics.coherence import (
    alpha_without,
    cronbach_alpha,
    item_rest_correlations,
    principal_components,
    sampling_adequacy,
    sphericity,
    standardised_alpha,
)
from geomap.statistics.correlation import complete, correlations, covariances
from tests.shared import shared

cities = integers(0, 100_000).map(lambda seed: drawn(np.random.default_rng(seed)))


def drawn(random):
    """Forty places and four parts that correlate somehow."""
    return random.normal(size=(40, 4)) @ random.normal(size=(4, 4)) + random.normal(size=4)


@pytest.fixture(scope="module")
def published():
    """What COINr, psych and R say about the ASEM indicators and the attitude survey."""
    return json.loads(shared("data", "methods", "composite_methods.json").read_text())["values"]


@pytest.fixture(scope="module")
def asem(published):
    """Eight indicators of 43 countries, no gaps."""
    return np.array([list(row.values()) for row in published["aggregate"]["X"]])


@pytest.fixture(scope="module")
def gaps(published):
    """Eight indicators of 51 countries, of which eight lack one."""
    return np.array(list(published["asem_physical"]["data"].values()), dtype=float).T


@pytest.fixture(scope="module")
def attitude(published):
    """Seven questions in 30 departments (R's attitude)."""
    return np.array(list(published["cronbach_attitude"]["data"].values()), dtype=float).T


def test_alpha_is_that_of_coinr_and_psych(published, asem, attitude):
    """Raw and standardised alpha of both data sets to ten digits: 0.701 and 0.726, 0.843 and 0.839."""
    for parts, expected in ((asem, published["cronbach"]), (attitude, published["cronbach_attitude"])):
        assert cronbach_alpha(parts) == pytest.approx(expected["raw_alpha"], rel=1e-10)
        assert standardised_alpha(parts) == pytest.approx(expected["std_alpha"], rel=1e-10)
    r = correlations(asem)
    assert (r.sum() - 8) / 56 == pytest.approx(published["cronbach"]["avg_r"], rel=1e-10)


def test_alpha_without_each_question_is_that_of_psych(published, attitude):
    """Only without "critical" do the attitude questions cohere better."""
    expected = published["cronbach_attitude"]
    assert_allclose(alpha_without(attitude), expected["alpha_if_dropped"], rtol=1e-10)
    assert np.flatnonzero(alpha_without(attitude) > expected["raw_alpha"]).tolist() == [5]


def test_components_are_those_of_r(published, asem):
    """Standard deviations, shares and the first component of prcomp on standardised data, to ten digits."""
    expected, found = published["pca"], principal_components(asem)
    assert_allclose(np.sqrt(found.eigenvalues), expected["sdev"], rtol=1e-10)
    assert_allclose(found.explained, expected["explained"], rtol=1e-10)
    assert_allclose(found.loadings[:, 0], -np.array(expected["PC1"]) * expected["sdev"][0], rtol=1e-10)


@pytest.mark.parametrize("data", ["asem", "gaps"])
def test_adequacy_and_sphericity_are_those_of_psych(published, data, request):
    """KMO overall and of each part, and Bartlett's test, to ten digits; countries with gaps are left out."""
    parts = request.getfixturevalue(data)
    adequacy, bartlett = sampling_adequacy(parts), sphericity(parts)
    assert adequacy.overall == pytest.approx(published["kmo"]["overall"], rel=1e-10)
    assert_allclose(adequacy.each, list(published["kmo"]["each"].values()), rtol=1e-10)
    expected = published["bartlett"]
    assert bartlett.statistic == pytest.approx(expected["chisq"], rel=1e-10)
    assert (bartlett.df, bartlett.p) == (expected["df"], pytest.approx(expected["p"], rel=1e-9))


def test_gaps_are_left_out_pair_by_pair(gaps):
    """Correlations and covariances of 51 countries with gaps are those of pandas, which also uses the places that have both."""
    assert_allclose(correlations(gaps), pd.DataFrame(gaps).corr(), rtol=1e-12, atol=1e-14)
    assert_allclose(covariances(gaps), pd.DataFrame(gaps).cov(), rtol=1e-11)
    assert len(complete(gaps)) == 43


@given(cities)
def test_the_rest_is_the_sum_of_the_other_parts(parts):
    """Item–rest correlations and alphas without a part are those computed from the other columns outright."""
    rest = [np.delete(parts, part, axis=1) for part in range(4)]
    expected = [np.corrcoef(parts[:, part], others.sum(axis=1))[0, 1] for part, others in enumerate(rest)]
    assert_allclose(item_rest_correlations(parts), expected, atol=1e-9)
    assert_allclose(alpha_without(parts), [cronbach_alpha(others) for others in rest], rtol=1e-7, atol=1e-9)


@given(cities)
def test_units_do_not_matter_to_what_is_standardised(parts):
    """Changing units changes no correlation, component, adequacy, sphericity or standardised alpha."""
    other = parts * [1, 10, 0.1, 1_000] + [0, 5, -7, 1_000]
    assert_allclose(correlations(other), correlations(parts), atol=1e-9)
    assert_allclose(principal_components(other).eigenvalues, principal_components(parts).eigenvalues, atol=1e-9)
    assert sampling_adequacy(other).overall == pytest.approx(sampling_adequacy(parts).overall, rel=1e-5)
    assert sphericity(other).statistic == pytest.approx(sphericity(parts).statistic, rel=1e-6)
    assert standardised_alpha(other) == pytest.approx(standardised_alpha(parts), rel=1e-7, abs=1e-7)


@given(cities)
def test_components_divide_the_variance_of_the_parts(parts):
    """Eigenvalues sum to the number of parts, shares to 1, and the squared loadings of each part to its variance, 1."""
    found = principal_components(parts)
    assert found.eigenvalues.sum() == pytest.approx(4)
    assert found.explained.sum() == pytest.approx(1)
    assert_allclose((found.loadings**2).sum(axis=1), 1, atol=1e-9)
    assert (found.loadings.sum(axis=0) >= 0).all()


def test_a_part_turned_the_wrong_way_shows():
    """Three measures of one thing, the third upside down: its item–rest correlation is below 0, and alpha is better without it."""
    cause = np.arange(20.0)
    parts = np.column_stack([cause + np.tile([0, 1], 10), cause + np.tile([1, 0, 0, 1], 5), -cause + np.tile([0, 0, 1, 1], 5)])
    assert (item_rest_correlations(parts) < 0).tolist() == [False, False, True] or item_rest_correlations(parts)[2] < -0.9
    assert alpha_without(parts)[2] > 0.9 > cronbach_alpha(parts)


def test_what_cannot_be_known_is_nan():
    """A part that does not vary correlates with nothing; two parts leave no alpha when one goes; two places make no correlation."""
    flat = np.column_stack([np.full(9, 0.1), np.arange(9.0), np.arange(9.0) % 4])
    assert np.isnan(correlations(flat)[0]).all()
    assert correlations(flat)[1, 2] == pytest.approx(np.corrcoef(flat[:, 1], flat[:, 2])[0, 1])
    assert np.isnan(principal_components(flat).explained).all()
    assert np.isnan(
        [sampling_adequacy(flat).overall, sphericity(flat).statistic, sphericity(flat).p, item_rest_correlations(flat)[0]]
    ).all()
    assert np.isnan(alpha_without(flat[:, 1:])).all()
    assert np.isnan(cronbach_alpha(flat[:, 1:2]))
    assert np.isnan(correlations([[1, np.nan], [2, 3], [5, 1]])[0, 1])


def test_a_part_that_is_a_sum_of_others_has_no_partial_correlations():
    """Adequacy is NaN, and that nothing correlates is refuted for certain; fewer places than parts say nothing."""
    parts = np.random.default_rng(1).normal(size=(30, 3))
    doubled = np.column_stack([parts, parts.sum(axis=1)])
    assert np.isnan(sampling_adequacy(doubled).each).all()
    assert (sphericity(doubled).statistic, sphericity(doubled).p) == (np.inf, 0)
    assert np.isnan(sphericity(doubled[:4]).p)


def test_too_few_complete_places_are_refused_in_words():
    """What needs complete rows says how many there are."""
    with pytest.raises(ValueError, match="Only 1 of 3 places"):
        sampling_adequacy([[1, np.nan], [2, 3], [np.nan, 1]])
