"""The tree of a methodology: indicators into domains (of any depth), domains into indices, and the views of several groups on the weights."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap.indicators.catchment import Catchment
from geomap.indicators.gravity import Gravity
from geomap.indicators.nearest import Nearest
from geomap.indicators.pillar import Pillar
from geomap.indicators.rate import Rate
from geomap.indicators.reach import Reach
from geomap.indicators.severity import Severity
from geomap.indicators.share import Share
from geomap.indicators.small_area import SmallArea
from geomap.indicators.standardised_rate import StandardisedRate
from geomap.indicators.standardised_ratio import StandardisedRatio
from geomap.indicators.survey_mean import SurveyMean
from geomap.indicators.survey_share import SurveyShare
from geomap.indicators.value import Value
from geomap.indicators.zonal import Zonal
from geomap.methodology.rules import MissingRule, Reason, ScaleRule
from geomap.methodology.weighting import Weighting, Weights
from geomap.scoring.combine import Combine
from geomap.scoring.steps import Absolute, Arcsine, BoxCox, Clip, Exp, Linear, Log, Logit, Power, Replace, Root, Round, Turn

AnyMeasure = Annotated[
    Value
    | Share
    | Rate
    | StandardisedRate
    | StandardisedRatio
    | Severity
    | SurveyShare
    | SurveyMean
    | SmallArea
    | Pillar
    | Nearest
    | Reach
    | Catchment
    | Gravity
    | Zonal,
    Field(discriminator="measure"),
]
ValueByValue = Annotated[
    Log | Exp | Root | Power | Absolute | Logit | Arcsine | BoxCox | Clip | Replace | Linear | Turn | Round, Field(discriminator="step")
]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Up = Literal["worse", "better"]


class Indicator(Recipe):
    """A number per place, the domain it belongs to, and which way is worse.

    steps: transformations before scaling, value by value. scale: another scale than the methodology's. modelled_from: what a modelled number was
    estimated from, by the ids of indicators or the names of layers. why_here: why this number says something in this city, and since when that is held.
    """

    id: Id
    title: str
    domain: str
    up: Up
    weight: float = Field(1.0, gt=0)
    unit: str = ""
    digits: int = Field(1, ge=0, le=6)
    levels: tuple[str, ...] = ()
    steps: tuple[ValueByValue, ...] = ()
    scale: ScaleRule | None = None
    modelled_from: tuple[str, ...] = ()
    reason: Reason
    why_here: str = ""
    measure: AnyMeasure


class Whole(Recipe):
    """What domains and indices share: a direction, a way to combine, weights, a rule for what is missing, decimals that what follows reads."""

    id: Id
    title: str
    up: Up
    combine: Combine = "arithmetic"
    weights: Weights = Weighting()
    missing: MissingRule | None = None
    digits: int | None = Field(None, ge=0, le=6)
    reason: Reason

    @model_validator(mode="after")
    def _weights_that_serve(self) -> Self:
        if self.weights.columns or self.weights.data == "pca_loadings":
            raise ValueError("weights from columns, or loadings with signs, serve in index files only; give one number for each part")
        return self


class Domain(Whole):
    """A pillar, or a part of one: made of its indicators and of the domains that name it, 0 to 10.

    domain: the domain it is a part of; weight: its own in that domain.
    """

    domain: str = ""
    weight: float = Field(1.0, gt=0)


class Index(Whole):
    """A composite of domains or of indices named before it."""

    of: tuple[str, ...] = Field(min_length=1)


class Panel(Recipe):
    """One group's own weights for the parts of an index: who they are, how many, and when they were asked."""

    group: str = Field(min_length=1)
    index: str
    people: int = Field(0, ge=0)
    date: str = ""
    weights: dict[str, float]
    reason: Reason
