"""How far ranks move under another methodology, among the places that both can score."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from geomap.assessment.assessment import Assessment, Node
from geomap.assessment.explore import rescored
from geomap.methodology.recipe import Methodology
from geomap.scoring.packed import ranks


@dataclass(frozen=True)
class Agreed:
    """The top indices, how bad each place is by them (index, place), NaN where there is no score, and the names of the places."""

    tops: tuple[Node, ...]
    badness: np.ndarray
    names: pd.Series

    def moved(self, scores: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """By how many ranks each place moves, by top index, under other *scores* (…, place); an index without any is left out."""
        return {
            node.id: rank_shifts(own, _bad(scores[node.id], node))
            for node, own in zip(self.tops, self.badness, strict=True)
            if node.id in scores
        }


def agreed(assessment: Assessment, methodology: Methodology) -> Agreed:
    """The indices that are no part of another as they stand, or the outer domains where there is no index."""
    inside = {part for node in assessment.nodes for part in node.parts}
    wholes = assessment.of_kind("index") or assessment.of_kind("domain")
    tops = tuple(node for node in wholes if node.id not in inside)
    scores = rescored(assessment, methodology)
    return Agreed(tops, np.stack([_bad(scores[node.id], node) for node in tops]), assessment.places["name"])


def rank_shifts(badness: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Absolute differences of ranks between *badness* (place,) and *other* (…, place), both ranked among the places that both score; else NaN."""
    others = np.atleast_2d(other)
    both = ~np.isnan(others) & ~np.isnan(badness)
    alike = (both == both[:1]).all()
    first = ranks(np.where(both[:1] if alike else both, badness, np.nan)).astype(float)
    second = ranks(np.where(both, others, np.nan)).astype(float)
    return np.where(both, np.abs(second - first), np.nan).reshape(other.shape)


def _bad(scores: np.ndarray, node: Node) -> np.ndarray:
    return scores if node.up == "worse" else -scores
