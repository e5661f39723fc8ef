"""A published instrument: which questions make up which scale, how it is scored, and whose means may be compared."""

from typing import Literal, Self

from pydantic import Field, model_validator

from geomap.datapackage.package import Standard
from geomap.worded import worded


class Subscale(Standard):
    """One scale of an instrument, such as a pillar of community resilience.

    items: columns, each answered on the instrument's scale. individual: it asks what a person thinks or does about violence, so it is shown for
    the whole city only, and only where the workspace switches it on.
    """

    title: str = Field(min_length=1)
    items: tuple[str, ...] = Field(min_length=1)
    up: Literal["better", "worse"] = "better"
    individual: bool = False


class Comparable(Standard):
    """A column of groups whose means may be compared, because measurement invariance was shown: to what degree, and where that is published."""

    groups: str = Field(min_length=1)
    invariance: Literal["scalar", "strict"]
    source: str = Field(min_length=1)


class Instrument(Standard):
    """How an instrument is scored: its scale, the items to turn over, sum or mean of items, and how many answers a scale needs."""

    name: str = Field(min_length=1)
    source: str = Field(min_length=1)
    scale: tuple[int, int]
    reverse: tuple[str, ...] = ()
    score: Literal["sum", "mean"] = "sum"
    least_answered: float = Field(1.0, gt=0, le=1)
    subscales: dict[str, Subscale] = Field(min_length=1)
    comparable: tuple[Comparable, ...] = ()

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        faults = []
        items = [item for subscale in self.subscales.values() for item in subscale.items]
        if twice := sorted({item for item in items if items.count(item) > 1}):
            faults.append(worded("subscales: {twice} belong to more than one scale; an item counts once", twice=str(twice)))
        if strange := sorted(set(self.reverse) - set(items)):
            faults.append(worded("reverse: {strange} belong to no scale; name items", strange=str(strange)))
        if not self.scale[0] < self.scale[1]:
            faults.append(
                worded("scale: runs from {low} to {high}; write the lower end first", low=str(self.scale[0]), high=str(self.scale[1]))
            )
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def may_compare(self, groups: str) -> bool:
        """Whether means of the groups in the column *groups* may be set beside each other."""
        return any(entry.groups == groups for entry in self.comparable)
