"""Relative risks smoothed by the BYM2 model (Riebler and others 2016), up to about a thousand places.

log risk = X b + s (√f u + √(1-f) v): u follows the neighbours (intrinsic autoregression, scaled to a typical variance of 1 within each connected part:
Freni-Sterrantino and others 2018), v is each place's own. The posterior is a Gaussian variational one for each pair of s and f on a grid that is moved
twice to where the mass lies; the grid is summed over by its evidence. Intervals are up to a tenth off those of long chains of samples.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import linalg
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components
from scipy.special import expit, gammaln, logit, ndtr

Floats = NDArray[np.float64]
MOST_PLACES = 1_000
STEPS, TINY = 100, 1e-8
NEAR, CLOSE = 1e-2, 1e-5  # how far log risks may still move: while the grid is looked for, and on the grid that is summed
COARSE, FINE = (7, 5), (9, 7)


@dataclass(frozen=True)
class Prior:
    """Chance *tail* that the spread s exceeds *upper* (exponential); f is Beta(½, ½); coefficients are normal with this sd."""

    upper: float = 1.0
    tail: float = 0.01
    coefficient_sd: float = 10.0


@dataclass(frozen=True)
class Smoothed:
    """Per place: risk (mean), low, median, high (95 %), above (the chance that it exceeds 1); spread and structured (mean, sd) of s and f; coefficients and errors."""

    risk: Floats
    low: Floats
    median: Floats
    high: Floats
    above: Floats
    spread: tuple[float, float]
    structured: tuple[float, float]
    coefficients: Floats
    errors: Floats


@dataclass(frozen=True)
class _Data:
    """What every point of the grid shares."""

    events: Floats
    expected: Floats
    structure: Floats
    columns: Floats
    prior: Prior


@dataclass
class _Point:
    """What one pair of s and f says: evidence, s, f, means and variances of log risks, and of coefficients."""

    evidence: float
    spread: float
    share: float
    mean: Floats
    variance: Floats
    coefficients: Floats
    squares: Floats


def bym2(
    events: ArrayLike, expected: ArrayLike, neighbours: csr_array, columns: ArrayLike | None = None, prior: Prior | None = None
) -> Smoothed:
    """Smoothed relative risks; *neighbours* is a symmetric 0/1 matrix, places without any keep only their own part; *columns* (n, k) are covariates."""
    events = np.asarray(events, dtype=float)
    if len(events) > MOST_PLACES:
        raise ValueError(
            f"BYM2 takes up to {MOST_PLACES:,} places, not {len(events):,}; shrink rates with Marshall's empirical Bayes instead"
        )
    ones = np.ones((len(events), 1))
    matrix = ones if columns is None else np.column_stack([ones, columns])
    data = _Data(events, np.asarray(expected, dtype=float), structure(neighbours), matrix, prior or Prior())
    return _summed(_explored(data))


def structure(neighbours: csr_array) -> Floats:
    """The covariance of u: within each connected part the scaled pseudo-inverse of its Laplacian, 1 for a place alone."""
    matrix = np.asarray(neighbours.todense(), dtype=float)
    laplacian, out = np.diag(matrix.sum(axis=1)) - matrix, np.zeros(matrix.shape)
    count, part = connected_components(neighbours, directed=False)
    for members in (np.flatnonzero(part == number) for number in range(count)):
        here = np.ix_(members, members)
        inverse = np.linalg.pinv(laplacian[here], hermitian=True) if len(members) > 1 else np.ones((1, 1))
        out[here] = inverse / np.exp(np.log(np.diag(inverse)).mean())
    return out


def _explored(data: _Data) -> list[_Point]:
    """The points of the last grid, each started from the one before."""
    log_s, logit_f = np.linspace(np.log(0.03), np.log(2.5), COARSE[0]), np.linspace(-4, 4, COARSE[1])
    points = _grid(data, log_s, logit_f, NEAR)
    for close in (NEAR, CLOSE):
        weight, least = _weights(points), (log_s[1] - log_s[0]) / 2
        log_s = _around(np.log([point.spread for point in points]), weight, least, FINE[0])
        logit_f = np.unique(np.clip(_around(logit([point.share for point in points]), weight, least, FINE[1]), -6, 6))
        points = _grid(data, log_s, logit_f, close)
    return points


def _around(values: Floats, weight: Floats, least: float, count: int) -> Floats:
    mean = weight @ values
    half = 2.5 * max(float(np.sqrt(weight @ (values - mean) ** 2)), least)
    return np.linspace(mean - half, mean + half, count)


def _grid(data: _Data, log_s: Floats, logit_f: Floats, close: float) -> list[_Point]:
    """The points of a grid, to and fro, so that each lies beside the one from which it is started."""
    start, points = (np.log((data.events + 0.5) / (data.expected + 0.5)), np.zeros(len(data.events))), []
    for row, spread in enumerate(np.exp(log_s)):
        for share in expit(logit_f)[:: 1 if row % 2 == 0 else -1]:
            points.append(_fitted(data, (float(spread), float(share)), start, close))
            start = points[-1].mean, points[-1].variance
    return points


def _fitted(data: _Data, at: tuple[float, float], start: tuple[Floats, Floats], close: float) -> _Point:
    """The Gaussian that comes nearest to the posterior for one pair of s and f (Newton steps on its mean and variance), and the evidence for the pair.

    With W the rates on the diagonal, K the prior covariance and A = I + √W K √W, the posterior covariance is W^(-½) (I - A⁻¹) W^(-½): one Cholesky factor
    of A and its inverse are all the work that grows with the cube of the places.
    """
    (spread, share), (eta, variance), wide = at, start, data.prior.coefficient_sd**2
    kernel = spread**2 * share * data.structure + wide * data.columns @ data.columns.T
    kernel[np.diag_indices_from(kernel)] += spread**2 * (1 - share) + TINY
    for _ in range(STEPS):
        rate = data.expected * np.exp(eta + variance / 2)
        target, root = rate * eta + data.events - rate, np.sqrt(rate)
        matrix = root[:, None] * kernel * root
        matrix[np.diag_indices_from(matrix)] += 1
        lower = linalg.cholesky(matrix, lower=True, overwrite_a=True, check_finite=False)
        dual = target - root * linalg.cho_solve((lower, True), root * (kernel @ target), check_finite=False)
        inverse, _fault = linalg.lapack.dtrtri(lower, lower=1)
        mean, new = kernel @ dual, (1 - (inverse**2).sum(axis=0)) / rate
        moved = max(np.abs(mean - eta).max(), np.abs(new - variance).max())
        eta, variance = eta + np.clip(mean - eta, -2, 2), new
        if moved < close:
            break
    fit = data.events * (np.log(data.expected) + eta) - data.expected * np.exp(eta + variance / 2) - gammaln(data.events + 1)
    evidence = fit.sum() - dual @ eta / 2 - np.log(np.diag(lower)).sum() + (variance * rate).sum() / 2
    half = inverse @ (root[:, None] * data.columns)
    squares = wide - wide**2 * (half**2).sum(axis=0)
    return _Point(evidence + _log_prior(spread, share, data.prior), spread, share, eta, variance, wide * data.columns.T @ dual, squares)


def _log_prior(spread: float, share: float, prior: Prior) -> float:
    """Of s and f, with the Jacobians of log s and logit f, in which the grid is even."""
    rate = -np.log(prior.tail) / prior.upper
    return float(-rate * spread + np.log(spread) + 0.5 * np.log(share * (1 - share)))


def _weights(points: list[_Point]) -> Floats:
    evidence = np.array([point.evidence for point in points])
    weight = np.exp(evidence - evidence.max())
    return weight / weight.sum()


def _summed(points: list[_Point]) -> Smoothed:
    weight = _weights(points)
    mean, variance = np.array([point.mean for point in points]), np.array([point.variance for point in points])
    low, middle, high = (np.exp(_quantile(weight, mean, variance, part)) for part in (0.025, 0.5, 0.975))
    each, squares = np.array([point.coefficients for point in points]), np.array([point.squares for point in points])
    coefficients = weight @ each

    def told(values: list[float]) -> tuple[float, float]:
        centre = weight @ np.array(values)
        return float(centre), float(np.sqrt(max(weight @ np.array(values) ** 2 - centre**2, 0)))

    return Smoothed(
        weight @ np.exp(mean + variance / 2), low, middle, high, weight @ ndtr(mean / np.sqrt(variance)),
        told([point.spread for point in points]), told([point.share for point in points]),
        coefficients, np.sqrt(weight @ (squares + (each - coefficients) ** 2)),
    )  # fmt: skip


def _quantile(weight: Floats, mean: Floats, variance: Floats, part: float) -> Floats:
    """Of a mixture of normals, by halving."""
    sd = np.sqrt(variance)
    low, high = (mean - 9 * sd).min(axis=0), (mean + 9 * sd).max(axis=0)
    for _ in range(60):
        middle = (low + high) / 2
        under = weight @ ndtr((middle - mean) / sd) < part
        low, high = np.where(under, middle, low), np.where(under, high, middle)
    return (low + high) / 2
