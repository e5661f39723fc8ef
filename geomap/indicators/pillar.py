"""A scale of a published instrument, such as a pillar of community resilience: its mean score in each place."""

from typing import ClassVar, Literal

import numpy as np
from numpy.typing import NDArray

from geomap.errors import DisclosureError, LayerError, MethodologyError
from geomap.indicators.measure import Measure, Observed
from geomap.indicators.respondents import NOBODY, Aside, respondents, weighted_by
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.indicators.weighted_means import weighted_means
from geomap.layers.instrument import Instrument, Subscale
from geomap.layers.layer import Layer
from geomap.statistics.likert import scores, turned
from geomap.worded import worded

NOT_A_PREDICTION = worded(
    "Answers describe how people in a place see things together; they are not a prediction of any person's behaviour."
)


class Pillar(Measure):
    """The mean score of the scale *subscale* of the layer's instrument, scored as its authors publish it and weighted to the population."""

    measure: Literal["pillar"] = "pillar"
    subscale: str
    rake: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    counting: ClassVar[bool] = False
    answering: ClassVar[bool] = True

    def heard(self, sources: Sources) -> tuple[Layer, NDArray[np.bool_]]:
        """Those who answered enough items of the scale."""
        rows = rows_of(sources.layer(self.layer), self, sources.period)
        return rows, ~np.isnan(score_of(rows, instrument_of(rows), self.subscale))

    def observe(self, sources: Sources, level: str, *, without: frozenset[str] = frozenset(), aside: Aside = NOBODY) -> Observed:
        """Weighted mean score per place with a t interval; n is how many answered enough items. without, aside: as in *SurveyShare*.

        MethodologyError for a scale about what a person thinks or does of violence: it has no number per neighbourhood. DisclosureError for a scale of questions with two answers, or of one with three.
        """
        layer = rows_of(sources.layer(self.layer), self, sources.period)
        instrument = instrument_of(layer)
        if scale_of(instrument, self.subscale, layer).individual:
            raise MethodologyError(
                f"The scale '{self.subscale}' of '{layer.name}' asks people what they think or do about violence. It is shown for the whole city "
                "only, never by neighbourhood. Take the indicator out."
            )
        if layer.card.guarded and of_shares(instrument, self.subscale):
            raise DisclosureError(
                f"The scale '{self.subscale}' of '{layer.name}' is made of questions with two answers, or of one with three, so its mean is made of shares, which tell how many gave each. "
                "Use the measure survey_share for each question, which guards small numbers of all answers."
            )
        who = respondents(layer, sources, self.rake, bounds=self.bounds, aside=aside)
        found = weighted_means(who, score_of(layer, instrument, self.subscale), sources, level, without=without)
        return found.with_frame(found.frame, NOT_A_PREDICTION)

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        layer = sources.layer(self.layer)
        return worded(
            "Mean score of the scale '{scale}', scored as its authors publish it, {weighted}; interval from the survey's design.",
            scale=scale_of(instrument_of(layer), self.subscale, layer).title, weighted=weighted_by(layer, self.rake),
        )  # fmt: skip


def of_shares(instrument: Instrument, name: str) -> bool:
    """Whether the mean of the scale *name* is a sum of shares of one of two answers each, or tells how many gave each of three to its only item."""
    answers = instrument.scale[1] - instrument.scale[0] + 1
    return answers <= (3 if len(instrument.subscales[name].items) == 1 else 2)


def instrument_of(layer: Layer) -> Instrument:
    """The instrument in the layer's card; LayerError where there is none."""
    survey = layer.card.survey
    if survey is None or survey.instrument is None:
        raise LayerError(f"The card of '{layer.name}' describes no instrument. Write one under geomap:survey, with its scales and items.")
    return survey.instrument


def scale_of(instrument: Instrument, name: str, layer: Layer) -> Subscale:
    """The scale called *name*; LayerError names those there are."""
    if name not in instrument.subscales:
        raise LayerError(f"The instrument of '{layer.name}' has no scale '{name}'. It has {sorted(instrument.subscales)}.")
    return instrument.subscales[name]


def items_of(layer: Layer, instrument: Instrument, name: str) -> np.ndarray:
    """The answers (n, items) to the items of a scale, those to be turned over turned, NaN for no answer; LayerError for answers off the scale."""
    items, survey = scale_of(instrument, name, layer).items, layer.card.survey
    columns = []
    for item in items:
        unknown = list(survey.no_answer(item)) if survey else []
        answers = layer.numbers(item)
        answers = answers.mask(answers.isin(unknown))
        if len(off := sorted(answers[(answers < instrument.scale[0]) | (answers > instrument.scale[1])].unique())):
            raise LayerError(
                f"The column '{item}' of '{layer.name}' holds {off[:5]}, off the scale {instrument.scale[0]} to {instrument.scale[1]}. "
                "If such a code stands for no answer, name it under dont_know."
            )
        columns.append(answers.to_numpy(dtype=float))
    return turned(np.column_stack(columns), [item in instrument.reverse for item in items], instrument.scale)


def score_of(layer: Layer, instrument: Instrument, name: str) -> np.ndarray:
    """Each person's score (n,) on a scale, by the instrument's own rule; NaN where too few items were answered."""
    return scores(items_of(layer, instrument, name), how=instrument.score, least_answered=instrument.least_answered)
