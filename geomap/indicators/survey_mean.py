"""The mean answer in each place on a question's scale, weighted to the population."""

from typing import ClassVar, Literal

import numpy as np

from geomap.indicators.measure import Measure, Observed
from geomap.indicators.respondents import respondents, weighted_by
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.indicators.weighted_means import weighted_means
from geomap.worded import worded


class SurveyMean(Measure):
    """The mean of the answers to *question*, weighted so that the margins named in *rake* match the population."""

    measure: Literal["survey_mean"] = "survey_mean"
    question: str
    rake: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    counting: ClassVar[bool] = False
    answering: ClassVar[bool] = True

    def observe(self, sources: Sources, level: str, *, without: frozenset[str] = frozenset()) -> Observed:
        """Weighted mean per place with a t interval; n is how many answered there. without: as in *SurveyShare*."""
        who = respondents(rows_of(sources.layer(self.layer), self, sources.period), self.rake, sources.period, bounds=self.bounds)
        _, answered = who.answers(self.question)
        said = np.where(answered, who.layer.numbers(self.question).to_numpy(dtype=float), np.nan)
        seen = weighted_means(who, said, sources, level, without=without)
        if (agree := self.upper(sources)) is None:
            return seen
        own, places = who.places(sources, level)
        agreed = places[(said == agree) & ~own.isin(without).to_numpy()].value_counts()
        return seen.with_frame(seen.frame.assign(agreed=agreed.reindex(seen.frame.index).fillna(0.0).astype(float)))

    def upper(self, sources: Sources) -> int | None:
        """The upper of two answers there are by the codebook, whose mean is a share; None where there are more, or no codebook says."""
        survey = sources.layer(self.layer).card.survey
        scale = survey.questions[self.question].scale if survey and self.question in survey.questions else None
        return scale[1] if scale and scale[1] - scale[0] == 1 else None

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        layer = sources.layer(self.layer)
        return worded(
            "Mean answer to '{question}', {weighted}; interval from the survey's design.",
            question=layer.called(self.question),
            weighted=weighted_by(layer, self.rake),
        )
