"""How much more something changed in some places than in others like them."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

LEAST_CONTROLS = 3


@dataclass(frozen=True)
class Effect:
    """estimate: the mean change of the treated less that of the controls; se, df: its standard error and degrees of freedom; low, high: 95 % limits."""

    estimate: float
    se: float
    df: float
    low: float
    high: float


def difference_in_differences(treated: ArrayLike, controls: ArrayLike, *, errors: tuple[ArrayLike, ArrayLike] | None = None) -> Effect:
    """The effect from the changes of treated places and of controls, one number a place.

    With two or more treated places the variance is s_t²/n_t + s_c²/n_c, which is HC2 of the regression of changes on a dummy (MacKinnon and White 1985), with the degrees
    of freedom of Welch (1947). A single treated place lends its spread from the controls (Donald and Lang 2007): s_c² (1 + 1/n_c) on n_c - 1. errors: standard errors of
    the changes; where they alone say more doubt than the spread does, they count. NaN with fewer than three controls.
    """
    treated, controls = (np.asarray(side, dtype=float) for side in (treated, controls))
    if len(controls) < LEAST_CONTROLS or not len(treated):
        return Effect(*(np.nan,) * 5)
    spread, n = controls.var(ddof=1), (len(treated), len(controls))
    parts = [(treated.var(ddof=1) if n[0] > 1 else spread) / n[0], spread / n[1]]
    df = _welch(parts, n) if n[0] > 1 else n[1] - 1.0
    if errors is not None:
        parts = [
            max(part, float((np.asarray(own, dtype=float) ** 2).sum()) / count**2)
            for part, own, count in zip(parts, errors, n, strict=True)
        ]
    estimate, se = treated.mean() - controls.mean(), float(np.sqrt(sum(parts)))
    reach = float(stdtrit(df, 0.975)) * se
    return Effect(float(estimate), se, df, float(estimate - reach), float(estimate + reach))


def of_means(treated: tuple[float, float], controls: tuple[float, float]) -> tuple[float, float]:
    """The effect and its standard error from two mean changes, each with its own standard error, independent of each other."""
    return treated[0] - controls[0], float(np.hypot(treated[1], controls[1]))


def _welch(parts: list[float], n: tuple[int, int]) -> float:
    below = sum(part**2 / (count - 1) for part, count in zip(parts, n, strict=True))
    return float(sum(parts) ** 2 / below) if below else float(sum(n) - 2)
