"""The share of answers in each place, weighted to the population."""

from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field

from geomap.indicators.measure import Cell, Measure, Observed
from geomap.indicators.respondents import LEFT_OUT, NOBODY, Aside, agreeing, answers_of, respondents, weighted_by
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.statistics.domains import Domains, domain_means
from geomap.statistics.intervals import korn_graubard_interval
from geomap.worded import worded


class SurveyShare(Measure):
    """Answers to *question* that are among *agree*, of all who answered, weighted so that the margins named in *rake* match the population."""

    measure: Literal["survey_share"] = "survey_share"
    question: str
    agree: tuple[Cell, ...] = Field(min_length=1)
    rake: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    scale: float = Field(100.0, gt=0)
    counting: ClassVar[bool] = False
    answering: ClassVar[bool] = True
    floor: ClassVar[float | None] = 0.0

    def heard(self, sources: Sources) -> tuple[Layer, NDArray[np.bool_]]:
        """Those who answered the question."""
        rows = rows_of(sources.layer(self.layer), self, sources.period)
        return rows, answers_of(rows, self.question)[1]

    def observe(self, sources: Sources, level: str, *, without: frozenset[str] = frozenset(), aside: Aside = NOBODY) -> Observed:
        """Weighted share per place with the Korn–Graubard interval; n is how many answered there.

        without: codes of the layer's own places whose answers the gate leaves out; they count in the weights, which know no answers, unless they are *aside*.
        """
        rows, answered = self.heard(sources)
        who = respondents(rows, sources, self.rake, bounds=self.bounds, aside=aside)
        agrees, _ = agreeing(who, self.question, self.agree)
        own, groups = who.places(sources, level)
        left = own.isin(without)
        thinned = groups[left & answered].dropna().unique()
        groups = groups.where(answered & ~left).to_numpy(dtype=object)
        means = domain_means(who.design, np.where(answered, agrees, 0.0), Domains.of(groups))
        low, high = korn_graubard_interval(means["mean"], means["se"], means["n"], means["df"].clip(lower=1))
        found = pd.DataFrame({"value": means["mean"], "low": low, "high": high}) * self.scale
        frame = found.assign(n=means["n"]).reindex(sources.atlas[level].codes)
        frame["n"] = frame["n"].fillna(0.0)
        frame["agreed"] = pd.Series(agrees & answered).groupby(groups).sum().reindex(frame.index).fillna(0.0)
        frame["status"] = np.where(frame["value"].notna(), "value", "missing")
        flags = np.where(frame.index.isin(thinned), LEFT_OUT, "")
        return Observed(frame.assign(hidden=False, flags=flags), "base", who.notes)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        layer = sources.layer(self.layer)
        return worded(
            "Share who answered {answers} to '{question}', {weighted}; Korn–Graubard interval.",
            answers=", ".join(map(str, self.agree)), question=layer.called(self.question), weighted=weighted_by(layer, self.rake),
        )  # fmt: skip
