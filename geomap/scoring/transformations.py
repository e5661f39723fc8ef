"""Steps that transform values: logarithms, limits, outliers, gaps, other units, rounding."""

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from geomap.scoring import reshape
from geomap.scoring.step import Fitted, Floats, Step

Digits = Annotated[int, Field(ge=0, le=12)]


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


class Power(Step):
    """x to a power, such as 2 or 0.25; a negative value has a whole power only."""

    step: Literal["power"] = "power"
    power: float

    def apply(self, values: Floats) -> Floats:
        """The power."""
        with np.errstate(divide="ignore", invalid="ignore"):
            found = values**self.power
        return np.where(np.isfinite(found), found, np.nan)


class Exp(Step):
    """e to the power of x, which undoes a logarithm."""

    step: Literal["exp"] = "exp"

    def apply(self, values: Floats) -> Floats:
        """The power of e."""
        with np.errstate(over="ignore"):
            found = np.exp(values)
        return np.where(np.isfinite(found), found, np.nan)


class Absolute(Step):
    """The size of x without its sign."""

    step: Literal["absolute"] = "absolute"

    def apply(self, values: Floats) -> Floats:
        """The size."""
        return np.abs(values)


class Logit(Step):
    """ln(p/(1 - p)) of a share; 0 and 1 have no logit and are missing. of: what stands for the whole, such as 100."""

    step: Literal["logit"] = "logit"
    of: float = Field(1.0, gt=0)

    def apply(self, values: Floats) -> Floats:
        """The logit."""
        share = values / self.of
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where((share > 0) & (share < 1), np.log(share / (1 - share)), np.nan)


class Arcsine(Step):
    """The arcsine of the square root of a share, in radians, which steadies its variance (Jarman's index). of: what stands for the whole."""

    step: Literal["arcsine"] = "arcsine"
    of: float = Field(1.0, gt=0)

    def apply(self, values: Floats) -> Floats:
        """The angle; what is no share is missing."""
        share = values / self.of
        with np.errstate(invalid="ignore"):
            return np.where((share >= 0) & (share <= 1), np.arcsin(np.sqrt(share)), np.nan)


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

    def fitted(self, values: Floats, reference: Floats, weight: Floats | None) -> Floats:  # noqa: ARG002  weighs no one
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

    def fitted(self, values: Floats, reference: Floats, weight: Floats | None) -> Floats:  # noqa: ARG002  weighs no one
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
