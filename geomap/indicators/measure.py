"""What every measure is: a frozen recipe that observes, and finishes what the gate let out."""

from dataclasses import dataclass, replace
from typing import ClassVar, Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap.boundaries.boundaries import Boundaries
from geomap.indicators.sources import Sources
from geomap.layers.layer import Layer

Cell = str | int | float
AGREED = "agreed"  # begins the names of the columns that count who gave an answer
COLUMNS = ("value", "low", "high", "n", "status", "flags", "used", "used_low", "used_high")


@dataclass(frozen=True)
class Observed:
    """What a measure saw, per place of a level, before or after the gate.

    Of a counting measure: events, exposure (what they are counted against), half (half the width of a hidden band), hidden, status, flags; of larger places
    also withheld (how much of half comes from withheld counts).
    Of any other: value, low, high, n, hidden, status, flags, and after the gate used, used_low, used_high. Of a share of answers, before the gate, also agreed: how
    many people of the n (of a mean of three answers one column each, whose names begin so); inside: per larger level, the place that each place lies in.
    Status is value, missing, suppressed or not_collected. notes: sentences for people. places: those of the rows, once the gate let them out, for
    measures that need to know who neighbours whom. whole: whether exposure is the whole that events are a part of, so that what is left of it is a count
    of people too; whole_is_open: of what is published as it is. kinds: of a measure that weighs kinds of events, what was seen of each, from which alone its number is made; the frame is of all kinds.
    """

    frame: pd.DataFrame
    guard: Literal["count", "base", "modelled", "none"]
    notes: tuple[str, ...] = ()
    places: Boundaries | None = None
    whole: bool = False
    whole_is_open: bool = False
    kinds: "tuple[Kind, ...]" = ()
    inside: tuple[pd.Series, ...] = ()

    def with_frame(self, frame: pd.DataFrame, *notes: str) -> "Observed":
        """The same observation with another table and further notes."""
        return replace(self, frame=frame, notes=(*self.notes, *notes))


@dataclass(frozen=True)
class Kind:
    """What was seen of one kind of events (a counting measure's table), and how much one of them weighs."""

    name: str
    weight: float
    seen: Observed


class Per(Recipe):
    """What is counted against: a column of an open layer, such as residents, or several columns that are added up.

    Of a raster the field is "cells" (what they hold is added up) or "density" (each times its own km²).
    """

    layer: str
    field: str | tuple[str, ...]
    where: dict[str, tuple[Cell, ...]] = Field(default_factory=dict)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns to add up."""
        return (self.field,) if isinstance(self.field, str) else self.field

    def of(self, sources: Sources) -> Layer:
        """The layer; DisclosureError where it is about people, since no gate stands between what is counted against and what is published."""
        return sources.open_layer(self.layer, f"What is counted against (per, mean_by or people: {' + '.join(self.columns)})")

    @property
    def words(self) -> str:
        """The columns in words."""
        return " + ".join(self.columns).replace("_", " ")


def named(per: Per, scale: float, sources: Sources) -> dict[str, str]:
    """What is counted against, as sentences name it: so many, of which column, of which layer."""
    return {"scale": f"{scale:,.0f}", "people": sources.called(per.layer, *per.columns), "layer": sources.called(per.layer)}


class Measure(Recipe):
    """A recipe that turns a layer into an estimate per place."""

    layer: str
    where: dict[str, tuple[Cell, ...]] = Field(default_factory=dict)
    since: str = ""
    until: str = ""
    window_years: int = Field(0, ge=0)
    counting: ClassVar[bool] = False
    answering: ClassVar[bool] = False
    floor: ClassVar[float | None] = None
    ceiling: ClassVar[float | None] = None

    @model_validator(mode="after")
    def _one_window(self) -> Self:
        if self.window_years and (self.since or self.until):
            raise ValueError("give either window_years or since and until")
        return self

    @property
    def shows_no_interval(self) -> bool:
        """Whether the number is shown bare, since no interval that could stand beside it would hold what it says."""
        return False

    @property
    def looks_back(self) -> bool:
        """Whether it takes years before its period as well."""
        return self.window_years > 0

    @property
    def weighed_by(self) -> str:
        """The layer that says how much each kind of event counts for; blank where all count alike."""
        return ""

    @property
    def counted(self) -> tuple[str, ...]:
        """The columns that hold what is counted; none where each row is one record."""
        return getattr(self, "part", ()) or getattr(self, "events", ())

    def layers(self) -> tuple[str, ...]:
        """The names of all layers the measure reads."""
        others = [getattr(self, name, None) for name in ("per", "mean_by")]
        return tuple(dict.fromkeys([self.layer, *(other.layer for other in others if isinstance(other, Per))]))

    def observe(self, sources: Sources, level: str) -> Observed:
        """What the layer says about each place of *level*, for the gate's eyes only."""
        raise NotImplementedError

    def heard(self, sources: Sources) -> tuple[Layer, NDArray[np.bool_]]:
        """Of a measure of answers: the rows it speaks of, and which of them (n,) gave an answer that counts."""
        raise NotImplementedError

    def finish(self, observed: Observed) -> pd.DataFrame:
        """The estimate per place, from what the gate let out: the columns COLUMNS."""
        frame = observed.frame.copy()
        for name in ("value", "low", "high"):
            used = "used" if name == "value" else f"used_{name}"
            if used not in frame:
                frame[used] = frame[name]
        return frame[list(COLUMNS)]

    def from_base(self, _base: int) -> Self:
        """The measure as it is asked where the gate withholds answers under *base*: one that would give them back takes none in."""
        return self

    def remarks(self, _observed: Observed) -> tuple[str, ...]:
        """What else must be said of the numbers at this level, from what the gate let out."""
        return ()

    def sentence(self, sources: Sources) -> str:
        """How the number comes about, in one plain sentence."""
        raise NotImplementedError
