"""An issue beside one of its conditions: whether the two go together among places, once what neighbours share is taken out, and at other levels too.

Association in places, not cause; and nothing about single people.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.surroundings import Surroundings, surroundings
from geomap.errors import EditionError
from geomap.statistics.lowess import lowess
from geomap.statistics.modified_t import Correlation, correlation
from geomap.statistics.spatial_error import SpatialError, spatial_error
from geomap.worded import worded

FEWEST = 10  # places: under these a line has too little to stand on
STEPS, LEVEL = 60, 0.05


@dataclass(frozen=True)
class Relation:
    """The same relation at one level: how many places have both, and Pearson's r, tested as places deserve.

    slope, shared: of the spatial error model, in standard deviations, and λ, what neighbours share beside it.
    """

    many: str
    count: int
    r: Correlation
    slope: float
    shared: float

    @property
    def sign(self) -> int:
        """1 or -1 where the two go together, one way or the other; 0 where that cannot be said."""
        return int(np.sign(self.r.r)) if self.r.p <= LEVEL else 0


@dataclass(frozen=True)
class Context:
    """places: index = code; condition, issue, and residual, the issue less the line, in standard deviations. line: condition and the smooth height of the issue.

    relation: at this level; others: at the other levels of the edition, where enough places have both numbers.
    """

    issue: Node
    condition: Node
    places: pd.DataFrame
    line: pd.DataFrame
    relation: Relation
    others: tuple[Relation, ...]


def context(assessment: Assessment, issue: str, condition: str, others: Sequence[Assessment] = ()) -> Context:
    """*issue* beside *condition*, as published; *others*: the same edition at other levels. EditionError where too few places have both."""
    first, second = assessment.node(issue), assessment.node(condition)
    if issue == condition:
        raise EditionError(worded("'{title}' is set beside itself. Name a condition that is another number.", title=first.title))
    near = surroundings(assessment, (issue, condition))
    both = near.numbers
    if not _enough(near):
        raise EditionError(
            worded(
                "Only {count} {many} have both '{first}' and '{second}', or one of them does not vary; at least {least} are needed.",
                count=len(both),
                many=assessment.many,
                first=first.title,
                second=second.title,
                least=FEWEST,
            )
        )
    fitted = _line(near)
    at = np.linspace(*both[condition].agg(["min", "max"]), STEPS)
    line = pd.DataFrame({"condition": at, "issue": lowess(both[condition], both[issue], at)})
    left = pd.Series(fitted.residuals, index=both.index)
    places = pd.DataFrame({"condition": both[condition], "issue": both[issue], "residual": left / left.std()}).reindex(
        assessment.places.index
    )
    return Context(
        first, second, places, line, _relation(assessment, near, fitted), tuple(_elsewhere(assessment, issue, condition, others))
    )


def _elsewhere(assessment: Assessment, issue: str, condition: str, others: Sequence[Assessment]) -> Iterator[Relation]:
    for other in others:
        if other.level != assessment.level and {issue, condition} <= set(other.numbers):
            near = surroundings(other, (issue, condition))
            if _enough(near):
                yield _relation(other, near, _line(near))


def _enough(near: Surroundings) -> bool:
    numbers = near.numbers
    return len(numbers) >= FEWEST and bool((numbers.std(ddof=0) > 1e-12 * numbers.abs().max()).all())


def _line(near: Surroundings) -> SpatialError:
    """The issue on the condition, both in standard deviations."""
    y, x = ((near.numbers - near.numbers.mean()) / near.numbers.std(ddof=0)).to_numpy().T
    return spatial_error(y, np.column_stack([np.ones(len(x)), x]), near.neighbours.by_row)


def _relation(assessment: Assessment, near: Surroundings, fitted: SpatialError) -> Relation:
    r = correlation(*near.numbers.to_numpy().T, near.middles)
    return Relation(assessment.many, len(near.numbers), r, float(fitted.beta[1]), fitted.shared)
