"""The people who answered a survey: weighted to the population, and each in a place. What all measures of answers stand on."""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from geomap.errors import LayerError, MethodologyError
from geomap.indicators.measure import Cell
from geomap.indicators.replicate_columns import replicates_of
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.statistics.design import Design
from geomap.statistics.margins import rake_to_margins, weighting
from geomap.worded import worded

CROSSED = "*"
MARGINS = {"variable", "category", "people"}
NOT_RANDOM = worded("Adjusted, not representative: the survey is not a probability sample of the city.")
ONE_FOR_MANY = 3.0
LEFT_OUT = worded("without the answers of places inside it that have too few to show")


@dataclass(frozen=True)
class Respondents:
    """Those who answered, one row each: the layer's rows, their design with its weights, and sentences on both."""

    layer: Layer
    design: Design
    notes: tuple[str, ...]

    def answers(self, question: str) -> tuple[pd.Series, NDArray[np.bool_]]:
        """The answers to *question*, and who gave one: neither blank nor a code for don't know."""
        return answers_of(self.layer, question)

    def places(self, sources: Sources, level: str) -> tuple[pd.Series, pd.Series]:
        """Per answer, the place in the layer's own boundary set, and the place of *level*."""
        join = sources.join(sources.layer(self.layer.name), level)
        codes = join.codes.reindex(self.layer.table.index)
        if join.boundaries == level:
            return codes, codes
        parents = sources.atlas.parent_in(join.boundaries, level)
        if parents is None:
            raise MethodologyError(
                f"Answers of '{self.layer.name}' are by '{join.boundaries}', whose places do not each lie in one place of '{level}'."
            )
        return codes, codes.map(parents)


def respondents(layer: Layer, rake: tuple[str, ...], period: str, *, bounds: tuple[float, float] | None = None) -> Respondents:
    """The rows of *layer*, weighted so that the margins named in *rake* are those of the population in *period*."""
    margins = margins_of(layer, period) if rake else None
    before = _sampled(layer)
    after = before
    if margins is not None:
        totals = {name: margins[margins["variable"] == name].set_index("category")["people"].astype(float).to_dict() for name in rake}
        after = rake_to_margins(before, {name: grouped(layer, name).to_numpy() for name in rake}, totals, bounds=bounds)
    return Respondents(layer, after, _notes(layer, (before, after)))


def answers_of(layer: Layer, question: str) -> tuple[pd.Series, NDArray[np.bool_]]:
    """The answers to *question* in the rows of *layer*, and which rows have one: neither blank nor a code for don't know."""
    answers = layer.column(question)
    survey = layer.card.survey
    unknown = list(survey.no_answer(question)) if survey else []
    return answers, (answers.notna() & ~answers.isin(unknown)).to_numpy()


def grouped(layer: Layer, name: str) -> pd.Series:
    """The group of each respondent by a variable of the margins: a column, or several that are crossed, such as "age * sex" ("young * female")."""
    first, *others = (layer.column(part.strip()) for part in name.split(CROSSED))
    if not others:
        return first
    return first.astype(str).str.cat([other.astype(str) for other in others], sep=f" {CROSSED} ")


def agreeing(who: Respondents, question: str, agree: tuple[Cell, ...]) -> tuple[np.ndarray, np.ndarray]:
    """Who is among *agree*, and who answered at all; LayerError where the answers are of another type."""
    answers, answered = who.answers(question)
    if any(isinstance(answer, str) == pd.api.types.is_numeric_dtype(answers) for answer in agree):
        raise LayerError(
            f"The column '{question}' of '{who.layer.name}' is of another type than {list(agree)}: numbers go without quotes, text with."
        )
    return answers.isin(list(agree)).to_numpy(), answered


def margins_of(layer: Layer, period: str) -> pd.DataFrame:
    """Residents by variable and category, of *period* where the table knows periods."""
    margins = layer.extras.get("margins")
    if margins is None or not set(margins.columns) >= MARGINS:
        raise LayerError(f"To weight '{layer.name}', its card needs a resource 'margins' with the columns variable, category, people.")
    if "period" in margins:
        margins = margins[margins["period"].astype(str) == period]
    return margins


def _sampled(layer: Layer) -> Design:
    survey = layer.card.survey
    weights = layer.numbers(survey.weight_field).to_numpy() if survey and survey.weight_field else np.ones(len(layer.table))
    if survey is None:
        return Design.of(weights)
    stratum, cluster, units = (
        layer.column(name).to_numpy() if name else None for name in (survey.stratum_field, survey.cluster_field, survey.units_field)
    )
    sampled = Design.of(weights, stratum=stratum, psu=cluster, fpc=None if units is None else np.asarray(units, dtype=float))
    return sampled if survey.replicates is None else replace(sampled, replicates=replicates_of(layer, survey.replicates))


def weighted_by(layer: Layer, rake: tuple[str, ...]) -> str:
    """To what the answers are weighted, as part of a sentence."""
    return worded("weighted to the population by {margins}", margins=", ".join(map(layer.called, rake))) if rake else worded("unweighted")


def _notes(layer: Layer, designs: tuple[Design, Design]) -> tuple[str, ...]:
    """What must be said of the design; of a survey about people nothing that how many answered, in a small group or at all, could be worked out from."""
    survey, (before, after), guarded = layer.card.survey, designs, layer.card.sensitivity != "open"
    moved = weighting(before, after)
    size = worded(
        "{people} people answered; after weighting they count as much as {effective}.", people=moved.n, effective=round(moved.effective)
    )
    said = [*(() if guarded else (size,)), *(() if survey and survey.representative else (NOT_RANDOM,))]
    if moved.most > ONE_FOR_MANY:
        said.append(
            worded("The answers of the people least reached count more than {most} times.", most=f"{ONE_FOR_MANY:g}")
            if guarded
            else worded(
                "The answers of the people least reached count up to {most} times, those of the best reached {least} times.",
                most=f"{moved.most:.1f}",
                least=f"{moved.least:.2f}",
            )
        )
    if after.replicates is not None and survey and survey.replicates:
        said.append(
            worded(
                "Errors are taken from the {count} replicate weights of the survey ({method}).",
                count=len(after.replicates.counts),
                method=survey.replicates.method,
            )
        )
    elif guarded and survey and survey.stratum_field:
        said.append(worded("Where a stratum was sampled in a single unit, its part of the error is not known and not counted."))
    elif not guarded and (lonely := after.lonely):
        said.append(
            worded(
                "{count} stratum or strata were sampled in a single unit, so that their part of the error is not known and not counted.",
                count=len(lonely),
            )
        )
    return tuple(said)
