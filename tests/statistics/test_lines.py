"""Lines through places: the spatial error model beside its definition and spreg, and the smooth line beside its own."""

import numpy as np
import pytest
from scipy.sparse import csr_array

from geomap.statistics.lowess import lowess
from geomap.statistics.spatial_error import spatial_error
from tests.statistics.test_spatial import by_row, lattice


def case() -> tuple[np.ndarray, np.ndarray, csr_array]:
    """400 squares, y = 1 + 2 x + u, u = .6 Wu + e."""
    weights, rng = by_row(lattice(20)), np.random.default_rng(1)
    x = rng.standard_normal((400, 1))
    u = np.linalg.solve(np.eye(400) - 0.6 * weights.toarray(), rng.standard_normal(400))
    return 1 + 2 * x[:, 0] + u, np.column_stack([np.ones(400), x]), weights


def test_the_spatial_error_model_as_spreg_finds_it():
    """Coefficients, λ, standard errors and likelihood of spreg 1.9's ML_Error (method 'full') on this case."""
    found = spatial_error(*case())
    assert [*found.beta, found.shared] == pytest.approx([0.8692719442499167, 2.0610081390863693, 0.5669749843818632], abs=1e-6)
    assert found.se == pytest.approx([0.12197268, 0.05357614], abs=1e-7)
    assert found.likelihood == pytest.approx(-608.2547629051522, abs=1e-8)


def test_the_likelihood_is_the_densitys():
    """At its best λ the logarithm of the normal density of y, written out with a dense matrix, and lower on both sides."""
    y, design, weights = case()
    found = spatial_error(y, design, weights)

    def density(shared: float) -> float:
        left = np.eye(400) - shared * weights.toarray()
        rest = left @ (y - design @ np.linalg.lstsq(left @ design, left @ y)[0])
        return np.linalg.slogdet(left)[1] - 200 * (np.log(2 * np.pi * rest @ rest / 400) + 1)

    assert density(found.shared) == pytest.approx(found.likelihood)
    assert max(density(found.shared - 0.01), density(found.shared + 0.01)) < found.likelihood


def test_without_neighbours_it_is_least_squares():
    """No links: the plain line."""
    y, design, _ = case()
    found = spatial_error(y, design, csr_array((400, 400)))
    assert found.beta == pytest.approx(np.linalg.lstsq(design, y)[0])


def test_a_condition_that_does_not_vary_is_refused():
    """Two columns of ones tell nothing apart."""
    y, design, weights = case()
    with pytest.raises(ValueError, match="does not vary"):
        spatial_error(y, design[:, [0, 0]], weights)


def test_the_smooth_line_keeps_a_straight_one():
    """Points on a line: the line, at any span, also between and beyond them."""
    x = np.r_[np.linspace(0, 1, 30), 5.0]
    assert lowess(x, 2 - 3 * x, [-1, 0.37, 5, 6], span=0.3) == pytest.approx([5, 0.89, -13, -16])


def test_the_smooth_line_is_the_local_regression_written_out():
    """At one position: weighted least squares with tricube weights of the nearest two thirds."""
    rng = np.random.default_rng(4)
    x, y = rng.random(60), rng.random(60)
    away = np.abs(x - 0.4)
    weight = np.clip(1 - (away / np.sort(away)[39]) ** 3, 0, 1) ** 3
    root = np.sqrt(weight)[:, None]
    beta = np.linalg.lstsq(root * np.column_stack([np.ones(60), x]), root[:, 0] * y)[0]
    assert lowess(x, y, [0.4])[0] == pytest.approx(beta[0] + 0.4 * beta[1])


def test_points_over_each_other_give_their_mean():
    """One x for all: no slope is made up."""
    assert lowess(np.ones(5), [1, 2, 3, 4, 5], [1.0])[0] == pytest.approx(3)
