"""Events that each count for the weight of their kind, per so many people: a few grave ones may weigh more than many slight ones."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import ClassVar, Literal

import numpy as np
import pandas as pd
from pydantic import Field

from geomap.errors import LayerError
from geomap.indicators.bring import Brought, bring_column, bring_events
from geomap.indicators.counts import from_counts, pair
from geomap.indicators.kind_weights import NAMED, KindWeights
from geomap.indicators.measure import Kind, Observed, Per, named
from geomap.indicators.of_kinds import together
from geomap.indicators.pooled import PoolingMeasure, each_year, span
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.statistics.standardisation import gamma_sum
from geomap.worded import worded

TOO_WIDE = 0.05  # of the sum of a larger place: where what is withheld in smaller ones could move it by more, only the band is told


class Severity(PoolingMeasure):
    """The weights of the events in each place per *scale* of what they are counted against, a year.

    kind: the column with the kind of each row. weights: the table that says how much one of each kind weighs. events: columns to sum; without them each
    row is one event. years: by how many years the sum is divided. Each kind of the table (or of *where*) passes the gate by itself, recorded or not, since known weights would tell
    the counts behind a sum.
    """

    measure: Literal["severity"] = "severity"
    kind: str = "kind"
    weights: KindWeights
    events: tuple[str, ...] = ()
    per: Per
    scale: float = Field(1_000.0, gt=0)
    years: float = Field(1.0, gt=0)
    counting: ClassVar[bool] = True
    floor: ClassVar[float | None] = 0.0

    @property
    def weighed_by(self) -> str:
        """The layer that says how much each kind of event counts for."""
        return self.weights.layer

    def layers(self) -> tuple[str, ...]:
        """The names of all layers the measure reads, the table of weights last."""
        return tuple(dict.fromkeys([*super().layers(), self.weighed_by]))

    @property
    def names_years(self) -> bool:
        """Whether it says itself of which or how many years it is."""
        return super().names_years or self.years != 1

    def observe(self, sources: Sources, level: str) -> Observed:
        """Events of each kind and exposure (people × years) per place; LayerError where a kind has no weight."""
        weights, held = self.weights.read(sources), cache(lambda years: self.rows(replace(sources, years=years)))
        people = each_year(lambda one: bring_column(self.per, one, level), sources)
        named, kinds = self._named(self.rows(sources)), []
        there = set(named)
        brought = cache(lambda kind: each_year(lambda one: self._events(held(one.years), kind, one, level), sources))
        for name in self._counted(named, weights):
            events = brought(name if name in there else "")  # kinds without a record are all alike, and brought once
            kinds.append(Kind(name, float(weights[name]), Observed(pair(events, people, self.years), "count", events.notes)))
        return together(kinds, tuple(dict.fromkeys((*self.weights.sentences(sources), *kinds[0].seen.notes, *people.notes))))

    def finish(self, observed: Observed) -> pd.DataFrame:
        """The weighted sum with the gamma interval; where a kind is withheld, the band in which the sum lies, and nothing of the counts behind it."""
        weights = np.array([one.weight for one in observed.kinds])
        events, half = (np.column_stack([one.seen.frame[name] for one in observed.kinds]) for name in ("events", "half"))
        found = gamma_sum(events, weights, half=half)
        hidden = observed.frame["hidden"].astype(bool) | (_withheld(observed.kinds) > TOO_WIDE * found.rate)
        weighed = observed.frame.assign(events=found.rate, half=half @ weights, hidden=hidden)
        return from_counts(weighed, found.low, found.high, self.scale).assign(n=observed.frame["events"].mask(hidden))

    def remarks(self, observed: Observed) -> tuple[str, ...]:
        """How much of the weight of all places the heaviest kind carries, and how few of the events it is."""
        sides = [_totals(observed.kinds, sign) for sign in (-1, 1)]
        weights = np.array([one.weight for one in observed.kinds])
        heaviest = int(np.argmax((sides[0] + sides[1]) * weights))
        if (sides[1] > 0).sum() < 2 or not weights[heaviest] > 0:
            return ()
        weight, events = (_part(sides, counted, heaviest) for counted in (weights, np.ones(len(weights))))
        return (
            worded(
                "{weight} % of the weight of all places comes from {events} % of the events, those of the kind '{kind}'.",
                weight=str(weight),
                events=str(events),
                kind=observed.kinds[heaviest].name,
            ),
        )

    def sentence(self, sources: Sources) -> str:
        """How the number comes about."""
        gaps = {**named(self.per, self.scale, sources), "weights": sources.called(self.weights.layer)}
        if years := span(self.years, self.pool):
            return worded(
                "Recorded events, each counted as much as its kind weighs in '{weights}', per {scale} of {people} ({layer}) a year, {years}; gamma interval (Fay and Feuer).",
                years=years, **gaps,
            )  # fmt: skip
        return worded(
            "Recorded events, each counted as much as its kind weighs in '{weights}', per {scale} of {people} ({layer}); gamma interval (Fay and Feuer).",
            **gaps,
        )

    def _events(self, layer: Layer, kind: str, sources: Sources, level: str) -> Brought:
        return bring_events(layer, self.events, sources, level, among=(layer.column(self.kind) == kind).to_numpy(dtype=bool))

    def _named(self, layer: Layer) -> pd.Series:
        """The kind of each row; LayerError where it is blank or no text."""
        kinds = layer.column(self.kind)
        if pd.api.types.is_numeric_dtype(kinds):
            raise LayerError(
                f"The column '{self.kind}' of the layer '{layer.name}' holds numbers; give it the type string in the card, so that kinds are names."
            )
        if (kinds.isna() | (kinds == "")).any():
            raise LayerError(
                f"Some rows of the layer '{layer.name}' have no '{self.kind}', so nobody knows what they weigh. Fill the column, or name the kinds that count with where."
            )
        return kinds

    def _counted(self, kinds: pd.Series, weights: pd.Series) -> list[str]:
        """The kinds that count, recorded or not: all of the table, or those that *where* names. LayerError where one has no weight.

        Never the kinds that rows hold: noise gives each kind that is counted limits of its own, so that a kind which one record brings in would tell of it.
        """
        there, named = set(kinds.unique()), self.where.get(self.kind, ())
        if unknown := sorted({*there, *named} - set(weights.index)):
            raise LayerError(
                f"The table of weights '{self.weights.layer}' has no weight for {unknown[:NAMED]}, which '{self.layer}' holds. Add them, word them alike, or name the kinds that count "
                f"with where = {{ {self.kind} = [...] }}."
            )
        return sorted(set(map(str, named or weights.index)))


def _withheld(kinds: Sequence[Kind]) -> np.ndarray | float:
    """How far the withheld counts of smaller places could move the weighted sum of each larger one, either way; 0 where nothing is summed up."""
    return sum(one.weight * one.seen.frame["withheld"].to_numpy() for one in kinds if "withheld" in one.seen.frame)


def _totals(kinds: Sequence[Kind], sign: int) -> np.ndarray:
    """The least (sign -1) or the most (1) events of each kind in all places; never fewer than none in any."""
    return np.array([np.nansum((one.seen.frame["events"] + sign * one.seen.frame["half"]).clip(lower=0)) for one in kinds])


def _part(sides: Sequence[np.ndarray], counted: np.ndarray, one: int) -> str:
    """The share of kind *one* in all that is *counted*, in per cent; between two numbers where some of it is withheld."""
    least, most = (side * counted for side in sides)
    rests = [others.sum() - others[one] for others in (most, least)]
    ends = [mine[one] / (mine[one] + rest) if rest > 0 else 1.0 for mine, rest in zip((least, most), rests, strict=True)]
    low, high = (f"{100 * end:.3g}" for end in ends)
    return low if low == high else f"{low}–{high}"
