"""BYM2 on lip cancer in Scotland, held to long chains of samples (PyMC)."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from geomap.statistics.bym2 import MOST_PLACES, bym2, structure
from tests.statistics.published import adjacency, told


@pytest.fixture(scope="module")
def fitted() -> tuple:
    """The fit with the share of outdoor workers, and what PyMC found."""
    data = told("bym2_scotland")
    return (
        bym2(data["cases"], data["expected"], adjacency(data["neighbours"]), np.array(data["AFF"])[:, None]),
        data["pymc"],
        data["nested_laplace"],
    )


def test_risks_and_their_limits(fitted):
    """Medians within 4 %, limits within 10 %, coefficients within a tenth of their error."""
    found, pymc, _ = fitted
    low, median, high = np.array(pymc["RR_q"]).T
    assert found.median == pytest.approx(median, rel=0.04)
    assert found.low == pytest.approx(low, rel=0.10)
    assert found.high == pytest.approx(high, rel=0.10)
    for number, name in enumerate(("b0", "b1")):
        mean, error = pymc[name]
        assert found.coefficients[number] == pytest.approx(mean, abs=0.1 * error)


def test_the_same_as_an_independent_programme(fitted):
    """The same approximation, written elsewhere, to five digits."""
    found, _, other = fitted
    for name, own in (("rr", found.risk), ("lo", found.low), ("med", found.median), ("hi", found.high), ("p_gt1", found.above)):
        assert own == pytest.approx(other[name], rel=1e-4), name
    assert found.errors == pytest.approx(other["beta_sd"], rel=1e-3)
    assert found.spread == pytest.approx(other["sigma"], rel=1e-3)
    assert found.structured == pytest.approx(other["phi"], rel=1e-3)


def test_the_structure_has_a_typical_variance_of_one():
    """In each connected part; a place without neighbours keeps 1."""
    chain = csr_array(np.array([[0, 1, 0, 0], [1, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 0]]))
    found = np.diag(structure(chain))
    assert np.exp(np.log(found[:3]).mean()) == pytest.approx(1)
    assert found[3] == 1


def test_too_many_places_are_refused():
    """And the error says what to use instead."""
    many = MOST_PLACES + 1
    with pytest.raises(ValueError, match="empirical Bayes"):
        bym2(np.ones(many), np.ones(many), csr_array((many, many)))
