"""The steps a methodology can write: each takes the values of all places and gives new ones; *by* does so in each group on its own."""

from typing import Annotated, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap.scoring import grades, ranking, reshape

Floats = NDArray[np.float64]
Digits = Annotated[int, Field(ge=0, le=12)]
Ties = Literal["min", "mean", "max"]


class Step(Recipe):
    """One step. by: a column of the table that names each place's group; without it all places are one group."""

    by: str = ""
    reason: str = ""

    def __call__(self, values: Floats, groups: NDArray[np.intp] | None = None, among: NDArray[np.bool_] | None = None) -> Floats:
        """*values* (…, place) after the step, group by group where *groups* (place,) are given; *among* (place,) are those it is fitted to."""
        if groups is None:
            return self.fitted(values, values if among is None else values[..., among])
        out = np.full(values.shape, np.nan)
        for group in np.unique(groups[groups >= 0]):
            own = groups == group
            out[..., own] = self.fitted(values[..., own], values[..., own if among is None else own & among])
        return out

    def fitted(self, values: Floats, reference: Floats) -> Floats:  # noqa: ARG002  most steps are fitted to the values themselves
        """*values* of one group after the step, fitted to *reference*."""
        return self.apply(values)

    def apply(self, values: Floats) -> Floats:
        """*values* of one group after the step."""
        raise NotImplementedError


class Fitted(Step):
    """A step fitted to a reference population. among: a column of the table; only places where it is above 0 are fitted to, all are changed."""

    among: str = ""


class Log(Step):
    """ln(x + add); what is not positive then has no logarithm and is missing."""

    step: Literal["log"] = "log"
    add: float = 0.0

    def apply(self, values: Floats) -> Floats:
        """ln(x + add)."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(values + self.add > 0, np.log(values + self.add), np.nan)


class Root(Step):
    """The square root (power 2) or the cube root (power 3)."""

    step: Literal["root"] = "root"
    power: Literal[2, 3]

    def apply(self, values: Floats) -> Floats:
        """The root; a negative value has no square root and is missing."""
        with np.errstate(invalid="ignore"):
            return np.cbrt(values) if self.power == 3 else np.sqrt(values)


class BoxCox(Step):
    """(x^power - 1)/power; ln x for power 0."""

    step: Literal["box_cox"] = "box_cox"
    power: float

    def apply(self, values: Floats) -> Floats:
        """Box and Cox's transform."""
        return reshape.box_cox(values, self.power)


class Clip(Step):
    """Nothing under low, nothing over high."""

    step: Literal["clip"] = "clip"
    low: float | None = None
    high: float | None = None

    def apply(self, values: Floats) -> Floats:
        """Values within the limits."""
        return np.clip(values, self.low, self.high)


class ClipToQuantiles(Fitted):
    """Nothing under the low, nothing over the high quantile (type 7)."""

    step: Literal["clip_to_quantiles"] = "clip_to_quantiles"
    low: float = Field(0.0, ge=0, lt=1)
    high: float = Field(1.0, gt=0, le=1)

    def fitted(self, values: Floats, reference: Floats) -> Floats:
        """Values within the quantiles."""
        limits = reshape.quantiles(reference, [self.low, self.high])
        return np.clip(values, limits[0], limits[1])


class Winsorise(Step):
    """Outliers to the next value, one by one, while |skewness| and kurtosis are both over their limits; else a logarithm, or the values as they were.

    most: at most so many places; or most_share of them, rounded up.
    """

    step: Literal["winsorise"] = "winsorise"
    most: int = Field(0, ge=0)
    most_share: float = Field(0.0, ge=0, le=0.5)
    skewness: float = 2.0
    kurtosis: float = 3.5
    otherwise: Literal["log", "leave"] = "log"

    @model_validator(mode="after")
    def _one_limit(self) -> Self:
        if bool(self.most) == bool(self.most_share):
            raise ValueError("give either most (places) or most_share (of the places)")
        return self

    def apply(self, values: Floats) -> Floats:
        """Values without outliers, row by row."""
        most = self.most or int(np.ceil(self.most_share * values.shape[-1]))
        return np.apply_along_axis(
            lambda row: reshape.winsorise(row, most=most, skewness=self.skewness, kurtosis=self.kurtosis, otherwise=self.otherwise),
            -1,
            values,
        )


class Replace(Step):
    """One value by another, such as 0 by 0.1 before a logarithm; value = "missing" fills gaps with a fixed number."""

    step: Literal["replace"] = "replace"
    value: float | Literal["missing"]
    to: float | Literal["missing"]

    def apply(self, values: Floats) -> Floats:
        """Values with the replacement."""
        where = np.isnan(values) if self.value == "missing" else values == self.value
        return np.where(where, np.nan if self.to == "missing" else self.to, values)


