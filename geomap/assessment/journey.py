"""The whole journey, in the order of the rooms: layers, measures, gate, scale, score, doubt."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from geomap.assessment.assessment import BRANCH, Assessment
from geomap.assessment.branches import branches_at
from geomap.assessment.choices import method_spread, other_scales
from geomap.assessment.estimate import Estimate, allowed, assume_doubt, estimate, stack
from geomap.assessment.held import Held
from geomap.assessment.words import branch_nodes, edition_caveats, indicator_node
from geomap.errors import MethodologyError
from geomap.indicators.sources import Sources
from geomap.methodology.recipe import Methodology
from geomap.scoring.choices import RankSpread
from geomap.scoring.doubt import doubt_of, drawn
from geomap.scoring.draws import Spread
from geomap.scoring.scale import TOP, Ruler, Scale, fit_scale
from geomap.scoring.tree import Branch, Grown, grow, weigh

SLOPE = 1e-6
Progress = Callable[[Iterable[Any], str], Iterable[Any]]


@dataclass(frozen=True)
class Assessed:
    """An assessment and the scale it was measured with; clipped: per indicator, how many places lie beyond a goalpost."""

    assessment: Assessment
    scale: Scale
    clipped: dict[str, int]


def silent(items: Iterable[Any], _label: str) -> Iterable[Any]:
    """The items themselves; a progress bar stands here on the command line."""
    return items


def assess(sources: Sources, methodology: Methodology, level: str, *, held: Held | None = None, progress: Progress = silent) -> Assessed:
    """What *methodology* says about each place of *level*, and how surely; *held*: the ruler of an earlier edition, which is not fitted anew."""
    estimates = estimate_all(sources.at(methodology.methodology.period), methodology, level, progress=progress)
    base = estimates if held else _baseline(sources, methodology, level, estimates)
    names = tuple(found.indicator.id for found in estimates)
    scale = fit_scale(names, stack(base, "used"), rulers_at(methodology, level))
    scale = held.scale(scale, level) if held else scale
    estimates = tuple(
        assume_doubt(found, reach, methodology.uncertainty)
        for found, reach in zip(estimates, _reaches(scale, estimates, methodology), strict=True)
    )
    ups = {found.indicator.id: found.indicator.up for found in estimates}
    scaled, before = (dict(zip(names, scale.apply(stack(some, "used")).T, strict=True)) for some in (estimates, base))
    planned = branches_at(methodology, level)
    branches = weigh(held.branches(planned, level) if held else planned, before, ups)
    grown, earlier = grow(branches, scaled, ups), grow(branches, before, ups)
    rule = methodology.uncertainty
    seed = [rule.seed, methodology.methodology.levels.index(level)]
    samples = drawn(
        branches, _spread(estimates), scale, ups, draws=rule.draws, seed=seed, progress=lambda steps: progress(steps, f"Drawing {level}")
    )
    previous = _previous(methodology, branches, zip(estimates, base, strict=True), earlier, alike=held is not None)
    spread = method_spread(methodology, branches, ups, {"agreed": scaled, **other_scales(methodology, estimates, base)}, seed)
    numbers = {
        branch.id: _branch_table(branch, grown, previous[branch.id], samples[branch.id], spread.get(branch.id)) for branch in branches
    }
    limits = [dict(zip(names, side, strict=True)) for side in scaled_limits(estimates, scale)]
    numbers |= {found.indicator.id: _indicator_table(found, (scaled, *limits), previous[found.indicator.id]) for found in estimates}
    places = sources.atlas[level].codes
    tables = {name: table.set_axis(places) for name, table in numbers.items()}
    clipped = dict(zip(names, map(int, scale.clipped(stack(estimates, "used"))), strict=True))
    return Assessed(_bind(sources, methodology, level, estimates, tables, branches), scale, clipped)


def estimate_all(sources: Sources, methodology: Methodology, level: str, *, progress: Progress = silent) -> tuple[Estimate, ...]:
    """The estimates of all indicators that apply at *level*, in the sources' period."""
    rule = methodology.disclosure.rule()
    indicators = methodology.at(level)
    if not indicators:
        raise MethodologyError(f"No indicator applies at the level '{level}'. Take the level out, or give indicators for it.")
    for indicator in indicators:
        allowed(indicator, sources, methodology.methodology.tier)
    return tuple(estimate(indicator, sources, level, rule) for indicator in progress(indicators, f"Measuring {level}"))


def rulers_at(methodology: Methodology, level: str) -> tuple[Ruler, ...]:
    """How each indicator of *level* is scaled."""
    return tuple((indicator.scale or methodology.scale).ruler(indicator.steps) for indicator in methodology.at(level))


def _baseline(sources: Sources, methodology: Methodology, level: str, current: tuple[Estimate, ...]) -> tuple[Estimate, ...]:
    heading = methodology.methodology
    return current if heading.baseline == heading.period else estimate_all(sources.at(heading.baseline), methodology, level)


