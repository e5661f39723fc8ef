"""What a workspace shows of a survey beside its indicators: answers by place and group, who answered, the scales of its instrument."""

from typing import Self

from pydantic import Field, model_validator

from geomap._recipe import Recipe
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
    """

    layer: str
    rake: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None
    by: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    people: Per | None = None
    counted: str = ""
    individual: bool = False
    aggregates: Aggregates | None = None
    reason: Reason

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        if self.aggregates and (self.rake or self.by or self.bounds):
            raise ValueError("shares that were handed over cannot be weighted or split anew; take rake, bounds and by out, or aggregates")
        if self.counted and (self.rake or self.by or self.bounds or self.aggregates or self.people is None):
            raise ValueError("counted belongs to a register of who was heard: name people, and take rake, bounds, by and aggregates out")
        return self
