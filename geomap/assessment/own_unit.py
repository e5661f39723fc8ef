"""From a score of 0 to 10 back to the value it stands for, by what the edition shows of both."""

import numpy as np
from numpy.typing import NDArray

from geomap.assessment.assessment import Assessment
from geomap.methodology.recipe import Methodology
from geomap.scoring.scale import TOP, Ruler

Floats = NDArray[np.float64]
LEAST_APART = 0.01
HALVINGS = 60


def value_at(assessment: Assessment, methodology: Methodology, name: str, score: float) -> float:
    """The value of the indicator *name* that scores *score*; NaN where the places of the edition do not tell.

    A scale between two posts is a line, after the steps of the indicator; where the posts were taken from the data, two places that lie between them
    tell the line. A scale of percentiles is read between the places.
    """
    table = assessment.numbers[name]
    known = table["value"].notna() & table["scaled"].notna()
    values, scores = table.loc[known, "value"].to_numpy(dtype=float), table.loc[known, "scaled"].to_numpy(dtype=float)
    indicator = next(one for one in methodology.indicator if one.id == name)
    ruler = (indicator.scale or methodology.scale).ruler(indicator.steps)
    if ruler.method == "percentile":
        return _between(values, scores, score)
    fixed = ruler.method == "fixed"
    wanted = ruler.low + score / TOP * (ruler.high - ruler.low) if fixed else _on_the_line(ruler.before(values), scores, score)
    return _before_steps(values, ruler, wanted) if ruler.steps else wanted


def _on_the_line(values: Floats, scores: Floats, score: float) -> float:
    inside = (scores > 0) & (scores < TOP) & ~np.isnan(values)
    if not inside.any() or np.ptp(scores[inside]) < LEAST_APART:
        return np.nan
    low, high = (int(np.flatnonzero(inside)[pick(scores[inside])]) for pick in (np.argmin, np.argmax))
    return float(values[low] + (score - scores[low]) * (values[high] - values[low]) / (scores[high] - scores[low]))


def _between(values: Floats, scores: Floats, score: float) -> float:
    found, where = np.unique(scores, return_inverse=True)
    if not len(found) or not found[0] <= score <= found[-1]:
        return np.nan
    return float(np.interp(score, found, np.bincount(where, weights=values) / np.bincount(where)))


def _before_steps(values: Floats, ruler: Ruler, wanted: float) -> float:
    """The value, among those the city knows, whose steps lead to *wanted*, by halving."""
    low, high = float(values.min()), float(values.max())

    def after(value: float) -> float:
        return float(ruler.before(np.append(values, value))[-1])

    first, last = after(low), after(high)
    if not min(first, last) <= wanted <= max(first, last):
        return np.nan
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if (after(middle) < wanted) == (first < last) else (low, middle)
    return (low + high) / 2
