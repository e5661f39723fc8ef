"""Steps that bring values to one scale: goalposts, z, percentile ranks, ranks and what is made of them."""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from geomap.scoring import ranking, reshape
from geomap.scoring.step import Fitted, Floats, Step, Weighted

Digits = Annotated[int, Field(ge=0, le=12)]
Ties = Literal["min", "mean", "max"]


class MinMax(Fitted):
    """Between two goalposts, brought to *to*. Goalposts not given are the lowest (times low_factor) and the highest value; cap stops at the ends."""

    step: Literal["min_max"] = "min_max"
    low: float | None = None
    high: float | None = None
    low_factor: float = 1.0
    to: tuple[float, float] = (0.0, 1.0)
    cap: Literal["none", "high", "low", "both"] = "none"

    def fitted(self, values: Floats, reference: Floats, weight: Floats | None) -> Floats:  # noqa: ARG002  weighs no one
        """Values between the goalposts."""
        found = reshape.min_max(values, reference=reference, low=self.low, high=self.high, low_factor=self.low_factor, to=self.to)
        bottom, top = min(self.to), max(self.to)
        return np.clip(found, bottom if self.cap in ("low", "both") else None, top if self.cap in ("high", "both") else None)


class ZScore(Weighted):
    """Distance from the mean in standard deviations; ddof 1 for a sample, 0 for all there is; weighted, of Σ weight (x - mean)²/Σ weight."""

    step: Literal["z"] = "z"
    ddof: Literal[0, 1]

    def fitted(self, values: Floats, reference: Floats, weight: Floats | None) -> Floats:
        """Z."""
        return reshape.z_score(values, reference=reference, weight=weight, ddof=self.ddof)


class Relative(Weighted):
    """Beside the mean, the median, the highest, the lowest or the total of the places: x divided by it (ratio), or x less it (difference)."""

    step: Literal["relative"] = "relative"
    to: Literal["mean", "median", "highest", "lowest", "total"]
    how: Literal["ratio", "difference"] = "ratio"

    @model_validator(mode="after")
    def _weights_of_a_mean(self) -> Self:
        if self.weight and self.to != "mean":
            raise ValueError('weight goes with to = "mean"; take it out')
        return self

    def fitted(self, values: Floats, reference: Floats, weight: Floats | None) -> Floats:
        """The ratio or the difference; no ratio to 0."""
        middle = reshape.middle_of(reference, self.to, weight)
        with np.errstate(divide="ignore", invalid="ignore"):
            found = values / middle if self.how == "ratio" else values - middle
        return np.where(np.isfinite(found), found, np.nan)


class Percentile(Weighted):
    """The percentile rank, ascending, 0 to 1; invert: complement (1 - p) or rank (the rank of -x; the two differ where there are ties).

    With weight: the share of the weight in places below, and half of those level; kind and ties then say nothing.
    """

    step: Literal["percentile"] = "percentile"
    kind: ranking.Kind = "(r-1)/(n-1)"
    ties: Ties = "min"
    zeros: Literal["ranked", "aside"] = "ranked"
    invert: Literal["no", "complement", "rank"] = "no"
    digits: Digits | None = None
    rounding: Literal["half_up", "half_even", "truncate"] = "half_up"

    @model_validator(mode="after")
    def _ranks_those_there_are(self) -> Self:
        if self.among or (self.weight and self.zeros == "aside"):
            raise ValueError("percentile ranks all places that have a value: take among out, and zeros = aside where there is a weight")
        if self.weight and {"kind", "ties"} & self.model_fields_set:
            raise ValueError("with a weight, kind and ties say nothing; take them out")
        return self

    def fitted(self, values: Floats, reference: Floats, weight: Floats | None) -> Floats:  # noqa: ARG002  ranks the values among themselves
        """The percentile rank."""
        own = -values if self.invert == "rank" else values
        if weight is None:
            found = ranking.percentile(own, kind=self.kind, ties=self.ties, zeros_aside=self.zeros == "aside")
        else:
            found = ranking.weighted_share(own, weight)
        found = 1 - found if self.invert == "complement" else found
        return found if self.digits is None else reshape.round_to(found, self.digits, self.rounding)


class Rank(Step):
    """The rank. first: which end is 1."""

    step: Literal["rank"] = "rank"
    first: Literal["highest", "lowest"] = "highest"
    ties: Ties = "min"

    def apply(self, values: Floats) -> Floats:
        """The rank."""
        return ranking.rank(values, descending=self.first == "highest", ties=self.ties)


class Exponential(Step):
    """The exponential of the rank (English indices): of = values ranks them, the highest first; of = ranks takes them as they are given."""

    step: Literal["exponential"] = "exponential"
    k: float = Field(23.0, gt=0)
    offset: float = 1.0
    of: Literal["values", "ranks"] = "values"
    ties: Literal["min", "mean", "max", "as_given"] = "mean"

    @model_validator(mode="after")
    def _values_have_no_given_ranks(self) -> Self:
        if self.of == "values" and self.ties == "as_given":
            raise ValueError("ties = as_given is for ranks; values are ranked here, so choose min, mean or max")
        return self

    def apply(self, values: Floats) -> Floats:
        """The transform."""
        if self.ties == "as_given":
            return ranking.exponential(values, k=self.k, offset=self.offset)
        ranks = ranking.rank(values, descending=self.of == "values", ties=self.ties)
        return ranking.exponential(ranks, k=self.k, offset=self.offset)


class Distance(Step):
    """How far from a start to a target: (x - start)/(target - start); past the target counts as there when cap is true."""

    step: Literal["distance_to_target"] = "distance_to_target"
    start: float
    target: float
    cap: bool = True

    @model_validator(mode="after")
    def _a_way_to_go(self) -> Self:
        if self.start == self.target:
            raise ValueError("start and target are the same, so there is no way between them")
        return self

    def apply(self, values: Floats) -> Floats:
        """The share of the way."""
        found = (values - self.start) / (self.target - self.start)
        return np.clip(found, 0, 1) if self.cap else found
