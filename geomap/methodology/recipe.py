"""The methodology as a frozen, strict recipe; every choice has its reason beside it."""

import hashlib
from typing import Literal, Self

from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap.errors import MethodologyError
from geomap.methodology.listening import Listening
from geomap.methodology.parts import Domain, Index, Indicator, Panel, Whole
from geomap.methodology.rules import Choices, DisclosureRule, MissingRule, Reason, Reliability, ScaleRule, Uncertainty


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
    panel: tuple[Panel, ...] = ()
    choices: Choices | None = None
    survey: tuple[Listening, ...] = ()
    reliability: Reliability = Reliability()

    @model_validator(mode="after")
    def _bound(self) -> Self:
        if faults := [*self._names(), *self._parts(), *self._levels(), *self._log(), *self._weights(), *self._panels()]:
            raise ValueError("\n".join(faults))
        return self

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the recipe's content; comments and layout of the file do not change it."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def at(self, level: str) -> tuple[Indicator, ...]:
        """The indicators that apply at *level*."""
        return tuple(indicator for indicator in self.indicator if not indicator.levels or level in indicator.levels)

    def parts_of(self, whole: Whole, level: str = "") -> tuple[Indicator | Domain, ...]:
        """What a domain is made of: its indicators (those of *level* when one is named) and the domains that name it."""
        own = [indicator for indicator in (self.at(level) if level else self.indicator) if indicator.domain == whole.id]
        return (*own, *(domain for domain in self.domain if domain.domain == whole.id))

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
            f"domain '{domain.id}' is part of '{domain.domain}', which is not described before it; put '{domain.domain}' first, or correct it"
            for place, domain in enumerate(self.domain)
            if domain.domain and domain.domain not in domains[:place]
        ]
        faults += [f"domain '{domain.id}' has no indicator" for domain in self.domain if not self.parts_of(domain)]
        known = list(domains)
        for index in self.index:
            if unknown := [part for part in index.of if part not in known]:
                faults.append(f"index '{index.id}' is made of {unknown}, not described before it; there are {known}")
            known.append(index.id)
        return faults

    def _weights(self) -> list[str]:
        parts = {domain.id: tuple(part.id for part in self.parts_of(domain)) for domain in self.domain} | {
            one.id: one.of for one in self.index
        }
        wholes: tuple[Whole, ...] = (*self.domain, *self.index)
        return [f"'{whole.id}' {fault}" for whole in wholes for fault in whole.weights.faults(parts[whole.id])]

    def _panels(self) -> list[str]:
        parts = {index.id: set(index.of) for index in self.index}
        return [
            f"the panel '{panel.group}' weighs {sorted(panel.weights)} of '{panel.index}'; it must name an index and weigh each of its parts, none below 0"
            for panel in self.panel
            if set(panel.weights) != parts.get(panel.index)
            or min(panel.weights.values(), default=-1) < 0
            or not sum(panel.weights.values())
        ]

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
