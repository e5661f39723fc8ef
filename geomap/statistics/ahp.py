"""Weights from people's judgements of parts two by two: the analytic hierarchy process (Saaty 1980)."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
# the mean consistency index of random matrices of 1 to 15 parts: Saaty (1980), The Analytic Hierarchy Process
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)
ROUNDING = 0.05


def ahp(matrix: ArrayLike) -> tuple[Floats, float]:
    """Weights (part,) that sum to 1, and the consistency ratio: over 0.10 the judgements contradict each other too much to be used.

    matrix: (part, part), how many times as important the row's part is as the column's. Weights are its principal eigenvector, the ratio is
    (λ - n)/(n - 1) over that of random judgements. Of each pair the judgement of 1 or more counts; the other has to be its reciprocal, which
    may be rounded (0.33 for 1/3). ValueError for a matrix that is not square, has more than 15 parts, or is not positive and reciprocal.
    """
    judged = _reciprocal(np.asarray(matrix, dtype=float))
    n = len(judged)
    values, vectors = np.linalg.eig(judged)
    principal = int(np.argmax(values.real))
    weights = np.abs(vectors[:, principal].real)
    index = (values[principal].real - n) / (n - 1) if n > 1 else 0.0
    return weights / weights.sum(), max(float(index), 0.0) / RANDOM_INDEX[n - 1] if n > 2 else 0.0


def _reciprocal(matrix: Floats) -> Floats:
    """*matrix* with each judgement below 1 made the exact reciprocal of the one it faces."""
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not matrix.size:
        raise ValueError(f"Judgements of pairs make a square matrix, a row and a column per part, but this one is {_shape(matrix)}.")
    if len(matrix) > len(RANDOM_INDEX):
        raise ValueError(f"{len(matrix)} parts are too many to judge in pairs: at most {len(RANDOM_INDEX)}. Judge groups of parts first.")
    if not (np.isfinite(matrix) & (matrix > 0)).all():
        raise ValueError("Each judgement is a positive number: 1 for equal importance, 3 for three times as much, 1/3 for a third.")
    wrong = np.argwhere(np.triu(np.abs(matrix * matrix.T - 1) > ROUNDING))
    if len(wrong):
        row, column = (int(position) for position in wrong[0])
        raise ValueError(
            f"Judgements face their reciprocals, but row {row + 1} column {column + 1} is {matrix[row, column]:g} and "
            f"row {column + 1} column {row + 1} is {matrix[column, row]:g}; "
            + ("a part is as important as itself: 1." if row == column else f"the second should be {1 / matrix[row, column]:g}.")
        )
    judged = np.where(matrix >= matrix.T, matrix, 1 / matrix.T)
    np.fill_diagonal(judged, 1.0)
    return judged


def _shape(matrix: Floats) -> str:
    return " by ".join(str(size) for size in matrix.shape) or "a single number"
