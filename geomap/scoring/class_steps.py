"""Steps that make classes and flags of values."""

from typing import Literal, Self

import numpy as np
from pydantic import Field, model_validator

from geomap.scoring import grades, ranking
from geomap.scoring.step import Floats, Step

HALF = 1e-9


class QuantileClass(Step):
    """Classes of equal numbers of places, 1 for the first end; rule: ceil, floor, breaks or bins. weight: or of equal numbers of, say, people."""

    step: Literal["quantile_class"] = "quantile_class"
    count: int = Field(ge=2, le=1000)
    rule: grades.Rule = "ceil"
    first: Literal["highest", "lowest"] = "highest"
    weight: str = ""

    @model_validator(mode="after")
    def _one_rule(self) -> Self:
        if self.weight and self.rule != "ceil":
            raise ValueError("with a weight the rule is ceil; take rule out")
        return self

    def fitted(self, values: Floats, reference: Floats, weight: Floats | None) -> Floats:  # noqa: ARG002  classes of the values themselves
        """The class."""
        if weight is not None:
            share = ranking.weighted_share(values, weight, descending=self.first == "highest")
            return np.clip(np.ceil(self.count * share - HALF), 1, self.count)
        return grades.quantile_class(values, count=self.count, rule=self.rule, descending=self.first == "highest")


class Cut(Step):
    """Classes from 1 upwards at fixed limits; closed = left puts a value on a limit into the class above."""

    step: Literal["cut"] = "cut"
    at: tuple[float, ...] = Field(min_length=1)
    closed: Literal["left", "right"] = "left"

    @model_validator(mode="after")
    def _rising(self) -> Self:
        if list(self.at) != sorted(set(self.at)):
            raise ValueError(f"the limits {list(self.at)} must rise; write them from the lowest to the highest, each once")
        return self

    def apply(self, values: Floats) -> Floats:
        """The class."""
        return grades.cut(values, self.at, closed=self.closed)


class NaturalBreaks(Step):
    """Classes from 1 upwards with the least spread within, exactly (Fisher 1958)."""

    step: Literal["natural_breaks"] = "natural_breaks"
    count: int = Field(ge=2, le=20)

    def apply(self, values: Floats) -> Floats:
        """The class, row by row."""
        return np.apply_along_axis(lambda row: grades.natural_breaks(row, self.count), -1, values)


class Flag(Step):
    """1 where the value lies within the limits, else 0."""

    step: Literal["flag"] = "flag"
    at_least: float | None = None
    at_most: float | None = None

    @model_validator(mode="after")
    def _a_limit(self) -> Self:
        if self.at_least is None and self.at_most is None:
            raise ValueError("needs a limit: at_least, at_most or both")
        return self

    def apply(self, values: Floats) -> Floats:
        """The flag."""
        return grades.flag(values, at_least=self.at_least, at_most=self.at_most)