class Fill(Fitted):
    """Gaps filled with the mean or the median of the others."""

    step: Literal["fill"] = "fill"
    how: Literal["mean", "median"]

    def fitted(self, values: Floats, reference: Floats) -> Floats:
        """Values without gaps; where nobody has a value there is none to fill with."""
        if np.isnan(reference).all():
            return values
        middle = np.nanmean if self.how == "mean" else np.nanmedian
        return np.where(np.isnan(values), middle(reference, axis=-1, keepdims=True), values)


class Linear(Step):
    """multiply × x + add, or x divided by the largest value first; where the largest is 0 nothing can be divided by it and all is missing."""

    step: Literal["linear"] = "linear"
    multiply: float = 1.0
    add: float = 0.0
    by_largest: bool = False

    def apply(self, values: Floats) -> Floats:
        """Values on the new scale."""
        if not self.by_largest:
            return self.multiply * values + self.add
        largest = np.fmax.reduce(values, axis=-1, keepdims=True)
        return self.multiply * (values / np.where(largest == 0, np.nan, largest)) + self.add


class MinMax(Fitted):
    """Between two goalposts, brought to *to*. Goalposts not given are the lowest (times low_factor) and the highest value; cap stops at the ends."""

    step: Literal["min_max"] = "min_max"
    low: float | None = None
    high: float | None = None
    low_factor: float = 1.0
    to: tuple[float, float] = (0.0, 1.0)
    cap: Literal["none", "high", "low", "both"] = "none"

    def fitted(self, values: Floats, reference: Floats) -> Floats:
        """Values between the goalposts."""
        found = reshape.min_max(values, reference=reference, low=self.low, high=self.high, low_factor=self.low_factor, to=self.to)
        bottom, top = min(self.to), max(self.to)
        return np.clip(found, bottom if self.cap in ("low", "both") else None, top if self.cap in ("high", "both") else None)


class ZScore(Fitted):
    """Distance from the mean in standard deviations; ddof 1 for a sample, 0 for all there is."""

    step: Literal["z"] = "z"
    ddof: Literal[0, 1]

    def fitted(self, values: Floats, reference: Floats) -> Floats:
        """Z."""
        return reshape.z_score(values, reference=reference, ddof=self.ddof)


class Percentile(Step):
    """The percentile rank, ascending, 0 to 1; invert: complement (1 - p) or rank (the rank of -x; the two differ where there are ties)."""

    step: Literal["percentile"] = "percentile"
    kind: ranking.Kind = "(r-1)/(n-1)"
    ties: Ties = "min"
    zeros: Literal["ranked", "aside"] = "ranked"
    invert: Literal["no", "complement", "rank"] = "no"
    digits: Digits | None = None
    rounding: Literal["half_up", "half_even", "truncate"] = "half_up"

    def apply(self, values: Floats) -> Floats:
        """The percentile rank."""
        own = -values if self.invert == "rank" else values
        found = ranking.percentile(own, kind=self.kind, ties=self.ties, zeros_aside=self.zeros == "aside")
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


class Turn(Step):
    """Counted from the other end: -x, or of - x."""

    step: Literal["turn"] = "turn"
    of: float = 0.0

    def apply(self, values: Floats) -> Floats:
        """Of - x."""
        return self.of - values


class Round(Step):
    """So many decimals, and what follows reads the rounded value."""

    step: Literal["round"] = "round"
    digits: Digits
    how: Literal["half_up", "half_even", "truncate"] = "half_up"

    def apply(self, values: Floats) -> Floats:
        """Rounded values."""
        return reshape.round_to(values, self.digits, self.how)


class QuantileClass(Step):
    """Classes of equal numbers of places, 1 for the first end; rule: ceil, floor, breaks or bins."""

    step: Literal["quantile_class"] = "quantile_class"
    count: int = Field(ge=2, le=1000)
    rule: grades.Rule = "ceil"
    first: Literal["highest", "lowest"] = "highest"

    def apply(self, values: Floats) -> Floats:
        """The class."""
        return grades.quantile_class(values, count=self.count, rule=self.rule, descending=self.first == "highest")


class Cut(Step):
    """Classes from 1 upwards at fixed limits; closed = left puts a value on a limit into the class above."""

    step: Literal["cut"] = "cut"
    at: tuple[float, ...] = Field(min_length=1)
    closed: Literal["left", "right"] = "left"

    def apply(self, values: Floats) -> Floats:
        """The class."""
        return grades.cut(values, tuple(sorted(self.at)), closed=self.closed)


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

    def apply(self, values: Floats) -> Floats:
        """The flag."""
        return grades.flag(values, at_least=self.at_least, at_most=self.at_most)


AnyStep = Annotated[
    Log | Root | BoxCox | Clip | ClipToQuantiles | Winsorise | Replace | Fill | Linear | MinMax | ZScore | Percentile | Rank | Exponential | Distance
    | Turn | Round | QuantileClass | Cut | NaturalBreaks | Flag,
    Field(discriminator="step"),
]  # fmt: skip
