"""Why a score is what it is: what each indicator and domain adds to the distance from the city's median, with nothing left over."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.explore import branches_of, leaves_of, ups_of
from geomap.errors import EditionError
from geomap.methodology.recipe import Methodology
from geomap.scoring.attribution import attribute
from geomap.scoring.scale import TOP
from geomap.scoring.tree import Branch, grow
from geomap.worded import worded


@dataclass(frozen=True)
class Explanation:
    """One score of one place, taken apart.

    The city's median place is one that has the median of every indicator that is known here; *median_place* is its score. It differs from *city*, the
    median of the places' own scores, by *gap*, since medians do not add up. points: on the ids of everything below the node, what each adds to score
    less median_place (NaN where it is not in the score). own, middle: the scores from 0 to 10 of the same, here and in the median place. rounding: what
    the rounding of scores on the way adds. The points of the indicators, the rounding and the gap sum to *distance*.
    """

    code: str
    node: Node
    score: float
    median_place: float
    city: float
    points: pd.Series
    own: pd.Series
    middle: pd.Series
    rounding: float

    @property
    def gap(self) -> float:
        """The median place's score less the median of the places' scores."""
        return self.median_place - self.city

    @property
    def distance(self) -> float:
        """The score less the median of the places' scores."""
        return self.score - self.city


def explain(assessment: Assessment, methodology: Methodology, code: str, node_id: str) -> Explanation:
    """The score of the index or domain *node_id* in *code*, taken apart; see geomap.scoring.attribution for the arithmetic."""
    node, at = whole_of(assessment, node_id), position(assessment, code)
    branches, leaves, ups = below(branches_of(assessment, methodology), node_id), leaves_of(assessment, methodology), ups_of(assessment)
    here, middle = {name: values[at] for name, values in leaves.items()}, medians(leaves)
    found = attribute(branches, here, {name: np.where(np.isnan(here[name]), np.nan, middle[name]) for name in here}, ups, node_id)
    inside = [one.id for one in assessment.nodes if one.id in found.points]
    own, there, points = (
        pd.Series({name: float(some[name]) for name in inside}, dtype=float) for some in (found.here, found.there, found.points)
    )
    score, median_place = float(found.here[node_id]), float(found.there[node_id])
    city = _median(grow(branches, leaves, ups).scores[node_id])
    return Explanation(code, node, score, median_place, city, points, own, there, float(found.rounding))


def explain_all(assessment: Assessment, methodology: Methodology, code: str) -> tuple[Explanation, ...]:
    """Every index and every domain of *code*, taken apart."""
    wholes = (*assessment.of_kind("index"), *assessment.of_kind("domain"))
    return tuple(explain(assessment, methodology, code, node.id) for node in wholes)


def worst_part(assessment: Assessment, code: str, node_id: str = "") -> Node | None:
    """The domain that stands worst in *code*, of those below *node_id* or of all: a mean can hide it, so it is always named."""
    inside = descendants(assessment, node_id) if node_id else {node.id for node in assessment.nodes}
    domains = [node for node in assessment.of_kind("domain") if node.id in inside]
    badness = [_badness(node, assessment.numbers[node.id].at[code, "value"]) for node in domains]
    return domains[int(np.nanargmax(badness))] if domains and not np.isnan(badness).all() else None


def descendants(assessment: Assessment, node_id: str) -> set[str]:
    """Everything that *node_id* is made of."""
    found: set[str] = set()
    waiting = [node_id]
    while waiting:
        parts = set(assessment.node(waiting.pop()).parts) - found
        found |= parts
        waiting += sorted(parts)
    return found


def below(branches: tuple[Branch, ...], root: str) -> tuple[Branch, ...]:
    """*root* and the branches it is made of, parts first."""
    wanted, kept = {root}, []
    for branch in reversed(branches):
        if branch.id in wanted:
            kept.append(branch)
            wanted |= set(branch.parts)
    return tuple(reversed(kept))


def medians(leaves: Mapping[str, np.ndarray]) -> dict[str, float]:
    """The median of each indicator over the places that have one."""
    return {name: _median(values) for name, values in leaves.items()}


def whole_of(assessment: Assessment, node_id: str) -> Node:
    """The index or domain called *node_id*; EditionError when it is an indicator or not there."""
    node = assessment.node(node_id)
    if node.kind == "indicator":
        wholes = [one.id for one in assessment.nodes if one.kind != "indicator"]
        raise EditionError(
            worded(
                "'{node_id}' is an indicator, which is not made of others. Ask for one of {wholes}.",
                node_id=str(node_id),
                wholes=str(wholes),
            )
        )
    return node


def position(assessment: Assessment, code: str) -> int:
    """Where *code* stands among the places; EditionError when it is not there."""
    if code not in assessment.places.index:
        raise EditionError(worded("There is no {one} '{code}' in this edition.", one=assessment.one, code=str(code)))
    return int(assessment.places.index.get_loc(code))


def _badness(node: Node, value: float) -> float:
    return value if node.up == "worse" else TOP - value


def _median(values: np.ndarray) -> float:
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else np.nan
