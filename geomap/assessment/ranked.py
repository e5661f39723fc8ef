"""Ranks of an assessment's places under any methodology, from its own published scores and without their doubt."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.branches import branches_at
from geomap.assessment.explore import leaves_of, ups_of
from geomap.methodology.recipe import Methodology
from geomap.scoring.tree import grow, weigh


def ranks(assessment: Assessment, methodology: Methodology) -> pd.DataFrame:
    """The rank of each place, 1 needs attention most, for each index and domain of *methodology*: a row a place; NaN where there is no score."""
    leaves, ups = leaves_of(assessment, methodology), ups_of(assessment)
    branches = weigh(branches_at(methodology, assessment.level), leaves, ups)
    scores = pd.DataFrame(grow(branches, leaves, ups).scores, index=assessment.places.index)
    worst_is_high = pd.Series({branch.id: branch.up == "worse" for branch in branches})
    return scores.where(~worst_is_high, -scores).rank(method="min")
