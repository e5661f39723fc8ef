"""What a workspace shows of a survey beside its indicators: answers by place and group, who answered, the scales of its instrument."""

from typing import Self

from pydantic import Field, model_validator

from geomap._recipe import Recipe
from geomap.indicators.covariate import Covariate
from geomap.indicators.measure import Per
from geomap.methodology.rules import Reason


class Aggregates(Recipe):
    """A survey of which only shares were handed over: the columns of question and share (0 to 1), and of the answers behind each, or their usual number."""

    question: str = Field(min_length=1)
    share: str = Field(min_length=1)
    answers: str | int

    @model_validator(mode="after")
    def _some_answers(self) -> Self:
        if isinstance(self.answers, int) and self.answers < 1:
            raise ValueError(
                "answers is the column with the number of answers, or how many there usually are; a share without any is no estimate"
            )
        return self


class Listening(Recipe):
    """One survey, shown by question, place and group.

    rake, bounds: as in the measure survey_share. by: columns of groups, each shown in the city and in every place that has enough answers. levels: where
    (default all). people: residents of each place, against whom answers are held. counted: the column with how many
    people a row stands for, of a register of who was heard. individual: whether scales about what people think or do of violence are shown, for the whole city; off unless somebody decides it.
    covariates: open numbers of each place that lend strength to the model of places with few answers; these tables feed no composite.
    """

    layer: str
    rake: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    by: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    people: Per | None = None
    counted: str = ""
    individual: bool = False
    covariates: tuple[Covariate, ...] = ()
    aggregates: Aggregates | None = None
    reason: Reason

    def layers(self) -> tuple[str, ...]:
        """The names of all layers that are read."""
        others = [name for one in self.covariates for name in one.layers()]
        return tuple(dict.fromkeys([self.layer, *([self.people.layer] if self.people else []), *others]))

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        made = self.rake or self.by or self.bounds or self.covariates
        if self.aggregates and made:
            raise ValueError(
                "shares that were handed over cannot be weighted, split or modelled anew; take rake, bounds, by and covariates out, or aggregates"
            )
        if self.counted and (made or self.aggregates or self.people is None):
            raise ValueError(
                "counted belongs to a register of who was heard: name people, and take rake, bounds, by, covariates and aggregates out"
            )
        return self