def _reaches(scale: Scale, estimates: Sequence[Estimate], methodology: Methodology) -> np.ndarray:
    """How far from each value the assumed error reaches, (indicator, place), in the indicator's own unit: so many points of the scale, by its slope."""
    values = stack(estimates, "used")
    points = methodology.uncertainty.unknown_error / TOP * np.abs(_widths(scale))
    stepped = np.array([bool(ruler.steps) for ruler in scale.rulers])
    step = np.maximum(np.abs(values), 1.0) * SLOPE
    slope = np.abs(scale.before(values + step) - scale.before(values - step)) / (2 * step)
    with np.errstate(divide="ignore", invalid="ignore"):
        return (points / np.where(stepped, np.where(slope > 0, slope, np.nan), 1.0)).T


def scaled_limits(estimates: Sequence[Estimate], scale: Scale) -> tuple[np.ndarray, np.ndarray]:
    """The limits of each value as scores, two (indicator, place) arrays, the lower score first."""
    sides = [scale.apply(stack(estimates, column)).T for column in ("used_low", "used_high")]
    return np.fmin(*sides), np.fmax(*sides)


def _widths(scale: Scale) -> np.ndarray:
    """The width of each scale; a percentile scale is as wide as the middle 90 % of its places."""
    widths = scale.high - scale.low
    for column, ladder in scale.ladders.items():
        widths = np.where(np.arange(len(widths)) == column, np.ptp(np.percentile(ladder, [5, 95])), widths)
    return widths


def _spread(estimates: Sequence[Estimate]) -> Spread:
    middle, low, high = (stack(estimates, column) for column in ("used", "used_low", "used_high"))
    bounds = [(found.indicator.measure.floor, found.indicator.measure.ceiling) for found in estimates]
    floor = np.array([-np.inf if low is None else low for low, _ in bounds])
    ceiling = np.array([np.inf if high is None else high for _, high in bounds])
    return Spread(middle, np.where(np.isnan(low), middle, low), np.where(np.isnan(high), middle, high), floor, ceiling)


def _previous(
    methodology: Methodology, branches: Sequence[Branch], pairs: Iterable[tuple[Estimate, Estimate]], earlier: Grown, *, alike: bool
) -> dict[str, np.ndarray]:
    """The baseline's numbers by id, NaN where they cannot be compared.

    That is where an input was withheld, or known in one of the two periods only, or is of more years together in one of them.
    alike: the baseline was not measured again, so that nothing is known of it here.
    """
    comparable, previous = {}, {}
    for found, old in pairs:
        name, now, then = found.indicator.id, found.table, old.table
        withheld = (now["status"] == "suppressed") | (then["status"] == "suppressed")
        as_many = len(found.years) == len(old.years)
        comparable[name] = ((now["value"].isna() == then["value"].isna()) & ~withheld).to_numpy() & as_many
        previous[name] = then["value"].where(comparable[name]).to_numpy(dtype=float)
    for branch in branches:
        comparable[branch.id] = np.logical_and.reduce([comparable[part] for part in branch.parts])
        previous[branch.id] = np.where(comparable[branch.id], earlier.scores[branch.id], np.nan)
    if alike or methodology.methodology.baseline == methodology.methodology.period:
        return {name: np.full(len(values), np.nan) for name, values in previous.items()}
    return previous


def _branch_table(branch: Branch, grown: Grown, previous: np.ndarray, sample: np.ndarray, spread: RankSpread | None) -> pd.DataFrame:
    score = grown.scores[branch.id]
    doubt = doubt_of(score, sample, worst_is_high=branch.up == "worse")
    found = {name: getattr(doubt, name) for name in BRANCH if hasattr(doubt, name)}
    choice_low, choice_high = (spread.low, spread.high) if spread else (np.nan, np.nan)
    known = ~np.isnan(score)
    others = {
        "value": score, "status": np.where(known, "value", "missing"), "present": grown.present[branch.id], "previous": previous,
        "choice_rank_low": np.where(known, choice_low, np.nan), "choice_rank_high": np.where(known, choice_high, np.nan),
    }  # fmt: skip
    return pd.DataFrame({**found, **others})[list(BRANCH)]


def _indicator_table(found: Estimate, scores: Sequence[Mapping[str, np.ndarray]], previous: np.ndarray) -> pd.DataFrame:
    table = found.table[["value", "low", "high", "status", "n", "flags", "mark"]].copy()
    middle, low, high = (some[found.indicator.id] for some in scores)
    return table.assign(scaled=middle, scaled_low=low, scaled_high=high, previous=previous)


def _bind(
    sources: Sources,
    methodology: Methodology,
    level: str,
    estimates: Sequence[Estimate],
    numbers: dict[str, pd.DataFrame],
    branches: Sequence[Branch],
) -> Assessment:
    heading, here = methodology.methodology, sources.atlas[level]
    nodes = (
        *branch_nodes(methodology, branches, numbers, here.many),
        *(indicator_node(found, sources, methodology) for found in estimates),
    )
    places = here.frame.to_crs(4326)[["name", "parent", "geometry"]].copy()
    parents = sources.atlas.sets.get(here.parent_set)
    places.insert(2, "parent_name", places["parent"].map(parents.frame["name"]).fillna("") if parents is not None else "")
    return Assessment(
        title=heading.title, city=heading.name, period=heading.period, level=level, one=here.one, many=here.many, fingerprint=methodology.fingerprint,
        tier=heading.tier, places=places, nodes=nodes, numbers={node.id: numbers[node.id] for node in nodes}, caveats=edition_caveats(methodology, nodes),
    )  # fmt: skip
