"""The choices of method that a methodology declares open, and how far ranks spread over them."""

from collections.abc import Mapping, Sequence

import numpy as np

from geomap.assessment.estimate import Estimate, stack
from geomap.methodology.recipe import Methodology
from geomap.methodology.rules import ScaleRule
from geomap.scoring.choices import RankSpread, Ways, choice_spread
from geomap.scoring.combine import least_share
from geomap.scoring.scale import fit_scale
from geomap.scoring.tree import Branch


def other_scales(methodology: Methodology, estimates: Sequence[Estimate], base: Sequence[Estimate]) -> dict[str, dict[str, np.ndarray]]:
    """The scores of indicators under the other scales that the methodology's choices name; an indicator with fixed goalposts keeps them."""
    names, found = tuple(one.indicator.id for one in estimates), {}
    for method in methodology.choices.scales if methodology.choices else ():
        other = ScaleRule(method=method, reason=methodology.choices.reason)
        rulers = tuple(
            (one.indicator.scale if one.indicator.scale and one.indicator.scale.method == "fixed" else other).ruler(one.indicator.steps)
            for one in estimates
        )
        found[method] = dict(zip(names, fit_scale(names, stack(base, "used"), rulers).apply(stack(estimates, "used")).T, strict=True))
    return found


def method_spread(
    methodology: Methodology,
    branches: Sequence[Branch],
    ups: Mapping[str, str],
    scales: Mapping[str, Mapping[str, np.ndarray]],
    seed: Sequence[int],
) -> dict[str, RankSpread]:
    """The spread of ranks over the declared choices of method; nothing where none are declared."""
    choices = methodology.choices
    if choices is None:
        return {}
    scales = {name: leaves for name, leaves in scales.items() if name != methodology.scale.method}
    rules = tuple(
        None if rule == methodology.missing.rule else least_share(rule, methodology.missing.least_share) for rule in choices.missing
    )
    ways = Ways(
        scales=scales, combine=choices.combine, least_shares=tuple(dict.fromkeys((None, *rules))), leave_out=choices.leave_out,
        concentration=choices.concentration if choices.weights == "dirichlet" else None, band=choices.band if choices.weights == "band" else None,
    )  # fmt: skip
    return choice_spread(branches, ups, ways, draws=choices.draws, seed=seed)
