"""The mean answer in each place on a question's scale, weighted to the population."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from geomap.indicators.measure import Cell, Measure, Observed
from geomap.indicators.respondents import answers_of, respondents, weighted_by
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

    def observe(self, sources: Sources, level: str, *, without: frozenset[str] = frozenset()) -> Observed:
        """Weighted mean per place with a t interval; n is how many answered there. without: as in *SurveyShare*."""
        who = respondents(rows_of(sources.layer(self.layer), self, sources.period), self.rake, sources.period, bounds=self.bounds)
        said = _numbers(who.layer, self.question)
        seen = weighted_means(who, said, sources, level, without=without)
        if (agree := self.upper(sources)) is None:
            return seen
        own, places = who.places(sources, level)
        agreed = places[(said == agree) & ~own.isin(without).to_numpy()].value_counts()
        return seen.with_frame(seen.frame.assign(agreed=agreed.reindex(seen.frame.index).fillna(0.0).astype(float)))

    def upper(self, sources: Sources) -> Cell | None:
        """The upper of two answers there are, whose mean is a share: by the codebook, or where that names no scale, by all that anybody answered; None where there are more."""
        layer = sources.layer(self.layer)
        survey = layer.card.survey
        if scale := survey.questions[self.question].scale if survey and self.question in survey.questions else None:
            return scale[1] if scale[1] - scale[0] == 1 else None
        answers = np.unique(_numbers(layer, self.question))
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
