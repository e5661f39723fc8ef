"""Ranks of an assessment's places under any methodology, from its own published scores and without their doubt."""

import pandas as pd

from geomap.assessment.assessment import Assessment
from geomap.assessment.explore import rescored
from geomap.methodology.recipe import Methodology


def ranks(assessment: Assessment, methodology: Methodology) -> pd.DataFrame:
    """The rank of each place, 1 needs attention most, for each index and domain of *methodology*: a row a place; NaN where there is no score."""
    scores = pd.DataFrame(rescored(assessment, methodology), index=assessment.places.index)
    ups = {whole.id: whole.up for whole in (*methodology.domain, *methodology.index)}
    worst_is_high = pd.Series({name: ups[name] == "worse" for name in scores})
    return scores.where(~worst_is_high, -scores).rank(method="min")
