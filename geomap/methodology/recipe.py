"""The methodology as a frozen, strict recipe; every choice has its reason beside it."""

import hashlib
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap.errors import MethodologyError
from geomap.indicators.nearest import Nearest
from geomap.indicators.rate import Rate
from geomap.indicators.reach import Reach
from geomap.indicators.share import Share
from geomap.indicators.survey_share import SurveyShare
from geomap.indicators.value import Value
from geomap.indicators.zonal import Zonal

AnyMeasure = Annotated[Value | Share | Rate | SurveyShare | Nearest | Reach | Zonal, Field(discriminator="measure")]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
Up = Literal["worse", "better"]
Reason = Annotated[str, Field(min_length=1)]


class Heading(Recipe):
    """Name, version and reach of a methodology: its period, the baseline that fixes the scale, its levels, finest first.

    notice: a sentence that stands on every page and in every export, such as that a city is invented.
    """

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    title: str = Field(min_length=1)
    version: str = Field(min_length=1)
    period: str = Field(min_length=1)
    baseline: str = Field(min_length=1)
    levels: tuple[str, ...] = Field(min_length=1)
    tier: Literal["public", "partners", "restricted"] = "partners"
    notice: str = ""


class Change(Recipe):
    """One entry of the change log."""

    version: str
    date: str = Field(min_length=1)
    reason: Reason


class MissingRule(Recipe):
    """What happens where an indicator has no value; there is no default."""

    rule: Literal["share", "propagate", "renormalise"]
    least_share: float = Field(2 / 3, ge=0, le=1)
    reason: Reason


class DisclosureRule(Recipe):
    """Which small numbers stay inside."""

    threshold: int = Field(5, ge=2)
    survey_base: int = Field(30, ge=1)
    reason: Reason


class Uncertainty(Recipe):
    """How many times the doubt is drawn, for which interval, from which seed.

    unknown_error: half the width of the interval assumed for a number whose source publishes no error, in points of the scale of 0 to 10. Without
    it such numbers would look certain, and their ranks with them.
    """

    draws: int = Field(1_000, ge=20, le=100_000)
    level: Literal[0.95] = 0.95
    seed: int = Field(2026, ge=0)
    unknown_error: float = Field(0.5, ge=0, le=10)
    unknown_reason: str = ""


class ScaleRule(Recipe):
    """Between which percentiles of the baseline edition a value scores from 0 to 10."""

    method: Literal["goalposts"] = "goalposts"
    low: float = Field(5.0, ge=0, lt=50)
    high: float = Field(95.0, gt=50, le=100)
    reason: Reason


class Indicator(Recipe):
    """A number per place, the domain it belongs to, and which way is worse."""

    id: Id
    title: str
    domain: str
    up: Up
    weight: float = Field(1.0, gt=0)
    unit: str = ""
    digits: int = Field(1, ge=0, le=6)
    levels: tuple[str, ...] = ()
    reason: Reason
    measure: AnyMeasure


class Domain(Recipe):
    """A pillar: the weighted mean of its indicators, 0 to 10."""

    id: Id
    title: str
    up: Up
    combine: Literal["arithmetic"] = "arithmetic"
    reason: Reason


class Index(Recipe):
    """A composite of domains or of indices named before it."""

    id: Id
    title: str
    up: Up
    combine: Literal["arithmetic", "geometric"] = "arithmetic"
    of: tuple[str, ...] = Field(min_length=1)
    weights: tuple[float, ...] = ()
    reason: Reason

    @property
    def shares(self) -> tuple[float, ...]:
        """The weight of each part; equal where none are given."""
        return self.weights or (1.0,) * len(self.of)


class Methodology(Recipe):
    """The whole recipe, bound: every part that is named exists."""

    methodology: Heading
    changes: tuple[Change, ...] = Field(min_length=1)
    missing: MissingRule
    disclosure: DisclosureRule
    uncertainty: Uncertainty = Uncertainty()
    scale: ScaleRule
    indicator: tuple[Indicator, ...] = Field(min_length=1)
    domain: tuple[Domain, ...] = Field(min_length=1)
    index: tuple[Index, ...] = ()

    @model_validator(mode="after")
    def _bound(self) -> Self:
        if faults := [*self._names(), *self._parts(), *self._levels(), *self._log()]:
            raise ValueError("\n".join(faults))
        return self

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the recipe's content; comments and layout of the file do not change it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def at(self, level: str) -> tuple[Indicator, ...]:
        """The indicators that apply at *level*."""
        return tuple(indicator for indicator in self.indicator if not indicator.levels or level in indicator.levels)

    def with_uncertainty(self, *, draws: int | None = None, seed: int | None = None) -> "Methodology":
        """The same recipe with another number of draws or another seed."""
        asked = {key: value for key, value in (("draws", draws), ("seed", seed)) if value is not None}
        rule = Uncertainty.read({**dict(self.uncertainty), **asked}, where="The number of draws or the seed", error=MethodologyError)
        return type(self).model_validate({**dict(self), "uncertainty": rule})

    def _names(self) -> list[str]:
        ids = [part.id for part in (*self.indicator, *self.domain, *self.index)]
        twice = sorted({name for name in ids if ids.count(name) > 1})
        return [f"the ids {twice} are used more than once; each needs its own"] if twice else []

    def _parts(self) -> list[str]:
        domains = [domain.id for domain in self.domain]
        faults = [
            f"indicator '{indicator.id}' belongs to the domain '{indicator.domain}', which is not described; there are {domains}"
            for indicator in self.indicator
            if indicator.domain not in domains
        ]
        faults += [
            f"domain '{name}' has no indicator" for name in domains if name not in {indicator.domain for indicator in self.indicator}
        ]
        known = list(domains)
        for index in self.index:
            if unknown := [part for part in index.of if part not in known]:
                faults.append(f"index '{index.id}' is made of {unknown}, not described before it; there are {known}")
            if index.weights and len(index.weights) != len(index.of):
                faults.append(f"index '{index.id}' has {len(index.of)} parts but {len(index.weights)} weights")
            known.append(index.id)
        return faults

    def _levels(self) -> list[str]:
        levels = set(self.methodology.levels)
        return [
            f"indicator '{indicator.id}' is for the levels {sorted(set(indicator.levels) - levels)}, which the methodology does not have"
            for indicator in self.indicator
            if set(indicator.levels) - levels
        ]

    def _log(self) -> list[str]:
        version = self.methodology.version
        return (
            []
            if version in {change.version for change in self.changes}
            else [f"the change log says nothing about version {version}; add [[changes]] with its reason"]
        )
