"""One indicator at one level: observed, let out through the gate, finished."""

from dataclasses import dataclass

import pandas as pd

from geomap.disclosure.gate import Rule, let_out, roll_up
from geomap.errors import MethodologyError
from geomap.indicators.sources import Sources
from geomap.methodology.recipe import Indicator


@dataclass(frozen=True)
class Estimate:
    """What may be published of an indicator. table: value, low, high, n, status, flags, used, used_low, used_high per place; notes: sentences."""

    indicator: Indicator
    table: pd.DataFrame
    notes: tuple[str, ...]


def estimate(indicator: Indicator, sources: Sources, level: str, rule: Rule) -> Estimate:
    """The estimate of *indicator* in each place of *level*.

    Guarded counts of a larger level are summed from what the smallest places may show.
    """
    measure = indicator.measure
    layer = sources.layer(measure.layer)
    own = _observed_at(indicator, sources, level)
    published = let_out(measure.observe(sources, own), layer.card.sensitivity, rule)
    if own != level:
        published = roll_up(published, sources.atlas.route(own, level), sources.atlas[level].codes)
    table = measure.finish(published)
    return Estimate(indicator, table.assign(status=table["status"].mask((table["value"] == 0) & (table["status"] == "value"), "zero")), published.notes)


def allowed(indicator: Indicator, sources: Sources, tier: str) -> None:
    """Nothing, when an edition of *tier* may hold the indicator; else MethodologyError."""
    for name in indicator.measure.layers():
        card = sources.layer(name).card
        if not card.may_be_seen_in(tier):
            raise MethodologyError(f"Indicator '{indicator.id}' uses the layer '{name}', which is {card.tier} and may not be in a {tier} edition.")


def _observed_at(indicator: Indicator, sources: Sources, level: str) -> str:
    measure = indicator.measure
    layer = sources.layer(measure.layer)
    if not measure.counting or layer.card.sensitivity != "counts" or level == sources.finest:
        return level
    here = sources.join(layer, sources.finest).boundaries
    return sources.finest if sources.atlas.route(here, sources.finest) is not None else level
