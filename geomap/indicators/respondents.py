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
from geomap.statistics.thin import too_thin
from geomap.worded import worded

CROSSED = "*"
BETWEEN = f" {CROSSED} "  # what stands between the groups of crossed columns
MARGINS = {"variable", "category", "people"}
NOT_RANDOM = worded("Adjusted, not representative: the survey is not a probability sample of the city.")
ONE_FOR_MANY = 3.0
FEW_TOGETHER = worded("Groups of which too few answered to be weighted by themselves are weighted as one.")
AS_ONE = "\x1eas one"
LEFT_OUT = worded("without the answers of places inside it that have too few to show")


@dataclass(frozen=True)
class Aside:
    """What may not show through in the weights of others. places: the layer's own places whose answers are told nowhere; fewest: how many of a group must have answered for it to be weighted by itself."""

    places: frozenset[str] = frozenset()
    fewest: int = 0


NOBODY = Aside()


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
        """Per answer, the place it has a code of (of the smallest places, where it lies somewhere), and the place of *level*."""
        return homes(self.layer, sources), places_of(self.layer, sources, level)


def homes(layer: Layer, sources: Sources) -> pd.Series:
    """Per row of *layer*, the place in its own boundary set, or the smallest place that it lies in."""
    return sources.join(sources.layer(layer.name), sources.finest).codes.reindex(layer.table.index)


def places_of(layer: Layer, sources: Sources, level: str) -> pd.Series:
    """Per row of *layer*, the place of *level*; MethodologyError where its own places do not each lie in one."""
    join = sources.join(sources.layer(layer.name), level)
    codes = join.codes.reindex(layer.table.index)
    if join.boundaries == level:
        return codes
    parents = sources.atlas.parent_in(join.boundaries, level)
    if parents is None:
        raise MethodologyError(
            f"Answers of '{layer.name}' are by '{join.boundaries}', whose places do not each lie in one place of '{level}'."
        )
    return codes.map(parents)


def can_be_placed(layer: Layer, sources: Sources, level: str) -> bool:
    """Whether each row of *layer* that has a place is in one of *level*."""
    boundaries = sources.join(sources.layer(layer.name), level).boundaries
    return boundaries == level or sources.atlas.parent_in(boundaries, level) is not None


def respondents(
    layer: Layer, sources: Sources, rake: tuple[str, ...], *, bounds: tuple[float, float] | None = None, aside: Aside = NOBODY
) -> Respondents:
    """The rows of *layer*, weighted so that the margins named in *rake* are those of the population in the period of *sources*.

    Those of the places *aside* bear on no other number: they meet no margin, and are in nobody's error. Where it asks for some fewest, groups of fewer answers are weighted as one, and
    all strata are one for the error, which is rather too large then: what varies within each stratum would tell how answers that are withheld lie between the strata.
    """
    kept = ~homes(layer, sources).isin(aside.places).to_numpy() if aside.places else np.ones(len(layer.table), dtype=bool)
    before = _sampled(layer)
    before = (before.collapsed() if aside.fewest else before).apart(~kept)
    after = _raked(layer, before, (rake, bounds), margins_of(layer, sources.period), (kept, aside.fewest)) if rake else before
    return Respondents(layer, after, (*_notes(layer, (before, after), kept), *((FEW_TOGETHER,) if rake and aside.fewest else ())))


def _raked(
    layer: Layer,
    design: Design,
    how: tuple[tuple[str, ...], tuple[float, float] | None],
    margins: pd.DataFrame,
    who: tuple[NDArray[np.bool_], int],
) -> Design:
    """The design raked to *margins*. how: variables and bounds; who: whose answers count, and how many a group must have."""
    (rake, bounds), (kept, fewest) = how, who
    columns, totals = {}, {}
    for name in rake:
        people = margins[margins["variable"] == name].set_index("category")["people"].astype(float)
        groups = grouped(layer, name).astype(object)
        thin = too_thin(groups[kept].astype(str).value_counts().reindex(people.index, fill_value=0).to_dict(), fewest)
        if thin:
            one = people.index.isin(thin)
            people = pd.concat([people[~one], pd.Series({AS_ONE: people[one].sum()})])
            groups = groups.mask(groups.astype(str).isin(thin), AS_ONE)
        columns[name], totals[name] = groups.to_numpy(), people.to_dict()
    return rake_to_margins(design, columns, totals, bounds=bounds, within=kept)


def answers_of(layer: Layer, question: str) -> tuple[pd.Series, NDArray[np.bool_]]:
    """The answers to *question* in the rows of *layer*, and which rows have one: neither blank nor a code for don't know."""
    answers = layer.column(question)
    survey = layer.card.survey
    unknown = list(survey.no_answer(question)) if survey else []
    return answers, (answers.notna() & ~answers.isin(unknown)).to_numpy()


def grouped(layer: Layer, name: str) -> pd.Series:
    """The group of each respondent by a variable of the margins: a column, or several that are crossed, such as "age * sex" ("young * female")."""
    first, *others = map(layer.column, columns_of(name))
    if not others:
        return first
    return first.astype(str).str.cat([other.astype(str) for other in others], sep=BETWEEN)


def columns_of(name: str) -> list[str]:
    """The columns that a variable of the margins crosses; one, where it is a column."""
    return [part.strip() for part in name.split(CROSSED)]


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


def _notes(layer: Layer, designs: tuple[Design, Design], kept: NDArray[np.bool_]) -> tuple[str, ...]:
    """What must be said of the design, by the answers *kept*; of a survey about people nothing that how many answered, in a small group or at all, could be worked out from."""
    survey, (before, after), guarded = layer.card.survey, designs, layer.card.guarded
    moved = weighting(before.weights[kept], after.weights[kept])
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
        said.append(
            worded(
                "The error takes all strata of the sample as one, so that no limit tells what people of one stratum said; it is rather too large."
            )
        )
    elif not guarded and (lonely := after.lonely):
        said.append(
            worded(
                "{count} stratum or strata were sampled in a single unit, so that their part of the error is not known and not counted.",
                count=len(lonely),
            )
        )
    return tuple(said)
