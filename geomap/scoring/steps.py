"""All steps that a methodology can write."""

from typing import Annotated

from pydantic import Field

from geomap.scoring.class_steps import Cut, Flag, NaturalBreaks, QuantileClass
from geomap.scoring.normalisations import Distance, Exponential, MinMax, Percentile, Rank, Relative, ZScore
from geomap.scoring.transformations import (
    Absolute,
    Arcsine,
    BoxCox,
    Clip,
    ClipToQuantiles,
    Exp,
    Fill,
    Linear,
    Log,
    Logit,
    Power,
    Replace,
    Root,
    Round,
    Turn,
    Winsorise,
)

AnyStep = Annotated[
    Log | Exp | Root | Power | Absolute | Logit | Arcsine | BoxCox | Clip | ClipToQuantiles | Winsorise | Replace | Fill | Linear | MinMax | ZScore | Relative | Percentile | Rank | Exponential | Distance
    | Turn | Round | QuantileClass | Cut | NaturalBreaks | Flag,
    Field(discriminator="step"),
]  # fmt: skip
