"""Weights that meet the population's margins, variable by variable, and what stands in the way where they cannot."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from geomap.errors import LayerError
from geomap.statistics.calibration import How, calibrate
from geomap.statistics.design import Design, kish_effective_size

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Weighting:
    """What weighting did: n answers, how many they count as (Kish), the design effect, the least and most a weight was multiplied by."""

    n: int
    effective: float
    design_effect: float
    least: float
    most: float


def weighting(before: ArrayLike, after: ArrayLike) -> Weighting:
    """What became of the weights *before* (n,), both brought to the same total."""
    before, after = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    moved = after / before * (before.sum() / after.sum())
    effective, n = kish_effective_size(after), len(after)
    return Weighting(n, effective, n / effective, float(moved.min()), float(moved.max()))


def rake_to_margins(
    design: Design,
    columns: Mapping[str, ArrayLike],
    margins: Mapping[str, Mapping[str, float]],
    *,
    bounds: tuple[float, float] | None = None,
    within: ArrayLike | None = None,
) -> Design:
    """The design with weights that meet the people in each category of each variable; LayerError names every category that cannot be met.

    One variable is post-stratification. Margins whose totals differ are brought to the first one's total. bounds: the least and most a weight may
    be multiplied by, so that no answer counts for a crowd; None sets no bounds. Replicate weights meet the same margins, each set by itself.
    within: the rows (n,) that are to meet them, all if not given; the others keep the weights they had.
    """
    if not margins:
        return design
    inside = np.ones(len(design.weights), dtype=bool) if within is None else np.asarray(within, dtype=bool)
    if faults := [fault for name, people in margins.items() for fault in _unmet(name, np.asarray(columns[name])[inside], people)]:
        raise LayerError(
            faults[0] if len(faults) == 1 else "The survey cannot be weighted to these margins:", tuple(faults) if len(faults) > 1 else ()
        )
    whole = float(sum(next(iter(margins.values())).values()))
    indicators, totals = zip(*(_block(columns[name], people, whole) for name, people in margins.items()), strict=True)
    blocks = [block if at == 0 else block[:, 1:] for at, block in enumerate(indicators)]
    wanted = [total if at == 0 else total[1:] for at, total in enumerate(totals)]
    scaled = replace(design, weights=design.weights * whole / design.weights[inside].sum())
    how: How = "raking" if bounds is None else "logit"
    x, people = np.hstack(blocks) * inside[:, None], np.concatenate(wanted)

    def met(sample: Design) -> Design:
        return calibrate(sample, x, people, how=how, bounds=bounds or (0.0, np.inf))

    after = met(scaled)
    if design.replicates is None:
        return after
    again = design.replicates.reweighted(lambda weights: met(Design.of(weights * whole / weights[inside].sum())).weights)
    return replace(after, replicates=again)


def _unmet(name: str, column: ArrayLike, people: Mapping[str, float]) -> list[str]:
    answers, categories = {str(answer) for answer in np.asarray(column, dtype=object)}, _peopled(people)
    faults = []
    if strange := sorted(answers - set(categories)):
        faults.append(
            f"The margins of '{name}' have no people in {strange}, but respondents do. Add them to the margins, or leave the variable out."
        )
    if silent := [category for category in categories if category not in answers]:
        faults.append(f"Nobody in the survey is {silent} ('{name}'), but residents are. Merge categories, or leave the variable out.")
    return faults


def _block(column: ArrayLike, people: Mapping[str, float], whole: float) -> tuple[Floats, Floats]:
    categories = _peopled(people)
    counts = np.array([people[category] for category in categories], dtype=float)
    answers = np.array([str(answer) for answer in np.asarray(column, dtype=object)], dtype=object)
    return (answers[:, None] == np.array(categories, dtype=object)).astype(float), counts * whole / counts.sum()


def _peopled(people: Mapping[str, float]) -> list[str]:
    return sorted(category for category, count in people.items() if count > 0)
