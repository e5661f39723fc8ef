"""The mean answer in each place on a question's scale, weighted to the population."""

from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import PrivateAttr

from geomap.errors import DisclosureError
from geomap.indicators.measure import AGREED, Cell, Measure, Observed
from geomap.indicators.respondents import NOBODY, Aside, Respondents, answers_of, respondents, weighted_by
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.indicators.weighted_means import weighted_means
from geomap.layers.layer import Layer
from geomap.worded import worded

MOST = 3


class SurveyMean(Measure):
    """The mean of the answers to *question*, weighted so that the margins named in *rake* match the population."""

    measure: Literal["survey_mean"] = "survey_mean"
    question: str
    rake: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    counting: ClassVar[bool] = False
    answering: ClassVar[bool] = True
    _base: int = PrivateAttr(0)

    def heard(self, sources: Sources) -> tuple[Layer, NDArray[np.bool_]]:
        """Those who gave a number."""
        rows = rows_of(sources.layer(self.layer), self, sources.period)
        return rows, ~np.isnan(_numbers(rows, self.question))

    def observe(self, sources: Sources, level: str, *, without: frozenset[str] = frozenset(), aside: Aside = NOBODY) -> Observed:
        """Weighted mean per place with a t interval; n is how many answered there. without, aside: as in *SurveyShare*."""
        who = respondents(rows_of(sources.layer(self.layer), self, sources.period), sources, self.rake, bounds=self.bounds, aside=aside)
        said = _numbers(who.layer, self.question)
        seen = weighted_means(who, said, sources, level, without=without)
        self._demand_scale(who, said, sources, level)
        own, places = who.places(sources, level)
        places = places.mask(own.isin(without))
        gave = {name: places[said == answer].value_counts() for name, answer in self.told(sources).items()}
        return seen.with_frame(
            seen.frame.assign(**{name: found.reindex(seen.frame.index).fillna(0.0).astype(float) for name, found in gave.items()})
        )

    def from_base(self, base: int) -> "SurveyMean":
        """The measure that looks at places with *base* answers when it asks whether there are two answers only."""
        copy = self.model_copy()
        copy._base = base  # noqa: SLF001  our own
        return copy

    def _demand_scale(self, who: Respondents, said: NDArray[np.float64], sources: Sources, level: str) -> None:
        """DisclosureError where no codebook names the scale, more than *MOST* answers occur, and those of a place that would be shown are no more: that place's mean and limits would tell how many gave each."""
        if not self._base or self._scale(sources) or self.told(sources) or not who.layer.card.guarded:
            return
        _, places = who.places(sources, level)
        given = pd.Series(said).groupby(places.to_numpy(dtype=object)).agg(["count", "nunique"])
        if len(bare := given.index[(given["count"] >= self._base) & (given["nunique"] <= MOST)]):
            raise DisclosureError(
                f"The answers to '{self.question}' of '{self.layer}' in '{bare[0]}' are three at most, so their mean tells how many gave each; but others occur elsewhere, and the card names no scale. "
                f"Write the question's scale in the card (geomap:survey → questions → {self.question} → scale), and codes that are no answer under dont_know."
            )

    def _scale(self, sources: Sources) -> tuple[int, int] | None:
        survey = sources.layer(self.layer).card.survey
        return survey.questions[self.question].scale if survey and self.question in survey.questions else None

    def told(self, sources: Sources) -> dict[str, Cell]:
        """The answers that a mean and its limits tell the numbers of, by the column of their counts: the upper of two that there are, whose mean is a share, or each of three; none where there are more.

        There are those of the codebook's scale, or where it names none, those that anybody gave.
        """
        if scale := self._scale(sources):
            answers = [*range(scale[0], scale[1] + 1)]
        else:
            found = np.unique(_numbers(sources.layer(self.layer), self.question))
            answers = [int(one) if one.is_integer() else float(one) for one in found[np.isfinite(found)]]
        if not 0 < len(answers) <= MOST:
            return {}
        named = answers[::-1] if len(answers) == MOST else answers[-1:]
        return {AGREED + (f" {at}" if at else ""): answer for at, answer in enumerate(named)}

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        layer = sources.layer(self.layer)
        return worded(
            "Mean answer to '{question}', {weighted}; interval from the survey's design.",
            question=layer.called(self.question),
            weighted=weighted_by(layer, self.rake),
        )


def _numbers(layer: Layer, question: str) -> NDArray[np.float64]:
    """Of each row its answer to *question*, NaN where there is none."""
    _, answered = answers_of(layer, question)
    return np.where(answered, layer.numbers(question).to_numpy(dtype=float), np.nan)
