"""The mean answer in each place on a question's scale, weighted to the population."""

from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import PrivateAttr

from geomap.errors import DisclosureError
from geomap.indicators.measure import Cell, Measure, Observed
from geomap.indicators.respondents import NOBODY, Aside, Respondents, answers_of, respondents, weighted_by
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.indicators.weighted_means import weighted_means
from geomap.layers.layer import Layer
from geomap.worded import worded

TWO = 2


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
        if (agree := self.upper(sources)) is None:
            return seen
        own, places = who.places(sources, level)
        agreed = places[(said == agree) & ~own.isin(without).to_numpy()].value_counts()
        return seen.with_frame(seen.frame.assign(agreed=agreed.reindex(seen.frame.index).fillna(0.0).astype(float)))

    def from_base(self, base: int) -> "SurveyMean":
        """The measure that looks at places with *base* answers when it asks whether there are two answers only."""
        copy = self.model_copy()
        copy._base = base  # noqa: SLF001  our own
        return copy

    def _demand_scale(self, who: Respondents, said: NDArray[np.float64], sources: Sources, level: str) -> None:
        """DisclosureError where no codebook names the scale, more than two answers occur, and those of a place that would be shown are two at most: that place's mean would be an unguarded share."""
        if not self._base or self._scale(sources) or self.upper(sources) is not None or not who.layer.card.guarded:
            return
        _, places = who.places(sources, level)
        given = pd.Series(said).groupby(places.to_numpy(dtype=object)).agg(["count", "nunique"])
        if len(bare := given.index[(given["count"] >= self._base) & (given["nunique"] <= TWO)]):
            raise DisclosureError(
                f"The answers to '{self.question}' of '{self.layer}' in '{bare[0]}' are two at most, so their mean tells how many gave each; but others occur elsewhere, and the card names no scale. "
                f"Write the question's scale in the card (geomap:survey → questions → {self.question} → scale), and codes that are no answer under dont_know."
            )

    def _scale(self, sources: Sources) -> tuple[int, int] | None:
        survey = sources.layer(self.layer).card.survey
        return survey.questions[self.question].scale if survey and self.question in survey.questions else None

    def upper(self, sources: Sources) -> Cell | None:
        """The upper of two answers there are, whose mean is a share: by the codebook, or where that names no scale, by all that anybody answered; None where there are more."""
        if scale := self._scale(sources):
            return scale[1] if scale[1] - scale[0] == 1 else None
        answers = np.unique(_numbers(sources.layer(self.layer), self.question))
        answers = answers[np.isfinite(answers)]
        if not 0 < len(answers) <= TWO:
            return None
        return int(answers[-1]) if answers[-1].is_integer() else float(answers[-1])

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
