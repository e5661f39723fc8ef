"""Years taken together where the counts of one are small: which, and what they add up to.

Each year is brought to places by itself and then added, so that a place that a table does not list in one of the years stays unknown, and so that
people are counted once for each year (person-years): those of the year where the layer tells them, else those of the edition's own period.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import reduce
from typing import Self

import numpy as np
import pandas as pd
from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap.errors import LayerError, MethodologyError
from geomap.indicators.bring import Brought
from geomap.indicators.measure import Measure
from geomap.indicators.rows import rows_of, year_of
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer
from geomap.layers.period import years_held
from geomap.worded import worded


class Pool(Recipe):
    """Years that end with the period are taken together, up to *most*, until at most a *share* of the places has fewer than *least* events."""

    most: int = Field(5, ge=2, le=30)
    least: int = Field(10, ge=2)
    share: float = Field(0.2, ge=0, lt=1)

    @property
    def words(self) -> str:
        """The rule, as part of a sentence."""
        return worded(
            "as many years together (up to {most}) as it takes for no more than {percent} % of the places to have fewer than {least} events",
            most=self.most, percent=f"{100 * self.share:.0f}", least=self.least,
        )  # fmt: skip

    @property
    def sentence(self) -> str:
        """The rule as a sentence of its own, to follow another."""
        return f" {worded('Taken are {years}.', years=self.words)}"


class PoolingMeasure(Measure):
    """A measure of counted events that can take years together. pool: how many, where few are counted in one."""

    pool: Pool | None = None

    @model_validator(mode="after")
    def _one_way_to_choose_years(self) -> Self:
        if self.pool and self.names_years:
            raise ValueError("pool chooses the years by itself; take window_years, since, until and years out, or take pool out")
        return self

    @property
    def names_years(self) -> bool:
        """Whether it says itself of which years it is."""
        return bool(self.window_years or self.since or self.until)

    @property
    def looks_back(self) -> bool:
        """Whether it takes years before its period as well."""
        return super().looks_back or self.pool is not None

    def rows(self, sources: Sources) -> Layer:
        """The rows of its layer in the sources' period, or in the years that they take together."""
        return rows_of(sources.layer(self.layer), self, sources.period, sources.years)


def span(years: float, pool: Pool | None) -> str:
    """Over which years a count is a year's, in words; nothing where it is of one."""
    if pool:
        return pool.words
    return "" if years == 1 else worded("over {years} years", years=f"{years:g}")


def usable(layer: Layer, period: str, most: int) -> tuple[int, ...]:
    """The years, at most *most*, that follow one another in the layer up to that of *period*; LayerError where it holds nothing of that one."""
    if not (layer.card.period_field or layer.card.date_field):
        raise MethodologyError(
            f"The measure of '{layer.name}' pools years, but its card names neither geomap:date_field nor geomap:period_field. Name one, or take pool out."
        )
    last, held = year_of(period), set(years_held(layer))
    if last not in held:
        raise LayerError(
            f"The layer '{layer.name}' holds no row of {last}, with which the years that are pooled must end. It holds {sorted(held)}."
        )
    run = [last]
    while len(run) < most and run[-1] - 1 in held:
        run.append(run[-1] - 1)
    return tuple(reversed(run))


def each_year(ask: Callable[[Sources], Brought], sources: Sources) -> Brought:
    """What *ask* brings of all the years that *sources* take together; of the period where they take none."""
    if len(sources.years) < 2:
        return ask(sources)
    return together([ask(replace(sources, years=(year,))) for year in sources.years])


def together(found: Sequence[Brought]) -> Brought:
    """The sum of counts of the same places: unknown where any is, between limits where what is withheld has them."""
    status = reduce(lambda one, other: one.where(one != "value", other), [some.status for some in found])
    unknown = reduce(np.logical_or, [some.status.isin(["missing", "not_collected"]) for some in found])
    status = status.mask(unknown & (status == "suppressed"), "missing")
    flags = reduce(lambda one, other: one.where(other == one, (one + "; " + other).str.strip("; ")), [some.flags for some in found])
    counts = sum(some.counts for some in found)
    notes = tuple(dict.fromkeys(note for some in found for note in some.notes))
    divided = any(some.divided for some in found)
    if all(some.low is None for some in found):
        return Brought(counts, status, flags, notes, divided=divided)
    low, high = (sum(_end(some, side) for some in found).where(status == "suppressed") for side in ("low", "high"))
    return Brought(counts, status, flags, notes, low, high, divided)


def _end(found: Brought, side: str) -> pd.Series:
    """The least or the largest that each count can be."""
    limit = getattr(found, side)
    return found.counts if limit is None else found.counts.where(found.status != "suppressed", limit)
