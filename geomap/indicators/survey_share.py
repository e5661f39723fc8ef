"""The share of answers in each place, weighted to the population."""

from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from geomap.errors import LayerError, MethodologyError
from geomap.indicators.heard import under_heard
from geomap.indicators.measure import Cell, Measure, Observed
from geomap.indicators.rows import rows_of
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.statistics.design import Design, kish_effective_size
from geomap.statistics.intervals import korn_graubard_interval
from geomap.statistics.margins import rake_to_margins

MARGINS = {"variable", "category", "people"}
LEFT_OUT = "without the answers of places inside it that have too few to show"


class SurveyShare(Measure):
    """Answers to *question* that are among *agree*, of all who answered, weighted so that the margins named in *rake* match the population."""

    measure: Literal["survey_share"] = "survey_share"
    question: str
    agree: tuple[Cell, ...] = Field(min_length=1)
    rake: tuple[str, ...] = ()
    scale: float = Field(100.0, gt=0)
    counting: ClassVar[bool] = False
    floor: ClassVar[float | None] = 0.0

    def observe(self, sources: Sources, level: str, *, without: frozenset[str] = frozenset()) -> Observed:
        """Weighted share per place with the Korn–Graubard interval; n is how many answered there.

        without: codes of the layer's own places whose answers the gate leaves out; they still count in the weights, which know no answers.
        """
        layer = rows_of(sources.layer(self.layer), self, sources.period)
        margins = _margins(layer, sources.period) if self.rake else None
        design = _weigh(layer, self.rake, margins)
        agrees, answered = self._answers(layer)
        own, groups = _places(layer, sources, level)
        left = own.isin(without)
        thinned = groups[left & answered].dropna().unique()
        groups = groups.where(answered & ~left)
        codes, share, se, n = design.means(np.where(answered, agrees, 0.0), groups.to_numpy(dtype=object))
        low, high = korn_graubard_interval(share, se, n, np.maximum(n - 1, 1))
        found = pd.DataFrame({"value": share, "low": low, "high": high, "n": n}, index=pd.Index(codes)) * [
            self.scale,
            self.scale,
            self.scale,
            1.0,
        ]
        frame = found.reindex(sources.atlas[level].codes)
        frame["n"] = frame["n"].fillna(0.0)
        frame["status"] = np.where(frame["value"].notna(), "value", "missing")
        flags = np.where(frame.index.isin(thinned), LEFT_OUT, "")
        return Observed(frame.assign(hidden=False, flags=flags), "base", self._notes(layer, margins, design))

    def sentence(self) -> str:
        """How the number comes about."""
        weights = f", weighted to the population by {', '.join(self.rake)}" if self.rake else ", unweighted"
        return f"Share who answered {', '.join(map(str, self.agree))} to '{self.question}'{weights}; Korn–Graubard interval."

    def _answers(self, layer: Layer) -> tuple[np.ndarray, np.ndarray]:
        answers = layer.column(self.question)
        if any(isinstance(answer, str) == pd.api.types.is_numeric_dtype(answers) for answer in self.agree):
            raise LayerError(
                f"The column '{self.question}' of '{layer.name}' is of another type than {list(self.agree)}: numbers go without quotes, text with."
            )
        unknown = list(layer.card.survey.dont_know) if layer.card.survey else []
        return answers.isin(list(self.agree)).to_numpy(), (answers.notna() & ~answers.isin(unknown)).to_numpy()

    def _notes(self, layer: Layer, margins: pd.DataFrame | None, design: Design) -> tuple[str, ...]:
        size = f"{len(layer.table):,} people answered; after weighting they count as much as {kish_effective_size(design.weights):,.0f}."
        card = layer.card.survey
        label = (
            () if card and card.representative else ("Adjusted, not representative: the survey is not a probability sample of the city.",)
        )
        return (size, *label, *(under_heard(layer.table, margins, self.rake) if margins is not None else ()))


def _margins(layer: Layer, period: str) -> pd.DataFrame:
    margins = layer.extras.get("margins")
    if margins is None or not set(margins.columns) >= MARGINS:
        raise LayerError(f"To weight '{layer.name}', its card needs a resource 'margins' with the columns variable, category, people.")
    if "period" in margins:
        margins = margins[margins["period"].astype(str) == period]
    return margins


def _weigh(layer: Layer, rake: tuple[str, ...], margins: pd.DataFrame | None) -> Design:
    card = layer.card.survey
    weights = layer.numbers(card.weight_field).to_numpy() if card and card.weight_field else np.ones(len(layer.table))
    design = Design.of(weights)
    if not rake:
        return design
    totals = {name: margins[margins["variable"] == name].set_index("category")["people"].astype(float).to_dict() for name in rake}
    return rake_to_margins(design, {name: layer.column(name).to_numpy() for name in rake}, totals)


def _places(layer: Layer, sources: Sources, level: str) -> tuple[pd.Series, pd.Series]:
    """Per answer, the place in the layer's own boundary set, and the place of *level*."""
    join = sources.join(sources.layer(layer.name), level)
    codes = join.codes.reindex(layer.table.index)
    if join.boundaries == level:
        return codes, codes
    parents = sources.atlas.parent_in(join.boundaries, level)
    if parents is None:
        raise MethodologyError(
            f"Answers of '{layer.name}' are by '{join.boundaries}', whose places do not each lie in one place of '{level}'."
        )
    return codes, codes.map(parents)
