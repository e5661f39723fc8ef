"""Which years a measure takes together, by what may be published of the counts.

The fewest years that end with the period in which, by the numbers that the gate lets out, few enough places have small counts. Of shorter spans nothing is
told but that they were too short: that more than a share of the places has fewer than *least* events, which can only say of a place that it has less than
that; since *least* is at least the threshold of the gate, it is never told more closely than a withheld count may be. All levels take the same years.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pandas as pd

from geomap.disclosure.gate import Rule
from geomap.errors import MethodologyError
from geomap.indicators.measure import Observed
from geomap.indicators.pooled import Pool, PoolingMeasure, usable
from geomap.indicators.sources import Sources
from geomap.methodology.parts import Indicator
from geomap.statistics.pooling import small_share
from geomap.worded import worded

TOGETHER = worded("years together: {years}")
TOLD = {
    (False, True): worded("{years} stands alone: no more than {percent} % of the places have fewer than {least} events."),
    (False, False): worded("{years} stands alone, though more than {percent} % of the places have fewer than {least} events: there are no years before it to take with it."),
    (True, True): worded("{years} are taken together and people counted once for each year: in fewer years more than {percent} % of the places have fewer than {least} events."),
    (True, False): worded("{years} are taken together and people counted once for each year: in fewer years more than {percent} % of the places have fewer than {least} events, and so they do in these, but no more years are taken."),
}  # fmt: skip  # by whether there are several years, and whether they are enough


@dataclass(frozen=True)
class Taken:
    """The years that are taken together and the rule; enough: whether it is met, so that few enough places have small counts."""

    years: tuple[int, ...]
    rule: Pool
    enough: bool

    @property
    def sentence(self) -> str:
        """Which years and why."""
        return TOLD[len(self.years) > 1, self.enough].format(
            years=span_words(self.years), percent=f"{100 * self.rule.share:.0f}", least=self.rule.least
        )


def span_words(years: tuple[int, ...]) -> str:
    """Years that follow one another, in words."""
    return f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])


def taken(indicator: Indicator, sources: Sources, rule: Rule, ask: Callable[[Sources], Observed]) -> Taken | None:
    """The years of *indicator* in the sources' period, or nothing where it does not pool; *ask* gives what the gate lets out of the years of given sources."""
    measure = indicator.measure
    if not isinstance(measure, PoolingMeasure) or measure.pool is None:
        return None
    wanted = measure.pool
    layer = sources.layer(measure.layer)
    guard = rule.of(layer.card.sensitivity)
    if guard is not None and wanted.least < guard.below:
        raise MethodologyError(
            f"Indicator '{indicator.id}' pools years until counts reach {wanted.least}, but counts under {guard.below} are withheld; "
            f"the choice of years would tell of them. Write least = {guard.below} or more."
        )
    years = usable(layer, sources.period, wanted.most)
    for start in range(len(years) - 1, -1, -1):
        frame = ask(replace(sources, years=years[start:])).frame
        if small_share(frame["events" if "events" in frame else "n"], wanted.least) <= wanted.share:
            return Taken(years[start:], wanted, enough=True)
    return Taken(years, wanted, enough=False)


def flagged(observed: Observed, found: Taken) -> Observed:
    """The observation with its years in the flag of every number that there is, and in its notes why."""
    frame = observed.frame
    if len(found.years) == 1:
        return observed.with_frame(frame, found.sentence)
    known = frame["status"].isin(["value", "zero", "suppressed"])
    words = (frame["flags"] + f"; {_together(found.years)}").str.strip("; ")
    return observed.with_frame(frame.assign(flags=frame["flags"].mask(known, words)), found.sentence)


def without_years(flags: pd.Series, years: tuple[int, ...]) -> pd.Series:
    """The flags of a number that takes *years* together without saying so, which says nothing against it."""
    return flags.str.removesuffix(_together(years)).str.removesuffix("; ") if len(years) > 1 else flags


def _together(years: tuple[int, ...]) -> str:
    return TOGETHER.format(years=span_words(years))
