"""Many groups at once are the groups one by one, whatever the design and whatever the weights were calibrated on."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import booleans, integers

from geomap.statistics.calibration import calibrate
from geomap.statistics.design import Design
from geomap.statistics.domains import Domains, domain_means


def sample(seed, *, clusters, calibrated):
    """Sixty answers in three strata, in clusters or not, weights calibrated or not; and a group for most."""
    generator = np.random.default_rng(seed)
    stratum = generator.integers(0, 3, 60)
    psu = generator.integers(0, 6, 60) if clusters else np.arange(60)
    design = Design.of(generator.uniform(0.5, 3, 60), stratum=stratum, psu=psu)
    if calibrated:
        x = np.column_stack([np.ones(60), generator.normal(0, 1, 60)])
        design = calibrate(design, x, design.weights @ x * [1.2, 1.2] + [0, 3.0], how="linear")
    groups = np.where(generator.random(60) < 0.15, None, generator.choice(["a", "b", "c", "d"], 60).astype(object))
    return design, generator.normal(5, 2, 60), groups


@settings(deadline=None)
@given(integers(0, 10_000), booleans(), booleans())
def test_groups_at_once_are_the_groups_one_by_one(seed, clusters, calibrated):
    """Mean and error of each group are those of the rows within it."""
    design, y, groups = sample(seed, clusters=clusters, calibrated=calibrated)
    found = domain_means(design, y, Domains.of(groups))
    for code, row in found.iterrows():
        mean, se = design.mean(y, within=groups == code)
        assert (row["mean"], row["se"]) == (pytest.approx(mean, rel=1e-9), pytest.approx(se, rel=1e-6, abs=1e-9))
        assert row["n"] == (groups == code).sum()


def test_a_group_without_rows_is_unknown():
    """Nobody of it answered: no mean, no error, no answers."""
    domains = Domains.of(["a", "a", "b"]).where([True, True, False])
    found = domain_means(Design.of([1, 1, 1]), [1.0, 2, 3], domains).loc["b"]
    assert np.isnan(found["mean"])
    assert np.isnan(found["se"])
    assert (found["n"], found["effective"], found["df"]) == (0, 0, 0)


def test_answers_that_do_not_differ_have_no_error():
    """Exactly 0, not the rest of a rounding."""
    design, _, groups = sample(3, clusters=False, calibrated=True)
    assert (domain_means(design, np.full(60, 0.7), Domains.of(groups))["se"] == 0).all()


def test_effective_answers_are_kishs():
    """Weights 1, 1, 2 count as 16/6 answers."""
    found = domain_means(Design.of([1, 1, 2, 5]), [0.0, 1, 1, 0], Domains.of(["a", "a", "a", "b"]))
    assert found["effective"].tolist() == pytest.approx([16 / 6, 1])
    assert found["df"].tolist() == [2, 0]
