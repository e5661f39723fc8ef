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
        said = who.layer.numbers(self.question).to_numpy(dtype=float)
        return weighted_means(who, np.where(answered, said, np.nan), sources, level, without=without)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        layer = sources.layer(self.layer)
        return worded(
            "Mean answer to '{question}', {weighted}; interval from the survey's design.",
            question=layer.called(self.question),
            weighted=weighted_by(layer, self.rake),
        )
